package wire

import (
	"sync"
	"time"
)

// When a network that does not answer is trouble, and when it is no way any
// more to tell somebody of trouble.
const (
	longUnreached = 15 * time.Minute
	soonUnreached = 2 * time.Minute
)

// reach is whether an account's network is there, as the answers say that come
// or stay away. It measures by a clock that is never set.
type reach struct {
	mu          sync.Mutex
	first, last time.Time // of the misses since the last answer; zero: there were none
	ever        bool      // an answer has come

	since time.Time // the network is away, as those on duty know it; the watcher's own
}

// heard notes that an answer came, or that one stayed away.
func (r *reach) heard(answered bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch now := time.Now(); {
	case answered:
		r.first, r.last, r.ever = time.Time{}, time.Time{}, true
	case r.first.IsZero():
		r.first, r.last = now, now
	default:
		r.last = now
	}
}

// silence is for how long answers have stayed away; there says that the last
// one came. Neither is known before anything was asked.
func (r *reach) silence() (d time.Duration, there bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last.Sub(r.first), r.ever && r.first.IsZero()
}

// near reports whether a message would arrive, as far as is known.
func (r *reach) near() bool {
	d, _ := r.silence()
	return d < soonUnreached
}
