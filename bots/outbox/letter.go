package outbox

import (
	"container/heap"
	"slices"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// letter is one reader's copy of a broadcast, or one reply, while it is in
// memory.
type letter struct {
	lane  *lane  // nil: a reply
	chunk *chunk // that its receipt belongs to; nil: a reply, or a retry
	reply *Reply
	to    Recipient // of a reply: Chat and Kind only
	had   mask      // of the articles of lane.edition

	seq     int64 // order among those that are ready at the same time
	readyAt instant
	phase   phase

	edition *edition // whose variant it is; nil: not chosen yet
	variant *variant
	parts   []bots.Message // of a reply
	part    int            // the next one
	ids     []news.MessageID
	media   bool // it went with its medium
	plain   bool // an edit is no longer tried

	prior   Receipt          // of a correction: the reader's receipt of the original
	trail   []news.MessageID // of a withdrawal: what followed the copy to correct it
	astray  bool             // of a correction: prior is of another account
	stage   stage            // of a correction
	changed bool             // of a correction: the wrong copy is wrong no more
	lined   bool             // of a withdrawal: its line stands where a message was
	stays   bool             // of a withdrawal: a part of the copy could not be reached
	tries   int              // of a withdrawal: ways that are over for the next message

	attempts int
	reason   string
	version  int  // of which a part has arrived, or may have; 0: of none
	row      bool // the store has a retry of it

	chat   news.ChatID // where it is going to
	sentAt instant
	air    text   // that it carries there
	upload string // that it begins with, by the adapter's name; empty: none
	then   fate   // after what became of it is durable
}

// phase says where a letter is.
type phase uint8

const (
	waiting phase = iota // in a queue, or parked
	flying               // sent, or its result is not durable yet
	settled              // nothing more to do
)

// fate says what happens to a letter after its result is durable.
type fate uint8

const (
	finished fate = iota // it is done with, or left to the store's retries
	parked               // it goes on at readyAt
)

// rank orders letters: replies, then kinds by urgency.
func (l *letter) rank() int {
	if l.reply != nil {
		return -1
	}
	return l.lane.edition.b.Kind.Rank()
}

// queue is first in, first out.
type queue struct {
	items []*letter
	head  int
}

func (q *queue) push(l *letter) { q.items = append(q.items, l) }

func (q *queue) pop() *letter {
	if q.head == len(q.items) {
		return nil
	}
	l := q.items[q.head]
	q.items[q.head] = nil
	if q.head++; q.head == len(q.items) {
		q.items, q.head = q.items[:0], 0
	}
	return l
}

// park holds letters until their time has come, the earliest on top.
type park []*letter

func (p *park) add(l *letter, at instant) {
	l.readyAt = at
	heap.Push(p, l)
}

// due returns one letter whose time has come, or nil.
func (p *park) due(now instant) *letter {
	if len(*p) == 0 || (*p)[0].readyAt > now {
		return nil
	}
	return heap.Pop(p).(*letter)
}

// take returns those that match, and parks them no more.
func (p *park) take(match func(*letter) bool) []*letter {
	var taken []*letter
	for _, l := range *p {
		if match(l) {
			taken = append(taken, l)
		}
	}
	if taken != nil {
		*p = slices.DeleteFunc(*p, match)
		heap.Init(p)
	}
	return taken
}

// next returns when the first letter is due.
func (p park) next() instant {
	if len(p) == 0 {
		return never
	}
	return p[0].readyAt
}

func (p park) Len() int      { return len(p) }
func (p park) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *park) Push(x any)   { *p = append(*p, x.(*letter)) }

func (p park) Less(i, j int) bool {
	if p[i].readyAt != p[j].readyAt {
		return p[i].readyAt < p[j].readyAt
	}
	if by := p[i].rank() - p[j].rank(); by != 0 {
		return by < 0
	}
	return p[i].seq < p[j].seq
}

func (p *park) Pop() any {
	last := len(*p) - 1
	l := (*p)[last]
	(*p)[last] = nil
	*p = (*p)[:last]
	return l
}
