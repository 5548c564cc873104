package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Attached implements desk.Files.
func (s *Store) Attached(ctx context.Context, f desk.File, data []byte, at time.Time) error {
	return s.write(ctx, "keep a file", func(t tx) error {
		_, err := t.exec(`INSERT INTO file (sum, kind, mime, size, used, data) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (sum) DO UPDATE SET used = max(used, excluded.used)`, f.Sum, f.Kind, f.MIME, len(data), millis(at), data)
		return err
	})
}

// Attachment implements desk.Files.
func (s *Store) Attachment(ctx context.Context, sum string) (f desk.File, err error) {
	err = s.read(ctx, "look for a file", func(t tx) error {
		f, err = t.file("file WHERE sum = ?", sum)
		return err
	})
	return f, err
}

// file reads what is kept about a file; from names the table and how key finds it.
func (t tx) file(from string, key any) (f desk.File, err error) {
	found, err := t.one("SELECT sum, kind, mime, size FROM "+from, args(key), &f.Sum, &f.Kind, &f.MIME, &f.Size)
	if err == nil && !found {
		err = desk.ErrNone
	}
	return f, err
}

// AttachmentData implements desk.Files.
func (s *Store) AttachmentData(ctx context.Context, sum string) (data []byte, err error) {
	err = s.read(ctx, "read a file", func(t tx) error {
		found, err := t.one("SELECT data FROM file WHERE sum = ?1 UNION ALL SELECT data FROM tip_file WHERE sum = ?1", args(sum), &data)
		if err == nil && !found {
			err = desk.ErrNone
		}
		return err
	})
	return data, err
}

// used notes that a file is published: it stays as long as its receipts.
func (t tx) used(m news.Media, at time.Time) error {
	sum, ok := news.FileSum(m.Ref)
	if !ok {
		return nil
	}
	_, err := t.exec("UPDATE file SET used = max(used, ?) WHERE sum = ?", millis(at), sum)
	return err
}
