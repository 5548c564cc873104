package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Standing is how the switches of the desk stand.
type Standing struct {
	Open     bool      // readers are sent to; until then, editors alone
	Frozen   bool      // nothing is sent at all
	FrozenBy EditorID  // 0: the server
	FrozenAt time.Time // zero while not frozen
	Held     bool      // nothing automatic is sent
	HeldBy   EditorID
	HeldAt   time.Time
	HeldWhy  string // what the editor said; may be empty
}

// Switches are the desk's own states. Setting one to what it is writes the
// entry and changes nothing else.
type Switches interface {
	// Standing returns them. A new store with readers in it is open.
	Standing(ctx context.Context) (Standing, error)

	// Opened opens the bot to the public, for good.
	Opened(ctx context.Context, e Entry) error

	// Froze freezes all sending: every countdown goes back to its author, as a
	// new version, and is returned.
	Froze(ctx context.Context, e Entry) ([]Draft, error)

	// Thawed lifts a freeze.
	Thawed(ctx context.Context, e Entry) error

	// Held holds or releases automatic sending.
	Held(ctx context.Context, held bool, e Entry) error
}

// Standing returns how the switches stand. Whoever publishes by itself asks:
// neither Frozen nor Held lets anything automatic out, and while not Open only
// editors are sent to.
func (d *Desk) Standing(ctx context.Context) (Standing, error) {
	s, err := d.Store.Standing(ctx)
	if err != nil {
		return s, fmt.Errorf("read the desk's switches: %w", err)
	}
	return s, nil
}

// Open opens the bot to the public, for good. What has gone out before, or is on
// its way, stays with the editors, and so does what was looked at as a trial:
// it has to be looked at again.
func (d *Desk) Open(ctx context.Context, by EditorID) error {
	err := d.turn(ctx, by, ActOpen, d.Store.Opened)
	if err == nil && d.Opened != nil {
		d.Opened()
	}
	return err
}

// Freeze stops all sending at once: countdowns, what is on its way, and
// everything automatic. Whoever may send may freeze.
func (d *Desk) Freeze(ctx context.Context, by EditorID) error {
	return d.turn(ctx, by, ActFreeze, func(ctx context.Context, e Entry) error {
		back, err := d.Store.Froze(ctx, e)
		if err != nil {
			return err
		}
		if err := d.control(ctx, 0, news.Paused); err != nil {
			return err
		}
		for _, draft := range back {
			d.moved(draft)
		}
		d.wake()
		return nil
	})
}

// Thaw lifts a freeze. What was paused stays so until somebody resumes it, one
// by one: it may be old by now.
func (d *Desk) Thaw(ctx context.Context, by EditorID) error {
	return d.turn(ctx, by, ActThaw, d.Store.Thawed)
}

// Hold holds all automatic sending until it is released: digests, single
// articles, automatic breaking news. What editors send goes out.
func (d *Desk) Hold(ctx context.Context, by EditorID, why string) error {
	return d.turn(ctx, by, ActHold, func(ctx context.Context, e Entry) error {
		e.About = cleanName(why)
		return d.Store.Held(ctx, true, e)
	})
}

// Release ends a hold.
func (d *Desk) Release(ctx context.Context, by EditorID) error {
	return d.turn(ctx, by, ActRelease, func(ctx context.Context, e Entry) error { return d.Store.Held(ctx, false, e) })
}

// turn checks a right and writes what needs no draft.
func (d *Desk) turn(ctx context.Context, by EditorID, a Act, write func(context.Context, Entry) error) error {
	_, err := decide(func() (struct{}, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return struct{}{}, err
		}
		if err := who.allowed(a); err != nil {
			return struct{}{}, err
		}
		if err := write(ctx, d.entry(who, a)); err != nil {
			return struct{}{}, explained(fmt.Errorf("%s: %w", a, err))
		}
		return struct{}{}, nil
	})
	return err
}
