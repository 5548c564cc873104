package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Edition is what editors have decided about one digest before its slot.
type Edition struct {
	Slot     news.Slot        `json:"-"`
	Date     news.Date        `json:"-"`
	Revision int              `json:"-"`               // grows with every decision; 0: nothing was decided
	Hold     bool             `json:"hold,omitempty"`  // it does not go out until it is released, and not at all once its time is over
	Drop     []news.ArticleID `json:"drop,omitempty"`  // left out
	Pin      []news.ArticleID `json:"pin,omitempty"`   // first, in this order
	Intro    string           `json:"intro,omitempty"` // stands above the digest; plain text
	Shown    bool             `json:"shown,omitempty"` // those on duty have had their look
}

// Ref names an edition as somebody has it before them.
type Ref struct {
	Slot     news.Slot `json:"slot"`
	Date     news.Date `json:"date"`
	Revision int       `json:"revision"`
}

// Rhythm is what editors change of the digests and their hours.
type Rhythm interface {
	// Edition returns what was decided about a digest; the zero Edition, with
	// slot and date, when nothing was. Whoever builds the digest asks.
	Edition(ctx context.Context, slot news.Slot, date news.Date) (Edition, error)

	// Decided writes an edition over the one with ed.Revision; ErrChanged when
	// that is not the newest, ErrOut when the edition has been published.
	Decided(ctx context.Context, ed Edition, letters []Letter, e Entry) (Edition, error)

	// Showed keeps what editors' chats have before them, one of each thing.
	// With letters it is the look at a digest before its slot, which comes once:
	// when it came before, nothing is written and fresh is false.
	Showed(ctx context.Context, l Look, seats []Seat, letters []Letter) (fresh bool, err error)

	// Looking returns what a chat has before it; ok is false when nothing.
	Looking(ctx context.Context, s Seat, thing string) (l Look, ok bool, err error)

	// Shifted adds exceptions to the calendar, all or none.
	Shifted(ctx context.Context, shifts []Shift, e Entry) error

	// Unshifted takes back the exceptions of a name.
	Unshifted(ctx context.Context, name string, e Entry) error

	// Shifts returns the exceptions that are not over at date, newest first.
	Shifts(ctx context.Context, date news.Date) ([]Shift, error)
}

// maxIntro is the length of a digest's introduction in UTF-16 units.
const maxIntro = 500

// Edition returns what was decided about a digest.
func (d *Desk) Edition(ctx context.Context, slot news.Slot, date news.Date) (Edition, error) {
	ed, err := d.Store.Edition(ctx, slot, date)
	if err != nil {
		return ed, fmt.Errorf("read what was decided about %s %s: %w", slot, date, err)
	}
	return ed, nil
}

// HoldEdition holds or releases one digest. Each decision names the revision
// of the edition that was looked at.
func (d *Desk) HoldEdition(ctx context.Context, by EditorID, at Ref, hold bool) (Edition, error) {
	return d.edit(ctx, by, at, func(ed *Edition) error { ed.Hold = hold; return nil })
}

// DropItem leaves an article out of one digest and of those after it, or takes
// it in again.
func (d *Desk) DropItem(ctx context.Context, by EditorID, at Ref, id news.ArticleID, drop bool) (Edition, error) {
	return d.edit(ctx, by, at, func(ed *Edition) error {
		ed.Drop, ed.Pin = without(ed.Drop, id), without(ed.Pin, id)
		if drop {
			ed.Drop = append(ed.Drop, id)
		}
		return nil
	})
}

// PinItem puts an article first in one digest, or takes it from there.
func (d *Desk) PinItem(ctx context.Context, by EditorID, at Ref, id news.ArticleID, pin bool) (Edition, error) {
	return d.edit(ctx, by, at, func(ed *Edition) error {
		ed.Drop, ed.Pin = without(ed.Drop, id), without(ed.Pin, id)
		if pin {
			ed.Pin = slices.Insert(ed.Pin, 0, id)
		}
		return nil
	})
}

// Introduce sets the words above one digest; empty ones take them away.
func (d *Desk) Introduce(ctx context.Context, by EditorID, at Ref, words string) (Edition, error) {
	words = said(words)
	if arabic.Units(words) > maxIntro {
		return Edition{}, refuse("the introduction is longer than %d characters", maxIntro)
	}
	return d.edit(ctx, by, at, func(ed *Edition) error { ed.Intro = words; return nil })
}

// edit decides about an edition that has not gone out. Somebody who has an
// older look before them decides nothing.
func (d *Desk) edit(ctx context.Context, by EditorID, at Ref, change func(*Edition) error) (Edition, error) {
	return decide(func() (Edition, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return Edition{}, err
		}
		if err := who.allowed(ActEdition); err != nil {
			return Edition{}, err
		}
		if len(who.Sections) > 0 {
			return Edition{}, refuseAs(OtherSection, "the digest is everybody's: that is for editors of all sections")
		}
		if err := d.coming(at); err != nil {
			return Edition{}, err
		}
		ed, err := d.Edition(ctx, at.Slot, at.Date)
		if err != nil {
			return ed, err
		}
		if ed.Revision != at.Revision {
			return ed, refuseAs(OldLook, "the digest has changed since it was shown")
		}
		if err := change(&ed); err != nil {
			return ed, err
		}
		e := d.entry(who, ActEdition)
		e.About = fmt.Sprintf("%s %s", at.Slot, at.Date)
		out, err := d.Store.Decided(ctx, ed, nil, e)
		return out, explained(err)
	})
}

// coming refuses a digest that the calendar does not have, or whose time is
// over.
func (d *Desk) coming(at Ref) error {
	if d.Turn == nil {
		return nil
	}
	_, until, ok := d.Turn(at.Slot, at.Date)
	switch {
	case !ok:
		return refuseAs(NoSlot, "there is no digest %s on %s", at.Slot, at.Date)
	case d.Now().After(until):
		return refuseAs(EditionOut, "the time of the digest is over")
	}
	return nil
}

func without(ids []news.ArticleID, id news.ArticleID) []news.ArticleID {
	return slices.DeleteFunc(slices.Clone(ids), func(x news.ArticleID) bool { return x == id })
}

// Scheduled lists the alerts that wait for their time, the next one first.
func (d *Desk) Scheduled(ctx context.Context, by EditorID) ([]Draft, error) {
	if _, err := d.editor(ctx, by); err != nil {
		return nil, err
	}
	all, err := d.Store.Desk(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the drafts: %w", err)
	}
	all = slices.DeleteFunc(all, func(x Draft) bool { return x.State != Scheduled })
	slices.SortStableFunc(all, func(a, b Draft) int { return a.Due.Compare(b.Due) })
	return all, nil
}
