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
			to, err := t.anybody(r.Subscriber)
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

// anybody reads a reader who may have left; the zero id: there is none.
func (t tx) anybody(id news.SubscriberID) (to outbox.Recipient, err error) {
	err = t.each("SELECT "+recipientColumns+", s.gone > 0 FROM subscriber AS s WHERE id = ?", args(id), func(r row) error {
		var follows string
		err := r.Scan(&to.ID, &to.Chat, &to.Kind, &follows, &to.Floor, &to.Quiet, &to.Gone)
		to.Follows = split(follows)
		return err
	})
	return to, err
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
	c.Variants, err = t.variants(b.Original, account)
	return err
}

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
// left.
func (t tx) correcting(r *outbox.Retry, b news.Broadcast, account int64) (err error) {
	if r.Recipient, err = t.anybody(r.Subscriber); err != nil || r.Recipient.ID == 0 {
		return err
	}
	var id int64
	var lo, hi news.SubscriberID
	var packed []byte
	found, err := t.one(chunkAt, laneKey{b.Original, account, r.Lane.Channels}.args(r.Subscriber), &id, &lo, &hi, &packed)
	if err != nil || !found || r.Subscriber < lo {
		return err
	}
	receipts, err := outbox.DecodeReceipts(packed)
	for _, one := range receipts {
		if one.Subscriber == r.Subscriber {
			r.Prior = one
		}
	}
	return err
}
