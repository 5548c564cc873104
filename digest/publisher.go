package digest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Publisher decides when something goes out: editions at their slots, urgent
// articles after their waiting time, single articles as they arrive. It
// publishes to everybody at once; the outbox carries it to each.
type Publisher struct {
	Store    Store
	Queue    Queue
	Newsroom func() Newsroom
	Accounts func() []news.AccountID // those that send
	Channels func() []news.AccountID // those with configured channels
	Each     func() []news.AccountID // those whose readers may have every article; nil: all
	Reread   func(ctx context.Context, a news.Article) (now news.Article, found bool, err error)
	Held     func(ctx context.Context) (bool, error)                           // nothing goes out by itself now; nil: never
	Propose  func(ctx context.Context, a news.Article) (waits bool, err error) // to the editors, once; nil: nothing is

	// Automatic says whether an urgent article may go out by itself now: its
	// source, the limit an hour, and what it is decide.
	Automatic func(ctx context.Context, a news.Article) (bool, error)

	Wake func() // called after each publication
	Now  func() time.Time
	Log  *slog.Logger

	woken chan struct{}
	again patience
}

// watch is the longest wait between two looks at the clock, which may have
// been moved.
const watch = 30 * time.Second

// rereadPatience is how long an urgent article waits for a site that cannot be
// asked again, beyond its waiting time, before it goes into the digests.
const rereadPatience = 15 * time.Minute

// NewPublisher returns p, ready to be woken and run.
func NewPublisher(p Publisher) *Publisher {
	p.woken, p.again = make(chan struct{}, 1), patience{}
	return &p
}

// Woken makes Run look again now: an article arrived, the configuration
// changed, or the clock was moved.
func (p *Publisher) Woken() {
	select {
	case p.woken <- struct{}{}:
	default:
	}
}

// Run publishes what is due until ctx ends.
func (p *Publisher) Run(ctx context.Context) error {
	for {
		if err := p.Once(ctx); err != nil && ctx.Err() == nil {
			p.Log.Error("publishing has to wait", "err", err)
		}
		timer := time.NewTimer(p.pause(ctx))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		case <-p.woken:
			timer.Stop()
		}
	}
}

// pause is the time until something is due, as far as is known.
func (p *Publisher) pause(ctx context.Context) time.Duration {
	n := p.Newsroom()
	now := p.Now().In(n.Zone)
	wait := watch
	if p.Held != nil {
		if held, err := p.Held(ctx); held || err != nil {
			return wait
		}
	}
	if turn, ok := n.Calendar.Next(now); ok {
		wait = min(wait, turn.At.Sub(now))
	}
	urgent, err := p.Queue.Urgent(ctx)
	for _, u := range urgent {
		if err == nil && !u.Proposed {
			wait = min(wait, max(u.Due.Sub(now), p.again.left(u.Article.ID)))
		}
	}
	return max(wait, 10*time.Millisecond)
}

// Once publishes everything that is due now. While it is held, articles wait,
// and urgent ones go before the editors: afterwards those that are too old by
// then are left to the digests, and of the digests only one that is not too late
// is caught up.
func (p *Publisher) Once(ctx context.Context) error {
	if p.Held != nil {
		held, err := p.Held(ctx)
		if err != nil {
			return err
		}
		if held {
			return p.urgent(ctx, true)
		}
	}
	return errors.Join(p.urgent(ctx, false), p.singles(ctx), p.editions(ctx))
}

// editions publishes the slots whose turn has come.
func (p *Publisher) editions(ctx context.Context) error {
	n := p.Newsroom()
	now := p.Now().In(n.Zone)
	due := n.Calendar.Due(now, n.Limits.late())
	if len(due) == 0 {
		return nil
	}
	last, err := p.Store.Editions(ctx)
	if err != nil {
		return fmt.Errorf("read the last editions: %w", err)
	}
	for i, turn := range due {
		if last[turn.Slot].Date >= turn.Date || supersededIn(due[i+1:], turn) {
			continue
		}
		if err := p.edition(ctx, n, turn, last[turn.Slot]); err != nil {
			return err
		}
	}
	return nil
}

// supersededIn reports whether the same slot has a later turn among turns: of
// several missed ones only the last is caught up.
func supersededIn(turns []Turn, t Turn) bool {
	for _, later := range turns {
		if later.Slot == t.Slot {
			return true
		}
	}
	return false
}

// edition publishes one edition as editors have decided. One that they hold
// waits; when they decide while it is made, it is made again at once.
func (p *Publisher) edition(ctx context.Context, n Newsroom, turn Turn, last Edition) error {
	e, err := MakeEdition(ctx, p.Store, n, turn, last, p.Now())
	if err != nil || e.Decision.Hold {
		return err
	}
	err = p.publish(ctx, Publication{Broadcast: e.Broadcast, Revision: e.Decision.Revision})
	if errors.Is(err, ErrDecided) {
		p.Woken()
		return nil
	}
	return err
}

// Publish publishes what a person wrote by hand.
func (p *Publisher) Publish(ctx context.Context, b news.Broadcast) (news.BroadcastID, error) {
	return p.handOut(ctx, Publication{Broadcast: b})
}

// publish publishes what comes by itself. That it was published before is no
// error: asking is how that is found out.
func (p *Publisher) publish(ctx context.Context, pub Publication) error {
	if _, err := p.handOut(ctx, pub); !errors.Is(err, ErrPublished) {
		return err
	}
	return nil
}

// handOut hands a publication to the store and wakes the outboxes.
func (p *Publisher) handOut(ctx context.Context, pub Publication) (news.BroadcastID, error) {
	pub.Accounts, pub.Channels = p.Accounts(), p.Channels()
	b := pub.Broadcast
	if b.Kind == news.Single && p.Each != nil {
		pub.Accounts = p.Each()
	}
	id, err := p.Store.Publish(ctx, pub)
	if err != nil {
		return 0, fmt.Errorf("publish the %s: %w", b.Kind, err)
	}
	p.Log.Info("published", "broadcast", id, "kind", b.Kind, "slot", b.Slot, "date", b.Date, "articles", len(b.Items))
	p.Wake()
	return id, nil
}
