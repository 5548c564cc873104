package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// hit is a reader whose copy, in a chunk, was seen.
type hit struct {
	chunk  int64
	reader news.SubscriberID
	read   bool
}

// sought is a sighting whose reader is known, by one of the numbers that they
// have receipts under.
type sought struct {
	at int // in the sightings
	id news.SubscriberID
}

// Seen implements outbox.Register. Receipts are looked through without keeping
// writers waiting; what is found is written in one go.
func (s *Store) Seen(ctx context.Context, account news.AccountID, since time.Time, seen []outbox.Sighting) (missing []outbox.Sighting, err error) {
	var hits []hit
	err = s.read(ctx, "look for what was seen", func(t tx) (err error) {
		hits, missing, err = t.look(account, since, seen)
		return err
	})
	if err != nil || len(hits) == 0 {
		return missing, err
	}
	err = s.write(ctx, "note what was seen", func(t tx) error { return t.saw(hits) })
	return missing, err
}

// look finds the chunks whose receipts the sightings are about: the newest
// alerts first, and of each only the chunks that a reader is in.
func (t tx) look(account news.AccountID, since time.Time, seen []outbox.Sighting) (hits []hit, missing []outbox.Sighting, err error) {
	lanes, err := t.alertLanes(account, since)
	if err != nil || len(lanes) == 0 {
		return nil, nil, err
	}
	rest, err := t.whose(account, lanes[0].account, seen)
	if err != nil {
		return nil, nil, err
	}
	for _, k := range lanes {
		if len(rest) == 0 {
			break
		}
		if rest, err = t.lookIn(k, seen, rest, &hits); err != nil {
			return nil, nil, err
		}
	}
	last := -1
	slices.SortFunc(rest, func(a, b sought) int { return a.at - b.at })
	for _, one := range rest {
		if one.at != last {
			missing, last = append(missing, seen[one.at]), one.at
		}
	}
	return hits, missing, nil
}

func (t tx) alertLanes(account news.AccountID, since time.Time) (lanes []laneKey, err error) {
	err = t.each(`SELECT b.id, lane.account FROM broadcast AS b INDEXED BY broadcast_published
		JOIN lane ON lane.broadcast = b.id AND lane.channels = 0 AND lane.account = (SELECT id FROM account WHERE name = ?)
		WHERE b.published >= ? AND b.kind = 'breaking' AND b.purged = 0 ORDER BY b.published DESC, b.id DESC`, args(account, millis(since)), func(r row) error {
		var k laneKey
		err := r.Scan(&k.broadcast, &k.account)
		lanes = append(lanes, k)
		return err
	})
	return lanes, err
}

// whose finds the readers of sightings.
func (t tx) whose(name news.AccountID, account int64, seen []outbox.Sighting) (out []sought, err error) {
	known := map[news.ChatID][]news.SubscriberID{}
	for i, one := range seen {
		ids, ok := known[one.Chat]
		if !ok {
			if ids, err = t.numbersAt(name, account, one.Chat); err != nil {
				return nil, err
			}
			known[one.Chat] = ids
		}
		for _, id := range ids {
			out = append(out, sought{i, id})
		}
	}
	return out, nil
}

// numbersAt are those under which whoever is in a chat may have receipts of
// its account.
func (t tx) numbersAt(name news.AccountID, account int64, chat news.ChatID) (ids []news.SubscriberID, err error) {
	k, err := t.readerAt(name, chat)
	if err != nil || k.ID == 0 {
		return nil, err
	}
	all, err := t.traces(k)
	for _, one := range all {
		if one.account == account && !slices.Contains(ids, one.id) {
			ids = append(ids, one.id)
		}
	}
	return ids, err
}

// lookIn looks through a lane's receipts and returns what is left to be sought
// elsewhere.
func (t tx) lookIn(k laneKey, seen []outbox.Sighting, rest []sought, hits *[]hit) (left []sought, err error) {
	slices.SortFunc(rest, func(a, b sought) int { return int(a.id - b.id) })
	done := map[int]bool{}
	for ahead := rest; len(ahead) > 0; {
		var chunk int64
		var lo, hi news.SubscriberID
		var packed []byte
		there, err := t.one(chunkAt, k.args(ahead[0].id), &chunk, &lo, &hi, &packed)
		if err != nil {
			return nil, err
		}
		if !there {
			break
		}
		in := ahead
		for len(in) > 0 && in[0].id < lo {
			in = in[1:]
		}
		n := 0
		for n < len(in) && in[n].id <= hi {
			n++
		}
		ahead = in[n:]
		if n == 0 || len(packed) == 0 {
			continue
		}
		receipts, err := outbox.DecodeReceipts(packed)
		if err != nil {
			return nil, fmt.Errorf("read chunk %d: %w", chunk, err)
		}
		for _, one := range in[:n] {
			if !done[one.at] && told(receipts, one.id, seen[one.at].Message) {
				done[one.at] = true
				*hits = append(*hits, hit{chunk, one.id, seen[one.at].Read})
			}
		}
	}
	return slices.DeleteFunc(rest, func(one sought) bool { return done[one.at] }), nil
}

// told reports whether one of a reader's messages begins with name.
func told(receipts []outbox.Receipt, reader news.SubscriberID, name news.MessageID) bool {
	at, ok := slices.BinarySearchFunc(receipts, reader, func(r outbox.Receipt, id news.SubscriberID) int { return int(r.Subscriber - id) })
	return ok && name != "" && slices.ContainsFunc(receipts[at].IDs, func(id news.MessageID) bool { return strings.HasPrefix(string(id), string(name)) })
}

// saw adds readers to the sets of their chunks.
func (t tx) saw(hits []hit) error {
	slices.SortFunc(hits, func(a, b hit) int { return int(a.chunk - b.chunk) })
	for len(hits) > 0 {
		n := 1
		for n < len(hits) && hits[n].chunk == hits[0].chunk {
			n++
		}
		if err := t.sawIn(hits[0].chunk, hits[:n]); err != nil {
			return err
		}
		hits = hits[n:]
	}
	return nil
}

func (t tx) sawIn(chunk int64, hits []hit) error {
	var k laneKey
	var delivered, read readers
	there, err := t.one("SELECT broadcast, account, channels, delivered, read FROM chunk WHERE id = ?", args(chunk),
		&k.broadcast, &k.account, &k.channels, &delivered, &read)
	if err != nil || !there {
		return err // purged in the meantime
	}
	more, reads := len(delivered), len(read)
	for _, one := range hits {
		delivered.add(one.reader)
		if one.read {
			read.add(one.reader)
		}
	}
	more, reads = len(delivered)-more, len(read)-reads
	if more == 0 && reads == 0 {
		return nil
	}
	_, err = t.exec("UPDATE chunk SET delivered = ?, read = ? WHERE id = ?", outbox.EncodeReaders(delivered), outbox.EncodeReaders(read), chunk)
	if err != nil {
		return err
	}
	_, err = t.exec("UPDATE lane SET delivered = delivered + ?4, read = read + ?5 WHERE broadcast = ?1 AND account = ?2 AND channels = ?3", k.args(more, reads)...)
	return err
}

// readers is a packed set, ascending.
type readers []news.SubscriberID

// Scan implements sql.Scanner.
func (r *readers) Scan(v any) (err error) {
	packed, _ := v.([]byte)
	*r, err = outbox.DecodeReaders(packed)
	return err
}

func (r *readers) add(id news.SubscriberID) {
	if at, there := slices.BinarySearch(*r, id); !there {
		*r = slices.Insert(*r, at, id)
	}
}
