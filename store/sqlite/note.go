package sqlite

import (
	"context"

	"github.com/nashra-bot/nashra/news"
)

// Note returns a value that an adapter has kept; nil when there is none.
func (s *Store) Note(ctx context.Context, account news.AccountID, key string) (value []byte, err error) {
	err = s.read(ctx, "read a note", func(t tx) error {
		_, err := t.one("SELECT value FROM note JOIN account ON account.id = note.account WHERE name = ? AND key = ?", args(account, key), &value)
		return err
	})
	return value, err
}

// Noted keeps a value for an adapter; nil forgets the key.
func (s *Store) Noted(ctx context.Context, account news.AccountID, key string, value []byte) error {
	return s.write(ctx, "keep a note", func(t tx) error {
		id, err := t.account(account)
		if err != nil {
			return err
		}
		if value == nil {
			_, err = t.exec("DELETE FROM note WHERE account = ? AND key = ?", id, key)
			return err
		}
		_, err = t.exec("INSERT INTO note (account, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", id, key, value)
		return err
	})
}
