package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// Trouble is how something is that editors on duty have to know of.
type Trouble struct {
	Thing string // what it is about, for the desk's memory: "account telegram:1", "source news"
	State string // in a word, like "banned"; empty: all is well again
	What  string // a sentence in the newsroom's language: what is wrong
	Do    string // a sentence: what to do about it; may be empty

	// Passing says that it is no news any more when an account that is not
	// reached now can bring it: such an account does not bring it later.
	Passing bool
}

// What goes before the state that the desk remembers of a thing.
const (
	untold = "untold "      // nobody could be told; they hear of it when they can be, or when it is over
	wide   = "told widely " // all who may send were told, since nobody on duty could be; they hear of its end, too
)

// Report tells those on duty of trouble, once, and again when it changes. It
// may be called as often as one looks.
func (d *Desk) Report(ctx context.Context, t Trouble) error {
	was, _, err := d.Store.Notice(ctx, t.Thing)
	if err != nil {
		return fmt.Errorf("look what was told: %w", err)
	}
	mark, state := marked(was)
	if state == t.State && mark != untold {
		return nil
	}
	letters, mark, err := d.alarm(ctx, t, mark)
	if err != nil {
		return err
	}
	told, err := d.Store.Noticed(ctx, t.Thing, mark+t.State, d.Now(), letters)
	if err != nil {
		return fmt.Errorf("tell those on duty: %w", err)
	}
	if told {
		d.posted(letters)
	}
	return nil
}

// marked takes a remembered state apart.
func marked(was string) (mark, state string) {
	for _, mark := range []string{untold, wide} {
		if state, ok := strings.CutPrefix(was, mark); ok {
			return mark, state
		}
	}
	return "", was
}

// alarm addresses trouble to those on duty, and to all who may send where they
// were told before. It returns how that is to be remembered.
func (d *Desk) alarm(ctx context.Context, t Trouble, before string) ([]Letter, string, error) {
	m := d.words().Notice(Notice{Kind: NoticeTrouble, Well: t.State == "", Words: t.What, Do: t.Do})
	on, err := d.OnDuty(ctx)
	if err != nil {
		return nil, "", err
	}
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("read the editors: %w", err)
	}
	if before == wide {
		on = together(on, senders(all))
	}
	brings := func(id news.AccountID) bool { return d.works(id) && (!t.Passing || d.Reaches == nil || d.Reaches(id)) }
	letters, widely := over(m, on, all, brings)
	switch {
	case t.State == "":
		before = ""
	case t.Passing && len(letters) == 0 && len(on) > 0:
		return nil, untold, nil
	case widely:
		before = wide
	case before == untold:
		before = ""
	}
	if len(letters) == 0 {
		letters = seats(m, on)
	}
	return letters, before, nil
}

// together are the editors of two lists, each once.
func together(some, more []Editor) []Editor {
	out := slices.Clone(some)
	for _, e := range more {
		if !slices.ContainsFunc(out, func(o Editor) bool { return o.ID == e.ID }) {
			out = append(out, e)
		}
	}
	return out
}

// toDuty addresses a message to those on duty.
func (d *Desk) toDuty(ctx context.Context, m news.Message) ([]Letter, error) {
	on, err := d.OnDuty(ctx)
	if err != nil {
		return nil, err
	}
	return d.deliver(ctx, m, on)
}

// deliver addresses a message to editors, over the accounts that work. When
// none of theirs does, all who may send get it, and when nobody can be reached
// it waits for the editors it was for.
func (d *Desk) deliver(ctx context.Context, m news.Message, on []Editor) ([]Letter, error) {
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	if letters, _ := over(m, on, all, d.works); len(letters) > 0 {
		return letters, nil
	}
	return seats(m, on), nil
}

// over addresses a message to editors over accounts that bring it, and widely to
// all who may send when none of theirs does.
func over(m news.Message, on, all []Editor, brings func(news.AccountID) bool) (letters []Letter, widely bool) {
	dead := func(l Letter) bool { return !brings(l.Account) }
	if letters = slices.DeleteFunc(seats(m, on), dead); len(letters) > 0 {
		return letters, false
	}
	letters = slices.DeleteFunc(seats(m, senders(all)), dead)
	return letters, len(letters) > 0
}

func (d *Desk) works(id news.AccountID) bool { return d.Works == nil || d.Works(id) }
