package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Arrivals returns when new articles of a source arrived, oldest first and each
// moment once, from so long before the newest of them.
func (s *Store) Arrivals(ctx context.Context, source news.SourceID, span time.Duration) (out []time.Time, err error) {
	err = s.read(ctx, "read when articles arrived", func(t tx) error {
		out = nil
		var last int64
		found, err := t.one("SELECT arrived FROM article WHERE source = ? AND archive = 0 ORDER BY arrived DESC LIMIT 1", args(source), &last)
		if err != nil || !found {
			return err
		}
		return t.each("SELECT DISTINCT arrived FROM article WHERE source = ? AND archive = 0 AND arrived >= ? ORDER BY arrived",
			args(source, last-span.Milliseconds()), func(r row) error {
				var at time.Time
				err := r.Scan(clock{&at})
				out = append(out, at)
				return err
			})
	})
	return out, err
}
