package sqlite

import (
	"context"

	"github.com/nashra-bot/nashra/desk"
)

// The queries about floods go by a source's proposals, newest first, and by those
// that wait without a letter.
const (
	rationed = `SELECT count(*) FROM (SELECT 1 FROM proposal
		WHERE source = ? AND quiet = 0 AND made > ? AND made <= ? LIMIT ?)`
	floods = `SELECT p.source, count(*), min(p.made), max(p.id), coalesce(n.at, 0)
		FROM proposal AS p INDEXED BY proposal_quiet LEFT JOIN notice AS n ON n.thing = ?1 || p.source
		WHERE p.quiet = 1 AND p.settled = '' AND p.id > coalesce(CAST(n.state AS INTEGER), 0) GROUP BY p.source`
)

// flooded reports whether a proposal is beyond its source's ration. What is
// later than the proposal, by a clock that was set back since, does not count.
func (t tx) flooded(p desk.Proposal, r desk.Ration) (bool, error) {
	if r.Letters <= 0 {
		return false, nil
	}
	now, since := millis(p.Made), millis(p.Made.Add(-r.Within))
	told, letters := false, 0
	if _, err := t.one("SELECT at > ? AND at <= ? FROM notice WHERE thing = ?", args(since, now, desk.Flood{Source: p.Article.Source}.Thing()), &told); err != nil || told {
		return told, err
	}
	_, err := t.one(rationed, args(p.Article.Source, since, now, r.Letters), &letters)
	return letters >= r.Letters, err
}

// Floods implements desk.Floods.
func (s *Store) Floods(ctx context.Context) (out []desk.Flood, err error) {
	err = s.read(ctx, "look for floods of proposals", func(t tx) error {
		out = nil
		return t.each(floods, args(desk.FloodMark), func(r row) error {
			var f desk.Flood
			err := r.Scan(&f.Source, &f.N, clock{&f.First}, &f.Newest, clock{&f.Told})
			out = append(out, f)
			return err
		})
	})
	return out, err
}
