package outbox_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/botstest"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// channelsOf is an account with four readers, of whom the last two are channels.
func channelsOf(w *world) (refusals *outbox.Refusals, told *atomic.Int64) {
	told = &atomic.Int64{}
	refusals = &outbox.Refusals{Told: func() { told.Add(1) }}
	w.setup = func(o *outbox.Outbox) {
		refusals.Log = o.Log
		o.Refusals = refusals
	}
	w.db.join(4, "jobs")
	w.db.reader(3).Kind, w.db.reader(4).Kind = news.Channel, news.Channel
	return refusals, told
}

// shut is what is known of channels, as text.
func shut(r *outbox.Refusals) string {
	var out []string
	for _, one := range r.List() {
		out = append(out, fmt.Sprintf("%s %s", one.Chat, one.Why))
	}
	return strings.Join(out, ", ")
}

// A channel that refuses is known for as long as it does, and said once, with
// the reason; that it takes messages again is said, too. Readers who refuse are
// no trouble.
func TestAChannelThatRefuses(t *testing.T) {
	for why, c := range map[outbox.Why]error{
		outbox.NoRights: bots.ErrSuspended, outbox.NotFound: bots.ErrMissing, outbox.NotInside: bots.ErrGone,
	} {
		t.Run(string(why), func(t *testing.T) {
			play(t, func(w *world) {
				refusals, told := channelsOf(w)
				var mended atomic.Bool
				w.net.script = func(m bots.Message, _ int) error {
					switch {
					case m.Chat == "c1":
						return bots.ErrSuspended
					case m.Chat == "c3" && !mended.Load():
						return fmt.Errorf("call sendMessage: 400: %w", c)
					}
					return nil
				}
				w.db.publish(alert("x"), false, true)
				w.begin()
				pass(time.Minute)
				if got, want := shut(refusals), "c3 "+string(why); got != want {
					t.Errorf("known is %q, want %q", got, want)
				}
				since := refusals.List()[0].Since
				w.db.publish(alert("y"), false, true)
				w.box.Wake()
				pass(13 * time.Hour)
				if got := refusals.List(); len(got) != 1 || !got[0].Since.Equal(since) {
					t.Errorf("thirteen hours later it is %+v, was since %v", got, since)
				}
				if n := botstest.Count(w.log.String(), "level=WARN", "a channel refuses", "channel=c3", string(why)); n != 1 || told.Load() != 1 {
					t.Errorf("the refusal was said %d times, and told %d times", n, told.Load())
				}
				mended.Store(true)
				w.db.publish(alert("z"), false, true)
				w.box.Wake()
				pass(time.Minute)
				if got := shut(refusals); got != "" {
					t.Errorf("mended, %q are known", got)
				}
				if n := botstest.Count(w.log.String(), "level=INFO", "a channel takes messages again", "channel=c3"); n != 1 || told.Load() != 2 {
					t.Errorf("the end was said %d times, and told %d times", n, told.Load())
				}
				if n := botstest.Count(w.log.String(), "a channel refuses"); n != 1 {
					t.Errorf("%d refusals were said", n)
				}
			})
		})
	}
}

// Another reason is another refusal; what went wrong on the way, or with a
// message, is none, and neither is what is only changed.
func TestWhatIsNoRefusal(t *testing.T) {
	play(t, func(w *world) {
		refusals, _ := channelsOf(w)
		var now atomic.Pointer[error]
		answer := func(err error) { now.Store(&err) }
		w.net.script = func(m bots.Message, _ int) error {
			if m.Chat == "c3" {
				return *now.Load()
			}
			return nil
		}
		w.begin()
		for i, step := range []struct {
			err  error
			want string
		}{
			{bots.ErrUnknown, ""}, {bots.ErrNotSent, ""}, {bots.ErrRejected, ""}, {&bots.RetryError{After: 2 * time.Second}, ""},
			{bots.ErrSuspended, "c3 no-rights"}, {bots.ErrUnknown, "c3 no-rights"}, {bots.ErrRejected, "c3 no-rights"},
			{bots.ErrGone, "c3 not-inside"}, {nil, ""},
		} {
			answer(step.err)
			w.db.publish(alert(fmt.Sprint("x", i)), false, true)
			w.box.Wake()
			pass(20 * time.Second)
			if got := shut(refusals); got != step.want {
				t.Errorf("after %v known is %q, want %q", step.err, got, step.want)
			}
		}
	})
}

// What was known before a start is known after it, and not said again; who is no
// channel of the configuration any more is forgotten.
func TestRefusalsAreRecalled(t *testing.T) {
	play(t, func(w *world) {
		refusals, told := channelsOf(w)
		since := time.Now().Add(-time.Hour)
		refusals.Recall([]outbox.Refusal{{Chat: "c3", Why: outbox.NoRights, Since: since}, {Chat: "c9", Why: outbox.NotFound, Since: since}})
		w.net.script = func(m bots.Message, _ int) error {
			if m.Chat == "c3" {
				return bots.ErrSuspended
			}
			return nil
		}
		w.db.publish(alert("x"), false, true)
		w.begin()
		pass(time.Minute)
		if got := refusals.List(); shut(refusals) != "c3 no-rights, c9 not-found" || !got[0].Since.Equal(since) {
			t.Errorf("known is %+v", got)
		}
		if n := botstest.Count(w.log.String(), "a channel refuses"); n != 0 || told.Load() != 0 {
			t.Errorf("what was known was said %d times, and told %d times", n, told.Load())
		}
		refusals.Keep(func(chat news.ChatID) bool { return chat == "c3" })
		if got := shut(refusals); got != "c3 no-rights" {
			t.Errorf("kept are %q", got)
		}
	})
}
