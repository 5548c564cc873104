package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Run ends countdowns, starts what is scheduled, publishes what was decided,
// and follows what is on its way, until ctx ends. It looks when it is woken and
// when something is due; what it cannot do it tries again.
func (d *Desk) Run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-d.ring():
		case <-timer.C:
		}
		next, err := d.Once(ctx)
		if err != nil && ctx.Err() == nil {
			d.log().Warn("the desk could not do everything that is due", "err", err)
		}
		timer.Reset(next)
	}
}

// The shortest and the longest time between two looks: the civil clock may
// jump, and what others do to a broadcast is not told to us.
const (
	soonest  = 20 * time.Millisecond
	watching = time.Second
	idle     = 15 * time.Second
)

// Once does what is due now, and says when to look again.
func (d *Desk) Once(ctx context.Context) (again time.Duration, err error) {
	adopted := d.takeIn(ctx)
	drafts, err := d.Store.Desk(ctx)
	if err != nil {
		return watching, fmt.Errorf("read the drafts: %w", err)
	}
	// Who was first is first: of two corrections that are due, one wins.
	slices.SortStableFunc(drafts, func(a, b Draft) int { return a.Due.Compare(b.Due) })
	errs := []error{adopted}
	for _, draft := range drafts {
		errs = append(errs, d.advance(ctx, draft))
	}
	errs = append(errs, d.expire(ctx), d.forgetTips(ctx), d.tellOfTips(ctx), d.tellOfFloods(ctx))
	again = d.nextLook(ctx)
	if err = errors.Join(errs...); err != nil {
		again = max(again, watching)
	}
	return again, err
}

// advance takes one draft as far as it goes by itself now. That somebody else
// was faster is no trouble.
func (d *Desk) advance(ctx context.Context, draft Draft) error {
	err := d.fire(ctx, draft)
	if err == nil {
		if draft, err = d.Store.Draft(ctx, draft.ID); err == nil && draft.State == Publishing {
			draft, err = d.publish(ctx, draft)
		}
	}
	if err == nil && (draft.State == Sending || draft.State == Paused) {
		err = d.follow(ctx, draft)
	}
	if is(err, ErrChanged) {
		d.wake()
		return nil
	}
	return err
}

func (d *Desk) nextLook(ctx context.Context) time.Duration {
	wait := idle
	drafts, err := d.Store.Desk(ctx)
	if err != nil {
		return watching
	}
	for _, draft := range drafts {
		switch {
		case draft.State.Waiting():
			wait = min(wait, draft.Due.Sub(d.Now()))
		case draft.State == Publishing, draft.State == Sending, draft.State == Paused:
			wait = min(wait, watching)
		}
	}
	return max(wait, soonest)
}
