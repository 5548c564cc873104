package feed

import (
	"context"
	"sync"
	"time"
)

// hosts sees to it that a host gets one request at a time, and a rest between
// two. The zero hosts is usable.
type hosts struct {
	mu sync.Mutex
	at map[string]*host
}

type host struct {
	turn  chan struct{} // holds one token while nobody asks
	using int           // who asks or waits, guarded by hosts.mu
	last  time.Time     // end of the last request, owned by the turn's holder
}

// enter waits for the turn at name and for gap to pass since the last request.
// The returned func gives the turn back.
func (h *hosts) enter(ctx context.Context, name string, gap time.Duration) (leave func(), err error) {
	s := h.take(name)
	select {
	case <-s.turn:
	case <-ctx.Done():
		h.drop(s)
		return nil, context.Cause(ctx)
	}
	leave = func() {
		s.last = time.Now()
		s.turn <- struct{}{}
		h.drop(s)
	}
	rest := gap - time.Since(s.last)
	if s.last.IsZero() || rest <= 0 {
		return leave, nil
	}
	t := time.NewTimer(rest)
	defer t.Stop()
	select {
	case <-t.C:
		return leave, nil
	case <-ctx.Done():
		s.turn <- struct{}{}
		h.drop(s)
		return nil, context.Cause(ctx)
	}
}

func (h *hosts) take(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.at == nil {
		h.at = make(map[string]*host)
	}
	if len(h.at) > 512 { // redirects may name any number of hosts
		for n, s := range h.at {
			if s.using == 0 {
				delete(h.at, n)
			}
		}
	}
	s := h.at[name]
	if s == nil {
		s = &host{turn: make(chan struct{}, 1)}
		s.turn <- struct{}{}
		h.at[name] = s
	}
	s.using++
	return s
}

func (h *hosts) drop(s *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.using--
}
