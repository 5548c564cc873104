package sqlite

import (
	"context"

	"github.com/nashra-bot/nashra/desk"
)

// Lend implements desk.TipFiles.
func (s *Store) Lend(ctx context.Context, id desk.TipID, f desk.File, data []byte, e desk.Entry) error {
	return s.write(ctx, "lend the file of a tip", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		found, err := t.one("SELECT 1 FROM tip WHERE id = ? AND closed <> ?", args(id, held), new(int))
		if err != nil {
			return err
		}
		if !found {
			return desk.ErrNone
		}
		_, err = t.exec("INSERT OR REPLACE INTO tip_file (tip, sum, kind, mime, size, at, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
			id, f.Sum, f.Kind, f.MIME, len(data), millis(e.At), data)
		return err
	})
}

// Lent implements desk.TipFiles.
func (s *Store) Lent(ctx context.Context, id desk.TipID) (f desk.File, err error) {
	err = s.read(ctx, "look for the file of a tip", func(t tx) error {
		f, err = t.file("tip_file WHERE tip = ?", id)
		return err
	})
	return f, err
}
