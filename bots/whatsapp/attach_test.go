package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

// kept is a Fetch that knows files of ours, and counts what it brings.
type kept struct {
	mu    sync.Mutex
	files map[string][]byte
	n     int
}

func (k *kept) fetch(_ context.Context, ref string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.n++
	sum, _ := news.FileSum(ref)
	data, ok := k.files[sum]
	if !ok {
		return nil, errors.New("it is not kept")
	}
	return data, nil
}

// Photos, videos and documents of ours reach people and channels, uploaded
// once for each of the two; an edit changes the words alone.
func TestFilesReachEverybody(t *testing.T) {
	for _, tt := range []struct {
		name  string
		media news.Media
		data  []byte
		kind  whatsapptest.Kind
		mime  string
	}{
		{"photo", news.Media{Kind: news.MediaPhoto}, []byte(jpegOf(t, 64, 32)), whatsapptest.KindImage, "image/jpeg"},
		{"video", news.Media{Kind: news.MediaVideo, MIME: "video/mp4"}, []byte("\x00\x00\x00\x18ftypmp42"), whatsapptest.KindVideo, "video/mp4"},
		{"document", news.Media{Kind: news.MediaDocument, MIME: "application/pdf", Name: "تقرير.pdf"}, []byte("%PDF-1.7"), whatsapptest.KindDocument, "application/pdf"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				files := &kept{files: map[string][]byte{"a": tt.data}}
				w := pairedWorld(t, whatsapp.Config{Fetch: files.fetch})
				a := w.adapter()
				made, err := a.CreateChannel(t.Context(), "أخبار", "")
				if err != nil {
					t.Fatal(err)
				}
				tt.media.Ref = news.FileRef("a")
				m := w.text(0, "خطأ", "1")
				m.Media = tt.media
				first := w.send(a, m)
				m.Chat, m.Key, m.Media.Ref = w.Chat(1), "2", first.Media // as further copies name it
				second := w.send(a, m)
				m.Chat, m.Key = made.Chat, "3" // where people's copy is of no use
				third := w.send(a, m)
				m.Key, m.Media.Ref = "4", third.Media
				w.send(a, m)
				if files.n != 2 {
					t.Errorf("the file was read %d times", files.n)
				}
				m.Chat, m.Key, m.Text = w.Chat(1), "5", news.T("صواب")
				if _, err := a.Edit(t.Context(), second.ID, m); err != nil {
					t.Fatal(err)
				}
				seen := append(w.readers[0].Inbox(), w.readers[1].Inbox()...)
				seen = append(seen, w.server.Newsletters()[0].Posts()...)
				if len(seen) != 4 {
					t.Fatalf("%d messages arrived", len(seen))
				}
				for i, got := range seen {
					want := "خطأ"
					if i == 1 {
						want = "صواب"
					}
					if got.Kind != tt.kind || got.Text != want || got.Media.Error != "" || got.Media.MIME != tt.mime || got.Media.FileName != tt.media.Name || !bytes.Equal(got.Media.Data, tt.data) {
						t.Errorf("message %d is %+v with %+v", i, got, got.Media)
					}
				}
				w.content()
			})
		})
	}
}

// A file that cannot be uploaded, or is not kept any more, is left out.
func TestFilesThatCannotBeSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files := &kept{files: map[string][]byte{"a": []byte("%PDF-1.7")}}
		w := pairedWorld(t, whatsapp.Config{Fetch: files.fetch})
		a := w.adapter()
		w.server.FailMedia(http.StatusForbidden)
		for i, sum := range []string{"a", "lost"} {
			m := w.text(i, "خبر", sum)
			m.Media = news.Media{Kind: news.MediaDocument, MIME: "application/pdf", Name: "تقرير.pdf", Ref: news.FileRef(sum)}
			if r := w.send(a, m); r.Media != "" || r.ID == "" {
				t.Errorf("the receipt is %+v", r)
			}
			if got := w.readers[i].Inbox(); len(got) != 1 || got[0].Kind != whatsapptest.KindText || got[0].Text != "خبر" {
				t.Errorf("it arrived as %+v", got)
			}
		}
		w.content()
	})
}

// TestFetch brings what a reader has sent, up to a size.
func TestFetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.readers[0].Send("سلام")
		r.next()
		w.send(a, w.text(0, "خبر عاجل رقم 1", "1"))
		synctest.Wait()
		inbox := w.readers[0].Inbox()
		control := inbox[len(inbox)-1].ID
		var last bots.Event
		for _, s := range []whatsapptest.Attachment{
			{Kind: whatsapptest.KindImage, Data: []byte("صورة"), Caption: "أرفق", Answers: control},
			{Kind: whatsapptest.KindVideo, Data: []byte("مقطع"), Album: "ALBUM"},
			{Kind: whatsapptest.KindDocument, Data: []byte("ملف"), Caption: "أرفق", Name: "../تقرير.pdf"},
		} {
			w.readers[0].Attach(s)
			e := r.next()
			got, err := a.Fetch(t.Context(), e.File, 100)
			if err != nil || !bytes.Equal(got, s.Data) || e.Album != s.Album || (e.Quoted != "") != (s.Answers != "") || e.Text != s.Caption || e.File.Size != int64(len(s.Data)) {
				t.Errorf("event %+v brings %q, %v", e, got, err)
			}
			last = e
		}
		if last.File.Name != "تقرير.pdf" {
			t.Errorf("the document is called %q", last.File.Name)
		}
		if _, err := a.Fetch(t.Context(), last.File, 2); !errors.Is(err, bots.ErrTooBig) {
			t.Errorf("what says that it is large gives %v", err)
		}
		last.File.Size = 0
		if _, err := a.Fetch(t.Context(), last.File, 2); !errors.Is(err, bots.ErrTooBig) {
			t.Errorf("what is large gives %v", err)
		}
		w.server.FailMedia(http.StatusNotFound)
		if _, err := a.Fetch(t.Context(), last.File, 100); !errors.Is(err, bots.ErrNotSent) {
			t.Errorf("what is gone gives %v", err)
		}
		if _, err := a.Fetch(t.Context(), bots.File{Ref: "?"}, 100); !errors.Is(err, bots.ErrMissing) {
			t.Errorf("nothing gives %v", err)
		}
		w.readers[0].SendKind(whatsapptest.KindSticker)
		if e := r.next(); e.File.Ref != "" {
			t.Errorf("a sticker is a file: %+v", e)
		}
		w.content()
	})
}
