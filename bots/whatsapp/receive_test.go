package whatsapp_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

func TestKindsOfMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		reader := w.readers[0]
		first := reader.Send("اشتراك")
		if e := r.next(); e.Kind != bots.Wrote || e.Text != "اشتراك" || e.Chat != w.Chat(0) || e.From != news.UserID(w.Chat(0)) ||
			e.ChatKind != news.Private || !e.Addressed || !strings.HasPrefix(string(e.Message), first) {
			t.Errorf("a text is %+v", e)
		}
		for _, c := range []struct {
			name  string
			write func() string
			kind  bots.EventKind
			media string
			text  string
		}{
			{"voice", func() string { return reader.SendKind(whatsapptest.KindVoice) }, bots.Sent, "voice", ""},
			{"music", func() string { return reader.SendKind(whatsapptest.KindAudio) }, bots.Sent, "other", ""},
			{"sticker", func() string { return reader.SendKind(whatsapptest.KindSticker) }, bots.Sent, "sticker", ""},
			{"location", func() string { return reader.SendKind(whatsapptest.KindLocation) }, bots.Sent, "location", ""},
			{"contact", func() string { return reader.SendFile(whatsapptest.KindContact, nil, "سالم") }, bots.Sent, "contact", ""},
			{"photo", func() string { return reader.SendFile(whatsapptest.KindImage, []byte("x"), "صورة") }, bots.Sent, "photo", "صورة"},
			{"video", func() string { return reader.SendKind(whatsapptest.KindVideo) }, bots.Sent, "video", ""},
			{"document", func() string { return reader.SendKind(whatsapptest.KindDocument) }, bots.Sent, "document", ""},
			{"forward", func() string { return reader.Forward("إشاعة") }, bots.Sent, "forward", "إشاعة"},
			{"vanishing", func() string { return reader.SendVanishing("يختفي") }, bots.Wrote, "", "يختفي"},
			{"edit", func() string { return reader.Edit(first, "إلغاء") }, bots.Sent, "edit", "إلغاء"},
			{"answer", func() string { return reader.Answer(first, "جواب") }, bots.Wrote, "", "جواب"},
			{"seen once", func() string {
				return reader.SendContent(&waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{
					Message: &waE2E.Message{ImageMessage: &waE2E.ImageMessage{Caption: proto.String("مرة")}},
				}}, time.Time{})
			}, bots.Sent, "photo", "مرة"},
		} {
			c.write()
			if e := r.next(); e.Kind != c.kind || e.Media != c.media || e.Text != c.text || e.Name != reader.Name() || e.Quoted != "" {
				t.Errorf("%s is %+v", c.name, e)
			}
		}
		w.send(a, w.text(0, "بلاغ رقم 4", "1"))
		synctest.Wait()
		inbox := reader.Inbox()
		reader.Answer(inbox[len(inbox)-1].ID, "رد")
		if e := r.next(); e.Kind != bots.Wrote || e.Text != "رد" || e.Quoted != "بلاغ رقم 4" {
			t.Errorf("a reply to us is %+v", e)
		}
		w.content()
	})
}

func TestWhatIsIgnored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, whatsapp.Config{})
		w.readers[0].SendAt("قبل الربط", time.Now().Add(-time.Hour))
		a := w.adapter()
		w.pair(a)
		r := w.run(a)
		reader := w.readers[0]
		if err := w.server.Phone().ShareHistory(); err != nil {
			t.Fatal(err)
		}
		reader.PostStatus("حالتي")
		reader.SendBroadcast("للجميع")
		id := reader.Send("سؤال")
		if e := r.next(); e.Text != "سؤال" {
			t.Errorf("heard %+v", e)
		}
		reader.React(id, "👍")
		reader.Revoke(id)
		reader.Type(true)
		reader.Send("آخر")
		if e := r.next(); e.Text != "آخر" {
			t.Errorf("heard %+v", e)
		}
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		if len(r.events) > 0 {
			t.Errorf("heard %+v", <-r.events)
		}
		w.content()
	})
}

func TestReadAndTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{Name: "نشرة", Typing: func(units int) time.Duration { return time.Duration(units) * time.Second }})
		a := w.adapter()
		r := w.run(a)
		w.send(a, w.text(1, "خبر", "1"))
		id := w.readers[0].Send("مرحبا")
		r.next(bots.Wrote)
		synctest.Wait() // an answer takes its way through the outbox
		start := time.Now()
		w.send(a, w.text(0, "أهلا", "2"))
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("a reply took %v", took)
		}
		w.send(a, w.text(0, "وسهلا", "3"))
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("another one as well: %v", took)
		}
		synctest.Wait()
		var signs []string
		for _, s := range w.readers[0].Signs() {
			signs = append(signs, s.What)
		}
		if got := strings.Join(signs, " "); got != "delivered read composing" && got != "read delivered composing" {
			t.Errorf("the reader noticed %q about %s", got, id)
		}
		if len(w.readers[1].Signs()) != 0 {
			t.Errorf("who had not written noticed %+v", w.readers[1].Signs())
		}
		if p := w.server.Presence(); p != "unavailable" {
			t.Errorf("the bot is %q", p)
		}
	})
}

func TestAddressesAreMerged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.Write(1, "مرحبا") // shows its number, too
		phone, ok := whatsapp.ChatOfNumber("+" + w.readers[1].Number())
		if e := r.next(); !ok || e.Kind != bots.Moved || e.Chat != phone || e.To != w.Chat(1) || e.Key == "" {
			t.Errorf("the first event is %+v", e)
		}
		if e := r.next(); e.Kind != bots.Wrote || e.Chat != w.Chat(1) {
			t.Errorf("the second is %+v", e)
		}
		w.Write(1, "ثانية")
		if e := r.next(); e.Kind != bots.Wrote {
			t.Errorf("a further one is %+v", e)
		}
		old := w.server.NewReader(whatsapptest.Person{ByPhone: true})
		old.Send("من هاتف قديم")
		if e := r.next(bots.Wrote); e.Chat != news.ChatID(old.LID().String()) {
			t.Errorf("an old phone's chat is %q", e.Chat)
		}
		stranger := w.server.NewReader(whatsapptest.Person{})
		_, err := a.Send(t.Context(), bots.Message{Chat: news.ChatID(stranger.Phone().String()), Text: news.T("خبر"), Key: "1"})
		var moved *bots.MovedError
		if !errors.As(err, &moved) || moved.To != news.ChatID(stranger.LID().String()) || len(stranger.Inbox()) != 0 {
			t.Errorf("to a number: %v", err)
		}
		nobody, _ := whatsapp.ChatOfNumber("999 000 99999")
		if _, err := a.Send(t.Context(), bots.Message{Chat: nobody, Text: news.T("خبر"), Key: "2"}); !errors.Is(err, bots.ErrMissing) {
			t.Errorf("to nobody: %v", err)
		}
	})
}

func TestAnsweredByHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{Heed: func(text string) bool { return text == "إلغاء" }})
		a := w.adapter()
		r := w.run(a)
		w.Write(0, "سؤال")
		r.next(bots.Wrote)
		w.server.Phone().Send(w.readers[0], "معك التحرير")
		w.until("heard", func() bool { return w.server.Pending() == 0 })
		w.Write(0, "شكرا")
		w.Write(1, "غيره")
		if e := r.next(bots.Wrote); e.Text != "غيره" {
			t.Errorf("heard %q", e.Text)
		}
		if left := time.Until(a.Silenced(w.Chat(0))); left < 11*time.Hour || left > 12*time.Hour {
			t.Errorf("silent for %v", left)
		}
		var wait *bots.RetryError
		if _, err := a.Send(t.Context(), w.text(0, "موجز", "1")); !errors.As(err, &wait) || wait.Wide || wait.After < 11*time.Hour {
			t.Errorf("a digest meanwhile: %v", err)
		}
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		r.stop()
		a = w.adapter() // it is remembered
		r = w.run(a)
		w.Write(0, "إلغاء")
		if e := r.next(bots.Wrote); e.Text != "إلغاء" || !a.Silenced(w.Chat(0)).IsZero() {
			t.Errorf("heard %+v", e)
		}
		w.server.Phone().Send(w.readers[0], "مرة أخرى")
		w.until("heard", func() bool { return w.server.Pending() == 0 })
		time.Sleep(12*time.Hour + time.Minute)
		w.Write(0, "بعد نصف يوم")
		if e := r.next(bots.Wrote); e.Text != "بعد نصف يوم" {
			t.Errorf("heard %q", e.Text)
		}
		w.send(a, w.text(0, "من البوت", "2"))
	})
}

// A thousand messages of one person do not keep another one waiting.
func TestFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		var heard atomic.Int32
		r := w.run(w.adapter())
		r.fail = func(e bots.Event) error {
			if e.Chat == w.Chat(0) {
				heard.Add(1)
				time.Sleep(100 * time.Millisecond) // a slow store
			}
			return nil
		}
		for i := range 1000 {
			w.Write(0, fmt.Sprint(i))
		}
		start := time.Now()
		w.Write(1, "وأنا؟")
		for e := r.next(bots.Wrote); e.Chat != w.Chat(1); {
			e = r.next(bots.Wrote)
		}
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("the other one waited %v", took)
		}
		if n := heard.Load(); n > 100 {
			t.Errorf("%d of 1000 were handled", n)
		}
		time.Sleep(time.Minute)
		w.Write(0, "إلغاء")
		for e := r.next(bots.Wrote); e.Text != "إلغاء"; {
			e = r.next(bots.Wrote)
		}
	})
}

// What arrives while nobody listens waits until somebody does.
func TestNobodyListens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		w.Write(0, "سؤال")
		w.send(a, w.text(1, "خبر", "1")) // connects
		r := w.run(a)
		if e := r.next(bots.Wrote); e.Text != "سؤال" {
			t.Errorf("heard %q", e.Text)
		}
	})
}

// What fails stays in its order, and holds up nobody else.
func TestFailingHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		var broken atomic.Bool
		broken.Store(true)
		r := w.run(w.adapter())
		r.fail = func(e bots.Event) error {
			if e.Chat == w.Chat(0) && broken.Load() {
				return errors.New("disk full")
			}
			return nil
		}
		w.Write(0, "أول")
		for range 5 {
			w.Write(0, "ثان")
		}
		w.Write(1, "غيره")
		start := time.Now()
		if e := r.next(bots.Wrote); e.Text != "غيره" || time.Since(start) > 3*time.Second {
			t.Errorf("heard %q after %v", e.Text, time.Since(start))
		}
		if w.server.Pending() == 0 {
			t.Error("what was not handled was acknowledged")
		}
		broken.Store(false)
		if first, second := r.next(bots.Wrote), r.next(bots.Wrote); first.Text != "أول" || second.Text != "ثان" {
			t.Errorf("heard %q, then %q", first.Text, second.Text)
		}
		for range 4 {
			r.next(bots.Wrote)
		}
		w.server.CutSocket()
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		synctest.Wait()
		if len(r.events) > 0 {
			t.Errorf("brought again: %+v", <-r.events)
		}
	})
}
