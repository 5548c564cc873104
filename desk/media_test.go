package desk_test

import (
	"bytes"
	"context"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// picture is a PNG of a size.
func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What a file is tells its content, and nothing else is kept.
func TestAttach(t *testing.T) {
	w := newWorld(t)
	e := w.hire(desk.Chief, "1")
	var photo, moving bytes.Buffer
	w.must(jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	w.must(gif.Encode(&moving, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	mp4 := func(brand string) []byte { return []byte("\x00\x00\x00\x18ftyp" + brand + "\x00\x00\x00\x00") }
	for _, tt := range []struct {
		what, name string
		data       []byte
		want       news.Media
		refused    desk.Code
	}{
		{"a photo", "x.exe", photo.Bytes(), news.Media{Kind: news.MediaPhoto, MIME: "image/jpeg"}, ""},
		{"another", "", picture(t, 20, 10), news.Media{Kind: news.MediaPhoto, MIME: "image/png"}, ""},
		{"a video", "x.pdf", mp4("mp42"), news.Media{Kind: news.MediaVideo, MIME: "video/mp4"}, ""},
		{"a phone's video", "x", mp4("isom"), news.Media{Kind: news.MediaVideo, MIME: "video/mp4"}, ""},
		{"a document", "تقرير.pdf", []byte("%PDF-1.4"), news.Media{Kind: news.MediaDocument, MIME: "application/pdf", Name: "تقرير.pdf"}, ""},
		{"a name that turns a line", "a\u202egnp\n.exe", []byte("%PDF-"), news.Media{Kind: news.MediaDocument, MIME: "application/pdf", Name: "agnp.pdf"}, ""},
		{"a way out of the folder", "..\\..\\/", []byte("%PDF-"), news.Media{Kind: news.MediaDocument, MIME: "application/pdf", Name: "document.pdf"}, ""},
		{"a long name", strings.Repeat("ط", 200), []byte("%PDF-"), news.Media{Kind: news.MediaDocument, MIME: "application/pdf", Name: strings.Repeat("ط", 60) + ".pdf"}, ""},
		{"a program called a document", "تقرير.pdf", []byte("MZ\x90\x00"), news.Media{}, desk.BadFile},
		{"a page", "x.jpg", []byte("<html>"), news.Media{}, desk.BadFile},
		{"a picture that moves", "x.gif", moving.Bytes(), news.Media{}, desk.BadFile},
		{"a film of another kind", "x.mov", mp4("qt  "), news.Media{}, desk.BadFile},
		{"a picture cut off", "x.png", picture(t, 20, 10)[:20], news.Media{}, desk.BadFile},
		{"a narrow picture", "x.png", picture(t, 2100, 100), news.Media{}, desk.BadFile},
		{"a wide picture", "x.png", picture(t, 9000, 1001), news.Media{}, desk.BadFile},
		{"nothing", "x.jpg", nil, news.Media{}, desk.EmptyFile},
		{"a heavy photo", "x.jpg", append(photo.Bytes(), make([]byte, desk.MaxPhoto)...), news.Media{}, desk.BigFile},
		{"a heavy video", "x.mp4", append(mp4("mp42"), make([]byte, desk.MaxFile)...), news.Media{}, desk.BigFile},
	} {
		t.Run(tt.what, func(t *testing.T) {
			got, err := w.desk.Attach(w.ctx, e.ID, tt.name, tt.data)
			if tt.refused != "" {
				w.refused(err, tt.refused)
				return
			}
			w.must(err)
			sum, ours := news.FileSum(got.Ref)
			kept, err := w.store.AttachmentData(w.ctx, sum)
			tt.want.Ref = got.Ref
			if err != nil || !ours || !bytes.Equal(kept, tt.data) || got != tt.want {
				t.Errorf("%+v, want %+v (%v)", got, tt.want, err)
			}
		})
	}
	if _, err := w.desk.Attach(w.ctx, 99, "x", photo.Bytes()); err == nil {
		t.Error("a stranger attached something")
	}
}

// A draft carries only what is kept here, as it is kept, or a picture at an
// address; the broadcast carries the same.
func TestDraftsCarryWhatIsKept(t *testing.T) {
	w := newWorld(t)
	e := w.hire(desk.Chief, "1")
	kept, err := w.desk.Attach(w.ctx, e.ID, "", picture(t, 8, 8))
	w.must(err)
	d := w.draft(e.ID, "إغلاق طريق الوادي")
	carry := func(m news.Media) (desk.Draft, error) {
		c := d.Content
		c.Media = m
		return w.desk.Edit(w.ctx, e.ID, d.ID, d.Version, c)
	}
	for _, m := range []news.Media{
		{Kind: news.MediaVideo, Ref: "https://x.om/a.mp4"}, {Kind: news.MediaPhoto, Ref: "/etc/passwd"}, {Kind: news.MediaPhoto, Ref: "AgACAgIAAx0"},
	} {
		_, err := carry(m)
		w.refused(err, desk.BadFile)
	}
	for _, sum := range []string{strings.Repeat("0", 64), "///etc/passwd", "%"} {
		_, err = carry(news.Media{Kind: news.MediaPhoto, Ref: news.FileRef(sum)})
		w.refused(err, desk.LostFile)
	}
	forged := kept
	forged.Kind, forged.MIME = news.MediaDocument, "text/html"
	before := d.Version
	d, err = carry(forged)
	w.must(err)
	if d.Media != kept || d.Version != before+1 || d.Seen != 0 {
		t.Errorf("version %d carries %+v", d.Version, d.Media)
	}
	sent := w.send(e.ID, d.ID)
	b, err := w.store.Broadcast(w.ctx, sent.Broadcast)
	w.must(err)
	if b.Media != kept {
		t.Errorf("the broadcast carries %+v", b.Media)
	}

	c, err := w.desk.Correct(w.ctx, e.ID, "", sent.ID, "فتح طريق الوادي", false)
	w.must(err)
	if c.Media != kept {
		t.Errorf("the correction is about %+v", c.Media)
	}
	content := c.Content
	content.Media = news.Media{}
	_, err = w.desk.Edit(w.ctx, e.ID, c.ID, c.Version, content)
	w.refused(err, desk.SameMedia)
	content = c.Content
	content.Words = "فُتح طريق الوادي"
	_, err = w.desk.Edit(w.ctx, e.ID, c.ID, c.Version, content)
	w.must(err)
}

// The preview says when the words are too long for a caption.
func TestLongCaptionsAreWarnedOf(t *testing.T) {
	w := newWorld(t)
	w.desk.Compose = func(_ context.Context, b news.Broadcast, _ news.Platform) (news.Message, error) {
		m := news.Say(news.T(b.Words))
		m.Media = b.Media
		return m, nil
	}
	e := w.hire(desk.Chief, "1")
	file, err := w.desk.Attach(w.ctx, e.ID, "", picture(t, 8, 8))
	w.must(err)
	for _, tt := range []struct {
		words string
		media news.Media
		want  desk.WarningKind
	}{
		{"خبر", file, ""},
		{strings.Repeat("خبر ", 400), news.Media{}, ""},
		{strings.Repeat("خبر ", 400), file, desk.WarnSplit},
		{strings.Repeat("خبر ", 400), news.PhotoAt("https://x.om/a.jpg"), desk.WarnPicture},
	} {
		d, err := w.desk.Write(w.ctx, e.ID, "", desk.Content{Words: tt.words, Everyone: true, Media: tt.media})
		w.must(err)
		var got desk.WarningKind
		for _, warning := range w.look(e.ID, d.ID).Warnings {
			if slices.Contains([]desk.WarningKind{desk.WarnSplit, desk.WarnPicture}, warning.Kind) {
				got += warning.Kind
			}
		}
		if got != tt.want {
			t.Errorf("%d characters with %q are warned of as %q", len(tt.words), tt.media.Kind, got)
		}
	}
}

// An editor makes alerts of the articles of their sections, and of no others,
// whatever number they give.
func TestChoose(t *testing.T) {
	w := newWorld(t)
	e, jobs := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2", "jobs")
	a := w.arrive("سيول في نزوى")
	list, err := w.desk.Latest(w.ctx, e.ID, 5)
	w.must(err)
	if len(list) != 1 || list[0].ID != a.ID {
		t.Errorf("articles %+v", list)
	}
	list, err = w.desk.Latest(w.ctx, jobs.ID, 5)
	w.must(err)
	if len(list) != 0 {
		t.Errorf("others' articles %+v", list)
	}
	d, err := w.desk.Choose(w.ctx, e.ID, "k", a.ID)
	w.must(err)
	if d.Words != a.Title || d.Link != a.Link() || d.Article != a.ID || d.Media.Ref != a.Image || !slices.Equal(d.Sections, []news.Slug{a.Section}) || d.Everyone {
		t.Errorf("a draft of %+v", d.Content)
	}
	again, err := w.desk.Choose(w.ctx, e.ID, "k", a.ID)
	w.must(err)
	if again.ID != d.ID {
		t.Error("one event made two drafts")
	}
	_, err = w.desk.Choose(w.ctx, jobs.ID, "", a.ID)
	w.refused(err, desk.OtherSection)
	_, err = w.desk.Choose(w.ctx, e.ID, "", a.ID+1)
	w.refused(err, desk.NoSuch)
	_, err = w.desk.Remove(w.ctx, 0, e.ID)
	w.must(err)
	_, err = w.desk.Choose(w.ctx, e.ID, "", a.ID)
	w.refused(err, desk.NoEditor)
}
