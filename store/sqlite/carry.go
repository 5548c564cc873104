package sqlite

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// reasonLinked is why a retry waits that carry wrote.
const reasonLinked = "linked"

// What may still be on its way to the chat that a reader had before is given
// landing to be recorded, and patience more while its chunk is open.
const (
	landing  = time.Minute
	patience = 4 * time.Minute
)

// trace is an account and a number under which a reader may have receipts.
type trace struct {
	account int64
	id      news.SubscriberID
}

// traces returns all of a reader's, the present one first.
func (t tx) traces(k known) ([]trace, error) {
	out := []trace{{k.account, k.ID}}
	err := t.each(tracesOf+" AND subscriber = ?1", args(k.ID), func(r row) error {
		var one trace
		err := r.Scan(new(news.SubscriberID), &one.account, &one.id)
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
		return err
	})
	return out, err
}

// tracesOf are those of readers from ?1 on that are not their present ones.
const tracesOf = `SELECT subscriber, account, id FROM (SELECT subscriber, account, subscriber AS id FROM further
	UNION SELECT subscriber, account, id FROM former) WHERE subscriber >= ?1`

// undelivered is a broadcast that readers who become one, or move, are still
// to get.
type undelivered struct {
	id  news.BroadcastID
	due int64 // when a retry waits already; 0: none does
}

// entitled returns the unfinished broadcasts that any of readers, who are the
// same person, would be taken for or are to be tried again for, and that none
// has a receipt of. It is asked before anything about them changes.
func (t tx) entitled(readers ...known) (out []undelivered, err error) {
	open, err := t.open()
	if err != nil {
		return nil, err
	}
	for _, id := range open {
		b, err := t.broadcast(id)
		if err != nil {
			return nil, err
		}
		if b.Original != 0 {
			continue // it goes where the copies are; see astray
		}
		u, meant, had := undelivered{id: id}, false, false
		for _, k := range readers {
			if k.ID == 0 {
				continue
			}
			one, err := t.stands(b, k, &u)
			if err != nil {
				return nil, err
			}
			meant = meant || one.meant
			had = had || one.had
		}
		if meant && !had {
			out = append(out, u)
		}
	}
	return out, nil
}

type standing struct{ meant, had bool }

// stands tells how a reader and a broadcast stand to each other.
func (t tx) stands(b news.Broadcast, k known, u *undelivered) (s standing, err error) {
	all, err := t.traces(k)
	if err != nil {
		return s, err
	}
	for _, one := range all {
		lane := laneKey{b.ID, one.account, k.Kind == news.Channel}
		r, err := t.receiptOf(lane, one.id)
		if err != nil {
			return s, err
		}
		s.had = s.had || final(r.Outcome)
		var due int64
		waits, err := t.one("SELECT due FROM retry WHERE broadcast = ? AND account = ? AND channels = ? AND subscriber = ?", lane.args(one.id), &due)
		if err != nil {
			return s, err
		}
		if waits {
			s.meant, u.due = true, max(u.due, due)
		}
	}
	found, err := t.recipients(walk{lane: laneKey{b.ID, k.account, k.Kind == news.Channel}, broadcast: b, after: k.ID - 1, to: k.ID, limit: 1})
	s.meant = s.meant || len(found) > 0
	return s, err
}

// final reports whether nothing more is to be sent after an outcome.
func final(o news.Outcome) bool {
	switch o {
	case news.Sent, news.Nothing, news.Unknown, news.Failed:
		return true
	}
	return false
}

// carry has a reader sent, through another account, what they have not got
// yet. A lane that was done runs again for it.
func (t tx) carry(id news.SubscriberID, account int64, list []undelivered, at time.Time) error {
	for _, u := range list {
		due := max(millis(at.Add(landing)), u.due)
		n, err := t.exec(`INSERT OR IGNORE INTO retry (broadcast, account, channels, subscriber, part, ids, variant, due, attempts, reason)
			SELECT broadcast, account, channels, ?3, 0, 'null', -1, ?4, 0, ?5 FROM lane
			WHERE broadcast = ?1 AND account = ?2 AND channels = 0 AND state <> 'stopped'`, u.id, account, id, due, reasonLinked)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		_, err = t.exec(`UPDATE lane SET state = (SELECT state FROM broadcast WHERE id = ?1)
			WHERE broadcast = ?1 AND account = ?2 AND channels = 0 AND state = 'done'`, u.id, account)
		if err != nil {
			return err
		}
	}
	return nil
}

// arrived looks at a retry that is due, of somebody with several chats: had
// when the copy reached them by another way, and wait while it may be on its
// way there.
func (t tx) arrived(r outbox.Retry, k known, now time.Time) (had, wait bool, err error) {
	all, err := t.traces(k)
	if err != nil || len(all) == 1 {
		return false, false, err
	}
	for i, one := range all {
		lane := laneKey{r.Lane.Broadcast, one.account, r.Lane.Channels}
		receipt, err := t.receiptOf(lane, one.id)
		if err != nil {
			return false, false, err
		}
		if i > 0 && final(receipt.Outcome) {
			return true, false, nil
		}
		if r.Reason != reasonLinked || now.Sub(r.Due) > patience || receipt.Outcome != news.Pending {
			continue
		}
		under, err := t.underWay(lane, one.id)
		if err != nil {
			return false, false, err
		}
		wait = wait || under
	}
	return false, wait, nil
}

// underWay reports whether a reader's place is in a chunk that is open.
func (t tx) underWay(k laneKey, id news.SubscriberID) (bool, error) {
	return t.one("SELECT 1 FROM chunk WHERE account = ?2 AND broadcast = ?1 AND channels = ?3 AND closed = 0 AND lo <= ?4 AND hi >= ?4", k.args(id), new(int))
}

// elsewhere adds to had what readers, in ascending order, got of other
// broadcasts through other accounts or under other numbers.
func (t tx) elsewhere(k laneKey, others []news.BroadcastID, readers []news.SubscriberID) (out []outbox.Had, err error) {
	if len(readers) == 0 || len(others) == 0 {
		return nil, nil
	}
	found := map[news.SubscriberID][]trace{}
	err = t.each(tracesOf+" AND subscriber <= ?2", args(readers[0], readers[len(readers)-1]), func(r row) error {
		var id news.SubscriberID
		var one trace
		err := r.Scan(&id, &one.account, &one.id)
		if _, asked := slices.BinarySearch(readers, id); asked && one != (trace{k.account, id}) {
			found[id] = append(found[id], one)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, id := range readers {
		for _, one := range found[id] {
			more, err := t.gotAs(k, others, id, one)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	return out, nil
}

// gotAs returns a reader's receipts under another trace as if they were their
// present ones.
func (t tx) gotAs(k laneKey, others []news.BroadcastID, id news.SubscriberID, as trace) (out []outbox.Had, err error) {
	var name news.AccountID
	if _, err := t.one("SELECT name FROM account WHERE id = ?", args(as.account), &name); err != nil {
		return nil, err
	}
	for _, other := range others {
		r, err := t.receiptOf(laneKey{other, as.account, k.channels}, as.id)
		if err != nil {
			return nil, err
		}
		if r.Outcome != news.Sent && r.Outcome != news.Unknown {
			continue
		}
		r.Subscriber = id
		variants, err := t.variants(other, name)
		if err != nil {
			return nil, err
		}
		out = append(out, outbox.Had{Broadcast: other, Receipts: outbox.EncodeReceipts([]outbox.Receipt{r}), Variants: variants})
	}
	return out, nil
}
