package talk

import (
	"sync"
	"time"
)

// A chat may say burst things at once, and then one every refill.
const (
	burst  = 20
	refill = 3 * time.Second
)

// crowd is how many chats are watched before those that are calm are dropped.
const crowd = 10_000

// floods slows down those who write too fast, each by themselves. It lives in
// memory: a restart forgives everybody.
type floods struct {
	mu    sync.Mutex
	chats map[string]*bucket
}

type bucket struct {
	left float64
	at   time.Time
	told bool // the notice was given
}

// verdict says what to do with an event.
type verdict int

const (
	pass   verdict = iota
	notice         // say once that it is too fast
	hush           // no answer
)

// judge takes one event of a chat.
func (f *floods) judge(chat string, now time.Time) verdict {
	f.mu.Lock()
	defer f.mu.Unlock()
	b := f.chats[chat]
	if b == nil {
		f.drain(now)
		b = &bucket{left: burst, at: now}
		f.chats[chat] = b
	}
	b.fill(now)
	switch {
	case b.left >= 1:
		b.left--
		if b.left >= burst/2 {
			b.told = false
		}
		return pass
	case !b.told:
		b.told = true
		return notice
	}
	return hush
}

// fill adds what the time since the last event is worth. A clock that was set
// back adds nothing.
func (b *bucket) fill(now time.Time) {
	if since := now.Sub(b.at); since > 0 {
		b.left = min(burst, b.left+float64(since)/float64(refill))
	}
	b.at = now
}

// drain forgets the chats that are calm when there are too many, and all when
// none is.
func (f *floods) drain(now time.Time) {
	if len(f.chats) < crowd {
		return
	}
	for chat, b := range f.chats {
		if now.Sub(b.at) > burst*refill {
			delete(f.chats, chat)
		}
	}
	if len(f.chats) >= crowd {
		clear(f.chats)
	}
}
