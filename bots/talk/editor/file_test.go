package editor_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// The files that transcripts send, by the word after the comma, or else by
// their kind. "reply=WORDS" says what a file answers ("_" is a space), "name="
// how it is called, "album=" what it was sent together with.
func contents() map[string][]byte {
	var picture bytes.Buffer
	_ = png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 6))) // never fails
	return map[string][]byte{
		"photo": picture.Bytes(), "video": []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00soun"), "document": []byte("%PDF-1.7 تقرير"),
		"voice":   append([]byte("OggS"+strings.Repeat("\x00", 23)+"\x13"), "OpusHead\x01\x01"...),
		"sticker": []byte("RIFF"), "exe": []byte("MZ\x90\x00 this program cannot be run"), "empty": {}, "big": make([]byte, desk.MaxFile+1),
	}
}

// file reads "KIND[,word][,key=value] caption".
func (w *world) file(words string) bots.Event {
	what, caption, _ := strings.Cut(words, " ")
	said := strings.Split(what, ",")
	e := bots.Event{Kind: bots.Sent, Media: said[0], Text: caption}
	e.File = bots.File{Ref: said[0], Name: "ملف.bin"}
	for _, s := range said[1:] {
		key, value, _ := strings.Cut(s, "=")
		switch key {
		case "reply":
			e.Quoted = strings.ReplaceAll(value, "_", " ")
		case "name":
			e.File.Name = strings.ReplaceAll(value, "_", " ")
		case "album":
			e.Album = value
		case "claims":
			e.File.Size = desk.MaxFile + 1
		default:
			e.File.Ref = key
		}
	}
	if said[0] == "sticker" {
		e.File = bots.File{}
	}
	return e
}

var errNoNetwork = errors.New("the network is not there")

// fetch is the network that brings files.
func (w *world) fetch(_ context.Context, from news.AccountID, f bots.File, most int64) ([]byte, error) {
	w.fetched++
	w.from = from
	data, ok := contents()[f.Ref]
	switch {
	case f.Ref == "gone":
		return nil, bots.ErrMissing
	case !ok:
		return nil, errNoNetwork
	case int64(len(data)) > most:
		return nil, bots.ErrTooBig
	}
	return data, nil
}

// brings reads "NAME KIND[,word] WORDS": a reader's tip with a file.
func (w *world) brings(words string) {
	w.t.Helper()
	name, rest, _ := strings.Cut(words, " ")
	e := w.file(rest)
	w.keys++
	_, err := w.desk.Tell(w.ctx, strconv.Itoa(w.keys), desk.Teller{Seat: desk.Seat{Account: w.account, Chat: news.ChatID(name)}, Name: name}, desk.Tip{
		Words: e.Text, File: desk.TipFile{Account: w.account, Ref: e.File.Ref, Kind: news.MediaKind(e.Media)},
	})
	w.must(err)
}

// arrive stores an article of "SECTION TITLE".
func (w *world) arrive(words string) {
	w.t.Helper()
	section, title, _ := strings.Cut(words, " ")
	w.articles++
	key := string(rune('a' + w.articles))
	_, err := w.store.Pulled(w.ctx, feed.Pull{Source: "site", At: w.now, Complete: true, Articles: []news.Article{{
		Key: key, Title: title, URL: "https://site.example/" + key, Image: "https://site.example/" + key + ".jpg",
		Section: news.Slug(section), Matched: true, Published: w.now.Add(-time.Duration(w.articles) * 10 * time.Minute),
	}}})
	w.must(err)
}

// shown is a medium in a transcript.
func shown(m news.Media) string {
	words := []string{string(m.Kind)}
	for _, s := range []string{m.Address(), m.Name} {
		if s != "" {
			words = append(words, s)
		}
	}
	return "{" + strings.Join(words, " ") + "}"
}

// TestStrangersAttachNothing has somebody who is no editor send what would be
// an alert: it is a reader's picture, and nothing is fetched or kept.
func TestStrangersAttachNothing(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.name = "غريب"
	for _, words := range []string{"photo خبر عاجل: إغلاق الطريق", "photo,reply=خبر_عاجل_رقم_1: أرفق", "document أرفق 1", "video /alert x"} {
		w.event(w.file(words))
	}
	var kept int
	w.must(w.store.DB().QueryRowContext(w.ctx, "SELECT count(*) FROM file").Scan(&kept))
	if w.fetched != 0 || kept != 0 || w.passed != 4 {
		t.Errorf("%d files were fetched and %d kept; %d events went to the conversation", w.fetched, kept, w.passed)
	}
	if all, err := w.store.Desk(w.ctx); err != nil || len(all) != 0 {
		t.Errorf("drafts %+v, %v", all, err)
	}
}

// TestNothingLargeIsFetched refuses by what the network says of a file's size.
func TestNothingLargeIsFetched(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.direct("seat سالم editor")
	w.event(w.file("video,claims خبر عاجل: إغلاق الطريق"))
	if w.fetched != 0 {
		t.Error("a file was fetched that is too big")
	}
}
