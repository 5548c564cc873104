package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

func TestMenuAndReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.Write(0, "أقسام")
		asked := r.next(bots.Wrote)
		m := w.text(0, "اختر:", "1")
		m.Reply = asked.Message
		m.Buttons = [][]news.Button{{{Label: "الطقس", Data: "a", On: true}, {Label: "الموقع", URL: "https://example.com/"}}, {{Label: "شعر", Data: "b"}}}
		w.send(a, m)
		got := w.readers[0].Inbox()[0]
		if want := "اختر:\n\n1. ☑ الطقس\nالموقع: https://example.com/\n2. ☐ شعر"; got.Text != want {
			t.Errorf("the menu is %q, want %q", got.Text, want)
		}
		if got.Quote == nil || got.Quote.Text != "أقسام" {
			t.Errorf("it quotes %+v", got.Quote)
		}
		sent := w.send(a, w.text(0, "خبر عاجل", "2"))
		correction := w.text(0, "تصحيح", "3")
		correction.Reply = sent.ID
		w.send(a, correction)
		if got := w.readers[0].Inbox()[2]; got.Quote == nil || got.Quote.Text != "خبر عاجل" {
			t.Errorf("a correction quotes %+v", got.Quote)
		}
		lost := w.text(0, "جواب", "4")
		lost.Reply = "3A000000000000000000000000FF"
		w.send(a, lost)
		if got := w.readers[0].Inbox()[3]; got.Quote != nil || got.Text != "جواب" {
			t.Errorf("an answer to what is unknown is %+v", got)
		}
		w.content()
	})
}

// The same copy has the same id, whatever happened to the first try.
func TestLostAck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.server.LoseAcks(1, false)
		m := w.text(0, "خبر", "the same copy")
		if _, err := a.Send(t.Context(), m); !errors.Is(err, bots.ErrUnknown) {
			t.Errorf("without an ack Send gives %v", err)
		}
		first := w.send(a, m)
		r.stop()
		again := w.send(w.adapter(), m) // as after a kill
		ids := map[string]bool{}
		for _, arrival := range w.readers[0].Arrivals() {
			ids[arrival.ID] = true
		}
		if len(ids) != 1 || len(w.readers[0].Inbox()) != 1 || first.ID[:22] != again.ID[:22] {
			t.Errorf("arrived were %v, receipts %q and %q", ids, first.ID, again.ID)
		}
		if id := string(first.ID); len(id) != 30 || !strings.HasPrefix(id, "3EB0") || strings.ToUpper(id) != id {
			t.Errorf("the id is %q", id)
		}
		if other := w.send(w.adapter(), w.text(0, "خبر", "another")); other.ID[:22] == first.ID[:22] {
			t.Error("another copy has the same id")
		}
		w.content()
	})
}

func TestRetryReceiptAfterRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.send(a, w.text(0, "أول", "1"))
		w.readers[0].LoseSession()
		w.send(a, w.text(0, "ثان", "2"))
		r.stop()
		w.run(w.adapter())
		if texts, err := w.Await(short(t), 0, 2); err != nil || texts[1] != "ثان" {
			t.Errorf("the reader sees %q, %v", texts, err)
		}
	})
}

func TestGivesUpInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		w.run(a)
		w.until("online", w.server.Connected)
		w.server.LoseAcks(1, false)
		slow := make(chan error)
		go func() {
			_, err := a.Send(t.Context(), w.text(0, "بطيء", "1"))
			slow <- err
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := a.Send(ctx, w.text(1, "ينتظر", "2")); !errors.Is(err, bots.ErrNotSent) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Send gives %v", err)
		}
		if err := <-slow; !errors.Is(err, bots.ErrUnknown) {
			t.Errorf("the slow one gives %v", err)
		}
	})
}

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
		fetcher := &whatsapp.Fetcher{Transport: web}
		var fetched []string
		w := pairedWorld(t, whatsapp.Config{Fetch: func(ctx context.Context, url string) ([]byte, error) {
			fetched = append(fetched, url)
			return fetcher.Get(ctx, url)
		}})
		a := w.adapter()
		w.run(a)
		m := w.text(0, "تعليق", "1")
		m.Photo = photo
		first := w.send(a, m)
		m.Photo, m.Key = first.Photo, "2"
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
		missing.Photo = "https://news.example/gone.jpg"
		if r := w.send(a, missing); r.Photo != "" {
			t.Errorf("a photo that is not there gives %+v", r)
		}
		missing.Text, missing.Key = nil, "6"
		if _, err := a.Send(t.Context(), missing); !errors.Is(err, bots.ErrRejected) {
			t.Errorf("nothing but a photo that is not there gives %v", err)
		}
		w.content()
	})
}

func TestEditAndDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		w.run(a)
		sent := w.send(a, w.text(0, "خطأ", "1"))
		time.Sleep(14 * time.Minute)
		if _, err := a.Edit(t.Context(), sent.ID, w.text(0, "صواب", "2")); err != nil {
			t.Fatal(err)
		}
		got := w.readers[0].Inbox()
		if len(got) != 1 || got[0].Text != "صواب" || got[0].Edits != 1 {
			t.Errorf("the reader sees %+v", got)
		}
		time.Sleep(2 * time.Minute)
		if _, err := a.Edit(t.Context(), sent.ID, w.text(0, "متأخر", "3")); !errors.Is(err, bots.ErrTooLate) {
			t.Errorf("a late edit gives %v", err)
		}
		time.Sleep(47 * time.Hour)
		if err := a.Delete(t.Context(), w.Chat(0), sent.ID); err != nil || !w.readers[0].Inbox()[0].Revoked {
			t.Errorf("Delete gives %v", err)
		}
		old := w.send(a, w.text(0, "قديم", "4"))
		time.Sleep(49 * time.Hour)
		if err := a.Delete(t.Context(), w.Chat(0), old.ID); !errors.Is(err, bots.ErrTooLate) {
			t.Errorf("a late deletion gives %v", err)
		}
		if _, err := a.Edit(t.Context(), "x", w.text(0, "؟", "5")); !errors.Is(err, bots.ErrGone) {
			t.Errorf("editing nothing gives %v", err)
		}
		w.content()
	})
}

func TestChannels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const photo = "https://news.example/1.jpg"
		web := pages{photo: jpegOf(t, 64, 64)}
		w := pairedWorld(t, whatsapp.Config{Fetch: (&whatsapp.Fetcher{Transport: web}).Get})
		a := w.adapter()
		made, err := a.CreateChannel(t.Context(), "أخبار", "كل خبر")
		if err != nil || made.Name != "أخبار" || !made.Publishes || made.Link == "" {
			t.Fatalf("made %+v, %v", made, err)
		}
		theirs := w.server.NewNewsletter("ثقافة", "", whatsapptest.RoleSubscriber)
		list, err := a.Channels(t.Context())
		if err != nil || len(list) != 2 || list[0] != made || list[1].Publishes {
			t.Errorf("the channels are %+v, %v", list, err)
		}
		if found, err := a.FindChannel(t.Context(), made.Link); err != nil || found.Chat != made.Chat {
			t.Errorf("by link %+v, %v", found, err)
		}
		if found, err := a.FindChannel(t.Context(), string(made.Chat)); err != nil || found.Link != made.Link {
			t.Errorf("by id %+v, %v", found, err)
		}
		if whatsapp.KindOf(made.Chat) != news.Channel {
			t.Errorf("%q is %q", made.Chat, whatsapp.KindOf(made.Chat))
		}
		n := w.server.Newsletters()[0]
		post := w.send(a, bots.Message{Chat: made.Chat, Text: news.B("خبر"), Key: "1"})
		withPhoto := w.send(a, bots.Message{Chat: made.Chat, Text: news.T("صورة"), Photo: photo, Key: "2"})
		w.send(a, bots.Message{Chat: made.Chat, Text: news.T("صورة"), Photo: withPhoto.Photo, Key: "3"})
		time.Sleep(29 * 24 * time.Hour)
		if _, err := a.Edit(t.Context(), post.ID, bots.Message{Chat: made.Chat, Text: news.T("خبر مصحح"), Key: "4"}); err != nil {
			t.Error(err)
		}
		if err := a.Delete(t.Context(), made.Chat, withPhoto.ID); err != nil {
			t.Error(err)
		}
		posts := n.Posts()
		if len(posts) != 3 || posts[0].Text != "خبر مصحح" || !posts[1].Revoked || string(posts[2].Media.Data) != web[photo] {
			t.Errorf("posts are %+v", posts)
		}
		time.Sleep(2 * 24 * time.Hour)
		if _, err := a.Edit(t.Context(), post.ID, bots.Message{Chat: made.Chat, Text: news.T("؟"), Key: "5"}); !errors.Is(err, bots.ErrTooLate) {
			t.Errorf("a late edit gives %v", err)
		}
		if _, err := a.Send(t.Context(), bots.Message{Chat: news.ChatID(theirs.JID().String()), Text: news.T("؟"), Key: "6"}); !errors.Is(err, bots.ErrSuspended) {
			t.Errorf("posting in somebody else's gives %v", err)
		}
		w.content()
	})
}

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{Pace: whatsapp.Pace{PerMinute: 20, PerDay: 50, NewPerDay: 20}})
		a := w.adapter()
		w.run(a)
		people := make([]*whatsapptest.Reader, 8)
		for i := range people {
			people[i] = w.server.NewReader(whatsapptest.Person{})
		}
		write := func(i int, key string) error {
			_, err := a.Send(t.Context(), bots.Message{Chat: news.ChatID(people[i].LID().String()), Text: news.T("خبر"), Key: key})
			return err
		}
		var wait *bots.RetryError
		for i := range 2 { // a tenth of twenty, on the first day
			if err := write(i, "new"); err != nil {
				t.Fatal(err)
			}
		}
		if err := write(2, "new"); !errors.As(err, &wait) || wait.Wide || wait.After > 24*time.Hour {
			t.Errorf("a third stranger gives %v", err)
		}
		start := time.Now()
		for i := range 3 {
			if err := write(0, fmt.Sprint(i)); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 4*time.Second || took > 15*time.Second {
			t.Errorf("three messages took %v", took)
		}
		if err := write(0, "sixth"); !errors.As(err, &wait) || !wait.Wide {
			t.Errorf("a sixth message of the day gives %v", err)
		}
		people[2].Send("مرحبا")
		w.until("heard", func() bool { return w.server.Pending() == 0 })
		for i := range 4 { // answers do not count
			if err := write(2, fmt.Sprint(i)); err != nil {
				t.Error(err)
			}
		}
		time.Sleep(8 * 24 * time.Hour)
		sent := 0
		for i := range people {
			if write(i, "a week later") == nil {
				sent++
			}
		}
		if sent != len(people) {
			t.Errorf("after a week %d of %d went out", sent, len(people))
		}
	})
}

func TestForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.Write(0, "مرحبا")
		w.Write(1, "مرحبا")
		r.next(bots.Wrote)
		r.next(bots.Wrote)
		w.send(a, w.text(1, "خبر", "1"))
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		if traces(w, w.readers[1].LID().User)+traces(w, w.readers[1].Number()) == 0 {
			t.Fatal("there is nothing to forget")
		}
		if err := a.Forget(t.Context(), w.Chat(1)); err != nil {
			t.Fatal(err)
		}
		for _, trace := range []string{w.readers[1].LID().User, w.readers[1].Number()} {
			if n := traces(w, trace); n != 0 {
				t.Errorf("%d rows are left", n)
			}
		}
		if traces(w, w.readers[0].LID().User) == 0 {
			t.Error("another reader was forgotten")
		}
		w.Write(1, "عدت")
		if e := r.next(bots.Wrote); e.Text != "عدت" {
			t.Errorf("heard %q", e.Text)
		}
		w.send(a, w.text(1, "أهلا", "2"))
	})
}

// traces counts the library's rows that name somebody.
func traces(w *world, who string) int {
	w.t.Helper()
	rows, err := w.db.Query(`SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name LIKE 'whatsmeow_%'`)
	if err != nil {
		w.t.Fatal(err)
	}
	var columns [][2]string
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			w.t.Fatal(err)
		}
		columns = append(columns, [2]string{table, column})
	}
	rows.Close()
	total := 0
	for _, c := range columns {
		n := 0
		if err := w.db.QueryRow("SELECT COUNT(*) FROM "+c[0]+" WHERE CAST("+c[1]+" AS TEXT) LIKE ?", "%"+who+"%").Scan(&n); err != nil {
			w.t.Fatal(err)
		}
		total += n
	}
	return total
}
