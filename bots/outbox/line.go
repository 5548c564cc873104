package outbox

import (
	"container/heap"

	"github.com/nashra-bot/nashra/news"
)

// line is where replies wait for their turn: first in, first out within a chat,
// and chat by chat, so that one who asks without end keeps nobody waiting but
// themselves (start-time fair queueing, each reply of one length).
type line struct {
	places places
	last   map[news.ChatID]int64 // the round of a chat's last reply
	round  int64                 // of the reply that went last
}

// place is a reply's place in the line.
type place struct {
	letter     *letter
	round, seq int64
}

func (q *line) push(l *letter) {
	if q.last == nil || len(q.places) == 0 {
		q.last = map[news.ChatID]int64{}
	}
	round := max(q.round, q.last[l.to.Chat]) + 1
	q.last[l.to.Chat] = round
	heap.Push(&q.places, place{l, round, l.seq})
}

func (q *line) pop() *letter {
	if len(q.places) == 0 {
		return nil
	}
	p := heap.Pop(&q.places).(place)
	q.round = p.round
	return p.letter
}

type places []place

func (p places) Len() int      { return len(p) }
func (p places) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *places) Push(x any)   { *p = append(*p, x.(place)) }

func (p places) Less(i, j int) bool {
	if p[i].round != p[j].round {
		return p[i].round < p[j].round
	}
	return p[i].seq < p[j].seq
}

func (p *places) Pop() any {
	n := len(*p) - 1
	last := (*p)[n]
	(*p)[n] = place{}
	*p = (*p)[:n]
	return last
}
