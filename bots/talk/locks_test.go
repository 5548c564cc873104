package talk

import (
	"strconv"
	"sync"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

// A chat that is held holds no other one, and nothing is kept of those that
// nobody holds.
func TestNoChatWaitsForAnother(t *testing.T) {
	var l Locks
	chat := func(i int) Address { return Address{Account: "telegram:1", Chat: news.ChatID(strconv.Itoa(i))} }
	unlock := l.Lock(chat(0))
	for i := 1; i < 2000; i++ { // more than any table of locks would have places
		l.Lock(chat(i))()
	}
	if len(l.chats) != 1 {
		t.Errorf("%d locks are kept", len(l.chats))
	}
	unlock()
	if len(l.chats) != 0 {
		t.Errorf("%d locks are kept", len(l.chats))
	}
}

// Two events of one chat are one after the other.
func TestAChatWaitsForItself(t *testing.T) {
	var l Locks
	var wg sync.WaitGroup
	n := 0
	for range 200 {
		wg.Go(func() {
			defer l.Lock(Address{Account: "telegram:1", Chat: "7"})()
			n++
		})
	}
	wg.Wait()
	if n != 200 || len(l.chats) != 0 {
		t.Errorf("counted %d, %d locks are kept", n, len(l.chats))
	}
}
