package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// defaultPurge is how long receipts are kept when the settings say nothing.
const defaultPurge = 30 * 24 * time.Hour

// What one transaction of Tidy removes at most, so that nobody waits for it:
// rows, and chunks, each of which holds the receipts of hundreds of readers.
const (
	purgeRows   = 500
	purgeChunks = 50
)

// Tidy implements store.Tidier: it purges what is older than the settings say,
// by the indexes of when things were, and a little in each transaction.
func (s *Store) Tidy(ctx context.Context) error {
	keep := defaultPurge
	var old []news.BroadcastID
	err := s.read(ctx, "look for what is old", func(t tx) error {
		old = nil
		var text string
		found, err := t.one("SELECT value FROM meta WHERE name = 'purge'", nil, &text)
		if err != nil {
			return err
		}
		if found {
			ms, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return err
			}
			keep = time.Duration(ms) * time.Millisecond
		}
		return t.each("SELECT id FROM broadcast INDEXED BY broadcast_kept WHERE purged = 0 AND published < ? ORDER BY published", args(millis(s.now().Add(-keep))), func(r row) error {
			var id news.BroadcastID
			err := r.Scan(&id)
			old = append(old, id)
			return err
		})
	})
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := s.purge(ctx, id); err != nil {
			return err
		}
	}
	before := millis(s.now().Add(-keep))
	return errors.Join(
		s.slices(ctx, "purge old events", purgeEvents, purgeRows, before),
		s.slices(ctx, "purge old conversations", purgeMemos, purgeRows, before),
		s.slices(ctx, "purge old files", purgeFiles, 1, before, news.FileRef("")),
	)
}

// What Tidy removes, the last argument of which is how many at a time.
const (
	purgeEvents = `DELETE FROM inbound WHERE (account, key) IN
		(SELECT account, key FROM inbound INDEXED BY inbound_at WHERE at < ?1 LIMIT ?2)`

	// What a conversation remembers is of no use after a day, but for that a group
	// was told what this is: it is known of groups that are readers.
	purgeMemos = `DELETE FROM memo WHERE (account, chat) IN
		(SELECT account, chat FROM memo INDEXED BY memo_at WHERE at < ?1 AND NOT EXISTS
			(SELECT 1 FROM subscriber AS s WHERE s.account = memo.account AND s.chat = memo.chat AND s.gone = 0 AND s.kind = 'group') LIMIT ?2)`

	// Files stay with the drafts that are not over.
	purgeFiles = `DELETE FROM file WHERE id IN
		(SELECT id FROM file INDEXED BY file_used WHERE used < ?1 AND NOT EXISTS
			(SELECT 1 FROM draft WHERE ` + liveDrafts + ` AND draft.body ->> '$.media.ref' = ?2 || file.sum) LIMIT ?3)`
)

// slices runs a query that removes at most n rows, each time in a transaction
// of its own, until it finds no more.
func (s *Store) slices(ctx context.Context, what, query string, n int64, more ...any) error {
	for gone := n; gone == n; {
		err := s.write(ctx, what, func(t tx) (err error) {
			gone, err = t.exec(query, append(more, n)...)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// purge removes the receipts, retries and variants of a broadcast. The
// broadcast and its counts stay. One that is not done by then is stopped.
func (s *Store) purge(ctx context.Context, id news.BroadcastID) error {
	what := fmt.Sprintf("purge broadcast %d", id)
	if err := s.write(ctx, what, func(t tx) error { return t.stop(id, s.now()) }); err != nil {
		return err
	}
	const chunks = "DELETE FROM chunk WHERE id IN (SELECT id FROM chunk WHERE broadcast = ? LIMIT ?)"
	if err := s.slices(ctx, what, chunks, purgeChunks, id); err != nil {
		return err
	}
	return s.write(ctx, what, func(t tx) error { return t.purge(id, s.now()) })
}

func (t tx) purge(id news.BroadcastID, at time.Time) error {
	if err := t.stop(id, at); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM chunk WHERE broadcast = ?",
		"DELETE FROM retry WHERE broadcast = ?",
		"DELETE FROM variant WHERE broadcast = ?",
		"DELETE FROM item WHERE broadcast = ?1 AND article IN (SELECT value ->> 'a' FROM broadcast, json_each(items) WHERE broadcast.id = ?1)",
		"UPDATE broadcast SET purged = 1 WHERE id = ?",
	} {
		if _, err := t.exec(query, id); err != nil {
			return err
		}
	}
	return nil
}

// stop ends a broadcast that is not done: what is on its way may still be
// recorded, nothing else goes out.
func (t tx) stop(id news.BroadcastID, at time.Time) error {
	n, err := t.exec("UPDATE broadcast SET state = 'stopped', finished = max(?, 1) WHERE id = ? AND state IN ('running', 'paused')", millis(at), id)
	if err != nil || n == 0 {
		return err
	}
	for _, query := range []string{
		"UPDATE lane SET state = 'stopped' WHERE broadcast = ? AND state IN ('running', 'paused')",
		"UPDATE chunk SET closed = 1 WHERE broadcast = ? AND closed = 0",
		"DELETE FROM retry WHERE broadcast = ?",
	} {
		if _, err := t.exec(query, id); err != nil {
			return err
		}
	}
	return nil
}
