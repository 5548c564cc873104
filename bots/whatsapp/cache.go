package whatsapp

import (
	"context"
	"sync"
	"time"
)

const (
	mostCached = 128
	goodFor    = 6 * time.Hour
	badFor     = time.Minute
)

// cache makes things once for all messages of a broadcast. What could not be
// made is not tried again for a while.
type cache[T any] struct {
	mu   sync.Mutex
	kept map[string]*cached[T]
}

type cached[T any] struct {
	made  chan struct{} // closed when value and err are there
	at    time.Time
	value T
	err   error
}

// get returns what make made for key. Whoever asks meanwhile waits.
func (c *cache[T]) get(ctx context.Context, key string, make func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	e := c.kept[key]
	if e != nil && !e.fresh() {
		e = nil
	}
	if e == nil {
		e = c.begin(key)
		c.mu.Unlock()
		e.value, e.err = make(ctx)
		c.end(ctx, key, e)
		return e.value, e.err
	}
	c.mu.Unlock()
	select {
	case <-e.made:
		return e.value, e.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// made reports whether there is something for key already, be it an error, so
// that get waits for nothing.
func (c *cache[T]) made(key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.kept[key]
	return e != nil && isClosed(e.made) && e.fresh()
}

func (c *cache[T]) begin(key string) *cached[T] {
	if c.kept == nil || len(c.kept) >= mostCached {
		c.kept = map[string]*cached[T]{} // what is in use is soon back
	}
	e := &cached[T]{made: make(chan struct{}), at: time.Now()}
	c.kept[key] = e
	return e
}

// end publishes an entry. An error because the caller gave up is nobody
// else's.
func (c *cache[T]) end(ctx context.Context, key string, e *cached[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.err != nil && ctx.Err() != nil && c.kept[key] == e {
		delete(c.kept, key)
	}
	e.at = time.Now()
	close(e.made)
}

func (e *cached[T]) fresh() bool {
	if !isClosed(e.made) {
		return true
	}
	if e.err != nil {
		return time.Since(e.at) < badFor
	}
	return time.Since(e.at) < goodFor
}
