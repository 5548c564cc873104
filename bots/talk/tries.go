package talk

import (
	"slices"
	"sync"
	"time"
)

// A chat may send so many wrong codes in so long a time.
const (
	mostTries = 5
	triesLife = time.Hour
)

// tries counts wrong codes, each chat by itself. It lives in memory: a restart
// forgives everybody, and a code lives ten minutes.
type tries struct {
	mu    sync.Mutex
	chats map[Address][]time.Time
}

// spent reports whether a chat has to wait.
func (t *tries) spent(chat Address, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.recent(chat, now)) >= mostTries
}

// miss notes a wrong code.
func (t *tries) miss(chat Address, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.chats) >= crowd {
		for c := range t.chats {
			if len(t.recent(c, now)) == 0 {
				delete(t.chats, c)
			}
		}
	}
	t.chats[chat] = append(t.recent(chat, now), now)
}

// recent returns a chat's misses that still count. A clock that was set back
// lets none of them go.
func (t *tries) recent(chat Address, now time.Time) []time.Time {
	return slices.DeleteFunc(t.chats[chat], func(at time.Time) bool { return now.Sub(at) >= triesLife })
}
