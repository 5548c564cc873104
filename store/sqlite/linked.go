package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Linked returns the articles that arrived since t with nothing but their
// number, section and addresses, newest first.
func (s *Store) Linked(ctx context.Context, since time.Time) (out []news.Article, err error) {
	err = s.read(ctx, "read the addresses of articles", func(t tx) error {
		out = nil
		return t.each("SELECT id, section, url, short_url FROM article WHERE arrived >= ? ORDER BY id DESC", args(millis(since)), func(r row) error {
			var a news.Article
			err := r.Scan(&a.ID, &a.Section, &a.URL, &a.ShortURL)
			out = append(out, a)
			return err
		})
	})
	return out, err
}
