package whatsapp_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
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
