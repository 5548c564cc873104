package telegram_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

// What files begin with.
const (
	spoken = "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00soun"
	mute   = "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00vide"
	pdf    = "%PDF-1.7"
)

// kept is a Fetch that knows files of ours, and counts what it brings.
type kept struct {
	mu    sync.Mutex
	files map[string]string
	n     int
}

func (k *kept) fetch(_ context.Context, ref string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.n++
	sum, ok := news.FileSum(ref)
	if !ok || k.files[sum] == "" {
		return nil, errors.New("it is not kept")
	}
	return []byte(k.files[sum]), nil
}

// A file of ours is uploaded by one message; all others, and later ones, use
// what Telegram has then, as what it has made of it.
func TestFilesAreUploadedOnce(t *testing.T) {
	for _, tt := range []struct {
		name, data string
		kind       news.MediaKind
		is, file   string // what it becomes at Telegram, and is called there
	}{
		{"photo", jpeg, news.MediaPhoto, "photo", "photo"},
		{"video", spoken, news.MediaVideo, "video", "video.mp4"},
		{"video without sound", mute, news.MediaVideo, "animation", "video.mp4"},
		{"document", pdf, news.MediaDocument, "document", "تقرير.pdf"},
		{"voice note", "OggS voice", news.MediaVoice, "voice", "voice.ogg"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				files := &kept{files: map[string]string{"a": tt.data}}
				w := newWorld(t, telegram.Config{Fetch: files.fetch})
				a := w.adapter()
				m := bots.Message{Chat: w.Chat(0), Text: news.B("عنوان"), Media: news.Media{Kind: tt.kind, Ref: news.FileRef("a"), Name: "تقرير.pdf"}}
				var sends sync.WaitGroup
				for range 5 {
					sends.Go(func() {
						if r, err := a.Send(t.Context(), m); err != nil || r.Media == "" {
							t.Errorf("Send gives %+v, %v", r, err)
						}
					})
				}
				sends.Wait()
				r, err := a.Send(t.Context(), m)
				if err != nil {
					t.Fatal(err)
				}
				m.Media.Ref = r.Media // as further copies of a broadcast name it
				if _, err := a.Send(t.Context(), m); err != nil {
					t.Fatal(err)
				}
				ids := map[string]bool{}
				for _, got := range w.chats[0].FromBots() {
					if got.Media == nil || got.Media.Kind != tt.is || got.Media.Name != tt.file || got.Text != "عنوان" || len(got.Entities) != 1 {
						t.Fatalf("it arrived as %+v with %+v", got, got.Media)
					}
					ids[got.Media.FileID] = true
				}
				if n := len(w.chats[0].FromBots()); n != 7 || len(ids) != 1 || files.n != 1 {
					t.Errorf("%d messages with %d files; fetched %d times", n, len(ids), files.n)
				}
			})
		})
	}
}

// A file that Telegram does not take, or that is not kept any more, is left
// out, and the words go.
func TestFilesThatCannotBeSent(t *testing.T) {
	for name, prepare := range map[string]func(w *world, files *kept){
		"refused": func(w *world, _ *kept) {
			w.server.Break(telegramtest.Fault{Method: "sendPhoto", Error: refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")})
		},
		"too large for the server": func(w *world, _ *kept) {
			w.server.Break(telegramtest.Fault{Method: "sendPhoto", Error: refusal(413, "Request Entity Too Large")})
		},
		"lost": func(_ *world, files *kept) { files.files = nil },
	} {
		t.Run(name, func(t *testing.T) {
			files := &kept{files: map[string]string{"a": jpeg}}
			w := newWorld(t, telegram.Config{Fetch: files.fetch})
			a := w.adapter()
			prepare(w, files)
			for range 2 {
				r, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.T("خبر"), Media: news.Media{Kind: news.MediaPhoto, Ref: news.FileRef("a")}})
				if err != nil || r.Media != "" || r.ID == "" {
					t.Fatalf("Send gives %+v, %v", r, err)
				}
				if files.n > 1 {
					t.Errorf("it was fetched %d times", files.n)
				}
				if m := w.newest(); m.Media != nil || m.Text != "خبر" || !m.Preview.Disabled {
					t.Errorf("it arrived as %+v", m)
				}
			}
		})
	}
}

// A correction changes the words under a file, and nothing is uploaded again;
// a copy that went without it is a text.
func TestEditKeepsTheFile(t *testing.T) {
	for _, without := range []bool{false, true} {
		files := &kept{files: map[string]string{"a": spoken}}
		w := newWorld(t, telegram.Config{Fetch: files.fetch})
		a := w.adapter()
		if without {
			w.server.Break(telegramtest.Fault{Method: "sendVideo", Error: refusal(400, "Bad Request: VIDEO_FILE_INVALID")})
		}
		m := bots.Message{Chat: w.Chat(0), Text: news.T("خطأ"), Media: news.Media{Kind: news.MediaVideo, Ref: news.FileRef("a")}}
		r, err := a.Send(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		m.Text = news.T("صواب")
		if _, err := a.Edit(t.Context(), r.ID, m); err != nil {
			t.Fatal(err)
		}
		if got := w.newest(); got.Text != "صواب" || got.Edits != 1 || (got.Media == nil) != without || files.n != 1 {
			t.Errorf("it stands as %+v with %+v; fetched %d times", got, got.Media, files.n)
		}
		for _, c := range w.server.Calls() {
			if c.Method == "editMessageMedia" {
				t.Error("the medium itself was edited")
			}
		}
	}
}

// TestFetch brings what a reader has sent, whatever it is, up to a size.
func TestFetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		a := w.adapter()
		l := new(listener)
		stop := run(t, a, l)
		sent, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.T("خبر عاجل رقم 1")})
		if err != nil {
			t.Fatal(err)
		}
		id := w.newest().ID
		for _, m := range []telegramtest.Media{
			{Kind: "photo", Data: []byte(jpeg)}, {Kind: "video", Data: []byte(spoken), Name: "a.mp4", MIME: "video/mp4"},
			{Kind: "animation", Data: []byte(mute)}, {Kind: "document", Data: []byte(pdf), Name: "تقرير.pdf"},
			{Kind: "voice", Data: []byte("OggS voice")}, {Kind: "video_note", Data: []byte(spoken)},
			{Kind: "document", Data: make([]byte, 5000), Name: "big.bin"},
		} {
			w.readers[0].Send(w.chats[0], telegramtest.Draft{Text: "أرفق", Media: &m, ReplyTo: id, Album: "9"})
		}
		w.readers[0].SendSticker(w.chats[0], "👍")
		w.readers[0].Send(w.chats[0], telegramtest.Draft{Text: "انشر", Media: &telegramtest.Media{Kind: "photo", Data: []byte(jpeg)}, Forwarded: "Somebody"})
		synctest.Wait()
		events := l.heard()
		for i, want := range []string{jpeg, spoken, mute, pdf, "OggS voice", spoken} {
			e := events[i]
			got, err := a.Fetch(t.Context(), e.File, 1000)
			if err != nil || string(got) != want || e.Quoted != "خبر عاجل رقم 1" || e.Album != "9" || e.File.Size != int64(len(want)) || string(e.File.Kind) != e.Media {
				t.Errorf("event %+v brings %q, %v", e, got, err)
			}
		}
		if events[3].File.Name != "تقرير.pdf" || sent.ID == "" {
			t.Errorf("the document is called %q", events[3].File.Name)
		}
		big := events[6].File
		calls := len(w.server.Calls())
		if _, err := a.Fetch(t.Context(), big, 1000); !errors.Is(err, bots.ErrTooBig) || len(w.server.Calls()) != calls {
			t.Errorf("what says that it is large gives %v", err)
		}
		big.Size = 0
		if _, err := a.Fetch(t.Context(), big, 1000); !errors.Is(err, bots.ErrTooBig) {
			t.Errorf("what is large gives %v", err)
		}
		if f := events[7].File; f.Ref != "" {
			t.Errorf("a sticker is the file %+v", f)
		}
		if e := events[8]; e.Media != "forward" || e.File.Kind != news.MediaPhoto || e.File.Ref == "" || e.Text != "انشر" {
			t.Errorf("what was passed on is %+v", e)
		}
		w.server.Break(telegramtest.Fault{Method: "getFile", Error: refusal(400, "Bad Request: file is too big")})
		if _, err := a.Fetch(t.Context(), events[0].File, 1000); !errors.Is(err, bots.ErrTooBig) {
			t.Errorf("what Telegram does not give out gives %v", err)
		}
		_, err = a.Fetch(t.Context(), bots.File{Ref: "nothing"}, 1000)
		if !errors.Is(err, bots.ErrMissing) || strings.Contains(err.Error(), token) {
			t.Errorf("an unknown file gives %v", err)
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
	})
}
