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
		here, within, a := reachable, "", args(millis(s.now()))
		if to.Everyone {
			here += welcome(news.Broadcast{Kind: news.Breaking, Audience: to})
		} else {
			sections, err := t.sectionsOf(to)
			if err != nil || len(sections) == 0 {
				return err
			}
			within = fmt.Sprintf(" AND b.wants & %d AND b.section IN (?", breakingBits(to)) + strings.Repeat(", ?", len(sections)-1) + ")"
			a = append(a, sections...)
		}
		return t.audience(out, here, within, a)
	})
	return out, err
}

func (t tx) audience(out []desk.Count, here, within string, a []any) error {
	of := func(account news.AccountID) *desk.Count {
		i := slices.IndexFunc(out, func(c desk.Count) bool { return c.Platform == account.Platform() })
		if i < 0 {
			return nil
		}
		return &out[i]
	}
	all := "SELECT account.name, count(*) FROM subscriber AS s JOIN account ON account.id = s.account WHERE " + here + " GROUP BY s.account"
	if within != "" {
		all = `SELECT account.name, count(*) FROM (SELECT DISTINCT b.subscriber AS id FROM subscription AS b WHERE ?1 = ?1 ` + within + `) AS found
			JOIN subscriber AS s ON s.id = found.id JOIN account ON account.id = s.account WHERE ` + here + " GROUP BY s.account"
	}
	err := t.each(all, a, func(r row) error {
		var account news.AccountID
		var n int
		err := r.Scan(&account, &n)
		if c := of(account); c != nil {
			c.Readers += n
		}
		return err
	})
	if err != nil {
		return err
	}
	return t.each(`SELECT account.name, section.slug, count(*) FROM subscription AS b JOIN subscriber AS s ON s.id = b.subscriber
		JOIN account ON account.id = s.account JOIN section ON section.id = b.section
		WHERE `+here+within+" GROUP BY s.account, b.section", a, func(r row) error {
		var account news.AccountID
		var slug news.Slug
		var n int
		err := r.Scan(&account, &slug, &n)
		if c := of(account); c != nil {
			c.Sections[slug] += n
		}
		return err
	})
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
