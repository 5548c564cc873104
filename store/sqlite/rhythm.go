package sqlite

import (
	"context"
	"errors"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Edition implements desk.Rhythm.
func (s *Store) Edition(ctx context.Context, slot news.Slot, date news.Date) (ed desk.Edition, err error) {
	err = s.read(ctx, "read what was decided about a digest", func(t tx) (err error) {
		ed = desk.Edition{Slot: slot, Date: date}
		_, err = t.one("SELECT revision, body FROM edition WHERE slot = ? AND date = ?", args(slot, date), &ed.Revision, encoded{&ed})
		return err
	})
	return ed, err
}

// Decided implements desk.Rhythm.
func (s *Store) Decided(ctx context.Context, ed desk.Edition, letters []desk.Letter, e desk.Entry) (desk.Edition, error) {
	body, err := encode(ed)
	if err != nil {
		return ed, err
	}
	err = s.write(ctx, "decide about a digest", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		if out, err := t.editionOut(ed.Slot, ed.Date); err != nil || out {
			return errors.Join(err, desk.ErrOut)
		}
		n, err := t.exec(`INSERT INTO edition (slot, date, revision, body) SELECT ?1, ?2, 1, ?4 WHERE ?3 = 0
			ON CONFLICT DO NOTHING`, ed.Slot, ed.Date, ed.Revision, body)
		if err == nil && n == 0 {
			n, err = t.exec("UPDATE edition SET revision = revision + 1, body = ?4 WHERE slot = ?1 AND date = ?2 AND revision = ?3", ed.Slot, ed.Date, ed.Revision, body)
		}
		if err != nil {
			return err
		}
		if n == 0 {
			return desk.ErrChanged
		}
		return t.post(letters, millis(e.At))
	})
	if err == nil {
		ed.Revision++
	}
	return ed, err
}

// Shifted implements desk.Rhythm.
func (s *Store) Shifted(ctx context.Context, shifts []desk.Shift, e desk.Entry) error {
	return s.write(ctx, "switch the calendar", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		for _, one := range shifts {
			if _, err := t.exec("INSERT INTO shift (name, slot, from_date, to_date, weekdays, at, off) VALUES (?, ?, ?, ?, ?, ?, ?)",
				one.Name, one.Slot, one.From, one.To, maskOf(one.Weekdays), one.At, one.Off); err != nil {
				return err
			}
		}
		return nil
	})
}

// Unshifted implements desk.Rhythm.
func (s *Store) Unshifted(ctx context.Context, name string, e desk.Entry) error {
	return s.write(ctx, "switch the calendar back", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		n, err := t.exec("DELETE FROM shift WHERE name = ?", name)
		if err == nil && n == 0 {
			err = desk.ErrNone
		}
		return err
	})
}

// Shifts implements desk.Rhythm.
func (s *Store) Shifts(ctx context.Context, date news.Date) (out []desk.Shift, err error) {
	err = s.read(ctx, "read the exceptions of the calendar", func(t tx) error {
		out = nil
		return t.each("SELECT id, name, slot, from_date, to_date, weekdays, at, off FROM shift WHERE to_date = '' OR to_date >= ? ORDER BY id DESC", args(date), func(r row) error {
			var one desk.Shift
			mask := 0
			err := r.Scan(&one.ID, &one.Name, &one.Slot, &one.From, &one.To, &mask, &one.At, &one.Off)
			one.Weekdays = weekdaysOf(mask)
			out = append(out, one)
			return err
		})
	})
	return out, err
}
