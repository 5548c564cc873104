package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Sighting is a network's word that a message of ours is on a reader's phone.
type Sighting struct {
	Chat    news.ChatID
	Message news.MessageID // how its id begins: networks need not say it whole
	Read    bool           // and was read; false: it was delivered
}

// Register is where sightings are kept, beside the receipts that they are
// about.
type Register interface {
	// Seen notes what was seen of alerts that were published at since or later,
	// each reader once for a broadcast, however often it is said. It returns the
	// sightings of readers whose receipt is not there, or not yet. What is of
	// nobody, and anything while there is no such alert, it passes over.
	Seen(ctx context.Context, account news.AccountID, since time.Time, seen []Sighting) (missing []Sighting, err error)
}

// How sightings are written.
const (
	seenSpan  = 48 * time.Hour // how long an alert is counted for
	seenEvery = time.Second    // how long the first of a group waits
	seenMany  = 500            // so many do not wait
	seenMost  = 20000          // so many are held; what is more is dropped: it is statistics
	seenTries = 5              // for one that comes before its receipt
	seenEnd   = 5 * time.Second
)

// Sightings collects what an account's network says of messages on their way
// to readers' eyes, and writes it in groups. The zero value of what is not
// exported is ready.
type Sightings struct {
	Account  news.AccountID
	Register Register
	Now      func() time.Time
	Log      *slog.Logger

	once    sync.Once
	bell    chan struct{} // something waits
	full    chan struct{} // enough does
	mu      sync.Mutex
	fresh   []Sighting
	again   []tried
	dropped int
}

// tried is a sighting whose receipt was not there yet.
type tried struct {
	Sighting
	tries int
}

func (s *Sightings) ready() {
	s.once.Do(func() { s.bell, s.full = make(chan struct{}, 1), make(chan struct{}, 1) })
}

// Saw takes sightings of messages in a chat. It never waits.
func (s *Sightings) Saw(chat news.ChatID, ids []news.MessageID, read bool) {
	s.ready()
	s.mu.Lock()
	for _, id := range ids {
		if len(s.fresh) >= seenMost {
			s.dropped++
			continue
		}
		s.fresh = append(s.fresh, Sighting{Chat: chat, Message: id, Read: read})
	}
	many := len(s.fresh) >= seenMany
	s.mu.Unlock()
	ring(s.bell)
	if many {
		ring(s.full)
	}
}

func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// Run writes until ctx ends, and then what waits.
func (s *Sightings) Run(ctx context.Context) error {
	s.ready()
	for {
		select {
		case <-ctx.Done():
			s.last(ctx)
			return nil
		case <-s.bell:
		}
		timer := time.NewTimer(seenEvery)
		select {
		case <-timer.C:
		case <-s.full:
		case <-ctx.Done():
		}
		timer.Stop()
		if ctx.Err() == nil {
			s.write(ctx)
		}
	}
}

// last writes what waits when the program ends.
func (s *Sightings) last(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), seenEnd)
	defer cancel()
	s.write(ctx)
}

// write writes a group. What has no receipt yet waits for the next one.
func (s *Sightings) write(ctx context.Context) {
	s.mu.Lock()
	tries := make(map[Sighting]int, len(s.again))
	group := s.fresh
	for _, one := range s.again {
		if tries[one.Sighting] == 0 {
			group = append(group, one.Sighting)
		}
		tries[one.Sighting] = max(tries[one.Sighting], one.tries)
	}
	dropped := s.dropped
	s.fresh, s.again, s.dropped = nil, nil, 0
	s.mu.Unlock()
	if dropped > 0 {
		s.Log.Warn("what was delivered and read is not counted in full", "left_out", dropped)
	}
	if len(group) == 0 {
		return
	}
	missing, err := s.Register.Seen(ctx, s.Account, s.Now().Add(-seenSpan), group)
	if err != nil {
		s.Log.Warn("what was delivered and read is not written", "sightings", len(group), "err", err)
		missing = group
	}
	s.wait(missing, tries)
}

// wait keeps what is to be tried again.
func (s *Sightings) wait(missing []Sighting, tries map[Sighting]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range missing {
		if n := tries[one] + 1; n < seenTries && len(s.again) < seenMost {
			s.again = append(s.again, tried{one, n})
		}
	}
	if len(s.again) > 0 {
		ring(s.bell)
	}
}
