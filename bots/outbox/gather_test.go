package outbox_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

const gatherFor = 200 * time.Millisecond

// gathers is a network that knows repeats, with results that may wait.
func (w *world) gathers(most int) {
	w.limits.Rate, w.limits.Repeatable = 0, true
	w.limits.Gather = bots.Gather{Most: most, For: gatherFor}
}

// repeatable is how many messages a kill may have sent again.
func (w *world) repeatable() int {
	if w.limits.Repeatable {
		return w.limits.InFlight + w.limits.Gather.Most
	}
	return w.limits.InFlight
}

func (w *world) recorded() (n int) {
	w.db.with(func() { n = w.db.records })
	return n
}

// unwritten is how long the oldest answer has been waiting for the disk.
func (w *world) unwritten(id news.BroadcastID) (oldest time.Duration) {
	receipts := w.db.receipts(id)
	for _, a := range w.net.arrivals() {
		var reader news.SubscriberID
		_, _ = fmt.Sscanf(string(a.Chat), "c%d", &reader)
		if _, ok := receipts[reader]; !ok {
			oldest = max(oldest, time.Since(a.at)-w.net.trip/2)
		}
	}
	return oldest
}

func TestResultsAreWrittenTogetherAndInTime(t *testing.T) {
	play(t, func(w *world) {
		w.gathers(64)
		w.net.trip = 80 * time.Millisecond // fifty a second: the time is over before the number is full
		w.db.join(400, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		for range 700 {
			pass(10 * time.Millisecond)
			if late := w.unwritten(id); late > gatherFor {
				t.Fatalf("a result waits for %v", late)
			}
		}
		pass(2 * time.Second)
		if n := w.recorded(); len(w.db.receipts(id)) != 400 || n > 50 {
			t.Errorf("%d receipts in %d writes, want 400 in some 40", len(w.db.receipts(id)), n)
		}
	})
}

func TestManyResultsAreWrittenBeforeTheirTime(t *testing.T) {
	play(t, func(w *world) {
		w.gathers(16)
		w.net.trip = 4 * time.Millisecond // a thousand a second
		w.db.join(2000, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(4 * time.Second)
		if n := w.recorded(); len(w.db.receipts(id)) != 2000 || n < 2000/16 || n > 2000/8+10 {
			t.Errorf("%d receipts in %d writes, want 2000, at most 16 each", len(w.db.receipts(id)), n)
		}
	})
}

func TestAnIdleOutboxWritesAtOnce(t *testing.T) {
	play(t, func(w *world) {
		w.gathers(64)
		w.db.join(5, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(w.net.trip + time.Millisecond)
		if n := len(w.db.receipts(id)); n != 0 {
			t.Errorf("%d receipts while one message is on its way, want 0 before the time is over", n)
		}
		pass(w.net.trip)
		if n := len(w.db.receipts(id)); n != 5 {
			t.Errorf("%d receipts, want 5: no answer is to come", n)
		}
	})
}

func TestStoppingWritesWhatWasGathered(t *testing.T) {
	play(t, func(w *world) {
		w.gathers(64)
		w.db.join(300, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(95 * time.Millisecond)
		if len(w.db.receipts(id)) != 0 || len(w.net.arrivals()) < 12 {
			t.Fatalf("%d receipts, %d messages: nothing has been gathered", len(w.db.receipts(id)), len(w.net.arrivals()))
		}
		if err := w.end(); err != nil {
			t.Fatal(err)
		}
		if arrived, written := len(w.net.arrivals()), len(w.db.receipts(id)); arrived != written {
			t.Errorf("%d messages, %d receipts", arrived, written)
		}
		w.begin()
		pass(10 * time.Second)
		if n := len(w.net.arrivals()); n != 300 {
			t.Errorf("%d messages to 300 readers", n)
		}
	})
}

// A reply does not wait until the result of the copy before it is old enough.
func TestWhoWaitsForAResultHurriesIt(t *testing.T) {
	play(t, func(w *world) {
		w.gathers(64)
		w.net.trip = 80 * time.Millisecond
		w.db.join(100, "jobs")
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(100 * time.Millisecond) // c1 has answered, and its result is not written
		start := time.Now()
		w.db.reply(outbox.Reply{Chat: "c1", Message: news.Say(news.T("help"))})
		w.box.Wake()
		pass(2 * time.Second)
		for _, a := range w.net.arrivals() {
			if a.Text.String() == "help" {
				if after := a.at.Sub(start); after > 110*time.Millisecond { // a slot, and the way there
					t.Errorf("the reply came after %v", after)
				}
				return
			}
		}
		t.Error("no reply")
	})
}

func TestAKillRepeatsAtMostWhatWasGathered(t *testing.T) {
	for _, repeatable := range []bool{true, false} {
		t.Run(fmt.Sprint(repeatable), func(t *testing.T) {
			play(t, func(w *world) {
				w.gathers(40)
				w.limits.Repeatable = repeatable
				w.db.join(2000, "jobs")
				id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
				worst := 0
				for i := range 10 {
					before := w.repeats()
					w.begin()
					pass(time.Duration(330+37*i) * time.Millisecond)
					w.kill()
					worst = max(worst, w.repeats()-before)
				}
				w.begin()
				pass(time.Minute)
				most := w.repeatable()
				if worst > most || repeatable && worst <= w.limits.InFlight {
					t.Errorf("a kill had %d messages repeated, at most %d are promised", worst, most)
				}
				if receipts := w.db.receipts(id); len(receipts) != 2000 || w.db.state(id) != news.Done {
					t.Errorf("%d receipts, %s", len(receipts), w.db.state(id))
				}
			})
		})
	}
}

// repeats counts what arrived again, under the key of the first time.
func (w *world) repeats() (n int) {
	keys := map[string]bool{}
	chats := map[news.ChatID]bool{}
	for _, a := range w.net.arrivals() {
		if keys[a.Key] {
			n++
		} else if chats[a.Chat] {
			w.t.Errorf("%s has the same twice, under two keys", a.Chat)
		}
		keys[a.Key], chats[a.Chat] = true, true
	}
	return n
}

// slow is a disk that takes its time.
type slow struct {
	outbox.Store
	takes time.Duration
}

func (s slow) Record(ctx context.Context, e outbox.Epoch, r outbox.Results) error {
	<-time.After(s.takes)
	return s.Store.Record(ctx, e, r)
}

func TestASlowDiskHoldsTheSendingUp(t *testing.T) {
	play(t, func(w *world) {
		w.gathers(16)
		w.real = slow{w.db, time.Second}
		w.db.join(400, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		for range 300 {
			pass(20 * time.Millisecond)
			if n := len(w.net.arrivals()) - len(w.db.receipts(id)); n > w.repeatable() {
				t.Fatalf("%d messages are not written, at most %d are promised", n, w.repeatable())
			}
		}
	})
}
