package outbox_test

import (
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

func (m *memory) record(e outbox.Epoch, r outbox.Results) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	if e.N != m.epoch {
		return fmt.Errorf("record: %w", outbox.ErrFenced)
	}
	m.records++
	m.halted = r.Halted
	m.variants = append(m.variants, r.Variants...)
	for _, c := range r.Chunks {
		m.recordChunk(c)
	}
	for _, l := range r.Late {
		m.recordLate(l)
	}
	for _, k := range r.Settled {
		delete(m.retries, k)
	}
	for _, t := range r.Retries {
		m.retries[outbox.RetryKey{Lane: t.Lane, Subscriber: t.Subscriber}] = t
	}
	for _, rr := range r.Replies {
		m.recordReply(rr)
	}
	for _, l := range r.Left {
		m.left = append(m.left, l)
		for _, rd := range m.readers {
			rd.gone = rd.gone || rd.Chat == l.Chat
		}
	}
	for _, mv := range r.Moved {
		m.moved = append(m.moved, mv)
		for _, rd := range m.readers {
			if rd.Chat == mv.From {
				rd.Chat = mv.To
			}
		}
	}
	for _, k := range r.Ended {
		m.lane(k).Ended = true
	}
	for _, s := range r.Stalled {
		m.lane(s.Lane).State = news.Paused
	}
	m.finish()
	return nil
}

func (m *memory) recordChunk(c outbox.ChunkResult) {
	at := m.chunks[c.ID-1]
	list, err := outbox.DecodeReceipts(c.Receipts)
	if err != nil {
		m.faults = append(m.faults, err.Error())
	}
	counts := map[news.Outcome]int{}
	for _, r := range list {
		counts[r.Outcome]++
	}
	for o := range news.Left + 1 {
		if counts[o] != c.Counts[o] {
			m.faults = append(m.faults, fmt.Sprintf("chunk %d: counts %v of receipts %v", c.ID, c.Counts, counts))
		}
	}
	at.Receipts, at.closed, at.counts = c.Receipts, c.Closed, counts
}

func (m *memory) recordLate(l outbox.LateReceipt) {
	for _, c := range m.chunks {
		if c.Lane != l.Lane || l.Receipt.Subscriber < c.Lo || l.Receipt.Subscriber > c.Hi {
			continue
		}
		packed, before, err := outbox.Settle(c.Receipts, l.Receipt)
		if err != nil || before[0] != news.Deferred && before[0] != news.Unknown {
			m.faults = append(m.faults, fmt.Sprintf("late receipt in the place of outcome %v: %v", before, err))
		}
		c.Receipts = packed
		return
	}
	m.faults = append(m.faults, "late receipt without a chunk")
}

func (m *memory) recordReply(rr outbox.ReplyResult) {
	for i := range m.replies {
		if r := &m.replies[i]; r.ID == rr.ID {
			if rr.Done {
				m.replies = slices.Delete(m.replies, i, i+1)
				return
			}
			r.Part, r.Due, r.Attempts = rr.Part, rr.Due, rr.Attempts
			return
		}
	}
	m.faults = append(m.faults, "result of an unknown reply")
}

func (m *memory) finish() {
	for _, l := range m.lanes {
		open := slices.ContainsFunc(m.chunks, func(c *openChunk) bool { return c.Lane == l.Key && !c.closed })
		for k := range m.retries {
			open = open || k.Lane == l.Key
		}
		if l.Ended && !open && l.State == news.Running {
			l.State = news.Done
		}
	}
}
