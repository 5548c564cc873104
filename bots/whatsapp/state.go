package whatsapp

import (
	"cmp"
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots"
)

// Reason says in a word why the account, or its writing to people, stands
// still.
type Reason string

// The reasons.
const (
	ReasonNone      Reason = ""
	ReasonUnpaired  Reason = "unpaired"  // never paired, or logged out: needs Pair
	ReasonLocked    Reason = "locked"    // logged out with 403: the phone is signed out, or the number locked; needs Pair after that
	ReasonClosed    Reason = "closed"    // logged out with 406: banned until the network takes it back; needs Pair after that
	ReasonReplaced  Reason = "replaced"  // another program uses the session
	ReasonOutdated  Reason = "outdated"  // the network refuses this client: State.Client names it
	ReasonBanned    Reason = "banned"    // for a time: nothing goes in or out
	ReasonTimeLock  Reason = "time-lock" // may not write to people for a time
	ReasonStrangers Reason = "strangers" // messages to several people were refused with 463
	ReasonTooMany   Reason = "too many"  // a message was refused with 429
)

// State is how the account stands, for whoever runs it.
type State struct {
	Paired    bool
	Connected bool // logged in, at this moment
	Reason    Reason
	StopUntil time.Time // nothing is written to people before; zero: writing is allowed
	FullUntil time.Time // the day's messages are used up, and one was held back: only answers go before; zero: there are some left
	Client    string    // the version of the client, as the network knows it
	Newest    string    // the one that the network has now, when it refuses ours and has said so
}

// Lost reports whether nothing connects before somebody has done something, or
// a ban is over: that it was so is the network's word.
func (s State) Lost() bool {
	switch s.Reason {
	case ReasonUnpaired, ReasonLocked, ReasonClosed, ReasonReplaced, ReasonOutdated, ReasonBanned:
		return true
	}
	return false
}

// Memory keeps a few small values of one account over restarts. Values are
// below 64 KB; a Save of nil forgets the key.
type Memory interface {
	Load(ctx context.Context, key string) ([]byte, error) // nil: nothing there
	Save(ctx context.Context, key string, value []byte) error
}

// forgetful is the Memory of who brings none.
type forgetful struct {
	mu     sync.Mutex
	values map[string][]byte
}

func (f *forgetful) Load(_ context.Context, key string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.values[key], nil
}

func (f *forgetful) Save(_ context.Context, key string, value []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.values[key] = value
	return nil
}

// Keys of Memory.
const (
	keyStop  = "whatsapp/stop"
	keyLost  = "whatsapp/lost"
	keyPace  = "whatsapp/pace"
	keyHands = "whatsapp/hands"
	keyPolls = "whatsapp/polls"

	keyBarred = "whatsapp/barred"
	keySince  = "whatsapp/since"
)

// remember loads a value; what is missing or unreadable leaves it as it is.
func (a *Adapter) remember(ctx context.Context, key string, value any) {
	data, err := a.config.Memory.Load(ctx, key)
	if err == nil && len(data) > 0 {
		err = json.Unmarshal(data, value)
	}
	if err != nil {
		a.log.Error("a note could not be read", "key", key, "error", clean(err.Error()))
	}
}

// note saves a value. A failure is logged: it costs caution, not messages.
func (a *Adapter) note(ctx context.Context, key string, value any) error {
	var data []byte
	var err error
	if value != nil {
		data, err = json.Marshal(value)
	}
	if err == nil {
		err = a.config.Memory.Save(ctx, key, data)
	}
	if err != nil {
		a.log.Error("a note could not be written", "key", key, "error", clean(err.Error()))
	}
	return err
}

// stop is a halt of writing to people. Strikes counts halts that came soon
// after each other.
type stop struct {
	Until   time.Time `json:"until"`
	Reason  Reason    `json:"reason"`
	At      time.Time `json:"at"`
	Strikes int       `json:"strikes"`
}

// How long writing to people stands still after a refusal without a date: it
// doubles with every further one within memoryOfStrikes.
const (
	firstTooMany    = 15 * time.Minute
	firstStrangers  = time.Hour
	longestStop     = 24 * time.Hour
	memoryOfStrikes = 48 * time.Hour
)

// State returns how the account stands now.
func (a *Adapter) State() State {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.stateLocked(a.config.Now())
}

func (a *Adapter) stateLocked(now time.Time) State {
	s := State{Paired: a.paired, Connected: a.online, Client: a.version.String(), Newest: a.newest}
	if now.Before(a.stop.Until) {
		s.StopUntil, s.Reason = a.stop.Until, a.stop.Reason
	}
	if now.Before(a.full) {
		s.FullUntil = a.full
	}
	switch {
	case a.ending != ReasonNone:
		s.Reason = a.ending
	case !a.paired:
		s.Reason = cmp.Or(a.lost, ReasonUnpaired)
	}
	return s
}

// loggedOut ends the session. Why is kept over restarts, until the next pairing.
func (a *Adapter) loggedOut(why Reason) {
	_ = a.note(context.Background(), keyLost, why)
	a.change(func() { a.paired, a.online, a.lost = false, false, why })
}

// linked begins another session.
func (a *Adapter) linked(ctx context.Context) {
	_ = a.note(ctx, keyLost, nil)
	paired := pairedAt(a.library().Store)
	a.change(func() {
		if a.since.IsZero() || a.lost == ReasonLocked || a.lost == ReasonClosed {
			a.since = paired
		}
		a.paired, a.lost = true, ReasonNone
	})
	_ = a.note(ctx, keySince, a.since)
}

// known reads since when the account has been linked; at first that is the
// pairing of its session.
func (a *Adapter) known(ctx context.Context) {
	a.remember(ctx, keySince, &a.since)
	if a.since.IsZero() && a.paired {
		a.since = pairedAt(a.library().Store)
		_ = a.note(ctx, keySince, a.since)
	}
}

// change changes the state under the lock and tells who wants to know. Told
// is called by one goroutine at a time.
func (a *Adapter) change(f func()) {
	a.telling.Lock()
	defer a.telling.Unlock()
	a.mu.Lock()
	now := a.config.Now()
	before := a.stateLocked(now)
	f()
	after := a.stateLocked(now)
	close(a.changed)
	a.changed = make(chan struct{})
	a.mu.Unlock()
	if before != after && a.config.Told != nil {
		a.config.Told(after)
	}
}

// halt stops writing to people until a time, or when that is zero, as long as
// the number of such halts calls for.
func (a *Adapter) halt(ctx context.Context, reason Reason, until time.Time) {
	var s stop
	a.change(func() {
		now := a.config.Now()
		if until.IsZero() && now.Before(a.stop.Until) {
			s = a.stop
			return // several refusals of messages that were under way are one
		}
		if now.Sub(a.stop.At) > memoryOfStrikes {
			a.stop.Strikes = 0
		}
		if until.IsZero() {
			first := firstTooMany
			if reason == ReasonStrangers {
				first = firstStrangers
			}
			until = now.Add(min(first<<min(a.stop.Strikes, 10), longestStop))
		}
		a.stop = stop{Until: until, Reason: reason, At: now, Strikes: a.stop.Strikes + 1}
		s = a.stop
	})
	a.log.Warn("writing to people stands still", "reason", s.Reason, "until", s.Until)
	_ = a.note(ctx, keyStop, s)
}

// release ends a halt early, when the network says so.
func (a *Adapter) release(ctx context.Context, reason Reason) {
	var s stop
	a.change(func() {
		if a.stop.Reason == reason {
			a.stop.Until = time.Time{}
		}
		s = a.stop
	})
	_ = a.note(ctx, keyStop, s)
}

// standing returns the error of a message to people while nothing may go, and
// nil otherwise. A ban stops everything.
func (a *Adapter) standing(people bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	left := a.stop.Until.Sub(a.config.Now())
	if left <= 0 || !people && a.stop.Reason != ReasonBanned {
		return nil
	}
	return &bots.RetryError{After: left, Wide: true}
}
