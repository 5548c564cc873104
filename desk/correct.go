package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Correct makes a draft over what was sent: a typo is edited in silence, a
// correction is told to who was misinformed. Of is any draft of the chain. It
// is looked at and confirmed like an alert.
func (d *Desk) Correct(ctx context.Context, by EditorID, key string, of DraftID, words string, typo bool) (Draft, error) {
	form := FormCorrection
	if typo {
		form = FormTypo
	}
	return d.over(ctx, by, key, of, form, words)
}

// Withdraw makes a draft that takes back what was sent and leaves one public
// line; an empty line is the newsroom's usual one.
func (d *Desk) Withdraw(ctx context.Context, by EditorID, key string, of DraftID, line string) (Draft, error) {
	return d.over(ctx, by, key, of, FormWithdrawal, line)
}

// OfBroadcast returns the draft that a broadcast was made of. An alert that
// came by itself gets one now if it has none yet; the refusal NoSuch is for
// what is no alert.
func (d *Desk) OfBroadcast(ctx context.Context, id news.BroadcastID) (Draft, error) {
	draft, err := d.Store.OfBroadcast(ctx, id)
	if is(err, ErrNone) {
		var a Alerted
		if a, err = d.Store.Alerted(ctx, id); err == nil && !a.Auto && a.Draft == 0 {
			err = ErrNone // by hand, before there were drafts
		}
		switch {
		case err == nil && a.Draft != 0:
			draft, err = d.Store.Draft(ctx, a.Draft)
		case err == nil:
			draft, err = d.adopt(ctx, a)
		}
	}
	if err != nil {
		return draft, explained(fmt.Errorf("look what broadcast %d was made of: %w", id, err))
	}
	return draft, nil
}

// Chain returns an alert and everything that was decided or is drafted over
// it, the alert first. Of is any of them.
func (d *Desk) Chain(ctx context.Context, of DraftID) ([]Draft, error) {
	root, err := d.root(ctx, of)
	if err != nil {
		return nil, err
	}
	chain, err := d.Store.Chain(ctx, root.ID)
	if err != nil {
		return nil, fmt.Errorf("read the chain of draft %d: %w", root.ID, err)
	}
	return chain, nil
}

func (d *Desk) over(ctx context.Context, by EditorID, key string, of DraftID, form Form, words string) (Draft, error) {
	draft, err := d.overlay(ctx, of, form, words)
	if err != nil {
		return Draft{}, err
	}
	draft.Key = key
	return d.write(ctx, by, draft)
}

// overlay makes what would go over the newest text of a chain.
func (d *Desk) overlay(ctx context.Context, of DraftID, form Form, words string) (Draft, error) {
	root, err := d.root(ctx, of)
	if err != nil {
		return Draft{}, err
	}
	switch {
	case !root.State.Out():
		return Draft{}, refuseAs(NotSent, "it has not been sent")
	case root.Withdrawn:
		return Draft{}, refuseAs(Withdrawn, "it has been withdrawn")
	}
	latest := root
	if root.Latest != 0 {
		if latest, err = d.Store.Draft(ctx, root.Latest); err != nil {
			return Draft{}, fmt.Errorf("read the newest correction: %w", err)
		}
	}
	c := latest.Content
	c.Words = words
	if form == FormWithdrawal && words == "" {
		c.Words = d.words().Withdrawn
	}
	c.Sections, c.Everyone, c.Networks = root.Sections, root.Everyone, root.Networks
	c.At, c.Silent = time.Time{}, form == FormTypo
	return Draft{Form: form, Content: c, Root: root.ID, Base: newest(root)}, nil
}

func (d *Desk) root(ctx context.Context, of DraftID) (Draft, error) {
	draft, err := d.Store.Draft(ctx, of)
	if err == nil && draft.Root != 0 {
		draft, err = d.Store.Draft(ctx, draft.Root)
	}
	if err != nil {
		return draft, explained(fmt.Errorf("read draft %d: %w", of, err))
	}
	return draft, nil
}

// newest is the draft whose text readers of a chain have, or will.
func newest(root Draft) DraftID {
	if root.Latest != 0 {
		return root.Latest
	}
	return root.ID
}
