package sqlite

import (
	"context"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// Alive implements store.Census.
func (s *Store) Alive(ctx context.Context) error {
	return s.read(ctx, "look whether the database answers", func(t tx) error {
		_, err := t.one("SELECT seq FROM clock", nil, new(int64))
		return err
	})
}

// Readers implements store.Census.
func (s *Store) Readers(ctx context.Context, accounts ...news.AccountID) (n int, err error) {
	err = s.read(ctx, "count the readers", func(t tx) error {
		query, names := "SELECT count(*) FROM subscriber INDEXED BY subscriber_active WHERE gone = 0", []any(nil)
		if len(accounts) > 0 {
			query += " AND account IN (SELECT id FROM account WHERE name IN (?" + strings.Repeat(", ?", len(accounts)-1) + "))"
		}
		for _, a := range accounts {
			names = append(names, a)
		}
		_, err := t.one(query, names, &n)
		return err
	})
	return n, err
}

// Running implements store.Census.
func (s *Store) Running(ctx context.Context) (n int, err error) {
	err = s.read(ctx, "count what is on its way", func(t tx) error {
		_, err := t.one("SELECT count(*) FROM broadcast WHERE state = 'running'", nil, &n)
		return err
	})
	return n, err
}
