package sqlite

import (
	"context"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// reachable is whom an alert goes to now, of subscriber s: while the bot is not
// open, those who sit at the desk.
const reachable = `s.gone = 0 AND s.paused <= ?1 AND ((SELECT open FROM desk) = 1 OR s.id IN ` + seated + `)`

// Audience implements desk.Numbers.
func (s *Store) Audience(ctx context.Context, to news.Audience, networks []news.Platform) (out []desk.Count, err error) {
	err = s.read(ctx, "count an audience", func(t tx) error {
		out = make([]desk.Count, len(networks))
		for i, n := range networks {
			out[i] = desk.Count{Platform: n, Sections: map[news.Slug]int{}}
		}
		return t.audience(out, to, s.now())
	})
	return out, err
}

// on returns the count of an account's network; nil: it is not asked for.
func on(out []desk.Count, account news.AccountID) *desk.Count {
	i := slices.IndexFunc(out, func(c desk.Count) bool { return c.Platform == account.Platform() })
	if i < 0 {
		return nil
	}
	return &out[i]
}

// audience counts the readers of an alert, each once, by what they follow: that
// says how many have each section.
func (t tx) audience(out []desk.Count, to news.Audience, now time.Time) error {
	family, err := t.kin()
	if err != nil {
		return err
	}
	elsewhere := func(s news.Slug) bool { return !slices.Contains(to.Sections, s) }
	return t.each(wishes+welcome(news.Broadcast{Kind: news.Breaking, Audience: to})+" GROUP BY account.id, s.important, s.follows", args(millis(now)), func(r row) error {
		var account news.AccountID
		var follows string
		var n int
		err := r.Scan(&account, &follows, &n)
		c := on(out, account)
		if c == nil {
			return err
		}
		theirs := slices.DeleteFunc(split(follows), elsewhere)
		if to.Everyone || len(theirs) > 0 {
			c.Readers += n
		}
		family.share(c.Sections, to.Sections, theirs, n)
		return err
	})
}

// wishes groups the readers of alerts by what they follow. It reads an index
// from one end to the other, in which they stand in that order, and neither
// sorts nor looks at a reader.
const wishes = `SELECT account.name, s.follows, count(*)
	FROM account CROSS JOIN subscriber AS s INDEXED BY subscriber_wishes ON s.account = account.id WHERE ` + reachable

// share counts n readers for each of sections that is, or lies below, one that
// they follow.
func (k kin) share(counts map[news.Slug]int, sections, follows []news.Slug, n int) {
	for _, s := range sections {
		if slices.ContainsFunc(follows, func(above news.Slug) bool { return above == s || k[s][above] }) {
			counts[s] += n
		}
	}
}

// Alerts implements desk.Numbers.
func (s *Store) Alerts(ctx context.Context, since time.Time) (out []desk.Alerted, err error) {
	err = s.read(ctx, "read the last alerts", func(t tx) (err error) {
		out, err = t.alerts(since, time.UnixMilli(forever))
		return err
	})
	return out, err
}

// Alerted implements desk.Numbers.
func (s *Store) Alerted(ctx context.Context, id news.BroadcastID) (a desk.Alerted, err error) {
	err = s.read(ctx, "read an alert", func(t tx) error {
		found, err := t.alerted("WHERE id = (SELECT coalesce(original, id) FROM broadcast WHERE id = ?) AND kind = 'breaking'", id)
		if err == nil && len(found) == 0 {
			err = desk.ErrNone
		}
		if err == nil {
			a = found[0]
		}
		return err
	})
	return a, err
}

func (t tx) alerts(since, until time.Time) ([]desk.Alerted, error) {
	return t.alerted(`INDEXED BY broadcast_published
		WHERE published >= ? AND published < ? AND kind = 'breaking' ORDER BY published DESC, id DESC`, millis(since), millis(until))
}

func (t tx) alerted(where string, a ...any) (out []desk.Alerted, err error) {
	err = t.each(`SELECT id, iif(words = '', coalesce((SELECT title FROM article WHERE article.id = b.items ->> '$[0].a'), ''), words),
		iif(link = '', coalesce((SELECT iif(short_url = '', url, short_url) FROM article WHERE article.id = b.items ->> '$[0].a'), ''), link),
		coalesce(items ->> '$[0].a', 0), coalesce(items ->> '$[0].s', ''),
		coalesce((SELECT min(draft.id) FROM draft WHERE draft.broadcast > 0 AND draft.broadcast = b.id), 0),
		audience, auto, trial, published FROM broadcast AS b `+where, a, func(r row) error {
		var a desk.Alerted
		err := r.Scan(&a.Broadcast, &a.Words, &a.Link, &a.Article, &a.Section, &a.Draft, encoded{&a.Audience}, &a.Auto, &a.Trial, clock{&a.Published})
		out = append(out, a)
		return err
	})
	return out, err
}
