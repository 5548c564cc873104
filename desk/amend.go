package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Amendment corrects or withdraws a broadcast on the word of whoever holds the
// server.
type Amendment struct {
	Key       string           // of the request: the same one is done once; may be empty
	Broadcast news.BroadcastID // or anything of its chain
	Form      Form             // FormTypo, FormCorrection or FormWithdrawal
	Words     string           // the whole new text; of a withdrawal the line that stays, empty for the usual one
	Link      string           // empty: the one that it has
}

// Amend publishes a correction or a withdrawal at once: giving the command is
// the confirmation. Over an alert it is a draft like an editor's, in the same
// chain; over anything else an entry in the log is all that the desk has of it.
// What is wrong with it comes back as a *RefusedError, and nothing was sent.
func (d *Desk) Amend(ctx context.Context, a Amendment) (news.BroadcastID, error) {
	a.Words = said(a.Words)
	switch n := arabic.Units(a.Words); {
	case n == 0 && a.Form != FormWithdrawal:
		return 0, refuse("the correction has no words: it takes the whole new text")
	case n > MaxWords:
		return 0, refuse("the text is %d characters long; at most %d fit one message", n, MaxWords)
	case a.Link != "" && !webAddress(a.Link):
		return 0, refuse("the link %q is no web address", a.Link)
	}
	of, err := d.OfBroadcast(ctx, a.Broadcast)
	if code, refused := CodeOf(err); refused && code == NoSuch {
		return d.amendOther(ctx, a)
	}
	if err != nil {
		return 0, err
	}
	draft, err := decide(func() (Draft, error) { return d.decreed(ctx, of.ID, a) })
	if err != nil {
		return 0, err
	}
	if draft.State == Publishing {
		if draft, err = d.publish(ctx, draft); err != nil {
			return 0, fmt.Errorf("publish the %s: %w", a.Form, err)
		}
	}
	if draft.Broadcast == 0 { // it was given back, see publish
		return 0, final(a.Broadcast)
	}
	return draft.Broadcast, nil
}

func final(id news.BroadcastID) error {
	return refuseAs(TooLate, "nothing can be changed about broadcast %d any more: it was withdrawn or stopped, or its time is over", id)
}

// decreed writes a correction or a withdrawal as confirmed by the server, over
// the newest text of its chain.
func (d *Desk) decreed(ctx context.Context, of DraftID, a Amendment) (Draft, error) {
	key := a.Key
	if key != "" {
		key = "server/" + key
		chain, err := d.Chain(ctx, of)
		if err != nil {
			return Draft{}, err
		}
		if i := slices.IndexFunc(chain, func(one Draft) bool { return one.Key == key }); i >= 0 {
			return chain[i], nil
		}
	}
	draft, err := d.overlay(ctx, of, a.Form, a.Words)
	if code, refused := CodeOf(err); refused && code == Withdrawn {
		return draft, final(a.Broadcast)
	}
	if err != nil {
		return draft, err
	}
	if a.Link != "" {
		draft.Link = a.Link
	}
	draft.Key, draft.State, draft.Version, draft.Seen, draft.Sure = key, Publishing, 1, 1, 1
	draft.Made, draft.Touched = d.Now(), d.Now()
	e := d.entry(Server(), ActConfirm)
	e.About = string(a.Form)
	out, err := d.Store.Wrote(ctx, Move{Draft: draft, Entry: e})
	if is(err, ErrOvertaken) { // the command is over whatever is the newest
		return draft, ErrChanged
	}
	if err != nil {
		return draft, explained(fmt.Errorf("write the %s down: %w", a.Form, err))
	}
	d.moved(out)
	return out, nil
}

// amendOther corrects or withdraws what is no alert: a digest, a single
// article. The command is in the log before it is done, and so is that it could
// not be.
func (d *Desk) amendOther(ctx context.Context, a Amendment) (news.BroadcastID, error) {
	standing, err := d.Standing(ctx)
	if err != nil {
		return 0, err
	}
	if standing.Frozen {
		return 0, explained(ErrFrozen)
	}
	if _, err := d.Press.State(ctx, a.Broadcast); err != nil {
		return 0, fmt.Errorf("look for broadcast %d: %w", a.Broadcast, err)
	}
	note := func(act Act, about string) error {
		e := d.entry(Server(), act)
		e.Broadcast, e.About = a.Broadcast, about
		if err := d.Store.Logged(ctx, e); err != nil {
			return fmt.Errorf("log the %s: %w", a.Form, err)
		}
		return nil
	}
	if err := note(ActAmend, string(a.Form)); err != nil {
		return 0, err
	}
	one := news.Amendment{Original: a.Broadcast, Words: a.Words, Link: a.Link, Silent: a.Form == FormTypo, At: d.Now()}
	if a.Key != "" {
		one.Key = "server/" + a.Key
	}
	do := d.Press.Correct
	if a.Form == FormWithdrawal {
		do = d.Press.Withdraw
	}
	id, err := do(ctx, one)
	if is(err, news.ErrFinal) {
		err = final(a.Broadcast)
	}
	if err != nil {
		if err := note(ActReturn, string(a.Form)); err != nil {
			d.log().Warn("a command that was not carried out is not marked so in the log", "broadcast", a.Broadcast, "err", err)
		}
		return 0, err
	}
	return id, nil
}
