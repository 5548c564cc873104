package wire

import (
	"context"
	"sync"
	"time"
)

// When another program that takes an account's messages is trouble, and when it
// is over. While one starts where another ends, both may be there for a moment.
const (
	longRivalry = 2 * time.Minute
	rivalGone   = 5 * time.Minute // without a word of it
)

// rivals are other programs that take what comes to an account.
type rivals struct {
	mu          sync.Mutex
	first, last time.Time // when one was met, in this row
}

// begin says that nothing is known yet.
func (r *rivals) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.first = time.Now()
	r.last = r.first
}

// met notes that one was there.
func (r *rivals) met() {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if now.Sub(r.last) >= rivalGone {
		r.first = now
	}
	r.last = now
}

// there reports whether one has been there for long; gone that none has for so
// long. In between neither is known.
func (r *rivals) there() (there, gone bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	quiet := time.Since(r.last) >= rivalGone
	return !quiet && r.last.Sub(r.first) >= longRivalry, quiet
}

// lookAtRivals reports that readers' messages go to another program. The account
// sends all the same.
func (w *watcher) lookAtRivals(ctx context.Context, a *account) {
	words := w.words()
	name, thing := words.network(a.id.Platform()), "updates "+string(a.id)
	there, gone := a.rivals.there()
	switch {
	case there:
		w.report(ctx, thing, trouble{state: "shared", what: put(words.Shared, "network", name), do: put(words.SharedDo, "network", name)})
	case gone && a.live.Load() != nil:
		w.report(ctx, thing, trouble{what: put(words.SharedWell, "network", name)})
	}
}
