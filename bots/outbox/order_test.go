package outbox_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// slot is how long the limiter needs between two messages at 30 a second.
const slot = 34 * time.Millisecond

// broadcasts returns in which order the broadcasts' first copies arrived.
func (w *world) broadcasts() []string {
	var out []string
	for _, a := range w.net.arrivals() {
		b, _, _ := strings.Cut(a.Text.String(), "/")
		if len(out) == 0 || out[len(out)-1] != b {
			out = append(out, b)
		}
	}
	return out
}

func TestOrderOfKinds(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(40, "news")
		w.db.reader(7).Kind = news.Channel
		weather := news.Item{Article: 1, Section: "weather"}
		digest := w.db.publish(digestOf(news.Item{Article: 5, Section: "news"}), false, true)
		single := w.db.publish(news.Broadcast{Kind: news.Single, Items: []news.Item{weather}, Audience: audience([]news.Item{weather})})
		second := w.db.publish(digestOf(news.Item{Article: 6, Section: "news"}))
		correction := w.db.publish(news.Broadcast{Kind: news.Correction, Words: "تصحيح", Audience: news.Audience{Everyone: true}})
		breaking := w.db.publish(alert("عاجل"))
		w.begin()
		pass(20 * time.Second)
		want := fmt.Sprint([]news.BroadcastID{breaking, correction, single, digest, second})
		if got := fmt.Sprint(w.broadcasts()); got != want {
			t.Errorf("sent in the order %v, want %v", got, want)
		}
		for _, a := range w.net.arrivals() {
			if strings.HasPrefix(a.Text.String(), fmt.Sprint(digest, "/")) {
				if a.Chat != "c7" {
					t.Errorf("the digest went to %s first, not to the channel", a.Chat)
				}
				break
			}
		}
	})
}

func TestBreakingNewsDoesNotWaitForADigest(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(10_000, "jobs")
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(time.Minute)
		before := len(w.net.arrivals())
		if before < 1700 {
			t.Fatalf("only %d copies in a minute", before)
		}
		id := w.db.publish(alert("عاجل"))
		published := time.Now()
		w.box.Wake()
		pass(time.Second)
		for _, a := range w.net.arrivals()[before:] {
			if strings.HasPrefix(a.Text.String(), fmt.Sprint(id, "/")) {
				if took := a.at.Sub(published) - w.net.trip/2; took > slot {
					t.Errorf("the first alert left after %v, want within one slot, %v", took, slot)
				}
				return
			}
		}
		t.Error("no alert within a second")
	})
}

func TestReplyDoesNotWaitForADigest(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(10_000, "jobs")
		w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.begin()
		pass(time.Minute)
		asked := map[news.ChatID]time.Time{}
		for i := range 50 {
			chat := news.ChatID(fmt.Sprint("r", i))
			asked[chat] = time.Now()
			w.db.reply(outbox.Reply{Chat: chat, Message: news.Say(news.T("ok"))})
			w.box.Wake()
			pass(173 * time.Millisecond)
		}
		pass(time.Second)
		answered := 0
		for _, a := range w.net.arrivals() {
			if at, ok := asked[a.Chat]; ok {
				answered++
				if took := a.at.Sub(at); took > 100*time.Millisecond {
					t.Errorf("%s was answered after %v", a.Chat, took)
				}
			}
		}
		if answered != 50 {
			t.Errorf("%d answers", answered)
		}
	})
}

func TestRepliesLeaveHalfTheBudgetToNews(t *testing.T) {
	for name, b := range map[string]news.Broadcast{"breaking": alert("عاجل"), "digest": digestOf(news.Item{Article: 5, Section: "jobs"})} {
		t.Run(name, func(t *testing.T) {
			play(t, func(w *world) {
				w.db.join(300, "jobs")
				for i := range 600 {
					w.db.reply(outbox.Reply{Chat: news.ChatID(fmt.Sprint("r", i)), Message: news.Say(news.T("ok"))})
				}
				w.db.publish(b)
				w.begin()
				pass(10 * time.Second)
				copies, replies := 0, 0
				for _, a := range w.net.arrivals() {
					if a.Chat[0] == 'r' {
						replies++
					} else {
						copies++
					}
				}
				if copies < 130 || replies < 130 {
					t.Errorf("%d copies and %d replies in ten seconds", copies, replies)
				}
				pass(30 * time.Second)
			})
		})
	}
}

// One who asks without end waits for their own answers, and nobody else does.
func TestRepliesGoChatByChat(t *testing.T) {
	play(t, func(w *world) {
		for i := range 100 {
			w.db.reply(outbox.Reply{Chat: news.ChatID(fmt.Sprint("flood", i%2)), Message: news.Say(news.T(fmt.Sprint(i)))})
		}
		w.begin()
		pass(10 * time.Second)
		asked := time.Now()
		w.db.reply(outbox.Reply{Chat: "other", Message: news.Say(news.T("ok"))})
		w.box.Wake()
		pass(time.Second)
		for _, a := range w.net.arrivals() {
			if a.Chat == "other" {
				if took := a.at.Sub(asked); took > 200*time.Millisecond {
					t.Errorf("answered after %v", took)
				}
				return
			}
		}
		t.Error("no answer within a second")
	})
}

func TestRepliesToOneChatKeepTheirOrder(t *testing.T) {
	play(t, func(w *world) {
		failed := false
		w.net.script = func(m bots.Message, n int) error {
			if m.Text.String() == "3" && !failed {
				failed = true
				return bots.ErrNotSent
			}
			return nil
		}
		w.begin()
		var want []string
		for i := range 8 {
			w.db.reply(outbox.Reply{Chat: "c1", Message: news.Say(news.T(fmt.Sprint(i)))})
			want = append(want, fmt.Sprintf("c1: %d", i))
			w.box.Wake()
			pass(10 * time.Millisecond)
		}
		pass(20 * time.Second)
		if got := w.net.texts(); !reflect.DeepEqual(got, want) {
			t.Errorf("got %v", got)
		}
		var at []time.Time
		for _, a := range w.net.arrivals() {
			at = append(at, a.at)
		}
		if burst := at[2].Sub(at[0]); burst > time.Second/2 {
			t.Errorf("three replies took %v, a burst is allowed", burst)
		}
		for i := 4; i < len(at); i++ {
			if gap := at[i].Sub(at[i-1]); gap < time.Second {
				t.Errorf("replies %d and %d are %v apart", i-1, i, gap)
			}
		}
	})
}

func TestNoArticleTwice(t *testing.T) {
	items := []news.Item{{Article: 5, Section: "jobs"}, {Article: 6, Section: "jobs"}}
	urgent := news.Broadcast{Kind: news.Breaking, Items: items[:1], Audience: audience(items[:1])}
	t.Run("alert in the middle of a digest's chunk", func(t *testing.T) {
		play(t, func(w *world) {
			w.db.join(120, "jobs")
			w.db.publish(digestOf(items...))
			w.begin()
			pass(1500 * time.Millisecond)
			w.db.publish(urgent)
			w.box.Wake()
			pass(20 * time.Second)
			w.countArticles(120)
		})
	})
	t.Run("alert while the digest's chunk is being read", func(t *testing.T) {
		play(t, func(w *world) {
			w.net.trip = 200 * time.Millisecond
			w.limits.InFlight = 8
			w.db.join(40, "jobs")
			w.db.publish(urgent)
			w.begin()
			pass(500 * time.Millisecond)
			w.db.with(func() {
				w.db.slowTake = func(outbox.LaneKey) time.Duration { return 3 * time.Second } // after the receipts were read
			})
			w.db.publish(digestOf(items...))
			w.box.Wake()
			pass(20 * time.Second)
			w.countArticles(40)
		})
	})
	t.Run("an alert that is recorded already", func(t *testing.T) {
		play(t, func(w *world) {
			w.db.join(40, "jobs")
			w.db.publish(urgent)
			w.begin()
			pass(10 * time.Second)
			id := w.db.publish(digestOf(items[:1]...))
			w.box.Wake()
			pass(10 * time.Second)
			w.countArticles(0)
			for reader, r := range w.db.receipts(id) {
				if r.Outcome != news.Nothing {
					t.Errorf("reader %d: %+v", reader, r)
				}
			}
		})
	})
}

// countArticles: every chat has article 5 once, and n have article 6.
func (w *world) countArticles(n int) {
	w.t.Helper()
	five, six := map[news.ChatID]int{}, 0
	for _, a := range w.net.arrivals() {
		if strings.Contains(a.Text.String(), " a5 ") || strings.HasPrefix(a.Text.String(), "1/1 a5") {
			five[a.Chat]++
		}
		if strings.Contains(a.Text.String(), "a6") {
			six++
		}
	}
	for chat, times := range five {
		if times != 1 {
			w.t.Errorf("%s got the article %d times", chat, times)
		}
	}
	if len(five) == 0 || six != n {
		w.t.Errorf("%d chats have the alert, %d the other article; want %d", len(five), six, n)
	}
}
