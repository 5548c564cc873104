package whatsapp

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// The network refuses a message with 463 for either of two reasons: it has
// closed the account to people, or it wants a token that the one person has not
// given us. Which of them it is shows by whether others are refused, too.
const (
	lockedAfter = 2 // people refused for the first or second time, nobody reached between
	lockedMost  = 5 // refusals of anybody, nobody reached between
	firstBar    = time.Hour
	nextBar     = 24 * time.Hour // and twice as long each further time
	longestBar  = 7 * 24 * time.Hour
	mostBarred  = 500
)

// barred are the people whom the network does not let us write to. Each is
// tried again rarely, and at once after they have written.
type barred struct {
	adapter *Adapter
	mu      sync.Mutex
	people  map[news.ChatID]bar
	row     []news.ChatID // refused since somebody was reached, but for those who always are
	since   int           // refusals since somebody was reached
}

type bar struct {
	Until time.Time `json:"until"`
	Times int       `json:"times"`
}

func (b *barred) load(ctx context.Context) {
	b.people = map[news.ChatID]bar{}
	b.adapter.remember(ctx, keyBarred, &b.people)
}

// check returns the error of a message to somebody who is not tried now.
func (b *barred) check(chat news.ChatID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.people[chat].Until.After(b.adapter.config.Now()) {
		return bots.ErrSuspended
	}
	return nil
}

// refused counts a refusal, and reports whether it is the account's.
func (b *barred) refused(ctx context.Context, chat news.ChatID) (account bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.people[chat]
	if p.Times < 2 && !slices.Contains(b.row, chat) {
		b.row = append(b.row, chat)
	}
	b.since++
	p.Times++
	wait := firstBar
	if p.Times > 1 {
		wait = min(nextBar<<min(p.Times-2, 10), longestBar)
	}
	p.Until = b.adapter.config.Now().Add(wait)
	b.people[chat] = p
	b.bound()
	b.save(ctx)
	if len(b.row) < lockedAfter && b.since < lockedMost {
		return false
	}
	b.row, b.since = nil, 0
	return true
}

// reached notes that the network took a message to somebody. An answer says
// nothing about the account: those go through when others do not.
func (b *barred) reached(ctx context.Context, chat news.ChatID, answer bool) {
	if !answer {
		b.mu.Lock()
		b.row, b.since = nil, 0
		b.mu.Unlock()
	}
	b.free(ctx, chat)
}

// free lets somebody be written to again: they wrote, they were reached, or
// they are to be forgotten.
func (b *barred) free(ctx context.Context, chat news.ChatID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, there := b.people[chat]; there {
		delete(b.people, chat)
		b.save(ctx)
	}
}

// bound lets go of the one who would be tried first when there are too many.
func (b *barred) bound() {
	if len(b.people) <= mostBarred {
		return
	}
	var first news.ChatID
	for chat, p := range b.people {
		if first == "" || p.Until.Before(b.people[first].Until) {
			first = chat
		}
	}
	delete(b.people, first)
}

func (b *barred) save(ctx context.Context) {
	_ = b.adapter.note(ctx, keyBarred, b.people)
}
