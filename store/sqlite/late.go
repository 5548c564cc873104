package sqlite

import (
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/bots/outbox"
)

// belated are the receipts that come late to one chunk. They are packed into it
// together: it holds up to 500, and all are unpacked to change one.
type belated struct {
	lane       laneKey
	id, lo, hi int64
	receipts   []outbox.Receipt
}

func (b *belated) holds(k laneKey, r outbox.Receipt) bool {
	return b.lane == k && b.lo <= int64(r.Subscriber) && int64(r.Subscriber) <= b.hi
}

// late puts receipts into the chunks that their readers were in.
func (rec *recording) late(all []outbox.LateReceipt) error {
	var chunks []*belated
	for _, l := range all {
		k := rec.key(l.Lane)
		rec.touch(k)
		i := slices.IndexFunc(chunks, func(b *belated) bool { return b.holds(k, l.Receipt) })
		if i < 0 {
			b := &belated{lane: k}
			found, err := rec.one(chunkAt, k.args(l.Receipt.Subscriber), &b.id, &b.lo, &b.hi, new([]byte))
			if err != nil {
				return err
			}
			if !found || !b.holds(k, l.Receipt) {
				if err := rec.single(k, l.Receipt); err != nil {
					return err
				}
				continue
			}
			i, chunks = len(chunks), append(chunks, b)
		}
		chunks[i].receipts = append(chunks[i].receipts, l.Receipt)
	}
	return over(chunks, rec.settle)
}

// settle packs them in, and adds what is new in the chunk's counts to the
// lane's.
func (rec *recording) settle(b *belated) error {
	var packed []byte
	if _, err := rec.one("SELECT receipts FROM chunk WHERE id = ?", args(b.id), &packed); err != nil {
		return err
	}
	packed, before, err := outbox.Settle(packed, b.receipts...)
	if err != nil {
		return fmt.Errorf("settle receipts in chunk %d: %w", b.id, err)
	}
	var old, now tally
	for i, r := range b.receipts {
		old.add(before[i], 1)
		now.add(r.Outcome, 1)
	}
	_, err = rec.exec(`UPDATE chunk SET sent = sent + ?, old_news = old_news + ?, failed = failed + ?, unknown = unknown + ?,
		deferred = deferred + ?, gone = gone + ?, receipts = ? WHERE id = ?`, append(minus(now, old).values(), packed, b.id)...)
	if err != nil {
		return err
	}
	return rec.count(b.lane, old, now)
}
