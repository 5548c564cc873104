package outbox_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// memory is a store that is as strict as its contract and keeps everything in
// memory, so that tests see into it and can break it.
type memory struct {
	mu         sync.Mutex
	epoch      int64
	seq        news.Seq
	readers    []*reader // ascending ids
	lanes      []*outbox.Lane
	chunks     []*openChunk
	retries    map[outbox.RetryKey]outbox.Retry
	replies    []outbox.Reply
	variants   []outbox.Variant
	halted     string
	left       []outbox.Leaving
	moved      []outbox.Moving
	records    int
	fail       error // of every write
	composeErr error
	pad        int // how long the composer makes an article
	slowTake   func(outbox.LaneKey) time.Duration
	faults     []string
}

type reader struct {
	outbox.Recipient
	joined news.Seq
	gone   bool
	paused bool
}

type openChunk struct {
	outbox.Chunk
	closed bool
	counts map[news.Outcome]int
}

func newMemory() *memory { return &memory{retries: map[outbox.RetryKey]outbox.Retry{}} }

func (m *memory) composeError() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.composeErr
}

func (m *memory) with(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
}

func (m *memory) join(n int, follows ...news.Slug) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for range n {
		m.seq++
		id := news.SubscriberID(len(m.readers) + 1)
		m.readers = append(m.readers, &reader{joined: m.seq, Recipient: outbox.Recipient{
			ID: id, Chat: news.ChatID(fmt.Sprint("c", id)), Kind: news.Private, Follows: follows,
		}})
	}
}

func (m *memory) reader(id news.SubscriberID) *reader { return m.readers[id-1] }

// publish writes a broadcast to everybody who reads its sections.
func (m *memory) publish(b news.Broadcast, channels ...bool) news.BroadcastID {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seq++
	b.ID, b.Version, b.Asof, b.State = news.BroadcastID(m.seq), max(b.Version, 1), m.seq, news.Running
	if len(channels) == 0 {
		channels = []bool{false}
	}
	for _, c := range channels {
		m.lanes = append(m.lanes, &outbox.Lane{Key: outbox.LaneKey{Broadcast: b.ID, Account: account, Channels: c}, Broadcast: b, State: news.Running})
	}
	return b.ID
}

func (m *memory) reply(r outbox.Reply) outbox.ReplyID {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seq++
	r.ID = outbox.ReplyID(m.seq)
	if r.Kind == "" {
		r.Kind = news.Private
	}
	m.replies = append(m.replies, r)
	return r.ID
}

func (m *memory) waitingReplies() []outbox.Reply {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.replies)
}

// receipts returns what is on record of a broadcast, by reader.
func (m *memory) receipts(b news.BroadcastID) map[news.SubscriberID]outbox.Receipt {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[news.SubscriberID]outbox.Receipt{}
	for _, c := range m.chunks {
		if c.Lane.Broadcast == b {
			list, err := outbox.DecodeReceipts(c.Receipts)
			if err != nil {
				panic(err)
			}
			for _, r := range list {
				out[r.Subscriber] = r
			}
		}
	}
	return out
}

func (m *memory) lane(k outbox.LaneKey) *outbox.Lane {
	for _, l := range m.lanes {
		if l.Key == k {
			return l
		}
	}
	return nil
}

func (m *memory) state(b news.BroadcastID) news.State {
	m.mu.Lock()
	defer m.mu.Unlock()
	state := news.Done
	for _, l := range m.lanes {
		if l.Key.Broadcast == b && l.State != news.Done {
			state = l.State
		}
	}
	return state
}

func (m *memory) control(b news.BroadcastID, s news.State) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.lanes {
		if l.Key.Broadcast == b && l.State != news.Done {
			l.State = s
		}
	}
}

func (m *memory) own() outbox.Epoch {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.epoch++
	return outbox.Epoch{Account: account, N: m.epoch}
}

func (m *memory) open() []outbox.Lane {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []outbox.Lane
	for _, l := range m.lanes {
		if l.State == news.Running || l.State == news.Paused {
			c := *l
			c.Variants = m.variantsOf(l.Key.Broadcast)
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b outbox.Lane) int { return a.Broadcast.Kind.Rank() - b.Broadcast.Kind.Rank() })
	return out
}

func (m *memory) variantsOf(b news.BroadcastID) []outbox.Variant {
	var out []outbox.Variant
	for _, v := range m.variants {
		if v.Broadcast == b {
			out = append(out, v)
		}
	}
	return out
}

func (m *memory) isFor(l *outbox.Lane, r *reader) bool {
	if r.gone || r.paused || r.joined > l.Broadcast.Asof || l.Key.Channels != (r.Kind == news.Channel) {
		return false
	}
	if l.Broadcast.Audience.Everyone {
		return true
	}
	return slices.ContainsFunc(l.Broadcast.Audience.Sections, func(s news.Slug) bool { return slices.Contains(r.Follows, s) })
}

func (m *memory) takeChunk(k outbox.LaneKey, n int) outbox.Chunk {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.lane(k)
	c := outbox.Chunk{Lane: k}
	for _, r := range m.readers {
		if r.ID > l.Cursor && len(c.Recipients) < n && m.isFor(l, r) {
			c.Recipients = append(c.Recipients, r.Recipient)
		}
	}
	if len(c.Recipients) == 0 {
		return c
	}
	c.Lo, c.Hi = c.Recipients[0].ID, c.Recipients[len(c.Recipients)-1].ID
	l.Cursor = c.Hi
	c.ID = outbox.ChunkID(len(m.chunks) + 1)
	m.chunks = append(m.chunks, &openChunk{Chunk: outbox.Chunk{ID: c.ID, Lane: k, Lo: c.Lo, Hi: c.Hi}})
	c.Had = m.had(k.Broadcast, c.Lo, c.Hi)
	return c
}

func (m *memory) had(but news.BroadcastID, lo, hi news.SubscriberID) []outbox.Had {
	var out []outbox.Had
	for _, c := range m.chunks {
		if c.Lane.Broadcast != but && c.Lo <= hi && c.Hi >= lo {
			out = append(out, outbox.Had{Broadcast: c.Lane.Broadcast, Receipts: c.Receipts, Variants: m.variantsOf(c.Lane.Broadcast)})
		}
	}
	return out
}

func (m *memory) reopen() []outbox.Chunk {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []outbox.Chunk
	for _, c := range m.chunks {
		if c.closed {
			continue
		}
		again := c.Chunk
		l := m.lane(c.Lane)
		for _, r := range m.readers {
			if r.ID >= c.Lo && r.ID <= c.Hi && m.isFor(l, r) {
				again.Recipients = append(again.Recipients, r.Recipient)
			}
		}
		again.Had = m.had(c.Lane.Broadcast, c.Lo, c.Hi)
		out = append(out, again)
	}
	return out
}

func (m *memory) dueRetries(now time.Time, n int) []outbox.Retry {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []outbox.Retry
	for _, r := range m.retries {
		if l := m.lane(r.Lane); l.State != news.Running || r.Due.After(now) {
			continue
		}
		if rd := m.reader(r.Subscriber); !rd.gone && !rd.paused {
			r.Recipient = rd.Recipient
			r.Had = m.had(r.Lane.Broadcast, r.Subscriber, r.Subscriber)
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b outbox.Retry) int { return a.Due.Compare(b.Due) })
	return out[:min(n, len(out))]
}

func (m *memory) repliesAfter(after outbox.ReplyID, n int) []outbox.Reply {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []outbox.Reply
	for _, r := range m.replies {
		if r.ID > after && len(out) < n {
			out = append(out, r)
		}
	}
	return out
}

func (m *memory) Own(context.Context, news.AccountID) (outbox.Epoch, error) { return m.own(), nil }

func (m *memory) Lanes(context.Context, news.AccountID) ([]outbox.Lane, error) { return m.open(), nil }

func (m *memory) Take(ctx context.Context, _ outbox.Epoch, k outbox.LaneKey, n int) (outbox.Chunk, error) {
	m.mu.Lock()
	err, slow := m.fail, m.slowTake
	m.mu.Unlock()
	if err != nil {
		return outbox.Chunk{}, err
	}
	c := m.takeChunk(k, n)
	if slow != nil && !sleep(ctx, slow(k)) {
		return outbox.Chunk{}, ctx.Err()
	}
	return c, nil
}

func (m *memory) Reopen(context.Context, outbox.Epoch) ([]outbox.Chunk, error) {
	return m.reopen(), nil
}

func (m *memory) Due(_ context.Context, _ news.AccountID, now time.Time, n int) ([]outbox.Retry, error) {
	return m.dueRetries(now, n), nil
}

func (m *memory) Replies(_ context.Context, _ news.AccountID, after outbox.ReplyID, n int) ([]outbox.Reply, error) {
	return m.repliesAfter(after, n), nil
}

func (m *memory) Record(_ context.Context, e outbox.Epoch, r outbox.Results) error {
	return m.record(e, r)
}
