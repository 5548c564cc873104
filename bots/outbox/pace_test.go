package outbox_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

func TestARateThatIsCountedStrictlyIsNeverExceeded(t *testing.T) {
	for _, c := range []struct {
		trip, jitter time.Duration
		least        float64 // share of the rate that is used
	}{
		{2 * time.Millisecond, 0, 0.99},
		{20 * time.Millisecond, 10 * time.Millisecond, 0.95},
		{120 * time.Millisecond, 60 * time.Millisecond, 0.80},
		{900 * time.Millisecond, 300 * time.Millisecond, 0.45},
	} {
		t.Run(fmt.Sprint(c.trip), func(t *testing.T) {
			play(t, func(w *world) {
				w.setup = func(o *outbox.Outbox) { o.Strict = true }
				w.limits.InFlight = 40
				w.net.window, w.net.trip = 30, c.trip
				if rng := rand.New(rand.NewPCG(1, 1)); c.jitter > 0 {
					w.net.jitter = func() time.Duration { return time.Duration(rng.Int64N(int64(c.jitter))) / 2 }
				}
				w.db.join(3000, "jobs")
				w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
				w.begin()
				pass(90 * time.Second)
				if w.net.refused > 0 {
					t.Errorf("refused %d times", w.net.refused)
				}
				share := float64(len(w.net.arrivals())) / (30 * 90)
				t.Logf("%.1f %% of the rate", 100*share)
				if share < c.least {
					t.Errorf("used %.1f %% of the rate, want %.1f %%", 100*share, 100*c.least)
				}
			})
		})
	}
}

func TestSlackIsLearnedAndGivenUp(t *testing.T) {
	play(t, func(w *world) {
		w.limits.InFlight = 40
		w.net.trip = 120 * time.Millisecond
		rng := rand.New(rand.NewPCG(2, 2))
		w.net.jitter = func() time.Duration { return time.Duration(rng.Int64N(int64(30 * time.Millisecond))) }
		w.db.join(12_000, "jobs")
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(3 * time.Minute)
		if s := w.box.Stats().Slack; s < 2.4 || s > 5.5 {
			t.Errorf("slack %.2f, want up to 30/s times 0.15 s", s)
		}
		before := len(w.net.arrivals())
		w.net.mu.Lock()
		w.net.window = 30 // from now on it counts strictly
		w.net.mu.Unlock()
		pass(3 * time.Minute)
		if w.net.refused == 0 || w.net.refused > 6 {
			t.Errorf("refused %d times; once is enough to learn", w.net.refused)
		}
		if s := w.box.Stats().Slack; s != 0 {
			t.Errorf("slack %.2f after a refusal", s)
		}
		if n := len(w.net.arrivals()) - before; n < 4200 {
			t.Errorf("only %d messages in three minutes", n)
		}
	})
}

func TestRetryAfterIsHonoured(t *testing.T) {
	play(t, func(w *world) {
		var told time.Time
		w.net.script = func(m bots.Message, n int) error {
			if n == 20 {
				told = time.Now()
				return &bots.RetryError{After: 7 * time.Second, Wide: true}
			}
			return nil
		}
		w.db.join(60, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(30 * time.Second)
		for _, a := range w.net.arrivals() {
			// What was on its way already cannot be called back.
			if since := a.at.Sub(told); since > w.net.trip && since < 7*time.Second {
				t.Errorf("a message arrived %v after we were told to wait", since)
			}
		}
		if n := len(w.net.arrivals()); n != 60 {
			t.Errorf("%d messages", n)
		}
		if s := w.db.state(id); s != news.Done {
			t.Error(s)
		}
	})
}

// A number that may not write to people for a while still posts to channels.
func TestPeopleWaitAndChannelsGoOn(t *testing.T) {
	play(t, func(w *world) {
		var told time.Time
		w.net.script = func(m bots.Message, n int) error {
			if m.Chat != "c7" && (told.IsZero() || time.Since(told) < time.Hour) {
				if told.IsZero() {
					told = time.Now()
				}
				return &bots.RetryError{After: time.Hour - time.Since(told), Wide: true}
			}
			return nil
		}
		w.db.join(20, "jobs")
		w.db.reader(7).Kind = news.Channel
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}), false)
		w.begin()
		pass(time.Minute)
		if n := w.net.n; n > 6 {
			t.Errorf("%d tries to write to people after we were told to wait", n)
		}
		w.db.publish(digestOf(news.Item{Article: 6, Section: "jobs"}), true)
		w.box.Wake()
		pass(time.Minute)
		if got := w.net.arrivals(); len(got) != 1 || got[0].Chat != "c7" {
			t.Errorf("%d messages arrived while people wait, want the channel's one", len(got))
		}
		pass(2 * time.Hour)
		if n := len(w.net.arrivals()); n != 20 {
			t.Errorf("%d messages in the end, want 20", n)
		}
	})
}

func TestOneChatsLimitIsNotTheAccounts(t *testing.T) {
	play(t, func(w *world) {
		var told time.Time
		w.net.script = func(m bots.Message, n int) error {
			if m.Chat == "c5" && told.IsZero() {
				told = time.Now()
				return &bots.RetryError{After: 90 * time.Second}
			}
			return nil
		}
		w.db.join(60, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(4 * time.Second)
		if n := len(w.net.arrivals()); n != 59 {
			t.Errorf("%d messages while one chat waits, want 59", n)
		}
		pass(80 * time.Second)
		if n := w.net.count("c5"); n != 0 {
			t.Error("too early")
		}
		pass(20 * time.Second)
		if n := w.net.count("c5"); n != 1 || w.db.state(id) != news.Done {
			t.Errorf("%d messages for the chat that waited; %s", n, w.db.state(id))
		}
	})
}

func TestSeveralChatsLimitsAreTheAccounts(t *testing.T) {
	play(t, func(w *world) {
		w.net.script = func(m bots.Message, n int) error {
			if n == 5 || n == 6 {
				return &bots.RetryError{After: 10 * time.Second}
			}
			return nil
		}
		w.db.join(60, "jobs")
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(9 * time.Second)
		if n := len(w.net.arrivals()); n > 6 {
			t.Errorf("%d messages before the wait was over", n)
		}
		pass(10 * time.Second)
		if n := len(w.net.arrivals()); n != 60 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestPaceOfAChat(t *testing.T) {
	play(t, func(w *world) {
		w.net.trip = 50 * time.Millisecond
		w.db.join(4, "jobs")
		w.db.reader(3).Kind = news.Group
		w.db.reader(4).Kind = news.Group
		for i := range 30 {
			w.db.publish(alert(fmt.Sprint("n", i)))
		}
		w.begin()
		pass(5 * time.Minute)
		last := map[news.ChatID]time.Time{}
		minute := map[news.ChatID][]time.Time{}
		for _, a := range w.net.arrivals() {
			group := a.Chat == "c3" || a.Chat == "c4"
			if gap := a.at.Sub(last[a.Chat]); gap < time.Second {
				t.Errorf("two messages to %s within %v", a.Chat, gap)
			}
			last[a.Chat] = a.at
			m := append(minute[a.Chat], a.at)
			minute[a.Chat] = m
			if n := len(m); group && n > 20 && m[n-1].Sub(m[n-21]) < time.Minute {
				t.Errorf("21 messages to the group within %v", m[n-1].Sub(m[n-21]))
			}
		}
		for _, c := range []news.ChatID{"c1", "c2", "c3", "c4"} {
			if n := w.net.count(c); n != 30 {
				t.Errorf("%s has %d of 30", c, n)
			}
		}
	})
}
