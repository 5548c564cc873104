package telegramtest

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

const (
	longestPoll = 50 * time.Second
	mostUpdates = 100
	// Two polls with one offset in short order are slowed down, and a bot that
	// is refused again and again waits.
	repeatedPoll = 3 * time.Second
	hastyPoll    = 500 * time.Millisecond
	closedPause  = 5 // seconds, asked for by a server that is closed
)

// poll is a getUpdates that waits.
type poll struct{ end chan *Error }

type pollHistory struct {
	offset   int
	started  time.Time
	conflict time.Time // no 409 is answered before
}

func otherPoll() *Error {
	return &Error{
		Code: http.StatusConflict,
		Description: "Conflict: terminated by other getUpdates request; " +
			"make sure that only one bot instance is running",
	}
}

// getUpdates waits for updates outside the lock, so it gets the request's context.
func (s *Server) getUpdates(ctx context.Context, b *Bot, q *request) (any, *Error) {
	s.mu.Lock()
	if b.hook != nil {
		s.mu.Unlock()
		return nil, s.conflict(ctx, b, "Conflict: can't use getUpdates method while webhook is active; "+
			"use deleteWebhook to delete the webhook first")
	}
	offset, limit, timeout := b.pollArguments(q)
	if raw := q.params["allowed_updates"]; raw != "" {
		b.allow(raw)
	}
	if offset < 0 && -offset < len(b.queue.pending) {
		b.confirm(b.queue.pending[len(b.queue.pending)+offset].ID)
	}
	b.confirm(offset)
	var me *poll
	deadline := time.Now().Add(timeout)
	for len(b.queue.pending) == 0 && time.Until(deadline) > 0 && !s.closed && ctx.Err() == nil {
		if me == nil {
			b.endPoll(otherPoll())
			me = &poll{end: make(chan *Error, 1)}
			b.queue.poll = me
		}
		wake := b.waiting()
		s.mu.Unlock()
		if fail := me.wait(ctx, wake, time.Until(deadline)); fail != nil {
			if fail.Code == http.StatusConflict {
				fail = s.conflict(ctx, b, fail.Description)
			}
			return nil, fail
		}
		s.mu.Lock()
	}
	defer s.mu.Unlock()
	if me != nil && b.queue.poll == me {
		b.queue.poll = nil
	}
	if s.closed {
		return nil, tooMany(closedPause)
	}
	given := b.queue.pending[:min(limit, len(b.queue.pending))]
	return append([]update{}, given...), nil
}

func (p *poll) wait(ctx context.Context, wake <-chan struct{}, rest time.Duration) *Error {
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case fail := <-p.end:
		return fail
	case <-wake:
	case <-timer.C:
	case <-ctx.Done():
	}
	return nil
}

// pollArguments reads offset, limit and timeout, and slows hasty clients.
func (b *Bot) pollArguments(q *request) (offset, limit int, timeout time.Duration) {
	offset, limit = int(q.number("offset")), mostUpdates
	if q.params["limit"] != "" {
		limit = int(min(max(q.number("limit"), 1), mostUpdates))
	}
	timeout = min(max(time.Duration(q.number("timeout"))*time.Second, 0), longestPoll)
	h, now := &b.queue.history, time.Now()
	if !h.started.IsZero() && offset == h.offset {
		if since := now.Sub(h.started); since < repeatedPoll && timeout < repeatedPoll {
			timeout = repeatedPoll
			if since < hastyPoll {
				limit = 1
			}
		}
	}
	h.offset, h.started = offset, now
	return offset, limit, timeout
}

func (b *Bot) allow(raw string) {
	var kinds []string
	if json.Unmarshal([]byte(raw), &kinds) != nil {
		return
	}
	b.queue.allowed = nil
	if len(kinds) > 0 {
		b.queue.allowed = kinds
	}
}

// endPoll refuses the waiting poll. The lock is held.
func (b *Bot) endPoll(e *Error) {
	if b.queue.poll != nil {
		b.queue.poll.end <- e
		b.queue.poll = nil
	}
}

// conflict is a 409, at most one in three seconds.
func (s *Server) conflict(ctx context.Context, b *Bot, description string) *Error {
	s.mu.Lock()
	h := &b.queue.history
	wait := time.Until(h.conflict)
	if wait <= 0 {
		h.conflict = time.Now().Add(repeatedPoll)
	}
	s.mu.Unlock()
	if wait > 0 {
		pause(ctx, repeatedPoll)
	}
	return &Error{Code: http.StatusConflict, Description: description}
}

// pause waits, or leaves with the caller.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
