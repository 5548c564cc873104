package sqlite

import (
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// A copy is astray while its account is lost and its reader is reached by
// another one: a correction cannot change it, and tells its reader there.

// tellLost has the readers of copies astray told of a correction or a
// withdrawal that is published now.
func (t tx) tellLost(b news.Broadcast, at time.Time) error {
	var accounts []int64
	err := t.each("SELECT account FROM lane WHERE broadcast = ? AND channels = 0 AND account IN (SELECT account FROM lost)", args(b.ID), func(r row) error {
		var account int64
		err := r.Scan(&account)
		accounts = append(accounts, account)
		return err
	})
	if err != nil {
		return err
	}
	return over(accounts, func(account int64) error { return t.tellElsewhere(b, account, at) })
}

// tellAstray has those told whose copies have just gone astray, of what is
// still on its way to them.
func (t tx) tellAstray(account int64, at time.Time) error {
	open, err := t.open()
	if err != nil {
		return err
	}
	return over(open, func(id news.BroadcastID) error {
		b, err := t.broadcast(id)
		if err != nil || b.Original == 0 {
			return err
		}
		return t.tellElsewhere(b, account, at)
	})
}

// tellElsewhere makes retries of a correction on other accounts for the readers
// of an account that is lost. The lane of a network that the original did not
// go by has no walk.
func (t tx) tellElsewhere(b news.Broadcast, account int64, at time.Time) error {
	type reader struct {
		id      news.SubscriberID
		account int64
	}
	var readers []reader
	err := t.each(`SELECT s.id, s.account FROM further CROSS JOIN subscriber AS s ON s.id = further.subscriber
		WHERE further.account = ? AND s.gone = 0 AND s.account NOT IN (SELECT account FROM lost) ORDER BY s.id`, args(account), func(r row) error {
		var one reader
		err := r.Scan(&one.id, &one.account)
		readers = append(readers, one)
		return err
	})
	if err != nil {
		return err
	}
	for _, one := range readers {
		prior, err := t.astray(b, one.id, one.account)
		if err != nil {
			return err
		}
		if prior.Subscriber == 0 {
			continue
		}
		_, err = t.exec(`INSERT OR IGNORE INTO lane (broadcast, account, channels, state, ended) SELECT id, ?2, 0, state, 1 FROM broadcast WHERE id = ?1`, b.ID, one.account)
		if err != nil {
			return err
		}
		if err := t.carry(one.id, one.account, []undelivered{{id: b.ID}}, at); err != nil {
			return err
		}
	}
	return nil
}

// astray returns the receipt of a reader's copy that is astray and that a
// correction has to reach through their present account; Subscriber 0: there is
// none. Its message is nowhere that it could be changed, and its version is what
// they were told last.
func (t tx) astray(b news.Broadcast, id news.SubscriberID, account int64) (prior outbox.Receipt, err error) {
	loud, err := t.loud(b.Original, b.Version)
	if err != nil {
		return prior, err
	}
	here, err := t.receiptOf(laneKey{broadcast: b.Original, account: account}, id)
	if err != nil || reachedBy(here.Outcome) {
		return prior, err
	}
	elsewhere, err := t.strays(id, account)
	if err != nil {
		return prior, err
	}
	for _, one := range elsewhere {
		r, err := t.whole(laneKey{broadcast: b.Original, account: one.account}, one.id)
		if err != nil {
			return prior, err
		}
		done, err := t.receiptOf(laneKey{broadcast: b.ID, account: one.account}, one.id)
		if err != nil {
			return prior, err
		}
		if !outbox.Wrong(r, b.Version) || final(done.Outcome) {
			continue
		}
		told, err := t.toldOn(b, trace{account, id})
		if err != nil {
			return prior, err
		}
		if r.Version = max(r.Version, told); r.Version < loud {
			return outbox.Receipt{Subscriber: id, Outcome: news.Unknown, Version: r.Version, Variant: -1}, nil
		}
	}
	return prior, nil
}

// strays returns the traces of a reader on lost accounts where they still have a
// chat.
func (t tx) strays(id news.SubscriberID, but int64) (out []trace, err error) {
	err = t.each(`SELECT account, subscriber FROM further WHERE subscriber = ?1
		UNION SELECT account, id FROM former WHERE subscriber = ?1 AND account IN (SELECT account FROM further WHERE subscriber = ?1)`, args(id), func(r row) error {
		var one trace
		err := r.Scan(&one.account, &one.id)
		out = append(out, one)
		return err
	})
	if err != nil {
		return nil, err
	}
	lost := out[:0]
	for _, one := range out {
		gone, err := t.isLost(one.account)
		if err != nil {
			return nil, err
		}
		if gone && one.account != but {
			lost = append(lost, one)
		}
	}
	return lost, nil
}

// toldOn is the newest version, up to b's, of which a reader was told by a
// message under a trace; 0: of none.
func (t tx) toldOn(b news.Broadcast, as trace) (version int, err error) {
	type told struct {
		id      news.BroadcastID
		version int
	}
	var chain []told
	err = t.each("SELECT id, version FROM broadcast WHERE id > ?1 AND original = ?1 AND version <= ?2 ORDER BY version DESC", args(b.Original, b.Version), func(r row) error {
		var one told
		err := r.Scan(&one.id, &one.version)
		chain = append(chain, one)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, one := range chain {
		r, err := t.receiptOf(laneKey{broadcast: one.id, account: as.account}, as.id)
		if err != nil || reachedBy(r.Outcome) {
			return one.version, err
		}
	}
	return 0, nil
}

// heard reports whether a reader was told elsewhere, while an account was lost,
// all that a correction has to tell them.
func (t tx) heard(b news.Broadcast, account int64, id news.SubscriberID) (bool, error) {
	loud, err := t.loud(b.Original, b.Version)
	if err != nil || loud == 0 {
		return false, err
	}
	var now news.SubscriberID
	if found, err := t.one("SELECT subscriber FROM former WHERE account = ? AND id = ?", args(account, id), &now); err != nil {
		return false, err
	} else if !found {
		now = id
	}
	k, err := t.readerByID(now)
	if err != nil || k.ID == 0 {
		return false, err
	}
	all, err := t.traces(k)
	if err != nil {
		return false, err
	}
	for _, one := range all {
		if one.account == account {
			continue
		}
		told, err := t.toldOn(b, one)
		if err != nil || told >= loud {
			return err == nil, err
		}
	}
	return false, nil
}

// reachedBy reports whether a copy arrived, or may have.
func reachedBy(o news.Outcome) bool { return o == news.Sent || o == news.Unknown }

// whole reads one receipt with its ids; Subscriber 0: there is none.
func (t tx) whole(k laneKey, id news.SubscriberID) (r outbox.Receipt, err error) {
	var lo news.SubscriberID
	var packed []byte
	found, err := t.one(chunkAt, k.args(id), new(int64), &lo, new(int64), &packed)
	if err != nil || !found || id < lo {
		return r, err
	}
	receipts, err := outbox.DecodeReceipts(packed)
	for _, one := range receipts {
		if one.Subscriber == id {
			r = one
		}
	}
	return r, err
}
