package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Look is what an editor's chat has before it to decide on. Words about it mean
// what was shown: a number is that of an item then, and they are dead once the
// thing has changed.
type Look struct {
	Thing  string           `json:"-"` // LookEdition or LookShift: a chat has one of each
	At     time.Time        `json:"at"`
	Ref                     // of LookEdition
	Items  []news.ArticleID `json:"items,omitempty"`  // of LookEdition, as they were numbered
	Shifts []Shift          `json:"shifts,omitempty"` // of LookShift: to confirm
	Back   string           `json:"back,omitempty"`   // of LookShift: the name whose exceptions are taken back
	Done   bool             `json:"done,omitempty"`   // of LookShift: it was confirmed
}

// What an editor can have before them.
const (
	LookEdition = "edition"
	LookShift   = "shift"
)

// Item returns the article that had a number, counted from 1.
func (l Look) Item(n int) (news.ArticleID, error) {
	if n < 1 || n > len(l.Items) {
		return 0, refuseAs(NoItem, "the digest has no item %d", n)
	}
	return l.Items[n-1], nil
}

// Upcoming is a digest that comes soon, as it would look now to a reader of all
// sections.
type Upcoming struct {
	Edition
	Label    string // as readers know the slot
	At       time.Time
	Messages map[news.Platform]news.Message // empty: there is nothing in it
	Articles []Headline                     // in their order
	Out      []Headline                     // left out of it
	Halted   bool                           // all automatic sending is
}

// Headline is an article of a digest by its title.
type Headline struct {
	ID     news.ArticleID
	Title  string
	Pinned bool
}

// Look is what somebody has before them who is shown the digest.
func (u Upcoming) Look(now time.Time) Look {
	l := Look{Thing: LookEdition, At: now, Ref: u.Ref()}
	for _, list := range [][]Headline{u.Articles, u.Out} {
		for _, h := range list {
			l.Items = append(l.Items, h.ID)
		}
	}
	return l
}

// Ref names the edition as it is.
func (ed Edition) Ref() Ref { return Ref{ed.Slot, ed.Date, ed.Revision} }

// ShowAhead shows a digest to those on duty, once, when its slot is no further
// away than [Setup.Ahead]. One with nothing in it is not shown. Whoever knows
// the calendar calls it; more often than needed is right.
func (d *Desk) ShowAhead(ctx context.Context, u Upcoming) error {
	now := d.Now()
	if u.At.Sub(now) > d.setup().Ahead || !u.At.After(now) || len(u.Messages) == 0 || u.Shown {
		return nil
	}
	on, err := d.OnDuty(ctx)
	if err != nil {
		return err
	}
	var letters []Letter
	var shown []Seat
	for _, s := range seats(news.Message{}, on) {
		shown = append(shown, s.Seat)
		for _, m := range d.sheet(u, s.Seat) {
			letters = append(letters, Letter{Seat: s.Seat, Message: m})
		}
	}
	if len(letters) == 0 {
		return nil // nobody is there: perhaps somebody comes yet
	}
	fresh, err := d.Store.Showed(ctx, u.Look(now), shown, letters)
	if err != nil {
		return fmt.Errorf("show %s %s: %w", u.Slot, u.Date, err)
	}
	if fresh {
		d.posted(letters)
	}
	return nil
}

// Ahead is how long before its slot a digest is shown.
func (d *Desk) Ahead() time.Duration { return d.setup().Ahead }

// sheet is a digest as editors see it in a chat: as the door lays it out, or
// the bare message under a notice.
func (d *Desk) sheet(u Upcoming, s Seat) []news.Message {
	if d.Lay != nil {
		return d.Lay(u, s)
	}
	note := d.words().Notice(Notice{Kind: NoticeDigest, Name: u.Label, At: u.At.In(d.setup().Zone)})
	return []news.Message{note, u.Messages[s.Account.Platform()]}
}

// Shown keeps that a chat has something before it.
func (d *Desk) Shown(ctx context.Context, l Look, s Seat) error {
	l.At = d.Now()
	if _, err := d.Store.Showed(ctx, l, []Seat{s}, nil); err != nil {
		return fmt.Errorf("keep what an editor was shown: %w", err)
	}
	return nil
}

// Looking returns the digest that a chat has before it; NoLook when none.
func (d *Desk) Looking(ctx context.Context, s Seat) (Look, error) {
	l, ok, err := d.Store.Looking(ctx, s, LookEdition)
	if err != nil {
		return l, fmt.Errorf("read what an editor was shown: %w", err)
	}
	if !ok {
		return l, refuseAs(NoLook, "no digest has been shown in this chat")
	}
	return l, nil
}
