package telegramtest

import (
	"context"
	"time"
)

// Uploading tells how many uploads are on their way.
func (s *Server) Uploading() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.arrives
}

// arrived waits for what a call uploads; false when the caller has given up.
func (s *Server) arrived(ctx context.Context, q *request) bool {
	size := 0
	for _, f := range q.files {
		size += len(f.Data)
	}
	if size == 0 || s.Uplink <= 0 {
		return true
	}
	s.underWay(1)
	defer s.underWay(-1)
	pause(ctx, time.Duration(float64(size)/float64(s.Uplink)*float64(time.Second)))
	return ctx.Err() == nil
}

func (s *Server) underWay(by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.arrives += by
	s.notify()
}
