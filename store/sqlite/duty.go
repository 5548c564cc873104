package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// Watches implements desk.Duty.
func (s *Store) Watches(ctx context.Context) (out []desk.Watch, err error) {
	err = s.read(ctx, "read the watches", func(t tx) error {
		out = nil
		return t.each("SELECT editor, weekdays, from_min, to_min FROM watch ORDER BY id", nil, func(r row) error {
			var w desk.Watch
			var mask int
			err := r.Scan(&w.Editor, &mask, &w.From, &w.To)
			w.Weekdays = weekdaysOf(mask)
			out = append(out, w)
			return err
		})
	})
	return out, err
}

// Rostered implements desk.Duty.
func (s *Store) Rostered(ctx context.Context, id desk.EditorID, watches []desk.Watch, e desk.Entry) error {
	return s.write(ctx, "set the watches", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		if _, err := t.editor(id); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM watch WHERE editor = ?", id); err != nil {
			return err
		}
		for _, w := range watches {
			if _, err := t.exec("INSERT INTO watch (editor, weekdays, from_min, to_min) VALUES (?, ?, ?, ?)", id, maskOf(w.Weekdays), w.From, w.To); err != nil {
				return err
			}
		}
		return nil
	})
}

// maskOf packs days of the week, Sunday is 1; 0: every day.
func maskOf(days []time.Weekday) (mask int) {
	for _, day := range days {
		mask |= 1 << day
	}
	return mask
}

func weekdaysOf(mask int) (days []time.Weekday) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if mask&(1<<day) != 0 {
			days = append(days, day)
		}
	}
	return days
}

// Notice implements desk.Duty.
func (s *Store) Notice(ctx context.Context, thing string) (state string, at time.Time, err error) {
	err = s.read(ctx, "look what was told", func(t tx) error {
		_, err := t.one("SELECT state, at FROM notice WHERE thing = ?", args(thing), &state, clock{&at})
		return err
	})
	return state, at, err
}

// Noticed implements desk.Duty.
func (s *Store) Noticed(ctx context.Context, thing, state string, at time.Time, letters []desk.Letter) (told bool, err error) {
	same := func(t tx) (bool, error) {
		was := ""
		_, err := t.one("SELECT state FROM notice WHERE thing = ?", args(thing), &was)
		return was == state, err
	}
	quiet := false
	err = s.read(ctx, "look what was told", func(t tx) (err error) {
		quiet, err = same(t)
		return err
	})
	if err != nil || quiet {
		return false, err
	}
	err = s.write(ctx, "tell those on duty", func(t tx) error {
		told = false
		if quiet, err := same(t); err != nil || quiet {
			return err
		}
		told = true
		if _, err := t.exec("INSERT OR REPLACE INTO notice (thing, state, at) VALUES (?, ?, ?)", thing, state, millis(at)); err != nil {
			return err
		}
		return t.post(letters, millis(at))
	})
	return told, err
}
