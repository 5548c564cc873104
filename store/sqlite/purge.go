package sqlite

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// defaultPurge is how long receipts are kept when the settings say nothing.
const defaultPurge = 30 * 24 * time.Hour

// tidy purges what is older than the settings say.
func (s *Store) tidy(ctx context.Context) error {
	keep := defaultPurge
	err := s.read(ctx, "read the settings", func(t tx) error {
		var text string
		found, err := t.one("SELECT value FROM meta WHERE name = 'purge'", nil, &text)
		if err != nil || !found {
			return err
		}
		ms, err := strconv.ParseInt(text, 10, 64)
		keep = time.Duration(ms) * time.Millisecond
		return err
	})
	if err != nil {
		return err
	}
	return s.Purge(ctx, s.now().Add(-keep))
}

// Purge removes the receipts, retries and variants of broadcasts published
// before t, a broadcast in a transaction, and older inbound keys, files, and the
// state of older conversations with those who are no readers. Broadcasts and
// their counts stay. One that is not done by then is stopped.
func (s *Store) Purge(ctx context.Context, before time.Time) error {
	var old []news.BroadcastID
	err := s.read(ctx, "look for old broadcasts", func(t tx) error {
		return t.each("SELECT id FROM broadcast INDEXED BY broadcast_kept WHERE purged = 0 AND published < ? ORDER BY published", args(millis(before)), func(r row) error {
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
		err := s.write(ctx, fmt.Sprintf("purge broadcast %d", id), func(t tx) error { return t.purge(id, s.now()) })
		if err != nil {
			return err
		}
	}
	return s.write(ctx, "purge old events", func(t tx) error {
		if _, err := t.exec("DELETE FROM inbound WHERE at < ?", millis(before)); err != nil {
			return err
		}
		if err := t.purgeFiles(before); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM memo WHERE at < ? AND NOT EXISTS
			(SELECT 1 FROM subscriber WHERE subscriber.account = memo.account AND subscriber.chat = memo.chat AND gone = 0)
			AND NOT EXISTS (SELECT 1 FROM further WHERE further.account = memo.account AND further.chat = memo.chat)`, millis(before))
		return err
	})
}

func (t tx) purge(id news.BroadcastID, at time.Time) error {
	if err := t.stop(id, at); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM chunk WHERE broadcast = ?",
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
