package storetest

import (
	"maps"
	"slices"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// crash forgets what was in memory and begins again as the new owner.
func (m *model) crash() {
	m.epoch = m.own()
	chunks, err := m.Reopen(m.ctx, m.epoch)
	m.must(err)
	for _, s := range m.sends {
		for _, old := range s.open {
			at := slices.IndexFunc(chunks, func(c outbox.Chunk) bool { return c.ID == old.ID })
			if at < 0 {
				m.Fatalf("seed %d: chunk %d of broadcast %d was open and is not reopened", m.seed, old.ID, s.ID)
			}
			m.reopened(s, old, chunks[at])
			chunks = slices.Delete(chunks, at, at+1)
		}
		s.open = slices.DeleteFunc(s.open, func(c *opened) bool { return len(c.told) == len(c.Recipients) })
	}
	if len(chunks) > 0 {
		m.Fatalf("seed %d: %d chunks are reopened that were closed", m.seed, len(chunks))
	}
}

// reopened checks a chunk that is read again and goes on with it.
func (m *model) reopened(s *sending, old *opened, c outbox.Chunk) {
	told, err := outbox.DecodeReceipts(c.Receipts)
	m.must(err)
	if !slices.EqualFunc(told, sorted(old.told), sameReceipt) {
		m.Fatalf("seed %d: chunk %d has receipts %v, want %v", m.seed, c.ID, told, old.told)
	}
	m.allowed(s, c)
	for _, to := range old.Recipients {
		p := m.people[to.Chat]
		stays := p != nil && p.id == to.ID && p.changed < s.at
		if there := slices.Contains(recipientIDs(c), to.ID); stays && !there {
			m.Fatalf("seed %d: reader %d is lost with chunk %d", m.seed, to.ID, c.ID)
		}
		if s.receipts[to.ID] == news.Pending {
			delete(s.receipts, to.ID)
		}
	}
	// Who has a receipt stays told; everybody else is sent to.
	recipients := slices.DeleteFunc(c.Recipients, func(to outbox.Recipient) bool { return s.receipts[to.ID] != news.Pending })
	for _, to := range recipients {
		s.receipts[to.ID] = news.Pending
	}
	for _, r := range told {
		recipients = append(recipients, outbox.Recipient{ID: r.Subscriber})
	}
	old.Chunk, old.told = c, told
	old.Recipients = recipients
	if len(told) == len(recipients) {
		m.report(s, old, 0)
	}
}

func sameReceipt(a, b outbox.Receipt) bool {
	return a.Subscriber == b.Subscriber && a.Outcome == b.Outcome
}

func sorted(receipts []outbox.Receipt) []outbox.Receipt {
	return slices.SortedFunc(slices.Values(receipts), func(a, b outbox.Receipt) int { return int(a.Subscriber - b.Subscriber) })
}

// finish lets everything run to its end and compares.
func (m *model) finish() {
	for _, s := range m.sends {
		for !s.ended {
			c := m.take(m.epoch, people(s.ID), 7)
			if len(c.Recipients) == 0 {
				s.ended = true
				m.record(m.epoch, outbox.Results{Ended: []outbox.LaneKey{people(s.ID), {Broadcast: s.ID, Account: tg, Channels: true}}})
				break
			}
			m.allowed(s, c)
			s.open = append(s.open, &opened{Chunk: c})
		}
		for _, c := range s.open {
			m.report(s, c, len(c.Recipients))
		}
		s.open = nil
		for _, id := range s.waiting {
			s.receipts[id] = news.Failed
			m.record(m.epoch, outbox.Results{
				Late:    []outbox.LateReceipt{{Lane: people(s.ID), Receipt: outbox.Receipt{Subscriber: id, Outcome: news.Failed}}},
				Settled: []outbox.RetryKey{{Lane: people(s.ID), Subscriber: id}},
			})
		}
	}
	progress, err := m.Progress(m.ctx, len(m.sends))
	m.must(err)
	slices.Reverse(progress) // oldest first, as they were sent
	for i, s := range m.sends {
		want(m.house, "state", progress[i].State, news.Done)
		m.compare(s, progress[i])
	}
}

// compare holds a broadcast that has run against the model.
func (m *model) compare(s *sending, p news.Progress) {
	for chat, p := range m.people {
		if p.active && p.changed < s.at && meant(s.Broadcast, p.reader) && s.receipts[p.id] == news.Pending {
			m.Errorf("seed %d: reader %d of chat %s never got broadcast %d", m.seed, p.id, chat, s.ID)
		}
	}
	wantDeliveries(m.house, s.ID, s.receipts)
	counts := map[news.Outcome]int{}
	for _, o := range s.receipts {
		counts[o]++
	}
	if p.Broadcast != s.ID || !maps.Equal(p.Counts, counts) {
		m.Errorf("seed %d: progress %+v, want broadcast %d with %v", m.seed, p, s.ID, counts)
	}
}
