package botstest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
)

// limit ends a promise that hangs.
const limit = 30 * time.Second

// Run runs every promise as a subtest.
func Run(t *testing.T, s Suite) {
	promises := []struct {
		name  string
		check func(t *testing.T, n Network)
	}{
		{"has an account", hasAccount},
		{"sends a text", sendsText},
		{"sends all that its limits allow", sendsLongest},
		{"sends a long message in parts", sendsParts},
		{"says what went wrong", saysErrors},
		{"gives up when the caller does", givesUp},
		{"edits", edits},
		{"deletes", deletes},
		{"receives in order", receivesInOrder},
		{"repeats an event that was not handled", repeatsEvent},
		{"repeats an event after a restart", repeatsAfterRestart},
		{"survives a panic", survivesPanic},
		{"answers a pressed button", answersButton},
		{"stops", stops},
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			check := func(t *testing.T) {
				n := s.Open(t)
				p.check(t, n)
				clean(t, n, "the log", n.Logged())
			}
			if s.Bubble {
				synctest.Test(t, check)
				return
			}
			check(t)
		})
	}
}

// clean fails if a text holds a secret.
func clean(t *testing.T, n Network, what, text string) {
	t.Helper()
	for _, secret := range n.Secrets() {
		if secret != "" && strings.Contains(text, secret) {
			t.Errorf("%s holds a secret: %s", what, strings.ReplaceAll(text, secret, "[SECRET]"))
		}
	}
}

func deadline(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}

// running is an adapter whose Run has been called.
type running struct {
	t      *testing.T
	cancel context.CancelFunc
	done   chan error
}

func start(t *testing.T, a bots.Adapter, h bots.Handler) *running {
	ctx, cancel := context.WithCancel(t.Context())
	r := &running{t: t, cancel: cancel, done: make(chan error, 1)}
	go func() { r.done <- a.Run(ctx, h) }()
	t.Cleanup(cancel)
	return r
}

// stop ends Run and waits for it.
func (r *running) stop() {
	r.t.Helper()
	r.cancel()
	select {
	case err := <-r.done:
		if err != nil {
			r.t.Errorf("Run returned %v after its context had ended", err)
		}
	case <-time.After(limit):
		r.t.Error("Run does not return")
	}
}

// scribe is a handler that notes events.
type scribe struct {
	handle func(e bots.Event, times int) (bots.Answer, error)

	mu     sync.Mutex
	times  map[string]int // by key
	events chan bots.Event
}

// newScribe notes the events that handle takes without an error (nil: all).
// Times tells how often the event was brought, this time included.
func newScribe(handle func(e bots.Event, times int) (bots.Answer, error)) *scribe {
	return &scribe{handle: handle, times: map[string]int{}, events: make(chan bots.Event, 1000)}
}

func (s *scribe) Handle(_ context.Context, e bots.Event) (bots.Answer, error) {
	s.mu.Lock()
	s.times[e.Key]++
	times := s.times[e.Key]
	s.mu.Unlock()
	var answer bots.Answer
	if s.handle != nil {
		var err error
		if answer, err = s.handle(e, times); err != nil {
			return answer, err
		}
	}
	s.events <- e
	return answer, nil
}

// next waits for the next event with a text or a button's data.
func (s *scribe) next(t *testing.T, ctx context.Context) bots.Event {
	t.Helper()
	for {
		select {
		case e := <-s.events:
			if e.Kind == bots.Wrote || e.Kind == bots.Pressed {
				return e
			}
		case <-ctx.Done():
			t.Fatal("no event came")
		}
	}
}

var errFull = errors.New("disk full")
