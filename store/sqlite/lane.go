package sqlite

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// laneKey is an outbox.LaneKey with the account's number.
type laneKey struct {
	broadcast news.BroadcastID
	account   int64
	channels  bool
}

func (k laneKey) args(more ...any) []any {
	return append(args(k.broadcast, k.account, k.channels), more...)
}

// Own implements outbox.Store.
func (s *Store) Own(ctx context.Context, account news.AccountID) (e outbox.Epoch, err error) {
	e.Account = account
	err = s.write(ctx, "own "+account.Short(), func(t tx) error {
		id, err := t.account(account)
		if err != nil {
			return err
		}
		_, err = t.one("UPDATE account SET epoch = epoch + 1 WHERE id = ? RETURNING epoch", args(id), &e.N)
		return err
	})
	return e, err
}

// owned returns the number of the account that e proves, or outbox.ErrFenced.
func (t tx) owned(e outbox.Epoch) (account int64, err error) {
	var epoch int64
	found, err := t.one("SELECT id, epoch FROM account WHERE name = ?", args(e.Account), &account, &epoch)
	if err == nil && (!found || epoch != e.N) {
		err = outbox.ErrFenced
	}
	return account, err
}

// Lanes implements outbox.Store. A stopped lane is over and not among them.
func (s *Store) Lanes(ctx context.Context, account news.AccountID) (lanes []outbox.Lane, err error) {
	err = s.read(ctx, "read the lanes of "+account.Short(), func(t tx) error {
		lanes = nil
		err := t.each(`SELECT lane.channels, lane.state, lane.cursor, lane.ended, b.* FROM lane
			JOIN (SELECT `+broadcastColumns+` FROM broadcast) AS b ON b.id = lane.broadcast
			WHERE lane.account = (SELECT id FROM account WHERE name = ?) AND lane.state IN ('running', 'paused')`, args(account), func(r row) error {
			l := outbox.Lane{Key: outbox.LaneKey{Account: account}}
			err := r.Scan(append(args(&l.Key.Channels, &l.State, &l.Cursor, &l.Ended), broadcastFields(&l.Broadcast)...)...)
			l.Key.Broadcast = l.Broadcast.ID
			lanes = append(lanes, l)
			return err
		})
		if err != nil {
			return err
		}
		for i := range lanes {
			all, err := t.variants(lanes[i].Broadcast.ID, account)
			if err != nil {
				return err
			}
			lanes[i].Variants = slices.DeleteFunc(all, func(v outbox.Variant) bool { return v.Version != lanes[i].Broadcast.Version })
			if lanes[i].Root, err = t.rootOf(lanes[i].Broadcast, account); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(lanes, func(a, b outbox.Lane) int {
		return cmp.Or(cmp.Compare(a.Broadcast.Kind.Rank(), b.Broadcast.Kind.Rank()),
			cmp.Compare(a.Broadcast.ID, b.Broadcast.ID), compareBool(a.Key.Channels, b.Key.Channels))
	})
	return lanes, err
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// variants returns all that an account composed of a broadcast.
func (t tx) variants(id news.BroadcastID, account news.AccountID) (out []outbox.Variant, err error) {
	err = t.each(`SELECT broadcast, version, n, articles, parts FROM variant
		WHERE broadcast = ? AND account = (SELECT id FROM account WHERE name = ?) ORDER BY version, n`, args(id, account), func(r row) error {
		var v outbox.Variant
		err := r.Scan(&v.Broadcast, &v.Version, &v.N, encoded{&v.Articles}, &v.Parts)
		out = append(out, v)
		return err
	})
	return out, err
}

// finish closes a lane that has nothing left, and a broadcast whose lanes are
// all closed.
func (t tx) finish(k laneKey, at time.Time) error {
	n, err := t.exec(`UPDATE lane SET state = 'done' WHERE broadcast = ?1 AND account = ?2 AND channels = ?3
		AND state IN ('running', 'paused') AND ended = 1
		AND NOT EXISTS (SELECT 1 FROM chunk WHERE account = ?2 AND broadcast = ?1 AND channels = ?3 AND closed = 0)
		AND NOT EXISTS (SELECT 1 FROM retry WHERE broadcast = ?1 AND account = ?2 AND channels = ?3)`, k.args()...)
	if err != nil || n == 0 {
		return err
	}
	_, err = t.exec(`UPDATE broadcast SET state = 'done', finished = max(?2, 1) WHERE id = ?1 AND state IN ('running', 'paused')
		AND NOT EXISTS (SELECT 1 FROM lane WHERE broadcast = ?1 AND state IN ('running', 'paused'))`, k.broadcast, millis(at))
	return err
}
