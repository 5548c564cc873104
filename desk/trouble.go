package desk

import (
	"context"
	"fmt"
	"slices"

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

// untold goes before the state of passing trouble that nobody could be told of.
// They hear of it when they can be, or when it is over.
const untold = "untold "

// Report tells those on duty of trouble, once, and again when it changes. It
// may be called as often as one looks.
func (d *Desk) Report(ctx context.Context, t Trouble) error {
	letters, err := d.toDuty(ctx, d.words().Notice(Notice{Kind: NoticeTrouble, Well: t.State == "", Words: t.What, Do: t.Do}))
	if err == nil && t.Passing {
		letters, err = d.inTime(ctx, &t, letters)
	}
	if err != nil {
		return err
	}
	told, err := d.Store.Noticed(ctx, t.Thing, t.State, d.Now(), letters)
	if err != nil {
		return fmt.Errorf("tell those on duty: %w", err)
	}
	if told {
		d.posted(letters)
	}
	return nil
}

// inTime keeps the letters that arrive now. When none does, the letters go to
// all who may send, and when nobody can be reached the trouble stays untold.
func (d *Desk) inTime(ctx context.Context, t *Trouble, letters []Letter) ([]Letter, error) {
	if d.Reaches == nil || len(letters) == 0 {
		return letters, nil
	}
	late := func(l Letter) bool { return !d.Reaches(l.Account) }
	m := letters[0].Message
	if letters = slices.DeleteFunc(letters, late); len(letters) > 0 {
		return letters, nil
	}
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	if letters = slices.DeleteFunc(seats(m, senders(all)), late); len(letters) > 0 {
		return letters, nil
	}
	was, _, err := d.Store.Notice(ctx, t.Thing)
	if err != nil {
		return nil, fmt.Errorf("look what was told: %w", err)
	}
	if was != t.State { // who was told before need not be told again
		t.State = untold + t.State
	}
	return nil, nil
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
	if d.Works == nil {
		return seats(m, on), nil
	}
	dead := func(l Letter) bool { return !d.Works(l.Account) }
	if reached := slices.DeleteFunc(seats(m, on), dead); len(reached) > 0 {
		return reached, nil
	}
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	if reached := slices.DeleteFunc(seats(m, senders(all)), dead); len(reached) > 0 {
		return reached, nil
	}
	return seats(m, on), nil
}
