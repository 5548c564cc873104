package desk_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// spoken is a voice note as both networks make one.
func spoken() []byte {
	return append([]byte("OggS"+strings.Repeat("\x00", 23)+"\x13"), "OpusHead\x01\x01"...)
}

// tellsFile has a reader tell something with a file.
func (w *world) tellsFile(key string, f desk.TipFile) desk.TipID {
	w.Helper()
	id, err := w.desk.Tell(w.ctx, key, desk.Teller{Seat: desk.Seat{Account: "telegram:1", Chat: "70"}, Name: "سالم"}, desk.Tip{File: f})
	w.must(err)
	return id
}

// What the network says of a file decides whether it comes with a tip.
func TestTipFileFits(t *testing.T) {
	w := newWorld(t)
	for _, tt := range []struct {
		what string
		file desk.TipFile
		want desk.Code
	}{
		{"a photo", desk.TipFile{Kind: news.MediaPhoto, Size: desk.MaxPhoto}, ""},
		{"a heavy photo", desk.TipFile{Kind: news.MediaPhoto, Size: desk.MaxPhoto + 1}, desk.BigFile},
		{"a video", desk.TipFile{Kind: news.MediaVideo, Size: desk.MaxFile, MIME: "video/mp4"}, ""},
		{"a heavy video", desk.TipFile{Kind: news.MediaVideo, Size: desk.MaxFile + 1}, desk.BigFile},
		{"a voice note", desk.TipFile{Kind: news.MediaVoice, MIME: "audio/ogg; codecs=opus"}, ""},
		{"a document", desk.TipFile{Kind: news.MediaDocument, MIME: "Application/PDF; x=y"}, ""},
		{"a photo as a document", desk.TipFile{Kind: news.MediaDocument, MIME: "image/jpeg", Size: desk.MaxPhoto + 1}, desk.BigFile},
		{"a document that nobody knows", desk.TipFile{Kind: news.MediaDocument}, ""},
		{"a program", desk.TipFile{Kind: news.MediaDocument, MIME: "application/vnd.android.package-archive"}, desk.BadFile},
		{"an office's document", desk.TipFile{Kind: news.MediaDocument, MIME: "application/msword"}, desk.BadFile},
		{"something else", desk.TipFile{Kind: "sticker"}, desk.BadFile},
	} {
		tt.file.Ref = "r"
		if got := tt.file.Unfit(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.what, got, tt.want)
		}
		_, err := w.desk.Tell(w.ctx, tt.what, desk.Teller{Seat: desk.Seat{Account: "telegram:1", Chat: "70"}}, desk.Tip{File: tt.file})
		if tt.want == "" {
			w.must(err)
		} else {
			w.refused(err, tt.want)
		}
	}
}

// What a tip's file is tells its content, and its name says nothing of who sent
// it. It is no alert's.
func TestLend(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	id := w.tellsFile("k", desk.TipFile{Ref: "r", Kind: news.MediaDocument})
	if _, there, err := w.desk.Lent(w.ctx, salim.ID, id); there || err != nil {
		t.Fatalf("there before it was fetched (%v)", err)
	}
	for _, tt := range []struct {
		what    string
		data    []byte
		want    news.Media
		refused desk.Code
	}{
		{"a photo", picture(t, 20, 10), news.Media{Kind: news.MediaPhoto, MIME: "image/png"}, ""},
		{"a video", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), news.Media{Kind: news.MediaVideo, MIME: "video/mp4"}, ""},
		{"a voice note", spoken(), news.Media{Kind: news.MediaVoice, MIME: "audio/ogg; codecs=opus"}, ""},
		{"a document", []byte("%PDF-1.4"), news.Media{Kind: news.MediaDocument, MIME: "application/pdf", Name: "tip-1.pdf"}, ""},
		{"a program", []byte("MZ\x90\x00"), news.Media{}, desk.BadFile},
		{"music", []byte("OggS" + strings.Repeat("\x00", 24) + "\x01vorbis"), news.Media{}, desk.BadFile},
		{"nothing", nil, news.Media{}, desk.EmptyFile},
		{"a heavy file", append([]byte("%PDF-"), make([]byte, desk.MaxFile)...), news.Media{}, desk.BigFile},
		{"a heavy photo", append(picture(t, 20, 10), make([]byte, desk.MaxPhoto)...), news.Media{}, desk.BigFile},
	} {
		got, err := w.desk.Lend(w.ctx, salim.ID, id, tt.data)
		if tt.refused != "" {
			w.refused(err, tt.refused)
			continue
		}
		w.must(err)
		sum, ours := news.FileSum(got.Ref)
		kept, err := w.store.AttachmentData(w.ctx, sum)
		tt.want.Ref = got.Ref
		if err != nil || !ours || !bytes.Equal(kept, tt.data) || got != tt.want {
			t.Errorf("%s: %+v, want %+v (%v)", tt.what, got, tt.want, err)
		}
		if again, there, err := w.desk.Lent(w.ctx, salim.ID, id); again != got || !there || err != nil {
			t.Errorf("%s: it is lent as %+v (%v)", tt.what, again, err)
		}
	}
	m, err := w.desk.Lend(w.ctx, salim.ID, id, []byte("%PDF-1.4"))
	w.must(err)
	attached, err := w.desk.Attach(w.ctx, salim.ID, "تقرير.pdf", []byte("%PDF-1.4"))
	w.must(err)
	if attached.Ref == m.Ref {
		t.Error("a tip's file and an alert's have one name")
	}
	_, err = w.desk.Write(w.ctx, salim.ID, "d", desk.Content{Words: "خبر", Media: m})
	w.refused(err, desk.LostFile)
	w.pass(25 * time.Hour)
	w.tick()
	if _, there, err := w.desk.Lent(w.ctx, salim.ID, id); there || err != nil {
		t.Errorf("it is kept for more than a day (%v)", err)
	}
	if tip, err := w.desk.ReadTip(w.ctx, salim.ID, id); err != nil || tip.File.Ref != "r" {
		t.Errorf("where it is found is %+v (%v)", tip.File, err)
	}
}

// Only who may answer tips is lent a file, at the moment that it is.
func TestLendRights(t *testing.T) {
	w := newWorld(t)
	salim, reporter := w.hire(desk.Chief, "1"), w.hire(desk.Reporter, "2")
	id := w.tellsFile("k", desk.TipFile{Ref: "r", Kind: news.MediaVoice})
	lend := func(by desk.EditorID) error {
		_, err := w.desk.Lend(w.ctx, by, id, spoken())
		return err
	}
	w.must(lend(salim.ID))
	w.refused(lend(reporter.ID), desk.NotYours)
	w.refused(lend(99), desk.NoEditor)
	for _, by := range []desk.EditorID{reporter.ID, 99} {
		if _, there, err := w.desk.Lent(w.ctx, by, id); there || err == nil {
			t.Errorf("editor %d is lent a file", by)
		}
	}
	_, err := w.desk.Remove(w.ctx, 0, salim.ID)
	w.must(err)
	w.refused(lend(salim.ID), desk.NoEditor)
	_, err = w.desk.Lend(w.ctx, w.hire(desk.Chief, "3").ID, 77, spoken())
	w.refused(err, desk.NoSuch)
}
