package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

// jpegOf is a picture of a size.
func jpegOf(t *testing.T, width, height int) string {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			picture.Set(x, y, color.RGBA{R: uint8(x), G: uint8(y), B: 100, A: 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPhotoAndPreview(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const page, photo = "https://news.example/1", "https://news.example/1.jpg"
		web := pages{
			page: `<html><head><title>Other</title><meta property="og:title" content="عمان &amp; العالم">
				<meta name="description" content="ملخص"><meta property="og:image" content="/1.jpg"></head><body></body></html>`,
			photo: jpegOf(t, 640, 320),
		}
		var fetched []string
		w := pairedWorld(t, whatsapp.Config{Fetch: func(ctx context.Context, url string) ([]byte, error) {
			fetched = append(fetched, url)
			return web.get(ctx, url)
		}})
		a := w.adapter()
		w.run(a)
		m := w.text(0, "تعليق", "1")
		m.Media = news.PhotoAt(photo)
		first := w.send(a, m)
		m.Media, m.Key = news.PhotoAt(first.Media), "2"
		w.send(a, m)
		for i, got := range w.readers[0].Inbox() {
			if got.Kind != whatsapptest.KindImage || got.Text != "تعليق" || string(got.Media.Data) != web[photo] {
				t.Errorf("photo %d is %+v", i, got)
			}
			if thumb := got.Content.GetImageMessage().GetJPEGThumbnail(); i == 0 && (len(thumb) == 0 || len(thumb) > 16<<10) {
				t.Errorf("its thumbnail has %d bytes", len(thumb))
			}
		}
		m = w.text(1, "خبر\n"+page, "3")
		m.Preview = page
		w.send(a, m)
		m.Chat, m.Key = w.Chat(0), "4"
		w.send(a, m)
		card := w.readers[1].Inbox()[0].Preview
		if card == nil || card.URL != page || card.Title != "عمان & العالم" || card.Description != "ملخص" || len(card.Thumbnail) == 0 || string(card.Image) != web[photo] {
			t.Errorf("the card is %+v", card)
		}
		if want := []string{photo, page, photo}; !slices.Equal(fetched, want) {
			t.Errorf("fetched were %q, want %q", fetched, want)
		}
		missing := w.text(0, "بلا صورة", "5")
		missing.Media = news.PhotoAt("https://news.example/gone.jpg")
		if r := w.send(a, missing); r.Media != "" {
			t.Errorf("a photo that is not there gives %+v", r)
		}
		missing.Text, missing.Key = nil, "6"
		if _, err := a.Send(t.Context(), missing); !errors.Is(err, bots.ErrRejected) {
			t.Errorf("nothing but a photo that is not there gives %v", err)
		}
		w.content()
	})
}
