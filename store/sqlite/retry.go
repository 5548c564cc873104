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
	err = s.read(ctx, "read the retries of "+account.Short(), func(t tx) error {
		out = nil
		var id int64
		found, err := t.one("SELECT id FROM account WHERE name = ?", args(account), &id)
		if err != nil || !found {
			return err
		}
		if out, err = t.due(id, account, now, n); err != nil {
			return err
		}
		ready := out[:0]
		for _, r := range out {
			wait, err := t.recipientOf(&r, id, now)
			if err != nil {
				return err
			}
			if !wait {
				ready = append(ready, r)
			}
		}
		out = ready
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

// recipientOf reads the reader of a retry as they are now. Whose broadcasts go
// elsewhere by now, who was reached elsewhere, and, of a trial, who is no editor
// any more, is treated like one who has left; wait says that it is not known yet
// whether they were reached.
func (t tx) recipientOf(r *outbox.Retry, account int64, now time.Time) (wait bool, err error) {
	b, err := t.broadcast(r.Lane.Broadcast)
	if err != nil {
		return false, err
	}
	if b.Original != 0 {
		return false, t.correcting(r, b, account)
	}
	k, err := t.readerByID(r.Subscriber)
	if err != nil || k.ID == 0 || k.account != account {
		return false, err
	}
	if b.Trial {
		if there, err := t.stillSeated(k.ID); err != nil || !there {
			return false, err
		}
	}
	had, wait, err := t.arrived(*r, k, now)
	if err != nil || had || wait {
		return wait, err
	}
	err = t.each("SELECT "+recipientColumns+" FROM subscriber AS s WHERE id = ? AND gone = 0 AND paused <= ?", args(r.Subscriber, millis(now)), func(row row) (err error) {
		r.Recipient, err = scanRecipient(row)
		return err
	})
	if err != nil || r.Recipient.ID == 0 {
		return false, err
	}
	lane := laneKey{b.ID, account, r.Lane.Channels}
	if r.Version, err = t.doubtful(lane, b, r.Subscriber); err != nil {
		return false, err
	}
	r.Had, err = t.had(lane, b, r.Lane.Account, []news.SubscriberID{r.Subscriber})
	return false, err
}

// doubtful returns the version of which a waiting copy may have arrived, where
// there has been more than one; 0: of none.
func (t tx) doubtful(k laneKey, b news.Broadcast, reader news.SubscriberID) (version int, err error) {
	if b.Version == 1 {
		return 0, nil
	}
	r, err := t.receiptOf(k, reader)
	if err != nil || r.Outcome != news.Unknown {
		return 0, err
	}
	return r.Version, nil
}

// retry writes down what is to be tried again, unless its lane was stopped
// meanwhile: nothing would ever take it from there.
func (rec *recording) retry(r outbox.Retry) error {
	ids, err := encode(r.IDs)
	if err != nil {
		return err
	}
	_, err = rec.exec(`INSERT OR REPLACE INTO retry (broadcast, account, channels, subscriber, part, ids, variant, due, attempts, reason)
		SELECT broadcast, account, channels, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM lane
		WHERE broadcast = ?1 AND account = ?2 AND channels = ?3 AND state <> 'stopped'`, rec.key(r.Lane).args(r.Subscriber, r.Part, ids, r.Variant, millis(r.Due), r.Attempts, r.Reason)...)
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
