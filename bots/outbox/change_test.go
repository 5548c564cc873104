package outbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

func TestPauseStopAndResume(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(300, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(2 * time.Second)
		control := func(s news.State) int {
			w.db.control(id, s)
			w.box.Wake()
			pass(100 * time.Millisecond)
			return len(w.net.arrivals())
		}
		before := control(news.Paused)
		pass(time.Minute)
		if n := len(w.net.arrivals()); n != before {
			t.Errorf("%d messages while paused", n-before)
		}
		control(news.Running)
		pass(2 * time.Second)
		before = control(news.Stopped)
		pass(time.Minute)
		if n := len(w.net.arrivals()); n != before || n >= 300 || n < 100 {
			t.Errorf("%d messages, %d before it was stopped", n, before)
		}
	})
}

func TestAReaderWhoLeavesGetsNothingMore(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(200, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}, news.Item{Article: 6, Section: "poetry"}))
		w.begin()
		pass(time.Second)
		w.db.with(func() {
			w.db.readers[149].gone = true
			w.db.readers[150].paused = true
			w.db.readers[151].Follows = []news.Slug{"poetry"}
		})
		for reader := news.SubscriberID(150); reader <= 152; reader++ {
			w.box.Drop(reader)
		}
		pass(10 * time.Second)
		receipts := w.db.receipts(id)
		if receipts[150].Outcome != news.Left || receipts[151].Outcome != news.Left || w.net.count("c150")+w.net.count("c151") > 0 {
			t.Errorf("receipts %+v %+v", receipts[150], receipts[151])
		}
		for _, a := range w.net.arrivals() {
			if a.Chat == "c152" && !strings.Contains(a.Text.String(), "a6") {
				t.Errorf("a reader who had turned to poetry got %q", a.Text.String())
			}
		}
		if n := w.net.count("c152"); n != 1 || w.db.state(id) != news.Done {
			t.Errorf("%d copies; %s", n, w.db.state(id))
		}
	})
}

func TestAReaderWhoLeavesWhileTheChunkIsRead(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(20, "jobs")
		w.db.slowTake = func(outbox.LaneKey) time.Duration { return time.Second }
		id := w.db.publish(alert("x"))
		w.begin()
		pass(500 * time.Millisecond)
		w.db.with(func() { w.db.readers[11].gone = true })
		w.box.Drop(12)
		pass(time.Minute)
		if n := w.net.count("c12"); n != 0 || w.db.receipts(id)[12].Outcome != news.Left {
			t.Errorf("%d copies, %+v", n, w.db.receipts(id)[12])
		}
	})
}

func TestNewTextInTheMiddle(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(90, "jobs")
		w.db.publish(alert("خطأ"))
		w.begin()
		pass(time.Second)
		w.db.with(func() {
			w.db.lanes[0].Broadcast.Version = 2
			w.db.lanes[0].Broadcast.Words = "صواب"
		})
		w.box.Wake()
		pass(50 * time.Millisecond)
		before := len(w.net.arrivals())
		pass(10 * time.Second)
		for i, a := range w.net.arrivals() {
			if wrong := strings.Contains(a.Text.String(), "خطأ"); wrong && i > before {
				t.Errorf("copy %d is %q", i, a.Text.String())
			}
		}
		versions := map[int]int{}
		for _, r := range w.db.receipts(w.db.lanes[0].Key.Broadcast) {
			versions[r.Version]++
		}
		if versions[1] == 0 || versions[2] == 0 || versions[1]+versions[2] != 90 || len(w.net.arrivals()) != 90 {
			t.Errorf("receipts by version %v", versions)
		}
	})
}

func TestNightHoldsBreakingNewsBack(t *testing.T) {
	play(t, func(w *world) {
		morning := time.Now().Add(7 * time.Hour)
		w.setup = func(o *outbox.Outbox) {
			o.Night = func(now time.Time) (time.Time, bool) { return morning, now.Before(morning) }
		}
		w.db.join(4, "jobs")
		w.db.reader(2).Quiet = true
		w.db.reader(3).Quiet = true
		id := w.db.publish(alert("x"))
		digest := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(time.Minute)
		if w.net.count("c2") != 1 || w.net.count("c1") != 2 {
			t.Errorf("at night: %v", w.net.texts())
		}
		if w.db.state(digest) != news.Done || w.db.state(id) != news.Running {
			t.Errorf("alert %s, digest %s", w.db.state(id), w.db.state(digest))
		}
		w.kill()
		w.begin()
		pass(7 * time.Hour)
		for _, a := range w.net.arrivals() {
			if a.Chat == "c2" && strings.HasSuffix(a.Text.String(), "x") && a.at.Before(morning) {
				t.Error("woken at night")
			}
		}
		if w.net.count("c2") != 2 || w.net.count("c3") != 2 || w.db.state(id) != news.Done {
			t.Errorf("in the morning: %v, %s", w.net.texts(), w.db.state(id))
		}
	})
}

func TestExpiredBroadcastEnds(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(300, "jobs")
		b := digestOf(news.Item{Article: 5, Section: "jobs"})
		b.Expires = time.Now().Add(4 * time.Second)
		w.setup = func(o *outbox.Outbox) { o.Chunk = 150 }
		id := w.db.publish(b)
		w.begin()
		pass(time.Minute)
		counts := map[news.Outcome]int{}
		for _, r := range w.db.receipts(id) {
			counts[r.Outcome]++
		}
		if n := len(w.net.arrivals()); n != counts[news.Sent] || n > 125 || counts[news.Failed] == 0 || w.db.state(id) != news.Done {
			t.Errorf("%d messages, outcomes %v, %s", n, counts, w.db.state(id))
		}
	})
}

// An account may give breaking news less time than the broadcast has: what is
// late by then is left to the digests. A digest keeps its own time.
func TestBreakingNewsThatIsLateForAnAccount(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(300, "jobs")
		w.setup = func(o *outbox.Outbox) { o.Within = 4 * time.Second }
		b := alert("x")
		b.Published = time.Now()
		late := w.db.publish(b)
		w.begin()
		pass(time.Minute)
		sent := len(w.net.arrivals())
		if sent == 0 || sent > 125 || w.db.state(late) != news.Done {
			t.Errorf("%d of 300 messages within 4 s, %s", sent, w.db.state(late))
		}
		edition := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.box.Wake()
		pass(time.Minute)
		if n := len(w.net.arrivals()) - sent; n != 300 || w.db.state(edition) != news.Done {
			t.Errorf("%d digests, %s", n, w.db.state(edition))
		}
	})
}

func TestARetryThatWouldComeTooLate(t *testing.T) {
	play(t, func(w *world) {
		w.net.script = func(m bots.Message, _ int) error {
			if m.Chat == "c2" {
				return bots.ErrSuspended
			}
			return nil
		}
		w.db.join(3, "jobs")
		b := alert("x")
		b.Expires = time.Now().Add(30 * time.Minute)
		id := w.db.publish(b)
		w.begin()
		pass(time.Minute)
		if r := w.db.receipts(id)[2]; r.Outcome != news.Failed || w.db.state(id) != news.Done {
			t.Errorf("%+v, %s", r, w.db.state(id))
		}
	})
}

func TestKillRepeatsAtMostWhatWasInFlight(t *testing.T) {
	play(t, func(w *world) {
		w.limits.Rate, w.limits.InFlight = 0, 16
		w.db.join(4000, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		for i := range 10 {
			w.begin()
			pass(time.Duration(130+37*i) * time.Millisecond)
			w.kill()
		}
		w.begin()
		pass(time.Minute)
		copies := map[news.ChatID]int{}
		repeats := 0
		for _, a := range w.net.arrivals() {
			if copies[a.Chat]++; copies[a.Chat] > 1 {
				repeats++
			}
		}
		t.Logf("%d repeats in ten kills", repeats)
		if len(copies) != 4000 || repeats > 10*16 || repeats == 0 {
			t.Errorf("%d readers, %d repeats", len(copies), repeats)
		}
		if receipts := w.db.receipts(id); len(receipts) != 4000 || w.db.state(id) != news.Done {
			t.Errorf("%d receipts, %s", len(receipts), w.db.state(id))
		}
	})
}

func TestWokenBeforeRun(t *testing.T) {
	play(t, func(w *world) {
		w.box = &outbox.Outbox{}
		w.box.Wake()
		w.box.Drop(1)
		w.box.Resume()
		if w.box.Halted() != "" {
			t.Error("halted")
		}
	})
}

func TestManyDistinctSelections(t *testing.T) {
	play(t, func(w *world) {
		w.limits.Rate = 0
		var items []news.Item
		for i := range 40 {
			items = append(items, news.Item{Article: news.ArticleID(100 + i), Section: "jobs"})
		}
		w.db.join(1500, "jobs")
		for i, r := range w.db.readers {
			r.Floor = news.ArticleID(100 + i%38) // 38 distinct sets
		}
		id := w.db.publish(digestOf(items...))
		w.begin()
		pass(time.Minute)
		seen := map[string]bool{}
		for _, r := range w.db.receipts(id) {
			seen[fmt.Sprint(r.Variant)] = true
		}
		if len(seen) != 38 || len(w.db.variants) != 38 || len(w.net.arrivals()) != 1500 {
			t.Errorf("%d variants in receipts, %d on record, %d messages", len(seen), len(w.db.variants), len(w.net.arrivals()))
		}
	})
}
