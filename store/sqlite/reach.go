package sqlite

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// Reach implements digest.Corrections. It reads every receipt once.
func (s *Store) Reach(ctx context.Context, id news.BroadcastID) (n news.Reach, err error) {
	err = s.read(ctx, fmt.Sprintf("count what broadcast %d has reached", id), func(t tx) error {
		n = news.Reach{}
		b, err := t.broadcast(id)
		if err != nil || b.Original == 0 {
			return err
		}
		if err := t.reached(&n, id, b.Kind); err != nil {
			return err
		}
		return t.each("SELECT account, channels, cursor FROM lane WHERE broadcast = ? AND ended = 0 AND state IN ('running', 'paused')", args(id), func(r row) error {
			k := laneKey{broadcast: b.Original}
			var cursor news.SubscriberID
			if err := r.Scan(&k.account, &k.channels, &cursor); err != nil {
				return err
			}
			left, err := t.unreached(k, cursor, b.Version)
			n.Copies += left
			n.Waiting += left
			return err
		})
	})
	return n, err
}

func (t tx) reached(n *news.Reach, id news.BroadcastID, kind news.Kind) error {
	return t.each("SELECT id, receipts FROM chunk WHERE broadcast = ?", args(id), func(r row) error {
		var chunk int64
		var packed []byte
		if err := r.Scan(&chunk, &packed); err != nil {
			return err
		}
		one, err := outbox.Reach(packed, kind)
		if err != nil {
			return fmt.Errorf("read chunk %d: %w", chunk, err)
		}
		n.Copies += one.Copies
		n.Changed += one.Changed
		n.Lined += one.Lined
		n.Followed += one.Followed
		n.Missed += one.Missed
		n.Waiting += one.Waiting
		return nil
	})
}

// unreached counts the wrong receipts of a lane behind a cursor.
func (t tx) unreached(k laneKey, cursor news.SubscriberID, version int) (n int, err error) {
	err = t.each("SELECT id, receipts FROM chunk WHERE broadcast = ? AND account = ? AND channels = ? AND hi > ?", k.args(cursor), func(r row) error {
		var chunk int64
		var packed []byte
		if err := r.Scan(&chunk, &packed); err != nil {
			return err
		}
		wrong, err := outbox.Wrongs(packed, cursor, version)
		if err != nil {
			return fmt.Errorf("read chunk %d: %w", chunk, err)
		}
		n += wrong
		return nil
	})
	return n, err
}
