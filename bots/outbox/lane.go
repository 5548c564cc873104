package outbox

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// lane is a lane in memory, with its open chunks and the retries whose time
// has come.
type lane struct {
	key     LaneKey
	edition *edition
	amends  *amends // nil: it corrects nothing
	state   news.State
	ended   bool
	stalled int64         // the batch that says so; 0: not stalled
	within  time.Duration // see Outbox.Within; 0: no limit of the account's

	shares *lane // a correction of it that readers are told of, on the same way; nil: none
	yield  bool  // the last turn was its own

	again   queue // to be looked at before fresh ones
	chunks  []*chunk
	retries map[news.SubscriberID]*letter

	loading  bool    // a chunk is being opened
	loadAt   instant // not before, after an error
	failures int
}

// chunk is an open chunk in memory.
type chunk struct {
	id       ChunkID
	lane     *lane
	letters  []letter  // ascending ids
	fresh    int       // letters before this one were looked at
	receipts []Receipt // so far, ascending ids
	counts   map[news.Outcome]int
	open     int  // letters without a receipt
	touched  bool // it is in the next batch
	closed   bool // and that batch closes it
}

// before says whether ln comes before other in the account's order.
func (ln *lane) before(other *lane) int {
	if by := ln.edition.b.Kind.Rank() - other.edition.b.Kind.Rank(); by != 0 {
		return by
	}
	if ln.key.Channels != other.key.Channels {
		if ln.key.Channels {
			return -1
		}
		return 1
	}
	return compare(ln.key.Broadcast, other.key.Broadcast)
}

// expired reports whether the broadcast's time is over.
func (ln *lane) expired(now time.Time) bool {
	b := ln.edition.b
	end := b.Expires
	if ln.within > 0 && !ln.key.Channels && b.Kind == news.Breaking {
		if soon := b.Published.Add(ln.within); end.IsZero() || soon.Before(end) {
			end = soon
		}
	}
	return !end.IsZero() && !now.Before(end)
}

// pop returns the next letter to look at, or nil.
func (ln *lane) pop() *letter {
	if l := ln.again.pop(); l != nil {
		return l
	}
	for _, c := range ln.chunks {
		if c.fresh < len(c.letters) {
			c.fresh++
			return &c.letters[c.fresh-1]
		}
	}
	return nil
}

// fresh counts the letters that nobody has looked at; open those without a
// receipt.
func (ln *lane) fresh() (fresh, open int) {
	for _, c := range ln.chunks {
		fresh += len(c.letters) - c.fresh
		open += c.open
	}
	return fresh, open
}

// find returns the letter of a reader that is in memory, or nil.
func (ln *lane) find(reader news.SubscriberID) *letter {
	if l := ln.retries[reader]; l != nil {
		return l
	}
	for _, c := range ln.chunks {
		if i, ok := c.find(reader); ok && c.letters[i].phase != settled {
			return &c.letters[i]
		}
	}
	return nil
}

// chunkOf returns the open chunk that a late receipt of reader belongs to.
func (ln *lane) chunkOf(reader news.SubscriberID) *chunk {
	for _, c := range ln.chunks {
		if c.closed {
			continue
		}
		if _, ok := c.receipt(reader); ok {
			return c
		}
		if _, ok := c.find(reader); ok {
			return c
		}
	}
	return nil
}

// remove takes a chunk that is closed for good out of memory.
func (ln *lane) remove(c *chunk) {
	ln.chunks = slices.DeleteFunc(ln.chunks, func(other *chunk) bool { return other == c })
}

func (c *chunk) find(reader news.SubscriberID) (int, bool) {
	lo, hi := 0, len(c.letters)
	for lo < hi {
		mid := (lo + hi) / 2
		if c.letters[mid].to.ID < reader {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(c.letters) && c.letters[lo].to.ID == reader
}

func (c *chunk) receipt(reader news.SubscriberID) (int, bool) {
	lo, hi := 0, len(c.receipts)
	for lo < hi {
		mid := (lo + hi) / 2
		if c.receipts[mid].Subscriber < reader {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(c.receipts) && c.receipts[lo].Subscriber == reader
}

// put writes r, in the place of an earlier receipt of the same reader.
func (c *chunk) put(r Receipt) {
	c.counts[r.Outcome]++
	i, there := c.receipt(r.Subscriber)
	if there {
		c.counts[c.receipts[i].Outcome]--
		c.receipts[i] = r
		return
	}
	c.receipts = slices.Insert(c.receipts, i, r)
	if _, ok := c.find(r.Subscriber); ok {
		c.open--
	}
}
