package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// Due implements outbox.Store. Retries of a paused lane are not due. A reader
// who has paused is treated like one who has left.
func (s *Store) Due(ctx context.Context, account news.AccountID, now time.Time, n int) (out []outbox.Retry, err error) {
	err = s.read(ctx, "read the retries of "+string(account), func(t tx) error {
		out = nil
		var id int64
		found, err := t.one("SELECT id FROM account WHERE name = ?", args(account), &id)
		if err != nil || !found {
			return err
		}
		if out, err = t.due(id, account, now, n); err != nil {
			return err
		}
		for i := range out {
			if err := t.recipientOf(&out[i], id, now); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (t tx) due(id int64, account news.AccountID, now time.Time, n int) (out []outbox.Retry, err error) {
	err = t.each(`SELECT r.broadcast, r.channels, subscriber, part, ids, variant, due, attempts, r.reason
		FROM retry AS r INDEXED BY retry_due CROSS JOIN lane ON lane.broadcast = r.broadcast AND lane.account = r.account AND lane.channels = r.channels
		WHERE r.account = ? AND due <= ? AND lane.state = 'running' ORDER BY due, r.broadcast, subscriber LIMIT ?`, args(id, millis(now), n), func(r row) error {
		one := outbox.Retry{Lane: outbox.LaneKey{Account: account}}
		err := r.Scan(&one.Lane.Broadcast, &one.Lane.Channels, &one.Subscriber, &one.Part, encoded{&one.IDs}, &one.Variant, clock{&one.Due}, &one.Attempts, &one.Reason)
		out = append(out, one)
		return err
	})
	return out, err
}

// recipientOf reads the reader of a retry as they are now.
func (t tx) recipientOf(r *outbox.Retry, account int64, now time.Time) error {
	b, err := t.broadcast(r.Lane.Broadcast)
	if err != nil {
		return err
	}
	if b.Original != 0 {
		return t.correcting(r, b, account)
	}
	err = t.each("SELECT "+recipientColumns+" FROM subscriber AS s WHERE id = ? AND gone = 0 AND paused <= ?", args(r.Subscriber, millis(now)), func(row row) (err error) {
		r.Recipient, err = scanRecipient(row)
		return err
	})
	if err != nil || r.Recipient.ID == 0 {
		return err
	}
	if b.Version > 1 {
		own, err := t.receiptOf(laneKey{b.ID, account, r.Lane.Channels}, r.Subscriber)
		if err != nil {
			return err
		}
		if own.Outcome == news.Unknown {
			r.Version = own.Version
		}
	}
	r.Had, err = t.had(laneKey{b.ID, account, r.Lane.Channels}, b, r.Lane.Account, []news.SubscriberID{r.Subscriber})
	return err
}

func (rec *recording) retry(r outbox.Retry) error {
	ids, err := encode(r.IDs)
	if err != nil {
		return err
	}
	_, err = rec.exec(`INSERT OR REPLACE INTO retry (broadcast, account, channels, subscriber, part, ids, variant, due, attempts, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, rec.key(r.Lane).args(r.Subscriber, r.Part, ids, r.Variant, millis(r.Due), r.Attempts, r.Reason)...)
	if err != nil {
		err = fmt.Errorf("write a retry of broadcast %d: %w", r.Lane.Broadcast, err)
	}
	return err
}

func (rec *recording) settled(r outbox.RetryKey) error {
	k := rec.key(r.Lane)
	rec.touch(k)
	_, err := rec.exec("DELETE FROM retry WHERE broadcast = ? AND account = ? AND channels = ? AND subscriber = ?", k.args(r.Subscriber)...)
	return err
}
