package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Watch is when an editor is on duty, every week, in the newsroom's zone.
type Watch struct {
	Editor   EditorID
	Weekdays []time.Weekday // on which it begins; empty: every day
	From, To int            // minutes after midnight; over midnight when From is the later; equal: all day
}

// Duty is who is on duty, and what they have been told.
type Duty interface {
	// Watches returns all watches.
	Watches(ctx context.Context) ([]Watch, error)

	// Rostered makes watches those of an editor.
	Rostered(ctx context.Context, id EditorID, watches []Watch, e Entry) error

	// Notice returns how a thing was when it was told last, and when that was;
	// zeros when it never was.
	Notice(ctx context.Context, thing string) (state string, at time.Time, err error)

	// Noticed keeps how a thing is, and writes the letters when that is another
	// state than the one kept; told says whether it was. The empty state, all is
	// well, is news only when another one was kept.
	Noticed(ctx context.Context, thing, state string, at time.Time, letters []Letter) (told bool, err error)
}

// covers reports whether a watch is on at t, in the newsroom's zone.
func (w Watch) covers(t time.Time) bool {
	minute := t.Hour()*60 + t.Minute()
	on := func(day time.Weekday) bool { return len(w.Weekdays) == 0 || slices.Contains(w.Weekdays, day) }
	yesterday := (t.Weekday() + 6) % 7
	switch {
	case w.From == w.To:
		return on(t.Weekday())
	case w.From < w.To:
		return on(t.Weekday()) && minute >= w.From && minute < w.To
	}
	return on(t.Weekday()) && minute >= w.From || on(yesterday) && minute < w.To
}

// rostered returns whose hours t is in.
func rostered(all []Editor, watches []Watch, t time.Time) (out []Editor) {
	for _, e := range all {
		if slices.ContainsFunc(watches, func(w Watch) bool { return w.Editor == e.ID && w.covers(t) }) {
			out = append(out, e)
		}
	}
	return out
}

// onDuty returns who is on duty at t. When nobody is, all who may send are.
func onDuty(all []Editor, watches []Watch, t time.Time) []Editor {
	if out := rostered(all, watches, t); len(out) > 0 {
		return out
	}
	return senders(all)
}

// senders are those of editors who may send.
func senders(all []Editor) []Editor {
	return slices.DeleteFunc(slices.Clone(all), func(e Editor) bool { return e.Role == Reporter })
}

// Rota is who is on duty, now and at other times.
type Rota struct {
	Editors []Editor
	Watches []Watch
	Now     []Editor // whose hours it is; nobody: all who may send are told
}

// Rota returns who is on duty when. Every editor may know.
func (d *Desk) Rota(ctx context.Context, by EditorID) (r Rota, err error) {
	if _, err := d.editor(ctx, by); err != nil {
		return Rota{}, err
	}
	if r.Editors, err = d.Store.Roster(ctx); err != nil {
		return Rota{}, fmt.Errorf("read the editors: %w", err)
	}
	if r.Watches, err = d.Store.Watches(ctx); err != nil {
		return Rota{}, fmt.Errorf("read the watches: %w", err)
	}
	r.Now = rostered(r.Editors, r.Watches, d.Now().In(d.setup().Zone))
	return r, nil
}

// OnDuty returns who is on duty now.
func (d *Desk) OnDuty(ctx context.Context) ([]Editor, error) {
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	watches, err := d.Store.Watches(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the watches: %w", err)
	}
	return onDuty(all, watches, d.Now().In(d.setup().Zone)), nil
}

// Keep sets an editor's watches. Everybody sets their own, owners anybody's.
func (d *Desk) Keep(ctx context.Context, by, id EditorID, watches []Watch) error {
	for i := range watches {
		if w := &watches[i]; w.From < 0 || w.To < 0 || w.From >= 24*60 || w.To > 24*60 {
			return refuseAs(BadTime, "the hours of a watch are those of a day")
		}
		watches[i].Editor = id
	}
	_, err := decide(func() (struct{}, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return struct{}{}, err
		}
		if who.Role != Owner && by != id {
			return struct{}{}, refuseAs(NotYours, "those are somebody else's hours")
		}
		if _, err := d.Store.Editor(ctx, id); by != id && is(err, ErrNobody) {
			return struct{}{}, explained(ErrNone)
		}
		return struct{}{}, explained(d.Store.Rostered(ctx, id, watches, d.entry(who, ActWatch)))
	})
	return err
}

// to addresses a message to editors, each once, those who are gone left out.
func (d *Desk) to(ctx context.Context, m news.Message, ids ...EditorID) ([]Letter, error) {
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	return seats(m, slices.DeleteFunc(all, func(e Editor) bool { return !slices.Contains(ids, e.ID) })), nil
}

func seats(m news.Message, editors []Editor) (out []Letter) {
	for _, e := range editors {
		for _, s := range e.Seats {
			out = append(out, Letter{Seat: s, Message: m})
		}
	}
	return out
}
