package sqlite

import (
	"context"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

const memoryColumns = "etag, last_modified, full_at, checked_at, ok_at, failures, retry_at, status, problem"

func memoryFields(m *feed.Memory) []any {
	return args(&m.ETag, &m.LastModified, clock{&m.FullAt}, clock{&m.CheckedAt}, clock{&m.OKAt},
		&m.Failures, clock{&m.RetryAt}, &m.Status, &m.Problem)
}

// Memory implements feed.Store.
func (s *Store) Memory(ctx context.Context, source news.SourceID, url string) (feed.Memory, error) {
	var m feed.Memory
	err := s.read(ctx, "read what is remembered of a source", func(t tx) error {
		_, err := t.one("SELECT "+memoryColumns+" FROM fetch WHERE source = ? AND url = ?", args(source, url), memoryFields(&m)...)
		return err
	})
	return m, err
}

// Remember implements feed.Store.
func (s *Store) Remember(ctx context.Context, source news.SourceID, url string, m feed.Memory) error {
	return s.write(ctx, "remember a source", func(t tx) error {
		_, err := t.exec("INSERT OR REPLACE INTO fetch (source, url, "+memoryColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			source, url, m.ETag, m.LastModified, millis(m.FullAt), millis(m.CheckedAt), millis(m.OKAt),
			m.Failures, millis(m.RetryAt), m.Status, m.Problem)
		return err
	})
}

// Known implements feed.Store.
func (s *Store) Known(ctx context.Context, source news.SourceID, keys []string) (map[string]bool, error) {
	known := make(map[string]bool, len(keys))
	err := s.read(ctx, "look for known articles", func(t tx) error {
		for _, key := range keys {
			found, err := t.one("SELECT 1 FROM article WHERE source = ? AND key = ?", args(source, key), new(int))
			if err != nil {
				return err
			}
			if found {
				known[key] = true
			}
		}
		return nil
	})
	return known, err
}
