package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

func TestRevokedAccountKeepsItsQueue(t *testing.T) {
	play(t, func(w *world) {
		revoked := true
		w.net.script = func(bots.Message, int) error {
			if revoked {
				return bots.ErrRevoked
			}
			return nil
		}
		w.db.join(20, "jobs")
		id := w.db.publish(alert("عاجل"))
		w.db.reply(outbox.Reply{Chat: "r1", Message: news.Say(news.T("ok"))})
		w.begin()
		pass(time.Minute)
		if w.box.Halted() == "" || w.db.halted != w.box.Halted() {
			t.Errorf("halted %q, on record %q", w.box.Halted(), w.db.halted)
		}
		if n := w.net.n; n > w.limits.InFlight {
			t.Errorf("%d messages were tried", n)
		}
		if n := strings.Count(w.log.String(), "may not send any more"); n != 1 {
			t.Errorf("it was said %d times", n)
		}
		w.net.mu.Lock()
		revoked = false
		w.net.mu.Unlock()
		w.box.Resume()
		pass(time.Minute)
		if w.box.Halted() != "" || w.db.halted != "" || len(w.net.arrivals()) != 21 || w.db.state(id) != news.Done {
			t.Errorf("halted %q, %d messages, %s", w.box.Halted(), len(w.net.arrivals()), w.db.state(id))
		}
	})
}

func TestNothingIsSentThatCannotBeRecorded(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(100, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(time.Second)
		w.db.with(func() { w.db.fail = errors.New("database or disk is full") })
		before := len(w.net.arrivals())
		pass(10 * time.Minute)
		if n := len(w.net.arrivals()) - before; n > w.limits.InFlight {
			t.Errorf("%d messages were sent that cannot be recorded", n)
		}
		if !w.box.Stats().Stuck || strings.Count(w.log.String(), "cannot be recorded") != 1 {
			t.Errorf("stats %+v, log %s", w.box.Stats(), w.log.String())
		}
		w.db.with(func() { w.db.fail = nil })
		pass(time.Minute)
		if n := len(w.net.arrivals()); n != 100 || w.db.state(id) != news.Done || w.box.Stats().Stuck {
			t.Errorf("%d messages, %s, %+v", n, w.db.state(id), w.box.Stats())
		}
	})
}

func TestFencedProcessStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.db.join(100, "jobs")
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(time.Second)
		w.db.own()
		before := len(w.net.arrivals())
		pass(time.Second)
		select {
		case err := <-w.life.done:
			if !errors.Is(err, outbox.ErrFenced) {
				t.Error(err)
			}
		default:
			t.Fatal("Run goes on")
		}
		if n := len(w.net.arrivals()) - before; n > w.limits.InFlight {
			t.Errorf("%d messages were sent by a process that had lost the account", n)
		}
	})
}

func TestStopWaitsForAnswers(t *testing.T) {
	play(t, func(w *world) {
		w.net.trip = 3 * time.Second
		w.db.join(100, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(time.Second)
		start := time.Now()
		if err := w.end(); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("stopping took %v", took)
		}
		if sent, known := len(w.net.arrivals()), len(w.db.receipts(id)); sent != known || sent == 0 {
			t.Errorf("%d messages, %d receipts", sent, known)
		}
		w.begin()
		pass(2 * time.Minute)
		if n := len(w.net.arrivals()); n != 100 {
			t.Errorf("%d messages", n)
		}
	})
	t.Run("but not for ever", func(t *testing.T) {
		play(t, func(w *world) {
			w.net.trip = time.Hour
			w.db.join(10, "jobs")
			w.db.publish(alert("x"))
			w.begin()
			pass(time.Second)
			start := time.Now()
			if err := w.end(); err != nil {
				t.Error(err)
			}
			if took := time.Since(start); took != 8*time.Second {
				t.Errorf("stopping took %v", took)
			}
			w.life.dead = true
		})
	})
}

func TestARejectedMessagePausesItsLaneAndBurnsNobody(t *testing.T) {
	play(t, func(w *world) {
		bad := true
		w.net.script = func(m bots.Message, _ int) error {
			if bad && strings.Contains(m.Text.String(), "سيئ") {
				return fmt.Errorf("can't parse entities: %w", bots.ErrRejected)
			}
			return nil
		}
		w.db.join(200, "jobs")
		id := w.db.publish(alert("سيئ"))
		other := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(3 * time.Hour)
		if w.db.state(id) != news.Paused || w.db.state(other) != news.Done {
			t.Errorf("the rejected broadcast is %s, the other %s", w.db.state(id), w.db.state(other))
		}
		if n := w.net.n - 200; n > 5+w.limits.InFlight {
			t.Errorf("the message was tried %d times", n)
		}
		for reader, r := range w.db.receipts(id) {
			if r.Outcome != news.Deferred {
				t.Errorf("reader %d has outcome %d", reader, r.Outcome)
			}
		}
		w.net.mu.Lock()
		bad = false
		w.net.mu.Unlock()
		w.db.control(id, news.Running)
		w.box.Wake()
		pass(time.Hour)
		if n := len(w.net.arrivals()); n != 400 || w.db.state(id) != news.Done {
			t.Errorf("%d messages, %s", n, w.db.state(id))
		}
	})
}

func TestAMessageRejectedForOneChatOnly(t *testing.T) {
	play(t, func(w *world) {
		w.net.script = func(m bots.Message, _ int) error {
			if m.Chat == "c9" {
				return bots.ErrRejected
			}
			return nil
		}
		w.db.join(30, "jobs")
		id := w.db.publish(alert("x"))
		w.begin()
		pass(time.Minute)
		if r := w.db.receipts(id)[9]; r.Outcome != news.Failed || w.db.state(id) != news.Done {
			t.Errorf("%+v, %s", r, w.db.state(id))
		}
	})
}

func TestADeadNetworkBurnsNobody(t *testing.T) {
	play(t, func(w *world) {
		dead := true
		w.net.trip = 200 * time.Millisecond
		w.net.script = func(bots.Message, int) error {
			if dead {
				return bots.ErrNotSent
			}
			return nil
		}
		w.db.join(100, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.db.reply(outbox.Reply{Chat: "r1", Message: news.Say(news.T("ok"))})
		w.begin()
		pass(3 * time.Hour)
		if n := w.net.n; n > 250 {
			t.Errorf("%d attempts in three hours", n)
		}
		if n := strings.Count(w.log.String(), "does not answer"); n != 1 {
			t.Errorf("it was said %d times", n)
		}
		w.net.mu.Lock()
		dead = false
		w.net.mu.Unlock()
		pass(10 * time.Minute)
		for reader, r := range w.db.receipts(id) {
			if r.Outcome != news.Sent {
				t.Errorf("reader %d has outcome %d", reader, r.Outcome)
			}
		}
		if n := len(w.net.arrivals()); n != 101 || w.db.state(id) != news.Done {
			t.Errorf("%d messages, %s", n, w.db.state(id))
		}
	})
}

func TestWhatCannotBeComposedWaits(t *testing.T) {
	play(t, func(w *world) {
		w.db.composeErr = errors.New("no")
		w.db.join(30, "jobs")
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(time.Minute)
		if n := len(w.net.arrivals()); n != 0 || strings.Count(w.log.String(), "cannot be composed") != 1 {
			t.Errorf("%d messages; %s", n, w.log.String())
		}
		w.db.with(func() { w.db.composeErr = nil })
		pass(2 * time.Minute)
		if n := len(w.net.arrivals()); n != 30 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestAnAlertThatMayHaveArrived(t *testing.T) {
	for _, repeat := range []bool{false, true} {
		play(t, func(w *world) {
			w.setup = func(o *outbox.Outbox) { o.RepeatUnknown = repeat }
			w.net.script = func(m bots.Message, _ int) error {
				if m.Chat == "c2" {
					return errArrived
				}
				return nil
			}
			w.db.join(3, "jobs")
			id := w.db.publish(alert("x"))
			w.begin()
			pass(time.Minute)
			want := 1
			if repeat {
				want = 2
			}
			if n := w.net.count("c2"); n != want || w.db.receipts(id)[2].Outcome != news.Unknown {
				t.Errorf("repeat %v: %d copies, receipt %+v", repeat, n, w.db.receipts(id)[2])
			}
		})
	}
}

func TestChatsThatLeaveMoveAndGoMissing(t *testing.T) {
	play(t, func(w *world) {
		w.net.script = func(m bots.Message, _ int) error {
			switch m.Chat {
			case "c1":
				return bots.ErrGone
			case "c2":
				return bots.ErrMissing
			case "c3":
				return &bots.MovedError{To: "new"}
			case "c5":
				return bots.ErrGone
			}
			return nil
		}
		w.db.join(5, "jobs")
		w.db.reader(3).Kind = news.Group
		w.db.reader(5).Kind = news.Channel
		id := w.db.publish(alert("x"), false, true)
		w.begin()
		pass(2 * time.Minute)
		if w.db.state(id) == news.Done {
			t.Error("done, although a missing chat is to be tried again")
		}
		pass(2 * time.Hour)
		receipts := w.db.receipts(id)
		for reader, want := range map[news.SubscriberID]news.Outcome{1: news.Failed, 2: news.Failed, 3: news.Sent, 4: news.Sent, 5: news.Failed} {
			if got := receipts[reader].Outcome; got != want {
				t.Errorf("reader %d: outcome %d, want %d", reader, got, want)
			}
		}
		if fmt.Sprint(w.db.left) != "[{1 c1 blocked} {2 c2 missing}]" || fmt.Sprint(w.db.moved) != "[{3 c3 new}]" {
			t.Errorf("left %v, moved %v", w.db.left, w.db.moved)
		}
		if w.net.count("new") != 1 || w.db.state(id) != news.Done {
			t.Errorf("%d messages to the new address; %s", w.net.count("new"), w.db.state(id))
		}
	})
}

func TestAStoreThatCannotBeReadAtTheStart(t *testing.T) {
	w := newWorld(t)
	l := &life{dead: true}
	o := &outbox.Outbox{
		Store: &mortal{Store: w.store(), life: l}, Adapter: &line{network: w.net, life: l, limits: w.limits},
		Tree: func() news.Tree { return tree }, Now: time.Now, Log: quietLog(),
	}
	if err := o.Run(context.Background()); !errors.Is(err, errDead) {
		t.Error(err)
	}
}
