package whatsapp_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

func TestEndings(t *testing.T) {
	for _, c := range []struct {
		name   string
		end    func(w *world)
		want   error
		words  string
		reason whatsapp.Reason
		anew   whatsapp.Reason // of an adapter that is made afterwards
	}{
		{"logged out", func(w *world) { w.server.FailLogins(whatsapptest.Failure{Reason: 401}) }, bots.ErrRevoked, "", whatsapp.ReasonUnpaired, whatsapp.ReasonUnpaired},
		{"locked", func(w *world) { w.server.FailLogins(whatsapptest.Failure{Reason: 403}) }, bots.ErrRevoked, "", whatsapp.ReasonLocked, whatsapp.ReasonLocked},
		{"banned", func(w *world) { w.server.FailLogins(whatsapptest.Failure{Reason: 406}) }, bots.ErrRevoked, "", whatsapp.ReasonClosed, whatsapp.ReasonClosed},
		{"unlinked", func(w *world) { w.server.RemoveDevice() }, bots.ErrRevoked, "paired", whatsapp.ReasonUnpaired, whatsapp.ReasonUnpaired},
		{"replaced", func(w *world) { w.server.Replace() }, bots.ErrReplaced, "", whatsapp.ReasonReplaced, ""},
		{"outdated", func(w *world) { w.server.FailLogins(whatsapptest.Failure{Reason: 405}) }, bots.ErrOutdated, whatsapp.LibraryVersion, whatsapp.ReasonOutdated, ""},
	} {
		bubble(t, c.name, func(t *testing.T) {
			w := pairedWorld(t, whatsapp.Config{})
			a := w.adapter()
			r := w.run(a)
			w.until("online", w.server.Connected)
			c.end(w)
			if err := r.end(); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.words) {
				t.Errorf("Run ended with %v", err)
			}
			if _, err := a.Send(t.Context(), w.text(0, "خبر", "1")); !errors.Is(err, c.want) {
				t.Errorf("Send gives %v", err)
			}
			if w.server.Connected() {
				t.Error("it is connected")
			}
			if told := w.states.reasons(); told != string(c.reason) {
				t.Errorf("told was %q, want %q", told, c.reason)
			}
			synctest.Wait() // whatsmeow deletes a lost session in the background
			if s := w.adapter().State(); s.Reason != c.anew {
				t.Errorf("after a restart it is %+v", s)
			}
		})
	}
}

// A ban that is found out by a message is no network that is down.
func TestBannedAtTheDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		w.server.FailLogins(whatsapptest.Failure{Reason: 402, Code: 104, Expire: time.Hour})
		var wait *bots.RetryError
		if _, err := w.adapter().Send(t.Context(), w.text(0, "خبر", "1")); !errors.As(err, &wait) || !wait.Wide || wait.After < 50*time.Minute {
			t.Errorf("Send gives %v", err)
		}
	})
}

func TestTemporaryBan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		n := w.server.NewNewsletter("أخبار", "", whatsapptest.RoleAdmin)
		a := w.adapter()
		r := w.run(a)
		w.until("online", w.server.Connected)
		w.server.FailLogins(whatsapptest.Failure{Reason: 402, Code: 101, Expire: 6 * time.Hour})
		time.Sleep(time.Minute)
		if s := a.State(); s.Reason != whatsapp.ReasonBanned || s.StopUntil.IsZero() || s.Connected || !s.Paired {
			t.Errorf("the account is %+v", s)
		}
		for _, chat := range []news.ChatID{w.Chat(0), news.ChatID(n.JID().String())} {
			var wait *bots.RetryError
			if _, err := a.Send(t.Context(), bots.Message{Chat: chat, Text: news.T("خبر"), Key: "1"}); !errors.As(err, &wait) || !wait.Wide || wait.After < 5*time.Hour {
				t.Errorf("meanwhile Send gives %v", err)
			}
		}
		r.stop()
		a = w.adapter() // a restart does not try again either
		r = w.run(a)
		time.Sleep(time.Hour)
		w.server.AllowLogins()
		time.Sleep(4 * time.Hour)
		if w.server.Connected() {
			t.Error("it connected during the ban")
		}
		missed := w.readers[0].Send("أثناء الحظر")
		time.Sleep(time.Hour + time.Minute)
		if e := r.next(bots.Wrote); !strings.HasPrefix(string(e.Message), missed) {
			t.Errorf("after the ban came %+v", e)
		}
		w.send(a, w.text(0, "عدنا", "2"))
	})
}

// What the network says about the account stops writing to people; channels go on.
func TestWritingToPeopleStops(t *testing.T) {
	for _, c := range []struct {
		name    string
		refuse  func(w *world, a *whatsapp.Adapter)
		reason  whatsapp.Reason
		least   time.Duration
		release func(w *world)
	}{
		{"463", func(w *world, a *whatsapp.Adapter) {
			w.server.RefuseNext(whatsapptest.AckStranger, whatsapptest.AckStranger)
			if _, err := a.Send(w.t.Context(), w.text(1, "خبر", "1")); !errors.Is(err, bots.ErrSuspended) {
				w.t.Errorf("the first refused one gives %v", err)
			}
		}, whatsapp.ReasonStrangers, 59 * time.Minute, nil},
		{"429", func(w *world, _ *whatsapp.Adapter) { w.server.RefuseNext(whatsapptest.AckTooMany) }, whatsapp.ReasonTooMany, 14 * time.Minute, nil},
		{"time-lock", func(w *world, _ *whatsapp.Adapter) {
			if err := w.server.TimeLock(true, time.Now().Add(3*time.Hour)); err != nil {
				w.t.Error(err)
			}
			w.until("told", func() bool { return w.server.Pending() == 0 })
			synctest.Wait()
		}, whatsapp.ReasonTimeLock, 2 * time.Hour, func(w *world) {
			if err := w.server.TimeLock(false, time.Time{}); err != nil {
				w.t.Error(err)
			}
			synctest.Wait()
		}},
	} {
		bubble(t, c.name, func(t *testing.T) {
			w := pairedWorld(t, whatsapp.Config{})
			n := w.server.NewNewsletter("أخبار", "", whatsapptest.RoleAdmin)
			a := w.adapter()
			r := w.run(a)
			w.until("online", w.server.Connected)
			c.refuse(w, a)
			before := len(w.server.Sent())
			for i := range 3 {
				var wait *bots.RetryError
				if _, err := a.Send(t.Context(), w.text(i%2, "خبر", "1")); !errors.As(err, &wait) || !wait.Wide || wait.After < c.least {
					t.Errorf("message %d gives %v", i, err)
				}
			}
			if sent := len(w.server.Sent()) - before; sent > 1 {
				t.Errorf("%d messages went to the network", sent)
			}
			w.send(a, bots.Message{Chat: news.ChatID(n.JID().String()), Text: news.T("للقناة"), Key: "2"})
			if s := a.State(); s.Reason != c.reason || s.StopUntil.IsZero() || !s.Connected {
				t.Errorf("the account is %+v", s)
			}
			r.stop()
			a = w.adapter()
			if _, err := a.Send(t.Context(), w.text(0, "خبر", "1")); err == nil {
				t.Error("a restart forgot it")
			}
			if c.release != nil {
				w.run(a)
				w.until("online", w.server.Connected)
				c.release(w)
			} else {
				time.Sleep(c.least + 2*time.Minute)
			}
			w.send(a, w.text(0, "خبر", "1"))
			w.content()
		})
	}
}

// Every further refusal stops it for longer.
func TestStrikes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		w.run(a)
		for _, want := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour} {
			w.server.RefuseNext(whatsapptest.AckTooMany)
			var wait *bots.RetryError
			if _, err := a.Send(t.Context(), w.text(0, "خبر", "1")); !errors.As(err, &wait) || wait.After > want || wait.After < want-time.Second {
				t.Errorf("Send gives %v, want a wait of %v", err, want)
			}
			time.Sleep(want + time.Second)
		}
	})
}

func TestNetworkDownForAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.until("online", w.server.Connected)
		w.server.NetworkDown(true)
		missed := w.readers[0].Send("أثناء الانقطاع")
		if _, err := a.Send(t.Context(), w.text(0, "خبر", "1")); !errors.Is(err, bots.ErrNotSent) {
			t.Errorf("Send gives %v", err)
		}
		time.Sleep(time.Hour)
		if s := a.State(); s.Connected || s.Reason != "" {
			t.Errorf("the account is %+v", s)
		}
		w.server.NetworkDown(false)
		time.Sleep(80 * time.Second) // the longest pause between two tries
		if e := r.next(bots.Wrote); !strings.HasPrefix(string(e.Message), missed) {
			t.Errorf("heard %+v", e)
		}
		w.send(a, w.text(0, "خبر", "1"))
		w.server.Restart()
		w.send(a, w.text(0, "آخر", "2"))
		w.content()
	})
}

// A clock that is wrong by a day changes no window and forgets no reader.
func TestClockWrongByADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		w.config.Now = func() time.Time { return time.Now().Add(24 * time.Hour) }
		a := w.adapter()
		r := w.run(a)
		w.Write(0, "مرحبا")
		r.next(bots.Wrote)
		sent := w.send(a, w.text(0, "خطأ", "1"))
		if _, err := a.Edit(t.Context(), sent.ID, w.text(0, "صواب", "2")); err != nil {
			t.Errorf("Edit gives %v", err)
		}
		time.Sleep(20 * time.Minute)
		if _, err := a.Edit(t.Context(), sent.ID, w.text(0, "متأخر", "3")); !errors.Is(err, bots.ErrTooLate) {
			t.Errorf("Edit gives %v", err)
		}
	})
}

func TestRestartWithoutPairing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		r := w.run(w.adapter())
		w.Write(0, "قبل")
		r.next(bots.Wrote)
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		r.stop()
		w.Write(0, "أثناء")
		w.config.Number = "" // the session knows it
		a := w.adapter()
		if a.Account() != news.AccountID("whatsapp:"+w.server.Number()) {
			t.Errorf("the account is %q", a.Account())
		}
		r = w.run(a)
		if e := r.next(bots.Wrote); e.Text != "أثناء" {
			t.Errorf("heard %q", e.Text)
		}
	})
}
