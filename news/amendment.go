package news

import (
	"errors"
	"time"
)

// What can stand against an amendment.
var (
	// ErrOvertaken says that the text has been amended since it was looked at.
	ErrOvertaken = errors.New("the text has been amended meanwhile")

	// ErrFinal says that nothing can be changed about a broadcast any more: it
	// was withdrawn or stopped, its time is over, or its receipts are gone.
	ErrFinal = errors.New("the broadcast is final")
)

// Amendment corrects or withdraws a broadcast that went out, or is going out.
type Amendment struct {
	// Key names the decision: asked again with the same key, the store answers
	// with the same broadcast and changes nothing. Empty: the original, its
	// Version and the text are the key.
	Key string

	Original BroadcastID // or anything of its chain: the first one counts
	Version  int         // of the original, that was looked at; 0: whichever is the newest

	// Words and Link are the whole new text. Without Words the articles are set
	// again as they are now. Of a withdrawal, Words is the line that stays.
	Words, Link string

	// Was is what was wrong, for those who are told. Empty: the earlier Words.
	Was string

	// Silent is for a typo: copies are changed where they stand. Only those whom
	// an earlier correction was still to tell are told.
	Silent bool

	At time.Time // zero: now
}

// Reach counts what a correction or a withdrawal has reached. A copy that was
// changed and followed by a message counts under both.
type Reach struct {
	Copies   int // of the original that were wrong: those that arrived, or may have
	Changed  int // in place: edited, or taken back
	Lined    int // of those, by a withdrawal: the line stands where the copy was
	Followed int // by a message of their own; of a withdrawal, those that stay
	Missed   int // neither: too late, gone, or refused
	Waiting  int // not looked at yet, or to be tried again
}

// Pulse is how far a broadcast is on one account, at a glance.
type Pulse struct {
	Account  AccountID
	Channels bool // to channels; false: to people and groups
	State    State
	Reason   string // why the outbox has paused it; empty: it has not
	Lost     bool   // the account cannot send: what is left waits until it is back
	At       time.Time
	Counts   map[Outcome]int // Left counts those who had blocked or left
	Audience int             // how many there are to tell; 0: not known
}

// Told is how many copies have come to their end.
func (p Pulse) Told() int {
	n := 0
	for outcome, count := range p.Counts {
		if outcome != Deferred {
			n += count
		}
	}
	return n
}

// Rate is the copies a second since an earlier pulse of the same lane.
func (p Pulse) Rate(earlier Pulse) float64 {
	if span := p.At.Sub(earlier.At).Seconds(); span > 0 {
		return max(0, float64(p.Told()-earlier.Told())/span)
	}
	return 0
}
