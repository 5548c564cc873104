package whatsapp_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{Pace: whatsapp.Pace{PerMinute: 20, PerDay: 50, NewPerDay: 20}})
		a := w.adapter()
		r := w.run(a)
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
		if until := a.State().FullUntil; !until.IsZero() {
			t.Errorf("a full number of strangers fills the day until %v", until)
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
		if until, want := a.State().FullUntil, time.Now().UTC().Truncate(24*time.Hour).Add(24*time.Hour); !until.Equal(want) {
			t.Errorf("the day is full until %v, want %v", until, want)
		}
		people[2].Send("مرحبا")
		w.until("heard", func() bool { return w.server.Pending() == 0 })
		for i := range 4 { // answers do not count
			if err := write(2, fmt.Sprint(i)); err != nil {
				t.Error(err)
			}
		}
		r.stop()
		time.Sleep(8 * 24 * time.Hour)
		w.run(a)
		if until := a.State().FullUntil; !until.IsZero() {
			t.Errorf("a week later the day is full until %v", until)
		}
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

// Linking again begins the slow start anew after a lock, and only then; and who
// has written before is no stranger to the new session.
func TestPaceAfterLinkingAgain(t *testing.T) {
	for _, c := range []struct {
		name string
		lose func(*world)
		want int
	}{
		{"unlinked on the phone", func(w *world) { w.server.RemoveDevice() }, 8},
		{"locked (403)", func(w *world) { w.server.FailLogins(whatsapptest.Failure{Reason: 403}) }, 2},
	} {
		bubble(t, c.name, func(t *testing.T) {
			var old news.ChatID
			w := pairedWorld(t, whatsapp.Config{
				Pace:  whatsapp.Pace{PerMinute: -1},
				Wrote: func(_ context.Context, chat news.ChatID) (bool, error) { return chat == old, nil },
			})
			a := w.adapter()
			r := w.run(a)
			w.until("online", w.server.Connected)
			time.Sleep(8 * 24 * time.Hour)
			c.lose(w)
			w.until("lost", func() bool { return !a.State().Paired })
			r.stop()
			w.server.AllowLogins()
			a = w.adapter()
			w.pair(a)
			w.run(a)
			old = w.Chat(0)
			sent := 0
			for i := range 8 {
				one := w.server.NewReader(whatsapptest.Person{})
				if _, err := a.Send(t.Context(), bots.Message{Chat: news.ChatID(one.LID().String()), Text: news.T("خبر"), Key: fmt.Sprint(i)}); err == nil {
					sent++
				}
			}
			if sent != c.want {
				t.Errorf("%d of 8 strangers were written to, want %d", sent, c.want)
			}
			w.send(a, w.text(0, "خبر", "known"))
		})
	}
}
