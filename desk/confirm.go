package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Confirm says that a version is to go out: into its countdown, into its
// schedule, or to a second person where one is needed, whose Confirm it then
// is. An editor who presses late is told who was first (Already).
func (d *Desk) Confirm(ctx context.Context, by EditorID, id DraftID, version int) (Draft, error) {
	setup := d.setup()
	standing, err := d.Standing(ctx)
	if err != nil {
		return Draft{}, err
	}
	draft, err := d.change(ctx, by, id, ActConfirm, func(who Editor, draft Draft) (Draft, error) {
		if err := d.sendable(draft); err != nil {
			return draft, err
		}
		if draft.Trial && standing.Open && version == draft.Version && (draft.State == Looked || draft.State == Second) {
			return draft, explained(ErrOpened)
		}
		return draft.confirmed(who, version, d.Now(), setup)
	})
	var r *RefusedError
	if errors.As(err, &r) && r.Code == Already {
		if first, err := d.editor(ctx, draft.Confirmed); err == nil {
			r.Name = first.Name
		}
	}
	return draft, err
}

// Stop stops a draft wherever it is, at once: a countdown and a schedule go
// back to their author, and so does what waits for a second person unless it is
// the author who stops it; an open draft is dropped, what is on its way stops.
func (d *Desk) Stop(ctx context.Context, by EditorID, id DraftID) (Draft, error) {
	return d.change(ctx, by, id, ActStop, func(who Editor, draft Draft) (Draft, error) {
		next, err := draft.halted(who.ID)
		if err != nil || next.State != Stopped {
			return next, err
		}
		// First the broadcast, then the word about it: in between, Run finds out.
		return next, d.control(ctx, next.Broadcast, news.Stopped)
	})
}

// StopLive is what a stop word means in an editor's chat: it stops the most
// urgent live draft, one that counts down before one that is sent before the
// editor's own that is open, and last what waits for a second person and this
// editor has looked at. The refusal NothingLive says that there is none.
func (d *Desk) StopLive(ctx context.Context, by EditorID) (Draft, error) {
	draft, ok, err := d.Live(ctx, by)
	if err != nil {
		return Draft{}, err
	}
	if !ok {
		return Draft{}, refuseAs(NothingLive, "there is nothing to stop")
	}
	return d.Stop(ctx, by, draft.ID)
}

// Live returns the draft that StopLive would stop. Whoever may send sees
// every countdown and everything on its way, and besides their own drafts. What
// only waits for an account that is lost is not among them.
func (d *Desk) Live(ctx context.Context, by EditorID) (Draft, bool, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return Draft{}, false, err
	}
	all, err := d.Store.Desk(ctx)
	if err != nil {
		return Draft{}, false, fmt.Errorf("read the drafts: %w", err)
	}
	var best Draft
	for _, draft := range all {
		if who.allowedFor(ActStop, d.Tree(), draft) != nil && draft.By != who.ID || rank(who, draft) == 0 {
			continue
		}
		if stuck, err := d.stranded(ctx, draft); err != nil {
			return Draft{}, false, err
		} else if stuck {
			continue
		}
		if r := rank(who, draft); best.ID == 0 || r >= rank(who, best) { // the later of two
			best = draft
		}
	}
	return best, best.ID != 0, nil
}

func rank(who Editor, draft Draft) int {
	switch {
	case draft.State == Counting:
		return 5
	case draft.State == Publishing && !draft.Halt:
		return 4
	case draft.State == Sending || draft.State == Paused:
		return 3
	case draft.By == who.ID && draft.State.Open():
		return 2
	case draft.State == Second && slices.Contains(draft.Lookers, who.ID):
		return 1
	}
	return 0
}

// Pause holds what is on its way.
func (d *Desk) Pause(ctx context.Context, by EditorID, id DraftID) (Draft, error) {
	return d.change(ctx, by, id, ActPause, func(_ Editor, draft Draft) (Draft, error) {
		next, err := draft.paced(Paused)
		if err != nil {
			return next, err
		}
		return next, d.control(ctx, next.Broadcast, news.Paused)
	})
}

// Resume lets it go on. Nothing does while all sending is frozen.
func (d *Desk) Resume(ctx context.Context, by EditorID, id DraftID) (Draft, error) {
	if err := d.flows(ctx); err != nil {
		return Draft{}, err
	}
	draft, err := d.change(ctx, by, id, ActResume, func(_ Editor, draft Draft) (Draft, error) { return draft.paced(Sending) })
	if err != nil {
		return draft, err
	}
	return draft, explained(d.control(ctx, draft.Broadcast, news.Running))
}

// Retry has the copies that failed tried again, and counts them. Nothing is
// while all sending is frozen, and nothing of what was withdrawn ever.
func (d *Desk) Retry(ctx context.Context, by EditorID, id DraftID) (n int, err error) {
	if err := d.flows(ctx); err != nil {
		return 0, err
	}
	draft, err := d.change(ctx, by, id, ActRetry, func(_ Editor, draft Draft) (Draft, error) {
		switch {
		case draft.State != Done && draft.State != Sending:
			return draft, refuseAs(NotSent, "it has not been sent")
		case draft.Withdrawn:
			return draft, refuseAs(Withdrawn, "it has been withdrawn")
		}
		draft.State = Sending
		return draft, nil
	})
	if err != nil {
		return 0, err
	}
	if n, err = d.Press.TryAgain(ctx, draft.Broadcast); is(err, news.ErrFinal) {
		return 0, refuseAs(TooLate, "it is over")
	}
	return n, explained(err)
}

// flows refuses while all sending is frozen.
func (d *Desk) flows(ctx context.Context) error {
	standing, err := d.Store.Standing(ctx)
	if err == nil && standing.Frozen {
		err = ErrFrozen
	}
	if err != nil {
		return explained(fmt.Errorf("look whether sending is frozen: %w", err))
	}
	return nil
}

func (d *Desk) control(ctx context.Context, id news.BroadcastID, state news.State) error {
	if err := d.Press.Control(ctx, id, state); err != nil {
		return fmt.Errorf("set broadcast %d to %s: %w", id, state, err)
	}
	return nil
}

// Left returns how long a countdown has to go.
func (d *Desk) Left(draft Draft) time.Duration { return max(0, draft.Due.Sub(d.Now())) }
