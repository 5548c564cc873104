package sqlite

import (
	"fmt"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// wrong runs the walk of a correction: over the receipts of the original on
// the same lane. Prior holds the receipt of each recipient.
func (t tx) wrong(w walk) (out []outbox.Recipient, prior []outbox.Receipt, err error) {
	k := laneKey{w.broadcast.Original, w.lane.account, w.lane.channels}
	for behind := w.after; behind < w.to; {
		var id int64
		var lo, hi news.SubscriberID
		var packed []byte
		found, err := t.one(chunkAt, k.args(behind+1), &id, &lo, &hi, &packed)
		if err != nil || !found {
			return out, prior, err
		}
		receipts, err := outbox.DecodeReceipts(packed)
		if err != nil {
			return nil, nil, fmt.Errorf("read chunk %d: %w", id, err)
		}
		for _, r := range receipts {
			if r.Subscriber <= behind || r.Subscriber > w.to || !outbox.Wrong(r, w.broadcast.Version) {
				continue
			}
			to, err := t.addressee(w.broadcast, k.account, r.Subscriber)
			if err != nil {
				return nil, nil, err
			}
			if to.ID == 0 {
				continue // forgotten
			}
			out, prior = append(out, to), append(prior, r)
			if len(out) == w.limit {
				return out, prior, nil
			}
		}
		behind = hi
	}
	return out, prior, nil
}

// addressee is whom the copy of a correction is for; see anybody.
func (t tx) addressee(b news.Broadcast, account int64, id news.SubscriberID) (outbox.Recipient, error) {
	to, linked, err := t.anybody(account, id)
	if err == nil && linked && !to.Gone {
		to.Heard, err = t.heard(b, account, id)
	}
	return to, err
}

// anybody reads a reader who may have left, as they are to be found on an
// account that has a receipt of theirs under id; the zero id: nowhere. Linked
// says that they have another chat.
func (t tx) anybody(account int64, id news.SubscriberID) (to outbox.Recipient, linked bool, err error) {
	to, linked, err = t.somebody(account, id)
	if err != nil || to.ID != 0 {
		return to, linked, err
	}
	var now news.SubscriberID
	found, err := t.one("SELECT subscriber FROM former WHERE account = ? AND id = ?", args(account, id), &now)
	if err != nil || !found {
		return to, false, err
	}
	if to, linked, err = t.somebody(account, now); to.ID != 0 {
		to.ID = id
	}
	return to, linked, err
}

func (t tx) somebody(account int64, id news.SubscriberID) (to outbox.Recipient, linked bool, err error) {
	err = t.each("SELECT "+recipientColumns+`, s.gone > 0, s.account = ?2, coalesce((SELECT chat FROM further
		WHERE further.account = ?2 AND further.subscriber = s.id), ''), EXISTS (SELECT 1 FROM further WHERE further.subscriber = s.id)
		FROM subscriber AS s WHERE s.id = ?1`, args(id, account), func(r row) error {
		var follows string
		var home bool
		var further news.ChatID
		err := r.Scan(&to.ID, &to.Chat, &to.Kind, &follows, &to.Floor, &to.Quiet, &to.Off, &to.Important, &to.Gone, &home, &further, &linked)
		switch to.Follows = split(follows); {
		case home:
		case further != "":
			to.Chat = further
		default:
			to = outbox.Recipient{}
		}
		return err
	})
	return to, linked, err
}

// whom returns the recipients of a walk, whatever kind of broadcast it is for.
func (t tx) whom(c *outbox.Chunk, w walk) (err error) {
	if w.broadcast.Original == 0 {
		c.Recipients, err = t.recipients(w)
		return err
	}
	c.Recipients, c.Prior, err = t.wrong(w)
	return err
}

// background tells a chunk what its recipients have.
func (t tx) background(c *outbox.Chunk, k laneKey, b news.Broadcast, account news.AccountID) (err error) {
	if b.Original == 0 {
		c.Had, err = t.had(k, b, account, ids(c.Recipients))
		return err
	}
	if c.Variants, err = t.variants(b.Original, account); err != nil || b.Kind != news.Withdrawal || len(c.Prior) == 0 {
		return err
	}
	last := len(c.Prior) - 1
	trails, err := t.trails(laneKey{b.Original, k.account, k.channels}, c.Prior[0].Subscriber, c.Prior[last].Subscriber)
	for _, prior := range c.Prior {
		c.Trails = append(c.Trails, trails[prior.Subscriber])
	}
	return err
}

// trails returns the messages that readers of a lane, from lo to hi, got of
// its broadcast's corrections, in the order of sending.
func (t tx) trails(k laneKey, lo, hi news.SubscriberID) (map[news.SubscriberID][]news.MessageID, error) {
	trails := map[news.SubscriberID][]news.MessageID{}
	err := t.each(trailing, k.args(lo, hi), func(r row) error {
		var id int64
		var packed []byte
		if err := r.Scan(&id, &packed); err != nil {
			return err
		}
		receipts, err := outbox.DecodeReceipts(packed)
		if err != nil {
			return fmt.Errorf("read chunk %d: %w", id, err)
		}
		for _, one := range receipts {
			if one.Subscriber >= lo && one.Subscriber <= hi && len(one.IDs) > 0 {
				trails[one.Subscriber] = append(trails[one.Subscriber], one.IDs...)
			}
		}
		return nil
	})
	return trails, err
}

// trailing finds the chunks of a lane's corrections that hold ids between two.
const trailing = `SELECT chunk.id, chunk.receipts FROM broadcast AS b JOIN chunk ON chunk.broadcast = b.id AND chunk.account = ?2
	AND chunk.channels = ?3 AND chunk.hi >= ?4 AND chunk.lo <= ?5 WHERE b.id > ?1 AND b.original = ?1 AND b.kind = 'correction' ORDER BY b.id`

// rootOf returns what a lane's broadcast corrects; nil: nothing.
func (t tx) rootOf(b news.Broadcast, account news.AccountID) (*outbox.Root, error) {
	if b.Original == 0 {
		return nil, nil
	}
	root, err := t.broadcast(b.Original)
	if err != nil {
		return nil, err
	}
	r := &outbox.Root{Broadcast: root}
	if r.Loud, err = t.loud(root.ID, b.Version); err != nil {
		return nil, err
	}
	r.Variants, err = t.variants(root.ID, account)
	return r, err
}

// correcting completes the retry of a correction's copy: its reader may have
// left, and what it corrects may be astray.
func (t tx) correcting(r *outbox.Retry, b news.Broadcast, account int64) (err error) {
	if r.Recipient, err = t.addressee(b, account, r.Subscriber); err != nil || r.Recipient.ID == 0 {
		return err
	}
	k := laneKey{b.Original, account, r.Lane.Channels}
	if r.Prior, err = t.whole(k, r.Subscriber); err != nil {
		return err
	}
	if r.Prior.Subscriber == 0 && !k.channels {
		r.Recipient.Heard = false
		if r.Prior, err = t.astray(b, r.Subscriber, account); err != nil {
			return err
		}
		r.Astray = r.Prior.Subscriber != 0
	}
	if b.Kind != news.Withdrawal {
		return nil
	}
	trails, err := t.trails(k, r.Subscriber, r.Subscriber)
	r.Trail = trails[r.Subscriber]
	return err
}
