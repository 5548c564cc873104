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
func (s *Store) Froze(ctx context.Context, e desk.Entry, tell func(counting, moving []desk.Draft) []desk.Letter) (back []desk.Draft, err error) {
	err = s.write(ctx, "freeze", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		fresh, err := t.exec("UPDATE desk SET frozen = 1, frozen_by = ?, frozen_at = ? WHERE frozen = 0", e.By, millis(e.At))
		if err != nil {
			return err
		}
		in := func(state desk.State) ([]desk.Draft, error) {
			return t.drafts("WHERE "+liveDrafts+" AND state = ? ORDER BY id", state)
		}
		counting, err := in(desk.Counting)
		if err != nil {
			return err
		}
		moving, err := in(desk.Sending)
		if err != nil {
			return err
		}
		if back, err = t.thrownBack(counting, e); err != nil {
			return err
		}
		if err := t.stall(millis(s.now())); err != nil || fresh == 0 || tell == nil {
			return err
		}
		return t.post(tell(counting, moving), millis(e.At))
	})
	return back, err
}

// thrownBack gives countdowns back to their authors.
func (t tx) thrownBack(counting []desk.Draft, e desk.Entry) (back []desk.Draft, err error) {
	for _, d := range counting {
		next := d.Revoked(false)
		next.Touched = e.At
		if err := t.step(&next); err != nil {
			return nil, err
		}
		if err := t.signed(desk.Entry{At: e.At, Act: desk.ActReturn, Draft: next.ID, Version: next.Version, About: "frozen"}); err != nil {
			return nil, err
		}
		back = append(back, next)
	}
	return back, nil
}

// stilled pauses what is published this moment if all is frozen: whoever
// decided to may have looked before the freeze.
func (t tx) stilled(id news.BroadcastID) error {
	err := t.flowing()
	if !errors.Is(err, desk.ErrFrozen) {
		return err
	}
	if err = t.control(id, news.Paused, 0); errors.Is(err, ErrOver) {
		return nil
	}
	if err == nil {
		_, err = t.exec("UPDATE broadcast SET stalled = 1 WHERE id = ?", id)
	}
	return err
}

// Thawed implements desk.Switches.
func (s *Store) Thawed(ctx context.Context, e desk.Entry, letters []desk.Letter) error {
	return s.write(ctx, "thaw", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		n, err := t.exec("UPDATE desk SET frozen = 0, frozen_by = 0, frozen_at = 0 WHERE frozen = 1")
		if err != nil || n == 0 {
			return err
		}
		return t.post(letters, millis(e.At))
	})
}

// Held implements desk.Switches.
func (s *Store) Held(ctx context.Context, held bool, e desk.Entry, letters []desk.Letter) error {
	return s.write(ctx, "hold automatic sending", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		query, with := "UPDATE desk SET held = 0, held_by = 0, held_at = 0, held_why = '' WHERE held = 1", []any(nil)
		if held {
			query, with = "UPDATE desk SET held = 1, held_by = ?, held_at = ?, held_why = ? WHERE held = 0", args(e.By, millis(e.At), e.About)
		}
		n, err := t.exec(query, with...)
		if err != nil || n == 0 {
			return err
		}
		return t.post(letters, millis(e.At))
	})
}
