package whatsapp_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

// Of what the phone shares after the linking, the salt is kept, and the tokens of
// those who have written to us: nothing of anybody else, no name and no message.
func TestWhatIsKeptOfHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var known news.ChatID
		w := newWorld(t, whatsapp.Config{Wrote: func(_ context.Context, chat news.ChatID) (bool, error) { return chat == known, nil }})
		known = w.Chat(0)
		for _, r := range w.readers {
			r.SendAt("رسالة قديمة", time.Now().Add(-time.Hour))
		}
		a := w.adapter()
		w.pair(a)
		r := w.run(a)
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		synctest.Wait()
		var before []int // the library knows them from the messages alone
		for _, one := range w.readers {
			before = append(before, traces(w, one.Name()), traces(w, one.LID().User))
		}
		if _, err := w.db.Exec("DELETE FROM whatsmeow_message_secrets"); err != nil {
			t.Fatal(err)
		}
		if err := w.server.Phone().ShareHistory(); err != nil {
			t.Fatal(err)
		}
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		synctest.Wait()
		count := func(what, query string, want int, args ...any) {
			t.Helper()
			var n int
			if err := w.db.QueryRow(query, args...).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n != want {
				t.Errorf("%s: %d rows, want %d", what, n, want)
			}
		}
		count("the salt", "SELECT count(*) FROM whatsmeow_nct_salt WHERE salt = ?", 1, []byte(whatsapptest.HistorySalt))
		count("the token of who has written", "SELECT count(*) FROM whatsmeow_privacy_tokens WHERE their_jid = ?", 1, w.readers[0].LID().String())
		count("tokens", "SELECT count(*) FROM whatsmeow_privacy_tokens", 1)
		count("secrets of messages", "SELECT count(*) FROM whatsmeow_message_secrets", 0)
		count("words", "SELECT count(*) FROM whatsmeow_event_buffer WHERE plaintext IS NOT NULL", 0)
		for i, one := range w.readers {
			if n := traces(w, one.Name()) - before[2*i]; n > 0 {
				t.Errorf("the name of a reader is kept %d times", n)
			}
			if n := traces(w, one.LID().User) - before[2*i+1]; n > 1-i {
				t.Errorf("%d rows more are about reader %d", n, i)
			}
		}
		if len(r.events) > 0 {
			t.Errorf("heard %+v", <-r.events)
		}
		w.send(a, w.text(0, "خبر", "1"))
		w.content()
	})
}

// The phone lists the bot as a browser, however it was linked.
func TestDeviceIntroducesItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		if system, kind := w.server.Introduced(); system != "Linux" || kind != "CHROME" {
			t.Errorf("it is %q on %q", kind, system)
		}
	})
}
