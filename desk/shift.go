package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Shift is an exception of the calendar: from From to To, both included, a slot
// comes at At, "07:30", or not at all. The newest that covers a date decides,
// before the configuration.
type Shift struct {
	ID       int64
	Name     string // «رمضان»
	Slot     news.Slot
	From, To news.Date      // To empty: until it is taken back
	Weekdays []time.Weekday // in order; empty: every day
	At       string
	Off      bool
}

// Covers reports whether the exception is of a date.
func (s Shift) Covers(d news.Date) bool {
	day, ok := d.In(time.UTC)
	return ok && d >= s.From && (s.To == "" || d <= s.To) && (len(s.Weekdays) == 0 || slices.Contains(s.Weekdays, day.Weekday()))
}

// Settled is the exception between the first and the last date that it covers;
// ok is false when it covers none.
func (s Shift) Settled() (out Shift, ok bool) {
	if s.From, ok = nearest(s.From, 1, s.Covers); !ok || s.To == "" {
		return s, ok
	}
	s.To, ok = nearest(s.To, -1, s.Covers)
	return s, ok
}

// Meets returns the first date from day on that both exceptions cover; ok is
// false when there is none, and when they are of two slots.
func (s Shift) Meets(o Shift, day news.Date) (date news.Date, ok bool) {
	if s.Slot != o.Slot {
		return "", false
	}
	return nearest(max(day, s.From, o.From), 1, func(d news.Date) bool { return s.Covers(d) && o.Covers(d) })
}

// nearest looks at the days of a week from a date on, by steps of a day.
func nearest(from news.Date, step int, is func(news.Date) bool) (news.Date, bool) {
	day, ok := from.In(time.UTC)
	for n := 0; ok && n < 7; n++ {
		if d := news.DateOf(day.AddDate(0, 0, n*step)); is(d) {
			return d, true
		}
	}
	return "", false
}

// Shift switches the calendar: the slots of one name come at other hours.
func (d *Desk) Shift(ctx context.Context, by EditorID, shifts []Shift) error {
	if err := d.sensible(shifts); err != nil {
		return err
	}
	return d.switched(ctx, by, ActShift, func(ctx context.Context, e Entry) error {
		for _, s := range shifts {
			e.About = s.Name
		}
		return d.Store.Shifted(ctx, shifts, e)
	})
}

// switched writes a change of the calendar, and tells who reads it.
func (d *Desk) switched(ctx context.Context, by EditorID, a Act, write func(context.Context, Entry) error) error {
	err := d.turn(ctx, by, a, write)
	if err == nil && d.Turned != nil {
		d.Turned(ctx)
	}
	return err
}

// sensible refuses hours and dates that are none.
func (d *Desk) sensible(shifts []Shift) error {
	for _, s := range shifts {
		if _, err := time.Parse("15:04", s.At); err != nil && !s.Off {
			return refuseAs(BadTime, "%q is no time of the day", s.At)
		}
		if s.To != "" && s.To < s.From {
			return refuseAs(BadTime, "%s is before %s", s.To, s.From)
		}
		if _, ok := s.Settled(); !ok {
			return refuseAs(BadTime, "none of its weekdays is between %s and %s", s.From, s.To)
		}
	}
	return nil
}

// Unshift takes the exceptions of a name back.
func (d *Desk) Unshift(ctx context.Context, by EditorID, name string) error {
	return d.switched(ctx, by, ActUnshift, func(ctx context.Context, e Entry) error {
		e.About = name
		return d.Store.Unshifted(ctx, name, e)
	})
}

// Shifts lists the exceptions that are not over.
func (d *Desk) Shifts(ctx context.Context) ([]Shift, error) {
	return d.Store.Shifts(ctx, news.DateOf(d.Now().In(d.setup().Zone)))
}

// sure is how long a change of the calendar can be confirmed.
const sure = 30 * time.Minute

// Sketch keeps a change of the calendar for a chat to confirm, and returns the
// number that the confirmation names. Nothing is switched yet.
func (d *Desk) Sketch(ctx context.Context, by EditorID, s Seat, shifts []Shift, back string) (int, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return 0, err
	}
	if err := who.allowed(ActShift); err != nil {
		return 0, err
	}
	if err := d.sensible(shifts); err != nil {
		return 0, err
	}
	l := Look{Thing: LookShift, Shifts: shifts, Back: back}
	l.Revision = int(d.Now().Unix() % 1_000_000)
	return l.Revision, d.Shown(ctx, l, s)
}

// Switch does what a chat has been asked to confirm, once. Number is the one
// that Sketch returned; 0: the one that the chat has before it.
func (d *Desk) Switch(ctx context.Context, by EditorID, s Seat, number int) (Look, error) {
	l, ok, err := d.Store.Looking(ctx, s, LookShift)
	switch {
	case err != nil:
		return l, fmt.Errorf("read what is to be confirmed: %w", err)
	case !ok, l.Done:
		return l, refuseAs(NoSketch, "there is nothing to confirm")
	case number != 0 && number != l.Revision, d.Now().Sub(l.At) > sure:
		return l, refuseAs(OldLook, "it has changed since it was shown")
	}
	if l.Back != "" {
		err = d.Unshift(ctx, by, l.Back)
	} else {
		err = d.Shift(ctx, by, l.Shifts)
	}
	if err != nil {
		return l, err
	}
	l.Thing, l.Done = LookShift, true
	return l, d.Shown(ctx, l, s)
}

// Sketched reports whether a chat has a change of the calendar to confirm.
func (d *Desk) Sketched(ctx context.Context, s Seat) (bool, error) {
	l, ok, err := d.Store.Looking(ctx, s, LookShift)
	if err != nil {
		return false, fmt.Errorf("read what is to be confirmed: %w", err)
	}
	return ok && !l.Done && d.Now().Sub(l.At) <= sure, nil
}
