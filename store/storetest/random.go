package storetest

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

var randomPromises = map[string]func(*house){
	"whatever happens, 1": whatever(1), "whatever happens, 2": whatever(2),
	"whatever happens, 3": whatever(3), "whatever happens, 4": whatever(4),
}

// whatever does several hundred things at random and compares with a model.
func whatever(seed uint64) func(*house) {
	return func(h *house) {
		m := newModel(h, seed)
		for range 250 {
			m.step()
		}
		m.finish()
	}
}

// model is what a store must behave like: everybody in memory, asked one by one.
type model struct {
	*house
	rng    *rand.Rand
	seed   uint64
	people map[news.ChatID]*person
	sends  []*sending
	clock  int
	epoch  outbox.Epoch
}

type person struct {
	id      news.SubscriberID
	reader  news.Reader
	changed int // when the choices changed last
	active  bool
}

// sending is a broadcast on its way.
type sending struct {
	news.Broadcast
	at       int
	open     []*opened
	receipts map[news.SubscriberID]news.Outcome
	waiting  []news.SubscriberID
	ended    bool
}

type opened struct {
	outbox.Chunk
	told []outbox.Receipt
}

func newModel(h *house, seed uint64) *model {
	m := &model{house: h, seed: seed, rng: rand.New(rand.NewPCG(seed, 1)), people: map[news.ChatID]*person{}}
	m.epoch = h.own()
	return m
}

func (m *model) step() {
	m.clock++
	switch m.rng.IntN(14) {
	case 0, 1, 2:
		m.rejoin()
	case 3:
		m.leave()
	case 4:
		m.change()
	case 5:
		m.crash()
	case 6, 7:
		m.send()
	case 8, 9, 10:
		m.taken()
	case 11, 12:
		m.tell()
	case 13:
		m.retried()
	}
}

var places = []news.Slug{"news", "weather", "culture", "poetry", "jobs"}

func (m *model) choices() news.Reader {
	r := news.Reader{
		Kind: news.Private, Breaking: m.rng.IntN(3) > 0, Important: m.rng.IntN(3) == 0, Floor: 1,
		Pace: []news.Pace{news.PaceBreaking, news.PaceDigest, news.PaceEach}[m.rng.IntN(3)],
	}
	for _, s := range places {
		if m.rng.IntN(3) == 0 {
			r.Follows = append(r.Follows, s)
		}
	}
	for _, s := range []news.Slot{"morning", "evening"} {
		if m.rng.IntN(2) == 0 {
			r.Slots = append(r.Slots, s)
		}
	}
	return r
}

func (m *model) chat() news.ChatID {
	return news.ChatID(strconv.Itoa(m.rng.IntN(30)))
}

func (m *model) rejoin() {
	chat, r := m.chat(), m.choices()
	if p := m.people[chat]; p != nil && p.active {
		return
	}
	m.people[chat] = &person{id: m.join(chat, r), reader: r, changed: m.clock, active: true}
}

func (m *model) leave() {
	chat := m.chat()
	p := m.people[chat]
	if p == nil || !p.active {
		return
	}
	p.active, p.changed = false, m.clock
	if m.rng.IntN(2) == 0 {
		m.say(talk.Commit{Chat: chat, Leave: "stop"})
		return
	}
	m.say(talk.Commit{Chat: chat, Forget: true})
	for _, s := range m.sends { // their retries are gone with them
		s.waiting = slices.DeleteFunc(s.waiting, func(id news.SubscriberID) bool { return id == p.id })
	}
}

func (m *model) change() {
	chat := m.chat()
	if p := m.people[chat]; p != nil && p.active {
		r := m.choices()
		m.edit(chat, func(old *news.Reader) {
			old.Pace, old.Slots, old.Follows, old.Breaking, old.Important = r.Pace, r.Slots, r.Follows, r.Breaking, r.Important
		})
		p.reader, p.changed = r, m.clock
	}
}

func (m *model) send() {
	b := []news.Broadcast{alert(), morning(), {Kind: news.Digest, Slot: "evening"}, {Kind: news.Single}}[m.rng.IntN(4)]
	b.Audience.Everyone, b.Audience.Important = m.rng.IntN(6) == 0, m.rng.IntN(2) == 0
	var sections []news.Slug
	for _, s := range places {
		if m.rng.IntN(2) == 0 {
			sections = append(sections, s)
		}
	}
	id := m.publish(b, sections...)
	read, err := m.Broadcast(m.ctx, id)
	m.must(err)
	m.sends = append(m.sends, &sending{Broadcast: read, at: m.clock, receipts: map[news.SubscriberID]news.Outcome{}})
}

// meant reports whether a broadcast is for a reader with these choices.
func meant(b news.Broadcast, r news.Reader) bool {
	if b.Kind == news.Breaking && (!r.Breaking || r.Important && !b.Audience.Important) {
		return false
	}
	if b.Audience.Everyone {
		return true
	}
	if !slices.ContainsFunc(r.Follows, func(s news.Slug) bool { return slices.Contains(b.Audience.Sections, s) }) {
		return false
	}
	switch b.Kind {
	case news.Breaking:
		return true
	case news.Single:
		return r.Pace == news.PaceEach
	}
	return r.Pace != news.PaceBreaking && slices.Contains(r.Slots, b.Slot)
}

func (m *model) some() *sending {
	if len(m.sends) == 0 {
		return nil
	}
	return m.sends[m.rng.IntN(len(m.sends))]
}

// taken takes a chunk and checks everybody in it.
func (m *model) taken() {
	s := m.some()
	if s == nil || s.ended {
		return
	}
	c := m.take(m.epoch, people(s.ID), 1+m.rng.IntN(5))
	if len(c.Recipients) == 0 {
		s.ended = true
		m.record(m.epoch, outbox.Results{Ended: []outbox.LaneKey{people(s.ID), {Broadcast: s.ID, Account: tg, Channels: true}}})
		return
	}
	m.allowed(s, c)
	for _, to := range c.Recipients {
		if o, there := s.receipts[to.ID]; there {
			m.Fatalf("seed %d: reader %d is taken twice for broadcast %d (%v)", m.seed, to.ID, s.ID, o)
		}
		s.receipts[to.ID] = news.Pending
	}
	s.open = append(s.open, &opened{Chunk: c})
}

// allowed fails when somebody in c is not there, or does not want it.
func (m *model) allowed(s *sending, c outbox.Chunk) {
	for _, to := range c.Recipients {
		p := m.people[to.Chat]
		if p == nil || !p.active || p.id != to.ID || !meant(s.Broadcast, p.reader) {
			m.Fatalf("seed %d: broadcast %d is not for reader %d: %+v", m.seed, s.ID, to.ID, p)
		}
	}
}

// tell records some or all of an open chunk.
func (m *model) tell() {
	s := m.some()
	if s == nil || len(s.open) == 0 {
		return
	}
	at := m.rng.IntN(len(s.open))
	c := s.open[at]
	m.report(s, c, m.rng.IntN(len(c.Recipients)+1))
	if len(c.told) == len(c.Recipients) {
		s.open = slices.Delete(s.open, at, at+1)
	}
}

// report records n more receipts of a chunk, one in four of them put off.
func (m *model) report(s *sending, c *opened, n int) {
	var r outbox.Results
	for _, to := range c.Recipients {
		if n == 0 {
			break
		}
		if slices.ContainsFunc(c.told, func(r outbox.Receipt) bool { return r.Subscriber == to.ID }) {
			continue
		}
		n--
		outcome := news.Outcome(1 + m.rng.IntN(4))
		if p := m.people[to.Chat]; m.rng.IntN(4) == 0 && p != nil && p.id == to.ID && p.active {
			outcome = news.Deferred
			s.waiting = append(s.waiting, to.ID)
			r.Retries = append(r.Retries, outbox.Retry{Lane: people(s.ID), Subscriber: to.ID, Due: m.now, Variant: -1})
		}
		s.receipts[to.ID] = outcome
		c.told = append(c.told, outbox.Receipt{Subscriber: to.ID, Outcome: outcome, Version: 1})
	}
	result := closed(c.Chunk, c.told)
	result.Closed = len(c.told) == len(c.Recipients)
	r.Chunks = []outbox.ChunkResult{result}
	m.record(m.epoch, r)
}

// retried settles what was put off.
func (m *model) retried() {
	s := m.some()
	if s == nil || len(s.waiting) == 0 || len(s.open) > 0 { // an open chunk would be told over it
		return
	}
	id := s.waiting[0]
	s.waiting, s.receipts[id] = s.waiting[1:], news.Sent
	m.record(m.epoch, outbox.Results{
		Late:    []outbox.LateReceipt{{Lane: people(s.ID), Receipt: outbox.Receipt{Subscriber: id, Outcome: news.Sent, Version: 1}}},
		Settled: []outbox.RetryKey{{Lane: people(s.ID), Subscriber: id}},
	})
}
