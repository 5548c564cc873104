package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// reasonFailed is why a copy waits that is tried again by hand.
const reasonFailed = "failed"

// TryAgain makes retries of a broadcast's copies that have failed, and returns
// how many. Copies of those who have left, copies that the network rejects,
// copies of chunks that are still open, and those of which a part arrived with a
// text that was corrected since, stay as they are: the last are the correction's. The error matches
// news.ErrFinal for a broadcast that was stopped, or whose draft was, or that has
// expired, for one that was withdrawn, and for a correction that another one has
// overtaken; it matches desk.ErrFrozen while all sending is frozen.
func (s *Store) TryAgain(ctx context.Context, id news.BroadcastID) (n int, err error) {
	now := s.now()
	err = s.write(ctx, fmt.Sprintf("try broadcast %d again", id), func(t tx) error {
		n = 0
		b, err := t.broadcast(id)
		if err != nil {
			return err
		}
		if b.State == news.Stopped || !b.Expires.IsZero() && !now.Before(b.Expires) {
			return news.ErrFinal
		}
		if err := errors.Join(t.flowing(), t.unanswered(b)); err != nil {
			return err
		}
		chunks, err := t.failed(id)
		if err != nil {
			return err
		}
		for _, c := range chunks {
			again, err := t.reopenFailed(c, b, now)
			if err != nil {
				return err
			}
			n += again
		}
		if n == 0 || b.State != news.Done {
			return nil
		}
		_, err = t.exec("UPDATE broadcast SET state = 'running', finished = 0 WHERE id = ?", id)
		return err
	})
	return n, err
}

// unanswered returns news.ErrFinal for what an editor has stopped after its end,
// for what was withdrawn, and for a correction that is not the newest: a later
// one goes to everybody whom it has not reached.
func (t tx) unanswered(b news.Broadcast) error {
	over := b.ID
	if b.Original != 0 {
		over = b.Original
	}
	found, err := t.one(`SELECT 1 FROM broadcast WHERE original = ?1 AND id <> ?2 AND (kind = 'withdrawal' OR ?2 <> ?1 AND version > ?3)
		UNION ALL SELECT 1 FROM draft WHERE broadcast > 0 AND broadcast = ?2 AND state = 'stopped' LIMIT 1`, args(over, b.ID, b.Version), new(int))
	if err == nil && found {
		err = news.ErrFinal
	}
	return err
}

// failure is a chunk with failed copies.
type failure struct {
	laneKey
	chunk    int64
	receipts []outbox.Receipt
}

func (t tx) failed(id news.BroadcastID) (out []failure, err error) {
	err = t.each("SELECT id, account, channels, receipts FROM chunk WHERE broadcast = ? AND closed = 1 AND failed > 0", args(id), func(r row) error {
		f := failure{laneKey: laneKey{broadcast: id}}
		var packed []byte
		err := r.Scan(&f.chunk, &f.account, &f.channels, &packed)
		if err != nil {
			return err
		}
		if f.receipts, err = outbox.DecodeReceipts(packed); err != nil {
			return fmt.Errorf("read chunk %d: %w", f.chunk, err)
		}
		out = append(out, f)
		return nil
	})
	return out, err
}

// reopenFailed makes retries of a chunk's failed copies. One that arrived in
// part goes on from there, and counts as one that may have arrived, as any copy
// between two parts.
func (t tx) reopenFailed(f failure, b news.Broadcast, now time.Time) (n int, err error) {
	var before, after tally
	for i := range f.receipts {
		r := &f.receipts[i]
		if r.Outcome != news.Failed || r.Rejected || len(r.IDs) > 0 && r.Version != b.Version {
			continue
		}
		to, _, err := t.anybody(f.account, r.Subscriber)
		if err != nil {
			return 0, err
		}
		if to.ID == 0 || to.Gone {
			continue
		}
		variant := -1
		r.Outcome = news.Deferred
		if len(r.IDs) > 0 {
			variant, r.Outcome = r.Variant, news.Unknown
		}
		rec := &recording{tx: t, account: f.account}
		err = rec.retry(outbox.Retry{
			Lane:       outbox.LaneKey{Broadcast: f.broadcast, Channels: f.channels},
			Subscriber: r.Subscriber, Part: len(r.IDs), IDs: r.IDs, Variant: variant, Due: now, Reason: reasonFailed,
		})
		if err != nil {
			return 0, err
		}
		before.add(news.Failed, 1)
		after.add(r.Outcome, 1)
		n++
	}
	if n == 0 {
		return 0, nil
	}
	return n, t.reopened(f, before, after)
}

// reopened writes the receipts of a chunk that has retries again.
func (t tx) reopened(f failure, before, after tally) error {
	_, err := t.exec(`UPDATE chunk SET sent = sent + ?, old_news = old_news + ?, failed = failed + ?, unknown = unknown + ?,
		deferred = deferred + ?, gone = gone + ?, receipts = ? WHERE id = ?`, append(minus(after, before).values(), outbox.EncodeReceipts(f.receipts), f.chunk)...)
	if err != nil {
		return err
	}
	if err := t.count(f.laneKey, before, after); err != nil {
		return err
	}
	_, err = t.exec("UPDATE lane SET state = 'running' WHERE broadcast = ? AND account = ? AND channels = ? AND state = 'done'", f.args()...)
	return err
}
