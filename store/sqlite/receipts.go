package sqlite

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// Had implements digest.Store.
func (s *Store) Had(ctx context.Context, reader news.SubscriberID, since time.Time) (map[news.ArticleID]bool, error) {
	had := map[news.ArticleID]bool{}
	err := s.read(ctx, "read what a reader was sent", func(t tx) error {
		k, err := t.readerByID(reader)
		if err != nil || k.ID == 0 {
			return err
		}
		return t.receiptsOf(k, since, func(b news.BroadcastID, account int64, r outbox.Receipt) error {
			var articles []news.ArticleID
			_, err := t.one("SELECT articles FROM variant WHERE broadcast = ? AND account = ? AND version = ? AND n = ?",
				args(b, account, r.Version, r.Variant), encoded{&articles})
			for _, id := range articles {
				had[id] = true
			}
			return err
		})
	})
	return had, err
}

// receiptsOf calls yield with every copy that reached a reader, or may have,
// of broadcasts published at since or later.
func (t tx) receiptsOf(k known, since time.Time, yield func(b news.BroadcastID, account int64, r outbox.Receipt) error) error {
	var ids []news.BroadcastID
	err := t.each("SELECT id FROM broadcast INDEXED BY broadcast_kept WHERE purged = 0 AND published >= ?", args(millis(since)), func(r row) error {
		var id news.BroadcastID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return err
	}
	all, err := t.traces(k)
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, as := range all {
			r, err := t.receiptOf(laneKey{id, as.account, k.Kind == news.Channel}, as.id)
			if err != nil {
				return err
			}
			if r.Outcome != news.Sent && r.Outcome != news.Unknown {
				continue
			}
			if err := yield(id, as.account, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// receiptOf reads one receipt; Pending: there is none.
func (t tx) receiptOf(k laneKey, id news.SubscriberID) (r outbox.Receipt, err error) {
	var chunk, lo, hi int64
	var packed []byte
	found, err := t.one(chunkAt, k.args(id), &chunk, &lo, &hi, &packed)
	if err != nil || !found || int64(id) < lo {
		return r, err
	}
	err = outbox.Outcomes(packed, func(one outbox.Receipt) {
		if one.Subscriber == id {
			r = one
		}
	})
	if err != nil {
		err = fmt.Errorf("read chunk %d: %w", chunk, err)
	}
	return r, err
}

// Kept implements talk.Store.
func (s *Store) Kept(ctx context.Context, account news.AccountID, chat news.ChatID) (kept talk.Kept, err error) {
	err = s.read(ctx, "read what is kept about a reader", func(t tx) error {
		kept = talk.Kept{}
		_, err := t.one("SELECT count(*) FROM reply WHERE account = (SELECT id FROM account WHERE name = ?) AND chat = ?", args(account, chat), &kept.Replies)
		if err != nil {
			return err
		}
		k, err := t.readerAt(account, chat)
		if err != nil {
			return err
		}
		_, err = t.one(`SELECT count(*), count(nullif(file_ref, '')) FROM tip WHERE account = (SELECT id FROM account WHERE name = ?1) AND chat = ?2
			OR (account, chat) IN (SELECT account, chat FROM further WHERE subscriber = ?3 UNION ALL SELECT account, chat FROM subscriber WHERE id = ?3)`,
			args(account, chat, k.ID), &kept.Tips, &kept.Files)
		if err != nil || k.ID == 0 {
			return err
		}
		others, err := t.others(k.ID)
		if err != nil {
			return err
		}
		kept.Reader, kept.Others = k.Reader, public(others)
		err = t.each("SELECT how, words, at FROM consent WHERE subscriber = ? ORDER BY id", args(k.ID), func(r row) error {
			var c talk.Consented
			err := r.Scan(&c.How, &c.Words, clock{&c.At})
			kept.Consent = append(kept.Consent, c)
			return err
		})
		if err != nil {
			return err
		}
		return t.receiptsOf(k, time.Time{}, func(news.BroadcastID, int64, outbox.Receipt) error {
			kept.Receipts++
			return nil
		})
	})
	return kept, err
}

// Deliveries calls yield with every receipt and retry of a broadcast, in order
// of subscriber, until it returns an error. Each lane is read a chunk at a
// time, so that nobody who writes has to wait for yield.
func (s *Store) Deliveries(ctx context.Context, id news.BroadcastID, yield func(Delivery) error) error {
	var lanes []*laneReader
	err := s.read(ctx, fmt.Sprintf("read the lanes of broadcast %d", id), func(t tx) error {
		if _, err := t.broadcast(id); err != nil {
			return err
		}
		return t.each(`SELECT name, account, channels, reason FROM lane JOIN account ON account.id = lane.account
			WHERE broadcast = ? ORDER BY account, channels`, args(id), func(r row) error {
			l := &laneReader{store: s, key: laneKey{broadcast: id}}
			err := r.Scan(&l.name, &l.key.account, &l.key.channels, &l.stalled)
			lanes = append(lanes, l)
			return err
		})
	})
	if err != nil {
		return err
	}
	for {
		var next *laneReader
		for _, l := range lanes {
			if err := l.fill(ctx); err != nil {
				return err
			}
			if len(l.read) > 0 && (next == nil || l.read[0].Subscriber < next.read[0].Subscriber) {
				next = l
			}
		}
		if next == nil {
			return nil
		}
		if err := yield(next.read[0]); err != nil {
			return err
		}
		next.read = next.read[1:]
	}
}

// laneReader reads a lane back, a chunk at a time.
type laneReader struct {
	store   *Store
	key     laneKey
	name    news.AccountID
	stalled string
	behind  news.SubscriberID
	read    []Delivery
	over    bool
}

func (l *laneReader) fill(ctx context.Context) error {
	for len(l.read) == 0 && !l.over {
		err := l.store.read(ctx, fmt.Sprintf("read the receipts of broadcast %d", l.key.broadcast), l.next)
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *laneReader) next(t tx) error {
	var id int64
	var lo, hi news.SubscriberID
	var packed []byte
	found, err := t.one(chunkAt, l.key.args(l.behind+1), &id, &lo, &hi, &packed)
	if err != nil || !found {
		l.over = true
		return err
	}
	l.behind = hi
	receipts, err := outbox.DecodeReceipts(packed)
	if err != nil {
		return fmt.Errorf("read chunk %d: %w", id, err)
	}
	for _, r := range receipts {
		l.read = append(l.read, Delivery{Account: l.name, Receipt: r, Reason: l.stalled})
	}
	return t.each(`SELECT subscriber, due, attempts, reason FROM retry
		WHERE broadcast = ? AND account = ? AND channels = ? AND subscriber BETWEEN ? AND ?`, l.key.args(lo, hi), func(r row) error {
		waiting := Delivery{Account: l.name, Receipt: outbox.Receipt{Outcome: news.Deferred}}
		if err := r.Scan(&waiting.Subscriber, clock{&waiting.Due}, &waiting.Attempts, &waiting.Reason); err != nil {
			return err
		}
		at, found := slices.BinarySearchFunc(l.read, waiting.Subscriber, func(d Delivery, id news.SubscriberID) int { return int(d.Subscriber - id) })
		if !found {
			l.read = slices.Insert(l.read, at, waiting)
			return nil
		}
		d := &l.read[at]
		d.Due, d.Attempts, d.Reason = waiting.Due, waiting.Attempts, waiting.Reason
		return nil
	})
}
