package outbox

import (
	"errors"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Words for why a copy waits. A Retry carries them from one attempt to the
// next; they are shown to operators.
const (
	reasonNight     = "night"
	reasonLimit     = "limit"
	reasonUnsent    = "unsent"
	reasonUnknown   = "unknown"
	reasonMissing   = "missing"
	reasonSuspended = "suspended"
	reasonRejected  = "rejected"
	reasonPart      = "part"
	reasonChanged   = "changed"
)

// step is what to do with a letter that was not taken.
type step int

const (
	again   step = iota // later, as if it had not been tried
	later               // later, and the attempt counts
	fail                // not any more: Failed
	doubt               // not any more: Unknown
	leave               // not any more: Failed, and the reader leaves
	replace             // an edit that is not possible: as a new message, at once
	move                // to another address, at once
	halt                // nothing goes any more from this account
)

// situation is what the judgement of an error depends on, besides the error.
type situation struct {
	reply    bool
	edit     bool
	kind     news.Kind
	chat     news.ChatKind
	attempts int    // that count, before this one
	reason   string // why it waited before this attempt

	repeatable    bool // the network knows a repeat by its key
	repeatUnknown bool // breaking news is worth one repeat
	proven        bool // the same message reached somebody else
	outage        bool // nobody gets through: an attempt says nothing about this letter
}

// verdict is the judgement.
type verdict struct {
	step   step
	after  time.Duration
	reason string
	gone   string // for a Leaving
	to     news.ChatID
	own    bool // the adapter holds it back: others are free to go
}

// How often and how long.
const (
	mostAttempts    = 8 // that count
	repeatsByKey    = 5 // of a message with an unknown outcome, where a repeat is known by its key
	missingWait     = time.Hour
	suspendedFirst  = time.Hour
	suspendedMost   = 6 * time.Hour
	suspendedTimes  = 12
	rejectedWait    = 10 * time.Minute
	unknownWait     = 5 * time.Second
	unsentFirst     = time.Second
	unsentMost      = 5 * time.Minute
	limitLeast      = time.Second
	reasonBlocked   = "blocked"
	reasonRemoved   = "removed"
	replySuspension = time.Minute
)

// judge says what an adapter's error means for the letter. It is the table of
// errors of package bots, and nothing else decides from them.
func judge(err error, s situation) verdict {
	var wait *bots.RetryError
	var moved *bots.MovedError
	switch {
	case errors.As(err, &wait):
		return verdict{step: again, after: max(wait.After, limitLeast), reason: reasonLimit, own: wait.Own}
	case errors.As(err, &moved):
		return judgeMoved(moved, s)
	case errors.Is(err, bots.ErrRevoked), errors.Is(err, bots.ErrReplaced), errors.Is(err, bots.ErrOutdated):
		return verdict{step: halt}
	case errors.Is(err, bots.ErrNotSent):
		return judgeUnsent(s)
	case s.edit && (errors.Is(err, bots.ErrGone) || errors.Is(err, bots.ErrTooLate) || errors.Is(err, bots.ErrRejected)):
		return verdict{step: replace}
	case errors.Is(err, bots.ErrGone):
		return judgeGone(s)
	case errors.Is(err, bots.ErrMissing):
		return judgeMissing(s)
	case errors.Is(err, bots.ErrSuspended):
		return judgeSuspended(s)
	case errors.Is(err, bots.ErrRejected), errors.Is(err, bots.ErrTooLate):
		return judgeRejected(s)
	}
	// ErrUnknown, and whatever an adapter should not have returned: when in
	// doubt, it may have arrived.
	return judgeUnknown(s)
}

func judgeMoved(moved *bots.MovedError, s situation) verdict {
	if s.attempts >= mostAttempts {
		return verdict{step: fail}
	}
	return verdict{step: move, to: moved.To}
}

func judgeUnsent(s situation) verdict {
	after := min(unsentFirst<<min(s.attempts, 16), unsentMost)
	reason := reasonUnsent
	if s.reason == reasonUnknown || s.reason == reasonMissing {
		reason = s.reason // still holds for the next attempt
	}
	switch {
	case s.outage:
		return verdict{step: again, after: after, reason: reason}
	case s.attempts+1 >= mostAttempts:
		return verdict{step: fail}
	}
	return verdict{step: later, after: after, reason: reason}
}

func judgeGone(s situation) verdict {
	switch s.chat {
	case news.Channel:
		// The configuration names it. Whoever runs the bot decides.
		return verdict{step: fail}
	case news.Group:
		return verdict{step: leave, gone: reasonRemoved}
	}
	return verdict{step: leave, gone: reasonBlocked}
}

func judgeMissing(s situation) verdict {
	switch {
	case s.reply:
		return verdict{step: fail}
	case s.chat == news.Channel:
		return judgeSuspended(s)
	case s.reason == reasonMissing, s.attempts >= mostAttempts:
		return verdict{step: leave, gone: reasonMissing}
	}
	return verdict{step: later, after: missingWait, reason: reasonMissing}
}

func judgeSuspended(s situation) verdict {
	if s.reply {
		// An answer that comes an hour late is none.
		if s.attempts >= 2 {
			return verdict{step: fail}
		}
		return verdict{step: later, after: replySuspension, reason: reasonSuspended}
	}
	if s.attempts+1 >= suspendedTimes {
		return verdict{step: fail}
	}
	return verdict{step: later, after: min(suspendedFirst<<min(s.attempts, 8), suspendedMost), reason: reasonSuspended}
}

func judgeRejected(s situation) verdict {
	if s.reply || s.reason == reasonRejected || s.proven || s.attempts+1 >= mostAttempts {
		return verdict{step: fail}
	}
	return verdict{step: later, after: rejectedWait, reason: reasonRejected}
}

func judgeUnknown(s situation) verdict {
	again := verdict{step: later, after: unknownWait << min(s.attempts, 8), reason: reasonUnknown}
	switch {
	case s.edit && s.attempts+1 < mostAttempts:
		return again // editing twice is editing once
	case s.repeatable && s.attempts < repeatsByKey:
		return again
	case s.repeatable, s.reason == reasonUnknown:
		return verdict{step: doubt}
	case s.kind == news.Breaking && !s.reply && !s.repeatUnknown:
		return verdict{step: doubt}
	case s.attempts+1 >= mostAttempts:
		return verdict{step: doubt}
	}
	return again
}
