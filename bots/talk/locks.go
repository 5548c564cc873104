package talk

import "sync"

// Locks keeps the events of a chat apart, so that each is read and committed
// before the next. No chat waits for another one, whatever that one asks of its
// network meanwhile. The zero Locks is ready.
type Locks struct {
	mu    sync.Mutex
	chats map[Address]*lock
}

// lock is of one chat, as long as somebody holds it or waits for it.
type lock struct {
	sync.Mutex
	users int
}

// Lock waits until nobody else holds the chat.
func (l *Locks) Lock(chat Address) (unlock func()) {
	l.mu.Lock()
	one := l.chats[chat]
	if one == nil {
		if l.chats == nil {
			l.chats = map[Address]*lock{}
		}
		one = &lock{}
		l.chats[chat] = one
	}
	one.users++
	l.mu.Unlock()
	one.Lock()
	return func() {
		one.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		if one.users--; one.users == 0 {
			delete(l.chats, chat)
		}
	}
}
