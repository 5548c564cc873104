package outbox

import (
	"math"
	"time"
)

// instant is a moment of the monotonic clock, as the time since Run began.
// Limits and back-off are reckoned in it, so that a clock that is set cannot
// hurry or hold them.
type instant = time.Duration

const never instant = math.MaxInt64

// What the limiter has learned to do about slack and refusals.
const (
	slackStep  = 0.02 // of the rate
	slackAfter = 5    // seconds' worth of successes for one step
	calmFirst  = 30 * time.Minute
	calmMost   = 6 * time.Hour
	spacing    = 0.995
)

// limiter keeps an account below its rate whatever the latency: a message may
// go when those not yet answered and those answered within the last second are
// fewer than the rate. Whatever a server counted in the second before that
// message was, when it left, one or the other; so no second at the server holds
// more than the rate, however it measures seconds. The price is the time the
// answers take; slack wins that back from servers which do not count as
// strictly, and is given up at their first refusal. A rate so small that files on
// their way would use all of it up lets them pass beside it.
type limiter struct {
	rate   float64 // messages a second; 0: no limit
	strict bool    // learn no slack

	unanswered int
	answers    []instant // of the last second, oldest first
	sentAt     instant   // when the last message went
	until      instant   // refused or paused before this

	slack     float64
	successes float64
	trip      float64 // smoothed answer time in seconds
	calmUntil instant // no slack is learned before
	calm      time.Duration
}

// next returns when the next message may go: now or earlier says at once,
// never says that an answer must come first. So many of the unanswered bring a
// file first.
func (l *limiter) next(now instant, uploads int) instant {
	at := l.until
	if l.rate <= 0 {
		return at
	}
	if l.sentAt > 0 {
		at = max(at, l.sentAt+l.gap())
	}
	l.forget(now)
	room := l.rate + l.slack - float64(l.unanswered)
	if room <= 0 {
		room += float64(uploads)
	}
	if room <= 0 {
		return never
	}
	most := int(math.Ceil(room)) - 1 // answers that may stand in the window
	if over := len(l.answers) - most; over > 0 {
		at = max(at, l.answers[over-1]+time.Second)
	}
	return at
}

func (l *limiter) forget(now instant) {
	old := 0
	for old < len(l.answers) && l.answers[old]+time.Second <= now {
		old++
	}
	if old > 0 {
		l.answers = l.answers[:copy(l.answers, l.answers[old:])]
	}
}

func (l *limiter) sent(now instant) {
	l.unanswered++
	l.sentAt = now
}

// answered counts an answer, whatever it says, that took so long to come.
func (l *limiter) answered(now instant, took time.Duration) {
	l.unanswered--
	if l.rate <= 0 {
		return
	}
	l.forget(now)
	l.answers = append(l.answers, now)
	l.trip += (took.Seconds() - l.trip) / 8
}

// returned takes back a message that went at sent, and never left: it had no
// turn.
func (l *limiter) returned(sent instant) {
	l.unanswered--
	if l.rate > 0 && l.sentAt == sent {
		l.sentAt -= l.gap()
	}
}

// gap is between two messages at least.
func (l *limiter) gap() time.Duration {
	return time.Duration(float64(time.Second) / (spacing * l.rate))
}

// succeeded counts a message that the network took.
func (l *limiter) succeeded(now instant) {
	if l.rate <= 0 || l.strict || now < l.calmUntil {
		return
	}
	if l.successes++; l.successes < slackAfter*l.rate {
		return
	}
	l.successes = 0
	l.slack = min(l.slack+slackStep*l.rate, l.rate*l.trip)
}

// refused gives all slack up. Every refusal makes the calm that must follow
// longer, up to six hours.
func (l *limiter) refused(now instant) {
	if now >= l.calmUntil {
		l.calm = min(max(2*l.calm, calmFirst), calmMost)
	}
	l.slack, l.successes = 0, 0
	l.calmUntil = now + l.calm
}

// pause lets nothing go before until.
func (l *limiter) pause(until instant) { l.until = max(l.until, until) }
