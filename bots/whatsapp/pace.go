package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow/proto/waAdv"

	"github.com/nashra-bot/nashra/bots"
)

// Defaults of Pace. No number is known to be safe: people report locks after
// five messages to strangers in half a minute, and after fifty in a day.
const (
	DefaultPerMinute = 20
	DefaultPerDay    = 1000
	DefaultNewPerDay = 20
	DefaultSlowStart = 7 * 24 * time.Hour
)

// Pace are caps of what the account writes to people, for its reputation. They
// come on top of the limits by which the outbox sends. Channels and groups
// have none, and an answer to somebody who wrote within ten minutes counts
// only for the minute.
type Pace struct {
	// PerMinute is how many messages go to people in a minute, at uneven
	// distances (0: DefaultPerMinute; negative: any number).
	PerMinute int
	// PerDay is how many go to people in a day of UTC (0: DefaultPerDay;
	// negative: any number).
	PerDay int
	// NewPerDay is how many of them go to people who have never written, nor
	// been written to by this session (0: DefaultNewPerDay; negative: any number).
	NewPerDay int
	// SlowStart is how long after the first pairing the caps of a day grow from a
	// tenth to all (0: DefaultSlowStart; negative: they are whole at once).
	SlowStart time.Duration
}

const (
	longestWait = 6 * time.Second // in Send, before it refuses instead
	noteEvery   = 10              // messages of a day, and
	noteApart   = time.Second     // not more often
	leastPart   = 0.1
)

func (p Pace) filled() Pace {
	for _, n := range []struct {
		value *int
		by    int
	}{{&p.PerMinute, DefaultPerMinute}, {&p.PerDay, DefaultPerDay}, {&p.NewPerDay, DefaultNewPerDay}} {
		if *n.value == 0 {
			*n.value = n.by
		}
	}
	if p.SlowStart == 0 {
		p.SlowStart = DefaultSlowStart
	}
	return p
}

// rate is the messages per second, 0 for any number.
func (p Pace) rate() float64 { return float64(max(p.PerMinute, 0)) / 60 }

// pacer counts.
type pacer struct {
	adapter *Adapter
	mu      sync.Mutex
	next    time.Time // the next message's, monotonic
	day     day
	noted   int                // of the day's messages, the last time
	notedAt time.Time          // monotonic
	known   map[types.JID]bool // people who are no strangers
}

type day struct {
	Date string `json:"date"`
	Sent int    `json:"sent"`
	New  int    `json:"new"`
}

func (p *pacer) load(ctx context.Context) { p.adapter.remember(ctx, keyPace, &p.day) }

// take counts a message to a person, and waits for its turn.
func (p *pacer) take(ctx context.Context, client *whatsmeow.Client, to types.JID) error {
	answer := p.adapter.recent.waits(to)
	if !answer {
		err := p.today(ctx, client, to)
		var wait *bots.RetryError
		if errors.As(err, &wait) && wait.Wide {
			p.adapter.used(wait.After)
		}
		if err != nil {
			return err
		}
	}
	wait := p.turn(answer)
	switch {
	case wait > longestWait:
		return &bots.RetryError{After: wait, Wide: true}
	case wait <= 0:
		return nil
	}
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", bots.ErrNotSent, ctx.Err())
	}
}

// turn gives a message its turn, unless that is too far away: then it has
// none, and is to come back. Answers go twice as close as others.
func (p *pacer) turn(answer bool) time.Duration {
	cap := p.adapter.config.Pace.PerMinute
	if cap < 0 {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.next.Before(now) {
		p.next = now
	}
	wait := p.next.Sub(now)
	if wait > longestWait {
		return wait
	}
	gap := time.Minute / time.Duration(cap)
	if answer {
		gap /= 2
	}
	p.next = p.next.Add(gap/2 + rand.N(gap))
	return wait
}

// today counts a message that is no answer for the day.
func (p *pacer) today(ctx context.Context, client *whatsmeow.Client, to types.JID) error {
	a := p.adapter
	stranger, err := p.stranger(ctx, client, to)
	if err != nil {
		return fail(ctx, err, bots.ErrNotSent)
	}
	now := a.theirs().UTC()
	p.mu.Lock()
	defer p.mu.Unlock()
	if date := now.Format(time.DateOnly); date != p.day.Date {
		p.day, p.noted = day{Date: date}, 0
	}
	part := a.grown(now)
	if full(p.day.Sent, a.config.Pace.PerDay, part) || stranger && full(p.day.New, a.config.Pace.NewPerDay, part) {
		tomorrow := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
		// A full number of strangers keeps only strangers waiting.
		return &bots.RetryError{After: tomorrow.Sub(now), Wide: full(p.day.Sent, a.config.Pace.PerDay, part), Own: true}
	}
	p.day.Sent++
	if stranger {
		p.day.New++
	}
	if stranger || p.day.Sent >= p.noted+noteEvery && time.Since(p.notedAt) >= noteApart {
		_ = a.note(ctx, keyPace, p.day)
		p.noted, p.notedAt = p.day.Sent, time.Now()
	}
	return nil
}

// stranger reports whether a person has never written, and there is no session
// with them yet.
func (p *pacer) stranger(ctx context.Context, client *whatsmeow.Client, to types.JID) (bool, error) {
	if p.adapter.config.Pace.NewPerDay < 0 {
		return false, nil
	}
	p.mu.Lock()
	known := p.known[to]
	p.mu.Unlock()
	if known {
		return false, nil
	}
	known, err := client.Store.ContainsSession(ctx, to.SignalAddress())
	if err == nil && !known && p.adapter.config.Wrote != nil {
		known, err = p.adapter.config.Wrote(ctx, chatID(to))
	}
	if err != nil || !known {
		return true, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil || len(p.known) >= mostPeople {
		p.known = map[types.JID]bool{}
	}
	p.known[to] = true
	return false, nil
}

// used has it known that the day's messages are used up for so long.
func (a *Adapter) used(left time.Duration) {
	until := a.config.Now().Add(left).Round(time.Minute)
	if !a.State().FullUntil.IsZero() {
		return // known since the first message that was held back
	}
	a.change(func() { a.full = until })
	a.log.Warn("the day's messages are used up", "until", until)
}

func full(count, cap int, part float64) bool {
	return cap >= 0 && count >= max(1, int(float64(cap)*part))
}

// grown is the part of a day's caps that holds so long after the first pairing.
// Linking again begins anew only after a lock or a ban.
func (a *Adapter) grown(now time.Time) float64 {
	a.mu.Lock()
	whole, since := a.config.Pace.SlowStart, a.since
	a.mu.Unlock()
	if whole <= 0 || since.IsZero() {
		return 1
	}
	return min(1, leastPart+(1-leastPart)*max(0, now.Sub(since).Seconds()/whole.Seconds()))
}

// pairedAt is when the phone linked this device, by the phone's clock; zero:
// unknown.
func pairedAt(device *store.Device) time.Time {
	var details waAdv.ADVDeviceIdentity
	if device.Account == nil || proto.Unmarshal(device.Account.GetDetails(), &details) != nil || details.GetTimestamp() == 0 {
		return time.Time{}
	}
	return time.Unix(int64(details.GetTimestamp()), 0)
}
