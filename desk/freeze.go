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
	// new version, and is returned. A freeze that is news has tell write the
	// letters, which is told the countdowns as they were, and what was on its way;
	// nil: none.
	Froze(ctx context.Context, e Entry, tell func(counting, moving []Draft) []Letter) ([]Draft, error)

	// Stalled returns what a freeze has paused, and what was published into one:
	// whatever is paused still and could go on at a time. Oldest first.
	Stalled(ctx context.Context, at time.Time) ([]Stalled, error)

	// Unstalled resumes of those what was not sent by hand, and returns it;
	// ErrFrozen, and ErrHeld while automatic sending is held.
	Unstalled(ctx context.Context, e Entry) ([]Stalled, error)

	// Thawed lifts a freeze, with letters when there was one.
	Thawed(ctx context.Context, e Entry, letters []Letter) error

	// Held holds or releases automatic sending, with letters when that is news.
	Held(ctx context.Context, held bool, e Entry, letters []Letter) error
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
// everything automatic. Whoever may send may freeze. Owners hear of it, and those
// whose drafts it has stopped.
func (d *Desk) Freeze(ctx context.Context, by EditorID) error {
	return d.act(ctx, by, ActFreeze, func(ctx context.Context, who Editor, e Entry) error {
		all, err := d.Store.Roster(ctx)
		if err != nil {
			return err
		}
		var letters []Letter
		back, err := d.Store.Froze(ctx, e, func(counting, moving []Draft) []Letter {
			letters = d.toldFrozen(who, all, counting, moving)
			return letters
		})
		if err != nil {
			return err
		}
		d.posted(letters)
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
// by one: it may be old by now. The other owners hear of it, and whoever froze.
func (d *Desk) Thaw(ctx context.Context, by EditorID) error {
	return d.act(ctx, by, ActThaw, func(ctx context.Context, who Editor, e Entry) error {
		letters, err := d.toldThawed(ctx, who)
		if err != nil {
			return err
		}
		if err := d.Store.Thawed(ctx, e, letters); err != nil {
			return err
		}
		d.posted(letters)
		return nil
	})
}

// Hold holds all automatic sending until it is released: digests, single
// articles, automatic breaking news. What editors send goes out. Those on duty
// hear of it.
func (d *Desk) Hold(ctx context.Context, by EditorID, why string) error {
	return d.act(ctx, by, ActHold, func(ctx context.Context, who Editor, e Entry) error {
		e.About = cleanName(why)
		n := Notice{Kind: NoticeHeld}
		if e.About != "" {
			n.Words = put(d.words().Notices.Why, "why", e.About)
		}
		return d.hold(ctx, who, true, e, n)
	})
}

// Release ends a hold.
func (d *Desk) Release(ctx context.Context, by EditorID) error {
	return d.act(ctx, by, ActRelease, func(ctx context.Context, who Editor, e Entry) error {
		return d.hold(ctx, who, false, e, Notice{Kind: NoticeReleased})
	})
}

func (d *Desk) hold(ctx context.Context, who Editor, held bool, e Entry, n Notice) error {
	letters, err := d.toldDuty(ctx, who, n)
	if err != nil {
		return err
	}
	if err := d.Store.Held(ctx, held, e, letters); err != nil {
		return err
	}
	d.posted(letters)
	return nil
}

// turn checks a right and writes what needs no draft.
func (d *Desk) turn(ctx context.Context, by EditorID, a Act, write func(context.Context, Entry) error) error {
	return d.act(ctx, by, a, func(ctx context.Context, _ Editor, e Entry) error { return write(ctx, e) })
}

// act is turn for what is also told.
func (d *Desk) act(ctx context.Context, by EditorID, a Act, write func(context.Context, Editor, Entry) error) error {
	_, err := decide(func() (struct{}, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return struct{}{}, err
		}
		if err := who.allowed(a); err != nil {
			return struct{}{}, err
		}
		if err := write(ctx, who, d.entry(who, a)); err != nil {
			return struct{}{}, explained(fmt.Errorf("%s: %w", a, err))
		}
		return struct{}{}, nil
	})
	return err
}
