package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Correct implements digest.Corrections.
func (s *Store) Correct(ctx context.Context, a news.Amendment) (news.BroadcastID, error) {
	return s.amend(ctx, news.Correction, a)
}

// Withdraw implements digest.Corrections.
func (s *Store) Withdraw(ctx context.Context, a news.Amendment) (news.BroadcastID, error) {
	a.Silent = false
	return s.amend(ctx, news.Withdrawal, a)
}

// amend raises the version of the original and publishes what goes over its
// receipts. The row of a correction keeps in words what was wrong, and in slot
// the key of the decision; the right text stands in the original's row alone,
// so that everybody who reads it reads the newest.
func (s *Store) amend(ctx context.Context, kind news.Kind, a news.Amendment) (id news.BroadcastID, err error) {
	if a.At.IsZero() {
		a.At = s.now()
	}
	err = s.write(ctx, fmt.Sprintf("amend broadcast %d", a.Original), func(t tx) error {
		root, err := t.root(a.Original)
		if err != nil {
			return err
		}
		if id, err = t.amended(root, kind, a); err != nil || id != 0 {
			return err
		}
		if err := t.amendable(root, kind, a); err != nil {
			return err
		}
		if err := t.stopAmending(root.ID, a.At); err != nil {
			return err
		}
		if id, err = t.addAmendment(root, kind, a); err != nil {
			return err
		}
		b, err := t.broadcast(id)
		if err != nil {
			return err
		}
		if err := t.tellLost(b, a.At); err != nil {
			return err
		}
		return t.stilled(id)
	})
	return id, err
}

// root returns the first broadcast of a chain.
func (t tx) root(id news.BroadcastID) (news.Broadcast, error) {
	b, err := t.broadcast(id)
	if err == nil && b.Original != 0 {
		b, err = t.broadcast(b.Original)
	}
	return b, err
}

// amended returns what the same decision has published already; 0: nothing.
func (t tx) amended(root news.Broadcast, kind news.Kind, a news.Amendment) (id news.BroadcastID, err error) {
	if a.Key != "" {
		_, err = t.one("SELECT id FROM broadcast WHERE original = ? AND slot = ?", args(root.ID, a.Key), &id)
		return id, err
	}
	if a.Version == 0 || root.Version != a.Version+1 || kind == news.Correction && root.Words != a.Words {
		return 0, nil
	}
	_, err = t.one("SELECT id FROM broadcast WHERE original = ? AND version = ? AND kind = ? AND silent = ?",
		args(root.ID, root.Version, kind, a.Silent), &id)
	return id, err
}

// amendable reports why an amendment is not possible.
func (t tx) amendable(root news.Broadcast, kind news.Kind, a news.Amendment) error {
	var purged, withdrawn bool
	var lanes int
	_, err := t.one(`SELECT purged, EXISTS (SELECT 1 FROM broadcast AS w WHERE w.original = b.id AND w.kind = 'withdrawal'),
		(SELECT count(*) FROM lane WHERE lane.broadcast = b.id) FROM broadcast AS b WHERE b.id = ?`, args(root.ID), &purged, &withdrawn, &lanes)
	switch {
	case err != nil:
		return err
	case purged, withdrawn, lanes == 0:
		return news.ErrFinal
	case a.Version != 0 && a.Version != root.Version:
		return news.ErrOvertaken
	case kind == news.Correction && a.Words == "" && root.Words != "":
		return errors.New("the new text is empty")
	case kind == news.Correction && a.Words != "" && root.Kind == news.Digest:
		return errors.New("an edition is corrected by its articles")
	}
	return nil
}

// stopAmending stops the amendments of a broadcast that are still going out:
// the next one starts from the receipts that they leave.
func (t tx) stopAmending(root news.BroadcastID, at time.Time) error {
	var open []news.BroadcastID
	err := t.each("SELECT id FROM broadcast WHERE state IN ('running', 'paused') AND original = ?", args(root), func(r row) error {
		var id news.BroadcastID
		err := r.Scan(&id)
		open = append(open, id)
		return err
	})
	if err != nil {
		return err
	}
	return over(open, func(id news.BroadcastID) error { return t.stop(id, at) })
}

func (t tx) addAmendment(root news.Broadcast, kind news.Kind, a news.Amendment) (news.BroadcastID, error) {
	words := a.Words
	if kind == news.Correction {
		if err := t.overArticle(root, &a); err != nil {
			return 0, err
		}
		words = a.Was
	}
	asof, err := t.tick()
	if err != nil {
		return 0, err
	}
	version := root.Version + 1
	id, err := t.insert(`INSERT INTO broadcast (kind, version, original, slot, date, items, words, link, audience, silent, auto,
		window_from, window_to, asof, since, published, expires, state, trial)
		SELECT ?, ?, id, ?, '', items, ?, '', audience, ?, 0, 0, 0, ?, since, ?, 0, 'running', trial FROM broadcast WHERE id = ?`,
		kind, version, a.Key, words, a.Silent, asof, millis(a.At), root.ID)
	if err != nil {
		return 0, err
	}
	if _, err := t.exec(`INSERT INTO lane (broadcast, account, channels, state)
		SELECT ?, account, channels, 'running' FROM lane WHERE broadcast = ?`, id, root.ID); err != nil {
		return 0, err
	}
	if kind == news.Withdrawal {
		if _, err := t.exec("UPDATE broadcast SET version = ? WHERE id = ?", version, root.ID); err != nil {
			return 0, err
		}
		return news.BroadcastID(id), t.stop(root.ID, a.At)
	}
	_, err = t.exec("UPDATE broadcast SET version = ?, words = ?, link = ? WHERE id = ?", version, a.Words, a.Link, root.ID)
	return news.BroadcastID(id), err
}

// overArticle completes an amendment from what the original says: the earlier
// words, or the headline and the link when an editor's words take their place.
func (t tx) overArticle(root news.Broadcast, a *news.Amendment) error {
	if root.Words != "" || a.Words == "" || len(root.Items) != 1 {
		if a.Was == "" {
			a.Was = root.Words
		}
		return nil
	}
	articles, err := t.articlesOf([]news.ArticleID{root.Items[0].Article})
	if err != nil || len(articles) == 0 {
		return err
	}
	if a.Was == "" {
		a.Was = articles[0].Title
	}
	if a.Link == "" {
		a.Link = articles[0].Link()
	}
	return nil
}

// loud is the newest version of a broadcast, up to one, that readers are told
// of.
func (t tx) loud(root news.BroadcastID, version int) (n int, err error) {
	_, err = t.one("SELECT coalesce(max(version), 0) FROM broadcast WHERE original = ? AND silent = 0 AND version <= ?", args(root, version), &n)
	return n, err
}
