package whatsapp

import "time"

// How much of what one person writes is listened to: far more than anybody
// types, and far less than what would keep others waiting.
const (
	floodBurst   = 60
	floodRefill  = time.Second // a message
	mostFlooding = 1024        // chats that are counted
)

// flood counts what chats bring. It is used under the lock of its owner.
type flood struct {
	chats map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// allows counts an event of a chat. Times are the server's of the messages, so
// that what piled up while the program was down is not taken for a flood.
func (f *flood) allows(chat string, now time.Time) bool {
	b, known := f.chats[chat]
	if !known {
		if len(f.chats) >= mostFlooding {
			f.drain(now)
		}
		if f.chats == nil {
			f.chats = map[string]bucket{}
		}
		b = bucket{left: floodBurst, at: now}
	}
	if now.After(b.at) {
		b.left = min(floodBurst, b.left+now.Sub(b.at).Seconds()/floodRefill.Seconds())
		b.at = now
	}
	allowed := b.left >= 1
	if allowed {
		b.left--
	}
	f.chats[chat] = b
	return allowed
}

// drain forgets the chats that could write a full burst again.
func (f *flood) drain(now time.Time) {
	for chat, b := range f.chats {
		if b.left+now.Sub(b.at).Seconds()/floodRefill.Seconds() >= floodBurst {
			delete(f.chats, chat)
		}
	}
}
