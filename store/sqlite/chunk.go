package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// mostRecipients is how many recipients a chunk may have.
const mostRecipients = 500

// Take implements outbox.Store. A paused lane is taken from like any other; one
// that is stopped or done has nobody left.
func (s *Store) Take(ctx context.Context, e outbox.Epoch, lane outbox.LaneKey, n int) (c outbox.Chunk, err error) {
	err = s.write(ctx, fmt.Sprintf("take from broadcast %d", lane.Broadcast), func(t tx) error {
		c = outbox.Chunk{Lane: lane}
		account, err := t.owned(e)
		if err != nil {
			return err
		}
		k := laneKey{lane.Broadcast, account, lane.Channels}
		var cursor news.SubscriberID
		found, err := t.one(`SELECT cursor FROM lane WHERE broadcast = ? AND account = ? AND channels = ?
			AND state IN ('running', 'paused')`, k.args(), &cursor)
		if err != nil || !found {
			return err
		}
		b, err := t.broadcast(lane.Broadcast)
		if err != nil {
			return err
		}
		for taken := false; !taken; {
			err = t.whom(&c, walk{lane: k, broadcast: b, after: cursor, to: everyone, now: millis(s.now()), limit: min(max(n, 1), mostRecipients)})
			if err != nil || len(c.Recipients) == 0 {
				return err
			}
			cursor = c.Recipients[len(c.Recipients)-1].ID
			if c.Recipients, err = t.clear(k, c.Recipients); err != nil {
				return err
			}
			taken = len(c.Recipients) > 0
		}
		return t.openChunk(&c, k, b, e)
	})
	return c, err
}

// openChunk writes a chunk and moves the cursor past it.
func (t tx) openChunk(c *outbox.Chunk, k laneKey, b news.Broadcast, e outbox.Epoch) (err error) {
	c.Lo, c.Hi = c.Recipients[0].ID, c.Recipients[len(c.Recipients)-1].ID
	id, err := t.insert("INSERT INTO chunk (broadcast, account, channels, lo, hi, epoch) VALUES (?, ?, ?, ?, ?, ?)", k.args(c.Lo, c.Hi, e.N)...)
	if err != nil {
		return err
	}
	c.ID = outbox.ChunkID(id)
	if _, err := t.exec("UPDATE lane SET cursor = ?4 WHERE broadcast = ?1 AND account = ?2 AND channels = ?3", k.args(c.Hi)...); err != nil {
		return err
	}
	return t.background(c, k, b, e.Account)
}

func ids(recipients []outbox.Recipient) []news.SubscriberID {
	out := make([]news.SubscriberID, len(recipients))
	for i, r := range recipients {
		out[i] = r.ID
	}
	return out
}

// Reopen implements outbox.Store.
func (s *Store) Reopen(ctx context.Context, e outbox.Epoch) (chunks []outbox.Chunk, err error) {
	err = s.write(ctx, "reopen the chunks of "+string(e.Account), func(t tx) error {
		chunks = nil
		account, err := t.owned(e)
		if err != nil {
			return err
		}
		err = t.each("SELECT id, broadcast, channels, lo, hi, receipts FROM chunk WHERE account = ? AND closed = 0 ORDER BY id", args(account), func(r row) error {
			c := outbox.Chunk{Lane: outbox.LaneKey{Account: e.Account}}
			err := r.Scan(&c.ID, &c.Lane.Broadcast, &c.Lane.Channels, &c.Lo, &c.Hi, &c.Receipts)
			chunks = append(chunks, c)
			return err
		})
		if err != nil {
			return err
		}
		for i := range chunks {
			if err := t.reopen(&chunks[i], account, e, millis(s.now())); err != nil {
				return err
			}
		}
		return nil
	})
	return chunks, err
}

func (t tx) reopen(c *outbox.Chunk, account int64, e outbox.Epoch, now int64) error {
	k := laneKey{c.Lane.Broadcast, account, c.Lane.Channels}
	b, err := t.broadcast(c.Lane.Broadcast)
	if err != nil {
		return err
	}
	if err := t.whom(c, walk{lane: k, broadcast: b, after: c.Lo - 1, to: c.Hi, now: now, limit: -1}); err != nil {
		return err
	}
	if err := t.background(c, k, b, e.Account); err != nil {
		return err
	}
	_, err = t.exec("UPDATE chunk SET epoch = ? WHERE id = ?", e.N, c.ID)
	return err
}

// chunkAt finds the chunk of a lane that holds or passes id: the first one
// that ends there or behind.
const chunkAt = `SELECT id, lo, hi, receipts FROM chunk WHERE broadcast = ? AND account = ? AND channels = ? AND hi >= ?
	ORDER BY hi LIMIT 1`

// had returns what readers, in ascending order, got of the broadcast's
// articles by other broadcasts since b.Since. A broadcast that shares no
// article with b is left out: it cannot matter. Chunks are sought reader by
// reader, past those without any of them. Words of an editor's own go to
// everybody, whatever they have.
func (t tx) had(k laneKey, b news.Broadcast, account news.AccountID, readers []news.SubscriberID) (out []outbox.Had, err error) {
	if b.Kind == news.Breaking && b.Words != "" {
		return nil, nil
	}
	others, err := t.sharing(b)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		before := len(out)
		for rest := readers; len(rest) > 0; {
			var id, lo, hi int64
			var receipts []byte
			found, err := t.one(chunkAt, laneKey{other, k.account, k.channels}.args(rest[0]), &id, &lo, &hi, &receipts)
			if err != nil {
				return nil, err
			}
			if !found {
				break
			}
			at, _ := slices.BinarySearch(rest, news.SubscriberID(lo))
			behind, _ := slices.BinarySearch(rest, news.SubscriberID(hi)+1)
			if at < behind && len(receipts) > 0 {
				out = append(out, outbox.Had{Broadcast: other, Receipts: receipts})
			}
			rest = rest[behind:]
		}
		if len(out) == before {
			continue
		}
		variants, err := t.variants(other, account)
		if err != nil {
			return nil, err
		}
		for i := before; i < len(out); i++ {
			out[i].Variants = variants
		}
	}
	more, err := t.elsewhere(k, others, readers)
	return append(out, more...), err
}

// clear leaves out the recipients who are in a chunk that stands alone ahead of
// the cursor (see single), and cuts the others off before the next such chunk:
// two chunks of a lane never overlap. It may leave nobody.
func (t tx) clear(k laneKey, recipients []outbox.Recipient) ([]outbox.Recipient, error) {
	for len(recipients) > 0 {
		var lo, hi news.SubscriberID
		found, err := t.one(chunkAt, k.args(recipients[0].ID), new(int64), &lo, &hi, new([]byte))
		if err != nil || !found {
			return recipients, err
		}
		if lo > recipients[0].ID {
			return recipients[:below(recipients, lo)], nil
		}
		recipients = recipients[below(recipients, hi+1):]
	}
	return nil, nil
}

// below counts the recipients, in ascending order, whose number is below id.
func below(recipients []outbox.Recipient, id news.SubscriberID) int {
	n, _ := slices.BinarySearchFunc(recipients, id, func(r outbox.Recipient, id news.SubscriberID) int { return cmp.Compare(r.ID, id) })
	return n
}

// single is a chunk of one reader, who was not taken by a lane and was sent to
// all the same.
func (t tx) single(k laneKey, r outbox.Receipt) error {
	var counts tally
	counts.add(r.Outcome, 1)
	n, err := t.exec(`INSERT INTO chunk (broadcast, account, channels, lo, hi, epoch, closed, receipts, `+countColumns+`)
		SELECT broadcast, account, channels, ?4, ?4, 0, 1, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM lane
		WHERE broadcast = ?1 AND account = ?2 AND channels = ?3
		AND NOT EXISTS (SELECT 1 FROM broadcast WHERE id = ?1 AND purged = 1)`,
		append(k.args(r.Subscriber, outbox.EncodeReceipts([]outbox.Receipt{r})), counts.values()...)...)
	if err != nil || n == 0 {
		return err // purged in the meantime
	}
	return t.count(k, tally{}, counts)
}

// sharing returns the other broadcasts since b.Since that hold an article of b.
func (t tx) sharing(b news.Broadcast) (out []news.BroadcastID, err error) {
	articles := make([]news.ArticleID, len(b.Items))
	for i, item := range b.Items {
		articles[i] = item.Article
	}
	list, err := encode(articles)
	if err != nil {
		return nil, err
	}
	err = t.each(`SELECT DISTINCT broadcast.id FROM json_each(?1) CROSS JOIN item ON item.article = json_each.value
		CROSS JOIN broadcast ON broadcast.id = item.broadcast
		WHERE broadcast.id <> ?2 AND published >= ?3 ORDER BY broadcast.id`, args(list, b.ID, millis(b.Since)), func(r row) error {
		var id news.BroadcastID
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}
