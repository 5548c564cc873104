package editor

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// watches are the drafts that are followed to their end.
type watches struct {
	mu   sync.Mutex
	all  map[desk.DraftID]*watch
	bell chan struct{}
}

// watch is one draft on its way, and where its progress is shown.
type watch struct {
	place place
	shown string     // the last text
	at    time.Time  // when it was written
	open  bool       // and whether the network has still to take it
	state desk.State // the last state
	pulse []news.Pulse
	later time.Time // its report is shown for the last time then; zero: it is on its way
	again time.Time // and is not looked at until then
}

// place is where a progress message stands. Edit is empty until it is known
// which message that is: each word about it is one of its own then, and there
// are few.
type place struct {
	to   talk.Address
	edit news.MessageID
}

func (w *watches) follow(draft desk.Draft, p place, m news.Message, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all[draft.ID] = &watch{place: p, state: draft.State, shown: m.Blocks[0].String(), at: now, open: true}
	w.ring()
}

func (w *watches) ring() {
	select {
	case w.bell <- struct{}{}:
	default:
	}
}

// Changed says that a draft has moved. It returns at once.
func (d *Door) Changed(desk.Draft) { d.watches.ring() }

// Shows reports whether the message that follows a draft stands in a chat and
// says by itself that it has come to a state. Words alone do not tell of a draft
// that is open again.
func (d *Door) Shows(draft desk.Draft, s desk.Seat) bool {
	d.watches.mu.Lock()
	defer d.watches.mu.Unlock()
	w := d.watches.all[draft.ID]
	return w != nil && w.later.IsZero() && w.place.to == talk.Address{Account: s.Account, Chat: s.Chat} && (d.lives(w) || !draft.State.Open())
}

// step is how often progress is shown anew.
const step = 2 * time.Second

// Run shows how far what was confirmed is, until ctx ends. After a start it
// takes up what is on its way, for its author.
func (d *Door) Run(ctx context.Context) error {
	if err := d.adopt(ctx); err != nil && ctx.Err() == nil {
		d.Log.Warn("what is on its way is not followed", "err", err)
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-d.watches.bell:
		case <-timer.C:
		}
		switch {
		case d.look(ctx):
			timer.Reset(step)
		case d.waits():
			timer.Reset(laterLook)
		}
	}
}

// adopt follows what was confirmed before this start.
func (d *Door) adopt(ctx context.Context) error {
	drafts, err := d.Desk.Store.Desk(ctx)
	if err != nil {
		return fmt.Errorf("read the drafts: %w", err)
	}
	for _, draft := range drafts {
		if draft.State.Open() || draft.State == desk.Scheduled || draft.By == 0 {
			continue
		}
		author, err := d.Desk.Store.Editor(ctx, draft.By)
		if err != nil || len(author.Seats) == 0 {
			continue // gone meanwhile
		}
		seat := author.Seats[0]
		d.watches.mu.Lock()
		if d.watches.all[draft.ID] == nil {
			d.watches.all[draft.ID] = &watch{place: place{to: talk.Address{Account: seat.Account, Chat: seat.Chat}}, state: draft.State, at: d.Now()}
		}
		d.watches.mu.Unlock()
	}
	return d.adoptLater(ctx)
}

// look shows every followed draft as it is now, and reports whether any is
// still on its way.
func (d *Door) look(ctx context.Context) (moving bool) {
	d.watches.mu.Lock()
	all := maps.Clone(d.watches.all)
	d.watches.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(all)) {
		w := all[id]
		if w.rests(d.Now()) {
			continue
		}
		over, err := d.show(ctx, id, w)
		if err != nil && ctx.Err() == nil {
			d.Log.Warn("how far a draft is was not shown", "draft", id, "err", err)
		}
		if over {
			d.watches.mu.Lock()
			if d.watches.all[id] == w {
				delete(d.watches.all, id)
			}
			d.watches.mu.Unlock()
		}
		moving = moving || !w.rests(d.Now())
	}
	return moving
}

// show brings one progress message up to date. Who is no editor any more is
// told nothing.
func (d *Door) show(ctx context.Context, id desk.DraftID, w *watch) (over bool, err error) {
	_, sits, err := d.Desk.Who(ctx, desk.Seat{Account: w.place.to.Account, Chat: w.place.to.Chat})
	if err != nil || !sits {
		return err == nil, err
	}
	draft, err := d.Desk.Store.Draft(ctx, id)
	if err != nil {
		return false, fmt.Errorf("read draft %d: %w", id, err)
	}
	over = draft.State.Open() || !draft.State.Live()
	if draft.State == w.state && !over && !d.due(w) || draft.State == desk.Publishing {
		return false, nil
	}
	m, pulse, err := d.progress(ctx, draft, w.pulse, !d.buttons(w.place.to.Account))
	if err != nil {
		return false, err
	}
	if err := d.bring(ctx, w, draft, m); err != nil {
		return false, err
	}
	w.state, w.pulse = draft.State, pulse
	if over {
		d.watches.mu.Lock()
		over = w.rest(draft, d.Now(), d.lives(w))
		d.watches.mu.Unlock()
	}
	return over, nil
}
