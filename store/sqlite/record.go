package sqlite

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
)

// recording is one Record under way.
type recording struct {
	tx
	account int64
	at      time.Time
	touched []laneKey // may have nothing left now
}

// Record implements outbox.Store.
func (s *Store) Record(ctx context.Context, e outbox.Epoch, r outbox.Results) error {
	if r.At.IsZero() {
		r.At = s.now()
	}
	return s.write(ctx, "record results", func(t tx) error {
		account, err := t.owned(e)
		if err != nil {
			return err
		}
		rec := &recording{tx: t, account: account, at: r.At}
		if err := rec.all(r); err != nil {
			return err
		}
		for _, k := range rec.touched {
			if err := t.finish(k, r.At); err != nil {
				return err
			}
		}
		return nil
	})
}

func (rec *recording) all(r outbox.Results) error {
	for _, step := range []func() error{
		func() error { return over(r.Variants, rec.variant) },
		func() error { return over(r.Chunks, rec.chunk) },
		func() error { return over(r.Retries, rec.retry) },
		func() error { return over(r.Settled, rec.settled) },
		func() error { return rec.late(r.Late) },
		func() error { return over(r.Replies, rec.reply) },
		func() error {
			return over(r.Moved, func(m outbox.Moving) error { return rec.moved(rec.account, m, rec.at) })
		},
		func() error {
			return over(r.Left, func(l outbox.Leaving) error { return rec.left(rec.account, l, rec.at) })
		},
		func() error { return over(r.Ended, rec.ended) },
		func() error { return over(r.Stalled, rec.stalled) },
		func() error { return rec.halted(r.Halted) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// over calls f with each of list until one fails.
func over[T any](list []T, f func(T) error) error {
	for _, one := range list {
		if err := f(one); err != nil {
			return err
		}
	}
	return nil
}

func (rec *recording) key(k outbox.LaneKey) laneKey {
	return laneKey{k.Broadcast, rec.account, k.Channels}
}

func (rec *recording) touch(k laneKey) {
	if !slices.Contains(rec.touched, k) {
		rec.touched = append(rec.touched, k)
	}
}

func (rec *recording) variant(v outbox.Variant) error {
	articles, err := encode(v.Articles)
	if err != nil {
		return err
	}
	n, err := rec.exec("INSERT OR IGNORE INTO variant (broadcast, account, version, n, articles, parts) VALUES (?, ?, ?, ?, ?, ?)",
		v.Broadcast, rec.account, v.Version, v.N, articles, v.Parts)
	if err != nil || n == 1 {
		return err
	}
	var there string
	_, err = rec.one("SELECT articles FROM variant WHERE broadcast = ? AND account = ? AND version = ? AND n = ?",
		args(v.Broadcast, rec.account, v.Version, v.N), &there)
	if err == nil && there != articles {
		err = fmt.Errorf("variant %d of broadcast %d holds other articles already", v.N, v.Broadcast)
	}
	return err
}

// chunk writes a chunk's receipts and adds what is new in its counts to the
// lane's.
func (rec *recording) chunk(r outbox.ChunkResult) error {
	var old, counts tally
	k := laneKey{account: rec.account}
	found, err := rec.one("SELECT broadcast, channels, "+countColumns+" FROM chunk WHERE id = ? AND account = ?",
		args(r.ID, rec.account), append(args(&k.broadcast, &k.channels), old.fields()...)...)
	if err != nil || !found {
		return err // purged in the meantime
	}
	for o, n := range r.Counts {
		counts.add(o, n)
	}
	_, err = rec.exec("UPDATE chunk SET sent = ?, old_news = ?, failed = ?, unknown = ?, deferred = ?, gone = ?, closed = max(closed, ?), receipts = ? WHERE id = ?",
		append(append([]any{}, counts.values()...), r.Closed, r.Receipts, r.ID)...)
	if err != nil {
		return err
	}
	if r.Closed {
		rec.touch(k)
	}
	return rec.count(k, old, counts)
}

func (rec *recording) ended(key outbox.LaneKey) error {
	k := rec.key(key)
	rec.touch(k)
	_, err := rec.exec("UPDATE lane SET ended = 1 WHERE broadcast = ? AND account = ? AND channels = ?", k.args()...)
	return err
}

func (rec *recording) stalled(s outbox.Stall) error {
	_, err := rec.exec("UPDATE lane SET state = 'paused', reason = ?4 WHERE broadcast = ?1 AND account = ?2 AND channels = ?3 AND state = 'running'",
		rec.key(s.Lane).args(s.Reason)...)
	return err
}

func (rec *recording) halted(why string) error {
	_, err := rec.exec("UPDATE account SET halted = ?1 WHERE id = ?2 AND halted <> ?1", why, rec.account)
	return err
}
