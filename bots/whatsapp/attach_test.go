package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
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
			{Kind: whatsapptest.KindVoice, Data: []byte("صوت")},
			{Kind: whatsapptest.KindVoice, Data: []byte("صوت منقول"), Forwarded: true},
			{Kind: whatsapptest.KindImage, Data: []byte("منقولة"), Caption: "انشر تؤجر", Forwarded: true},
			{Kind: whatsapptest.KindDocument, Data: []byte("ملف"), Caption: "أرفق", Name: "../تقرير.pdf"},
		} {
			w.readers[0].Attach(s)
			e := r.next()
			kind := map[whatsapptest.Kind]news.MediaKind{
				whatsapptest.KindImage: news.MediaPhoto, whatsapptest.KindVideo: news.MediaVideo, whatsapptest.KindVoice: news.MediaVoice, whatsapptest.KindDocument: news.MediaDocument,
			}[s.Kind]
			got, err := a.Fetch(t.Context(), e.File, 100)
			if err != nil || !bytes.Equal(got, s.Data) || e.Album != s.Album || (e.Quoted != "") != (s.Answers != "") || e.Text != s.Caption || e.File.Size != int64(len(s.Data)) ||
				e.File.Kind != kind || (e.Media == "forward") != s.Forwarded {
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
		if _, err := a.Fetch(t.Context(), last.File, 100); !errors.Is(err, bots.ErrMissing) {
			t.Errorf("what is gone gives %v", err)
		}
		w.server.FailMedia(http.StatusTeapot)
		if _, err := a.Fetch(t.Context(), last.File, 100); !errors.Is(err, bots.ErrNotSent) {
			t.Errorf("what could not be had gives %v", err)
		}
		if _, err := a.Fetch(t.Context(), bots.File{Ref: "?"}, 100); !errors.Is(err, bots.ErrMissing) {
			t.Errorf("nothing gives %v", err)
		}
		w.readers[0].SendKind(whatsapptest.KindAudio) // music
		if e := r.next(); e.File.Ref != "" {
			t.Errorf("music is a file: %+v", e)
		}
		w.readers[0].SendKind(whatsapptest.KindSticker)
		if e := r.next(); e.File.Ref != "" {
			t.Errorf("a sticker is a file: %+v", e)
		}
		w.content()
	})
}

// meter counts what is read of files.
type meter struct {
	http.RoundTripper
	asked, read int
}

func (m *meter) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := m.RoundTripper.RoundTrip(r)
	if err == nil && r.URL.Query().Has("mms-type") {
		m.asked++
		resp.Body = metered{resp.Body, m}
	}
	return resp, err
}

type metered struct {
	io.ReadCloser
	meter *meter
}

func (m metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.meter.read += n
	return n, err
}

// TestFetchStopsAtTheSize has a phone say that a large file is a small one: no
// more of it is read than was asked for.
func TestFetchStopsAtTheSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		meter := &meter{RoundTripper: w.config.HTTP.Transport}
		w.config.HTTP = &http.Client{Transport: meter}
		a := w.adapter()
		r := w.run(a)
		w.readers[0].Attach(whatsapptest.Attachment{Kind: whatsapptest.KindVideo, Data: make([]byte, 1<<20), Claims: 10})
		e := r.next()
		if e.File.Size != 10 {
			t.Fatalf("the event is %+v", e)
		}
		if _, err := a.Fetch(t.Context(), e.File, 1000); !errors.Is(err, bots.ErrTooBig) {
			t.Errorf("it gives %v", err)
		}
		if meter.asked != 1 || meter.read > 2000 {
			t.Errorf("it was asked for %d times, and %d bytes of it were read", meter.asked, meter.read)
		}
	})
}

// A voice note of ours comes as one, with its length and without words.
func TestVoiceNote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		voice := append([]byte("OggS\x00\x04"), 0x00, 0x53, 0x07, 0, 0, 0, 0, 0) // 480,000 samples
		files := &kept{files: map[string][]byte{"a": voice}}
		w := pairedWorld(t, whatsapp.Config{Fetch: files.fetch})
		a := w.adapter()
		m := w.text(0, "", "1")
		m.Text, m.Media = nil, news.Media{Kind: news.MediaVoice, MIME: "audio/ogg; codecs=opus", Ref: news.FileRef("a")}
		w.send(a, m)
		got := w.readers[0].Inbox()[0]
		if got.Kind != whatsapptest.KindVoice || got.Media.Error != "" || got.Media.MIME != m.Media.MIME || !bytes.Equal(got.Media.Data, voice) || got.Content.GetAudioMessage().GetSeconds() != 10 {
			t.Errorf("it arrived as %+v with %+v", got, got.Media)
		}
	})
}

// A picture of few bytes and many pixels is sent, and not decoded.
func TestLargePictureHasNoThumbnail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var large bytes.Buffer
		if err := png.Encode(&large, image.NewGray(image.Rect(0, 0, 4001, 4000))); err != nil {
			t.Fatal(err)
		}
		files := &kept{files: map[string][]byte{"a": large.Bytes()}}
		w := pairedWorld(t, whatsapp.Config{Fetch: files.fetch})
		a := w.adapter()
		m := w.text(0, "بلاغ", "1")
		m.Media = news.Media{Kind: news.MediaPhoto, MIME: "image/png", Ref: news.FileRef("a")}
		w.send(a, m)
		got := w.readers[0].Inbox()[0]
		if thumb := got.Content.GetImageMessage().GetJPEGThumbnail(); got.Kind != whatsapptest.KindImage || !bytes.Equal(got.Media.Data, large.Bytes()) || len(thumb) != 0 {
			t.Errorf("it arrived as %s with a thumbnail of %d bytes", got.Kind, len(thumb))
		}
	})
}
