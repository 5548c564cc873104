package telegram_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

// A file of ours is named until Telegram has it, or has refused it a short
// while ago; pictures at addresses, texts and edits upload nothing.
func TestUploadNamesWhatIsToCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files := &kept{files: map[string]string{"a": jpeg, "b": jpeg}}
		w := newWorld(t, telegram.Config{Fetch: files.fetch})
		a := w.adapter()
		m := bots.Message{Chat: w.Chat(0), Text: news.T("خبر")}
		want := func(ref string, edit bool, name string) {
			t.Helper()
			m.Media = news.Media{Kind: news.MediaPhoto, Ref: ref}
			if got := a.Upload(m, edit); got != name {
				t.Errorf("%q would upload %q, want %q", ref, got, name)
			}
		}
		want("", false, "")
		want("https://news.example/1.jpg", false, "")
		want("file:a", true, "")
		want("file:a", false, "file:a")
		w.server.Break(telegramtest.Fault{Method: "sendPhoto", Cut: true})
		if _, err := a.Send(t.Context(), m); err == nil {
			t.Fatal("it arrived")
		}
		want("file:a", false, "file:a")
		r, err := a.Send(t.Context(), m)
		if err != nil || r.Media == "" {
			t.Fatalf("Send gives %+v, %v", r, err)
		}
		want("file:a", false, "")
		want(r.Media, false, "")
		want("file:b", false, "file:b")
		w.server.Break(telegramtest.Fault{Method: "sendPhoto", Error: refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")})
		if r, err := a.Send(t.Context(), m); err != nil || r.Media != "" {
			t.Fatalf("Send gives %+v, %v", r, err)
		}
		want("file:b", false, "")
		<-time.After(time.Minute)
		want("file:b", false, "file:b")
	})
}
