package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

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
	Shown    bool             `json:"shown,omitempty"` // those on duty have been told
}

// Shift is an exception of the calendar: from From to To, both included, a slot
// comes at At, "07:30", or not at all. The newest that covers a date decides,
// before the configuration.
type Shift struct {
	ID       int64
	Name     string // «رمضان»
	Slot     news.Slot
	From, To news.Date // To empty: until it is taken back
	At       string
	Off      bool
}

// Rhythm is what editors change of the digests and their hours.
type Rhythm interface {
	// Edition returns what was decided about a digest; the zero Edition, with
	// slot and date, when nothing was. Whoever builds the digest asks.
	Edition(ctx context.Context, slot news.Slot, date news.Date) (Edition, error)

	// Decided writes an edition over the one with ed.Revision; ErrChanged when
	// that is not the newest.
	Decided(ctx context.Context, ed Edition, letters []Letter, e Entry) (Edition, error)

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

// HoldEdition holds or releases one digest.
func (d *Desk) HoldEdition(ctx context.Context, by EditorID, slot news.Slot, date news.Date, hold bool) (Edition, error) {
	return d.edit(ctx, by, slot, date, func(ed *Edition) error { ed.Hold = hold; return nil })
}

// DropItem leaves an article out of one digest, or takes it in again.
func (d *Desk) DropItem(ctx context.Context, by EditorID, slot news.Slot, date news.Date, id news.ArticleID, drop bool) (Edition, error) {
	return d.edit(ctx, by, slot, date, func(ed *Edition) error {
		ed.Drop, ed.Pin = without(ed.Drop, id), without(ed.Pin, id)
		if drop {
			ed.Drop = append(ed.Drop, id)
		}
		return nil
	})
}

// PinItem puts an article first in one digest, or takes it from there.
func (d *Desk) PinItem(ctx context.Context, by EditorID, slot news.Slot, date news.Date, id news.ArticleID, pin bool) (Edition, error) {
	return d.edit(ctx, by, slot, date, func(ed *Edition) error {
		ed.Drop, ed.Pin = without(ed.Drop, id), without(ed.Pin, id)
		if pin {
			ed.Pin = slices.Insert(ed.Pin, 0, id)
		}
		return nil
	})
}

// Introduce sets the words above one digest; empty ones take them away.
func (d *Desk) Introduce(ctx context.Context, by EditorID, slot news.Slot, date news.Date, words string) (Edition, error) {
	words = said(words)
	if arabic.Units(words) > maxIntro {
		return Edition{}, refuse("the introduction is longer than %d characters", maxIntro)
	}
	return d.edit(ctx, by, slot, date, func(ed *Edition) error { ed.Intro = words; return nil })
}

func (d *Desk) edit(ctx context.Context, by EditorID, slot news.Slot, date news.Date, change func(*Edition) error) (Edition, error) {
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
		ed, err := d.Edition(ctx, slot, date)
		if err != nil {
			return ed, err
		}
		if err := change(&ed); err != nil {
			return ed, err
		}
		e := d.entry(who, ActEdition)
		e.About = fmt.Sprintf("%s %s", slot, date)
		out, err := d.Store.Decided(ctx, ed, nil, e)
		return out, explained(err)
	})
}

func without(ids []news.ArticleID, id news.ArticleID) []news.ArticleID {
	return slices.DeleteFunc(slices.Clone(ids), func(x news.ArticleID) bool { return x == id })
}

// Upcoming is a digest that comes soon, as it would look now.
type Upcoming struct {
	Slot    news.Slot
	Date    news.Date
	At      time.Time
	Message news.Message
}

// ShowAhead shows a digest to those on duty, once, when its slot is no further
// away than [Setup.Ahead]. Whoever knows the calendar calls it; more often than
// needed is right.
func (d *Desk) ShowAhead(ctx context.Context, u Upcoming) error {
	now := d.Now()
	if u.At.Sub(now) > d.setup().Ahead || !u.At.After(now) || len(u.Message.Blocks) == 0 {
		return nil
	}
	ed, err := d.Edition(ctx, u.Slot, u.Date)
	if err != nil || ed.Shown {
		return err
	}
	note := d.words().Notice(Notice{Kind: NoticeDigest, Name: string(u.Slot), At: u.At.In(d.setup().Zone)})
	letters, err := d.toDuty(ctx, note)
	if err != nil {
		return err
	}
	for _, l := range slices.Clone(letters) {
		letters = append(letters, Letter{Seat: l.Seat, Message: u.Message})
	}
	ed.Shown = true
	if _, err = d.Store.Decided(ctx, ed, letters, Entry{At: now, Act: ActEdition, About: "shown"}); is(err, ErrChanged) {
		return nil // it is shown at the next look
	}
	d.posted(letters)
	return err
}

// Shift switches the calendar: the slots of one name come at other hours.
func (d *Desk) Shift(ctx context.Context, by EditorID, shifts []Shift) error {
	for _, s := range shifts {
		if _, err := time.Parse("15:04", s.At); err != nil && !s.Off {
			return refuseAs(BadTime, "%q is no time of the day", s.At)
		}
		if s.To != "" && s.To < s.From {
			return refuseAs(BadTime, "%s is before %s", s.To, s.From)
		}
	}
	return d.turn(ctx, by, ActShift, func(ctx context.Context, e Entry) error {
		for _, s := range shifts {
			e.About = s.Name
		}
		return d.Store.Shifted(ctx, shifts, e)
	})
}

// Unshift takes the exceptions of a name back.
func (d *Desk) Unshift(ctx context.Context, by EditorID, name string) error {
	return d.turn(ctx, by, ActUnshift, func(ctx context.Context, e Entry) error {
		e.About = name
		return d.Store.Unshifted(ctx, name, e)
	})
}

// Shifts lists the exceptions that are not over.
func (d *Desk) Shifts(ctx context.Context) ([]Shift, error) {
	return d.Store.Shifts(ctx, news.DateOf(d.Now().In(d.setup().Zone)))
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
