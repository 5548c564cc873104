package sqlite

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Stalled implements desk.Switches.
func (s *Store) Stalled(ctx context.Context, at time.Time) (out []desk.Stalled, err error) {
	err = s.read(ctx, "read what a freeze has paused", func(t tx) (err error) {
		out, err = t.stalled(millis(at))
		return err
	})
	return out, err
}

func (t tx) stalled(now int64) (out []desk.Stalled, err error) {
	err = t.each(`SELECT id, kind, published, auto, iif(words = '', coalesce((SELECT title FROM article WHERE article.id = b.items ->> '$[0].a'), ''), words),
		coalesce((SELECT min(draft.id) FROM draft WHERE draft.broadcast > 0 AND draft.broadcast = b.id), 0)
		FROM broadcast AS b WHERE state = 'paused' AND stalled = 1 AND (expires = 0 OR expires > ?) ORDER BY id`, args(now), func(r row) error {
		var one desk.Stalled
		err := r.Scan(&one.Broadcast, &one.Kind, clock{&one.Published}, &one.Auto, &one.Words, &one.Draft)
		out = append(out, one)
		return err
	})
	return out, err
}

// Unstalled implements desk.Switches.
func (s *Store) Unstalled(ctx context.Context, e desk.Entry) (out []desk.Stalled, err error) {
	err = s.write(ctx, "resume what a freeze has paused", func(t tx) error {
		out = nil
		if err := t.signed(e); err != nil {
			return err
		}
		if held, err := t.one("SELECT 1 FROM desk WHERE held = 1", nil, new(int)); err != nil || held {
			return errors.Join(err, desk.ErrHeld)
		}
		all, err := t.stalled(millis(e.At))
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.ByHand() {
				continue
			}
			if err := t.controlled(one.Broadcast, news.Running, e.At); err != nil {
				return err
			}
			out = append(out, one)
			line := e
			line.Broadcast, line.Draft = one.Broadcast, one.Draft
			if err := t.signed(line); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// stall pauses everything that runs, and keeps that it was a freeze that did.
func (t tx) stall(now int64) error {
	if _, err := t.exec("UPDATE broadcast SET stalled = 1 WHERE state = 'running'"); err != nil {
		return err
	}
	open, err := t.open()
	if err != nil {
		return err
	}
	for _, id := range open {
		if err := t.control(id, news.Paused, now); err != nil {
			return err
		}
	}
	return nil
}
