package editor

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
)

// An alert's report is brought up to date once more when it is known who left
// within the hour after it, and on the way there where it can be edited.
const (
	laterAfter = time.Hour + time.Second
	laterLook  = 30 * time.Second // how often the clock, which may be moved, is looked at
	laterAgain = 5 * time.Minute  // how often a report that can be edited is brought up to date in that hour
)

// later is when the report of a draft is due once more; zero: it is not.
func later(draft desk.Draft, now time.Time) time.Time {
	at := draft.Published.Add(laterAfter)
	if draft.Form != desk.FormAlert || draft.Broadcast == 0 || draft.State != desk.Done && draft.State != desk.Stopped || !at.After(now) {
		return time.Time{}
	}
	return at
}

// rest lets a watch wait after its report was shown: where it can be edited, for
// the next look, and else for its hour to be over. It is true when it is.
func (w *watch) rest(draft desk.Draft, now time.Time, edits bool) (over bool) {
	if w.later.IsZero() {
		w.later = later(draft, now)
	}
	w.again = w.later
	if next := now.Add(laterAgain); edits && next.Before(w.later) {
		w.again = next
	}
	return !now.Before(w.later)
}

// rests reports whether a watch waits.
func (w *watch) rests(now time.Time) bool { return now.Before(w.again) }

// waits reports whether anything is followed, be it for later.
func (d *Door) waits() bool {
	d.watches.mu.Lock()
	defer d.watches.mu.Unlock()
	return len(d.watches.all) > 0
}

// adoptLater takes up the reports that were due once more when the program
// ended: their authors hear what has changed since.
func (d *Door) adoptLater(ctx context.Context) error {
	sent, err := d.Desk.Store.Alerts(ctx, d.Now().Add(-laterAfter))
	if err != nil {
		return fmt.Errorf("read the last alerts: %w", err)
	}
	for _, a := range sent {
		draft, err := d.Desk.OfBroadcast(ctx, a.Broadcast)
		at := later(draft, d.Now())
		if err != nil || at.IsZero() || draft.By == 0 {
			continue // it came by itself, or is on its way
		}
		author, err := d.Desk.Store.Editor(ctx, draft.By)
		if err != nil || len(author.Seats) == 0 {
			continue // gone meanwhile
		}
		seat := author.Seats[0]
		m, _, err := d.progress(ctx, draft, nil, !d.buttons(seat.Account))
		if err != nil {
			return err
		}
		d.watches.mu.Lock()
		if d.watches.all[draft.ID] == nil {
			d.watches.all[draft.ID] = &watch{
				place: place{to: talk.Address{Account: seat.Account, Chat: seat.Chat}}, state: draft.State, shown: m.Blocks[0].String(), later: at, again: at,
			}
		}
		d.watches.mu.Unlock()
	}
	return nil
}
