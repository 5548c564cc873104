package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// Publish implements digest.Store.
func (s *Store) Publish(ctx context.Context, p digest.Publication) (id news.BroadcastID, err error) {
	b := p.Broadcast
	if b.Published.IsZero() {
		b.Published = s.now()
	}
	b.Version = max(b.Version, 1)
	b.State = news.Running
	if len(b.Items) == 0 && b.Words == "" || len(p.Accounts)+len(p.Channels) == 0 {
		b.State, p.Accounts, p.Channels = news.Done, nil, nil
	}
	err = s.write(ctx, "publish", func(t tx) error {
		article, err := t.unpublished(b, p.Auto)
		if err == nil && b.Kind == news.Digest {
			err = t.undecided(b, p.Revision)
		}
		if err != nil {
			return err
		}
		if b.Asof, err = t.tick(); err != nil {
			return err
		}
		if b.Trial, err = t.trial(b); err != nil {
			return err
		}
		if b.ID, err = t.addBroadcast(b, p.Auto, article); err != nil {
			return err
		}
		if err := errors.Join(t.addLanes(b.ID, p), t.stilled(b.ID)); err != nil {
			return err
		}
		if p.Auto && b.Kind == news.Single {
			_, err = t.exec("UPDATE article SET fresh = 0 WHERE id = ?", article)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return b.ID, nil
}

// Broadcast implements digest.Store. The error of an unknown id matches
// ErrNone.
func (s *Store) Broadcast(ctx context.Context, id news.BroadcastID) (b news.Broadcast, err error) {
	err = s.read(ctx, fmt.Sprintf("read broadcast %d", id), func(t tx) (err error) {
		b, err = t.broadcast(id)
		return err
	})
	return b, err
}

// Editions implements digest.Store.
func (s *Store) Editions(ctx context.Context) (map[news.Slot]digest.Edition, error) {
	last := map[news.Slot]digest.Edition{}
	err := s.read(ctx, "read the last editions", func(t tx) error {
		return t.each("SELECT slot, max(date), window_to, published FROM broadcast WHERE kind = 'digest' GROUP BY slot", nil, func(r row) error {
			var e digest.Edition
			err := r.Scan(&e.Slot, &e.Date, &e.To, clock{&e.Published})
			last[e.Slot] = e
			return err
		})
	})
	return last, err
}

// broadcastColumns reads a broadcast. A correction's text is its original's, as
// that is now; its own words are what was wrong.
const broadcastColumns = `id, kind, version, iif(original IS NULL, slot, ''), date, items,
	iif(original IS NULL OR kind <> 'correction', words, (SELECT o.words FROM broadcast AS o WHERE o.id = broadcast.original)),
	iif(original IS NULL, link, (SELECT o.link FROM broadcast AS o WHERE o.id = broadcast.original)), audience, silent,
	coalesce(original, 0), iif(original IS NULL OR kind <> 'correction', '', words),
	window_from, window_to, asof, since, published, expires, state,
	iif(original IS NULL, intro, (SELECT o.intro FROM broadcast AS o WHERE o.id = broadcast.original)) AS intro, media, trial`

func broadcastFields(b *news.Broadcast) []any {
	return args(&b.ID, &b.Kind, &b.Version, &b.Slot, &b.Date, encoded{&b.Items}, &b.Words, &b.Link, encoded{&b.Audience}, &b.Silent,
		&b.Original, &b.Was, &b.From, &b.To, &b.Asof, clock{&b.Since}, clock{&b.Published}, clock{&b.Expires}, &b.State, &b.Intro, encoded{&b.Media}, &b.Trial)
}

func (t tx) broadcast(id news.BroadcastID) (b news.Broadcast, err error) {
	found, err := t.one("SELECT "+broadcastColumns+" FROM broadcast WHERE id = ?", args(id), broadcastFields(&b)...)
	if err == nil && !found {
		err = ErrNone
	}
	return b, err
}

// unpublished returns the article of an automatic broadcast, or an error that
// matches digest.ErrPublished.
func (t tx) unpublished(b news.Broadcast, auto bool) (article *news.ArticleID, err error) {
	found := false
	switch {
	case b.Kind == news.Digest:
		found, err = t.one("SELECT 1 FROM broadcast WHERE kind = 'digest' AND slot = ? AND date = ?", args(b.Slot, b.Date), new(int))
	case auto && len(b.Items) != 1:
		return nil, fmt.Errorf("an automatic %s broadcast has %d articles, not one", b.Kind, len(b.Items))
	case auto:
		article = &b.Items[0].Article
		found, err = t.one("SELECT 1 FROM broadcast WHERE kind = ? AND article = ?", args(b.Kind, *article), new(int))
	}
	if err == nil && found {
		err = digest.ErrPublished
	}
	return article, err
}

func (t tx) addBroadcast(b news.Broadcast, auto bool, article *news.ArticleID) (news.BroadcastID, error) {
	items, err := encode(b.Items)
	if err != nil {
		return 0, err
	}
	audience, err := encode(b.Audience)
	if err != nil {
		return 0, err
	}
	media, err := encode(b.Media)
	if err != nil {
		return 0, err
	}
	finished := time.Time{}
	if b.State == news.Done {
		finished = b.Published
	}
	id, err := t.insert(`INSERT INTO broadcast (kind, version, slot, date, items, words, link, audience, silent, auto, article,
		window_from, window_to, asof, since, published, expires, state, finished, intro, media, trial)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		b.Kind, b.Version, b.Slot, b.Date, items, b.Words, b.Link, audience, b.Silent, auto, article,
		b.From, b.To, b.Asof, millis(b.Since), millis(b.Published), millis(b.Expires), b.State, millis(finished), b.Intro, media, b.Trial)
	if err != nil {
		return 0, err
	}
	if err := t.used(b.Media, b.Published); err != nil {
		return 0, err
	}
	for _, item := range b.Items {
		if _, err := t.exec(`INSERT OR IGNORE INTO item (article, broadcast, title)
			VALUES (?1, ?2, coalesce((SELECT title FROM article WHERE id = ?1), ''))`, item.Article, id); err != nil {
			return 0, err
		}
	}
	return news.BroadcastID(id), nil
}

func (t tx) addLanes(id news.BroadcastID, p digest.Publication) error {
	for channels, names := range [][]news.AccountID{p.Accounts, p.Channels} {
		for _, name := range names {
			account, err := t.account(name)
			if err != nil {
				return err
			}
			if _, err := t.exec("INSERT OR IGNORE INTO lane (broadcast, account, channels, state) VALUES (?, ?, ?, 'running')", id, account, channels); err != nil {
				return err
			}
		}
	}
	return nil
}

// tick moves our clock on.
func (t tx) tick() (seq news.Seq, err error) {
	_, err = t.one("UPDATE clock SET seq = seq + 1 RETURNING seq", nil, &seq)
	return seq, err
}
