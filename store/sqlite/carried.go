package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// The queries about what went out singly or in a digest. The first goes by the
// time of publication, and from there by keys alone; the second by the article.
// Whether somebody got a digest with the article is said by its variants, of
// which there are few: no receipt is read.
const (
	broughtQuery = `SELECT i.article, max(i.title <> '' AND a.title <> iif(b.words = '', i.title, b.words) AND NOT EXISTS (
			SELECT 1 FROM proposal AS p WHERE p.kind IN ('correction', 'edition') AND p.article = a.id AND p.title = a.title))
		FROM broadcast AS b INDEXED BY broadcast_published CROSS JOIN json_each(b.items) AS e
		CROSS JOIN item AS i ON i.article = e.value ->> 'a' AND i.broadcast = b.id
		CROSS JOIN article AS a ON a.id = i.article
		WHERE b.published >= ? AND b.kind IN ('single', 'digest') AND a.source = ?
		AND EXISTS (SELECT 1 FROM lane WHERE lane.broadcast = b.id AND lane.sent + lane.unknown > 0)
		GROUP BY i.article ORDER BY i.article DESC`
	carryingQuery = `SELECT b.id, b.kind, b.slot, b.date, iif(b.words = '', i.title, b.words), b.audience, b.trial, b.published,
		coalesce((SELECT min(draft.id) FROM draft WHERE draft.broadcast > 0 AND draft.broadcast = b.id), 0),
		a.section, iif(a.short_url = '', a.url, a.short_url)
		FROM item AS i CROSS JOIN broadcast AS b ON b.id = i.broadcast CROSS JOIN article AS a ON a.id = i.article
		WHERE i.article = ?1 AND b.published >= ?2 AND b.kind IN ('single', 'digest') AND i.title <> ''
		AND EXISTS (SELECT 1 FROM lane WHERE lane.broadcast = b.id AND lane.sent + lane.unknown > 0)
		AND (b.kind = 'single' OR EXISTS (SELECT 1 FROM variant AS v CROSS JOIN json_each(v.articles) AS held WHERE v.broadcast = b.id AND held.value = i.article))
		AND NOT EXISTS (SELECT 1 FROM broadcast AS w INDEXED BY broadcast_published WHERE w.published >= b.published AND w.original = b.id AND w.kind = 'withdrawal')
		ORDER BY b.id`
)

// Brought implements desk.Carriers.
func (s *Store) Brought(ctx context.Context, source news.SourceID, since time.Time) (out []desk.Brought, err error) {
	err = s.read(ctx, "read what was brought of a source", func(t tx) error {
		out = nil
		return t.each(broughtQuery, args(millis(since), source), func(r row) error {
			var b desk.Brought
			err := r.Scan(&b.Article, &b.Changed)
			out = append(out, b)
			return err
		})
	})
	return out, err
}

// Carrying implements desk.Carriers.
func (s *Store) Carrying(ctx context.Context, id news.ArticleID, since time.Time) (out []desk.Carried, err error) {
	err = s.read(ctx, "look what brought an article", func(t tx) error {
		out = nil
		return t.each(carryingQuery, args(id, millis(since)), func(r row) error {
			c := desk.Carried{Article: id}
			err := r.Scan(&c.Broadcast, &c.Kind, &c.Slot, &c.Date, &c.Words, encoded{&c.Audience}, &c.Trial, clock{&c.Published}, &c.Draft, &c.Section, &c.Link)
			out = append(out, c)
			return err
		})
	})
	return out, err
}
