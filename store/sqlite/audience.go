package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"
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
		if to.Everyone {
			return t.audience(out, to, s.now())
		}
		return t.following(out, to, s.now())
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

// audience counts everybody.
func (t tx) audience(out []desk.Count, to news.Audience, now time.Time) error {
	return t.each("SELECT account.name, count(*) FROM subscriber AS s JOIN account ON account.id = s.account WHERE "+
		reachable+welcome(news.Broadcast{Kind: news.Breaking, Audience: to})+" GROUP BY s.account", args(millis(now)), func(r row) error {
		var account news.AccountID
		var n int
		err := r.Scan(&account, &n)
		if c := on(out, account); c != nil {
			c.Readers += n
		}
		return err
	})
}

// following counts the readers of sections, each once, by which of them they
// follow: that says how many have each.
func (t tx) following(out []desk.Count, to news.Audience, now time.Time) error {
	sections, err := t.sectionsOf(to)
	if err != nil || len(sections) == 0 {
		return err
	}
	family, err := t.kin()
	if err != nil {
		return err
	}
	return t.each(fmt.Sprintf(followers, breakingBits(to), strings.Repeat(", ?", len(sections)-1)), append(args(millis(now)), sections...), func(r row) error {
		var account news.AccountID
		var follows string
		var n int
		err := r.Scan(&account, &follows, &n)
		if c := on(out, account); c != nil {
			c.Readers += n
			family.share(c.Sections, to.Sections, split(follows), n)
		}
		return err
	})
}

// followers groups the readers of sections by those that they follow.
const followers = `SELECT account.name, (SELECT group_concat(slug) FROM section WHERE instr(',' || found.follows || ',', ',' || section.id || ',')), count(*)
	FROM (SELECT b.subscriber AS id, group_concat(b.section) AS follows FROM subscription AS b
		WHERE ?1 = ?1 AND b.wants & %d AND b.section IN (?%s) GROUP BY b.subscriber) AS found
	JOIN subscriber AS s ON s.id = found.id JOIN account ON account.id = s.account
	WHERE ` + reachable + ` GROUP BY s.account, found.follows`

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
