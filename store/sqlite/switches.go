package sqlite

import (
	"context"
	"errors"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Standing implements desk.Switches.
func (s *Store) Standing(ctx context.Context) (st desk.Standing, err error) {
	err = s.read(ctx, "read the desk's switches", func(t tx) (err error) {
		st, err = t.standing()
		return err
	})
	return st, err
}

func (t tx) standing() (st desk.Standing, err error) {
	_, err = t.one("SELECT open, frozen, frozen_by, frozen_at, held, held_by, held_at, held_why FROM desk", nil,
		&st.Open, &st.Frozen, &st.FrozenBy, clock{&st.FrozenAt}, &st.Held, &st.HeldBy, clock{&st.HeldAt}, &st.HeldWhy)
	return st, err
}

// Opened implements desk.Switches.
func (s *Store) Opened(ctx context.Context, e desk.Entry) error {
	return s.write(ctx, "open to the public", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		_, err := t.exec("UPDATE desk SET open = 1")
		return err
	})
}

// Froze implements desk.Switches.
func (s *Store) Froze(ctx context.Context, e desk.Entry) (back []desk.Draft, err error) {
	err = s.write(ctx, "freeze", func(t tx) error {
		back = nil
		if err := t.signed(e); err != nil {
			return err
		}
		if _, err := t.exec("UPDATE desk SET frozen = 1, frozen_by = ?, frozen_at = ? WHERE frozen = 0", e.By, millis(e.At)); err != nil {
			return err
		}
		counting, err := t.drafts("WHERE "+liveDrafts+" AND state = ?", desk.Counting)
		if err != nil {
			return err
		}
		for _, d := range counting {
			next := d.Revoked(false)
			next.Touched = e.At
			if err := t.step(&next); err != nil {
				return err
			}
			if err := t.signed(desk.Entry{At: e.At, Act: desk.ActReturn, Draft: next.ID, Version: next.Version, About: "frozen"}); err != nil {
				return err
			}
			back = append(back, next)
		}
		return t.controlled(0, news.Paused, s.now())
	})
	return back, err
}

// stilled pauses what is published this moment if all is frozen: whoever
// decided to may have looked before the freeze.
func (t tx) stilled(id news.BroadcastID) error {
	err := t.flowing()
	if !errors.Is(err, desk.ErrFrozen) {
		return err
	}
	if err = t.control(id, news.Paused, 0); errors.Is(err, ErrOver) {
		err = nil
	}
	return err
}

// Thawed implements desk.Switches.
func (s *Store) Thawed(ctx context.Context, e desk.Entry) error {
	return s.write(ctx, "thaw", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		_, err := t.exec("UPDATE desk SET frozen = 0, frozen_by = 0, frozen_at = 0")
		return err
	})
}

// Held implements desk.Switches.
func (s *Store) Held(ctx context.Context, held bool, e desk.Entry) error {
	return s.write(ctx, "hold automatic sending", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		if !held {
			_, err := t.exec("UPDATE desk SET held = 0, held_by = 0, held_at = 0, held_why = ''")
			return err
		}
		_, err := t.exec("UPDATE desk SET held = 1, held_by = ?, held_at = ?, held_why = ? WHERE held = 0", e.By, millis(e.At), e.About)
		return err
	})
}
