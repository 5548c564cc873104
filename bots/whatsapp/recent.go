package whatsapp

import (
	"sync"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

const (
	mostPeople = 20000 // whose last words are remembered
	mostQuotes = 1000  // messages that can be quoted
	replyFor   = 10 * time.Minute
	typeFor    = 2 * time.Minute
)

// recent is what this process remembers of what it heard, in memory only: who
// waits for an answer, and what can be quoted.
type recent struct {
	mu     sync.Mutex
	people map[types.JID]heardOf
	quotes map[types.MessageID]quote
	order  []types.MessageID
	gone   *ring // messages that were taken back
}

type heardOf struct {
	at    time.Time // monotonic
	typed bool      // an answer was typed since
}

// quote is a message as an answer shows it.
type quote struct {
	author types.JID
	body   *waE2E.Message
}

// first reports whether nothing was heard of a person before.
func (r *recent) first(who types.JID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.people[who]
	return !known
}

// hear notes that somebody wrote.
func (r *recent) hear(who types.JID, m *events.Message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.people == nil || len(r.people) >= mostPeople {
		r.people = map[types.JID]heardOf{}
	}
	r.people[who] = heardOf{at: time.Now()}
	if r.quotes == nil {
		r.quotes = map[types.MessageID]quote{}
	}
	text := contentOf(m.Message).text
	if text == "" {
		return
	}
	if len(r.order) >= mostQuotes {
		delete(r.quotes, r.order[0])
		r.order = r.order[1:]
	}
	r.quotes[m.Info.ID] = quote{author: m.Info.Sender.ToNonAD(), body: &waE2E.Message{Conversation: &text}}
	r.order = append(r.order, m.Info.ID)
}

// waits reports whether a person has written lately, so that a message to
// them is an answer.
func (r *recent) waits(who types.JID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, known := r.people[who]
	return known && time.Since(h.at) < replyFor
}

// types reports whether a message to a person is to be seen being typed: the
// first one after they wrote.
func (r *recent) types(who types.JID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, known := r.people[who]
	if !known || h.typed || time.Since(h.at) > typeFor {
		return false
	}
	h.typed = true
	r.people[who] = h
	return true
}

func (r *recent) quote(id types.MessageID) (quote, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	q, ok := r.quotes[id]
	return q, ok
}

// takeBack notes that a message of ours is gone; wasTakenBack asks for it.
func (r *recent) takeBack(id types.MessageID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone == nil {
		r.gone = newRing(mostDone)
	}
	r.gone.add(id)
}

func (r *recent) wasTakenBack(id types.MessageID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.gone != nil && r.gone.has(id)
}
