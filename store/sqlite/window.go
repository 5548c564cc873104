package sqlite

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// Window implements digest.Store. An article that waited as urgent while an
// edition went past it counts as having arrived behind that edition: without
// that it would be in none.
func (s *Store) Window(ctx context.Context, from news.ArticleID, since time.Time) (out []news.Article, err error) {
	err = s.read(ctx, "read a window", func(t tx) (err error) {
		out, err = t.articles("SELECT "+articleColumns+` FROM article
			WHERE (id > ?1 OR late > 0 AND late > ?1) AND arrived >= ?2 AND archive = 0
			AND id NOT IN (SELECT article FROM urgent WHERE settled = 0) ORDER BY id`, from, millis(since))
		return err
	})
	return out, err
}

// Articles implements digest.Store.
func (s *Store) Articles(ctx context.Context, ids []news.ArticleID) (out []news.Article, err error) {
	err = s.read(ctx, "read articles", func(t tx) (err error) {
		out, err = t.articlesOf(ids)
		return err
	})
	return out, err
}

// Latest implements talk.Store.
func (s *Store) Latest(ctx context.Context, sections []news.Slug, n int) (out []news.Article, err error) {
	err = s.read(ctx, "read the latest articles", func(t tx) error {
		type dated struct{ moment, id int64 }
		var all []dated
		scan := func(r row) error {
			var d dated
			err := r.Scan(&d.moment, &d.id)
			all = append(all, d)
			return err
		}
		if sections == nil {
			if err := t.each("SELECT moment, id FROM article ORDER BY moment DESC, id DESC LIMIT ?", args(n), scan); err != nil {
				return err
			}
		}
		for _, slug := range slices.Compact(slices.Sorted(slices.Values(sections))) {
			if err := t.each("SELECT moment, id FROM article WHERE section = ? ORDER BY moment DESC, id DESC LIMIT ?", args(slug, n), scan); err != nil {
				return err
			}
		}
		slices.SortFunc(all, func(a, b dated) int { return cmp.Or(cmp.Compare(b.moment, a.moment), cmp.Compare(b.id, a.id)) })
		var ids []news.ArticleID
		for _, d := range all[:min(n, len(all))] {
			ids = append(ids, news.ArticleID(d.id))
		}
		out, err = t.articlesOf(ids)
		return err
	})
	return out, err
}

// Counts implements talk.Store. The archive of a new source did not arrive, it
// was there.
func (s *Store) Counts(ctx context.Context, since time.Time) (map[news.Slug]int, error) {
	counts := map[news.Slug]int{}
	err := s.read(ctx, "count articles", func(t tx) error {
		return t.each("SELECT section, count(*) FROM article WHERE arrived >= ? AND archive = 0 GROUP BY section", args(millis(since)), func(r row) error {
			var slug news.Slug
			var n int
			err := r.Scan(&slug, &n)
			counts[slug] = n
			return err
		})
	})
	return counts, err
}

// Urgent implements digest.Queue.
func (s *Store) Urgent(ctx context.Context) (out []digest.Urgent, err error) {
	err = s.read(ctx, "read the urgent list", func(t tx) error {
		return t.each("SELECT due, EXISTS (SELECT 1 FROM proposal AS p WHERE p.kind = 'breaking' AND p.article = urgent.article AND p.settled = ''), "+
			articleColumns+" FROM urgent JOIN article ON id = article WHERE settled = 0 ORDER BY due, id", nil, func(r row) error {
			var u digest.Urgent
			err := r.Scan(append(args(clock{&u.Due}, &u.Proposed), articleFields(&u.Article)...)...)
			out = append(out, u)
			return err
		})
	})
	return out, err
}

// Settle implements digest.Queue.
func (s *Store) Settle(ctx context.Context, id news.ArticleID, urgent bool) error {
	return s.write(ctx, "settle an urgent article", func(t tx) error {
		n, err := t.exec("UPDATE urgent SET settled = 1 WHERE article = ? AND settled = 0", id)
		if err != nil || n == 0 {
			return err
		}
		_, err = t.exec(`UPDATE article SET urgent = ?2, late = coalesce(
			(SELECT max(window_to) + 1 FROM broadcast WHERE kind = 'digest' AND window_to >= ?1), 0) WHERE id = ?1`, id, urgent)
		return err
	})
}

// Fresh implements digest.Queue.
func (s *Store) Fresh(ctx context.Context) (out []news.Article, err error) {
	err = s.read(ctx, "read the fresh articles", func(t tx) (err error) {
		out, err = t.articles("SELECT " + articleColumns + ` FROM article WHERE fresh = 1 AND archive = 0
			AND id NOT IN (SELECT article FROM urgent WHERE settled = 0) ORDER BY id`)
		return err
	})
	return out, err
}

// Hold implements digest.Queue.
func (s *Store) Hold(ctx context.Context, ids []news.ArticleID) error {
	return s.write(ctx, "hold articles for the digests", func(t tx) error {
		for _, id := range ids {
			if _, err := t.exec("UPDATE article SET fresh = 0 WHERE id = ?", id); err != nil {
				return err
			}
		}
		return nil
	})
}
