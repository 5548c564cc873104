package outbox_test

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// register keeps what it is told, but for what it says is missing.
type register struct {
	mu      sync.Mutex
	groups  [][]outbox.Sighting
	missing func(outbox.Sighting) bool
	err     error
}

func (r *register) Seen(_ context.Context, _ news.AccountID, _ time.Time, seen []outbox.Sighting) (missing []outbox.Sighting, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.groups = append(r.groups, seen)
	for _, one := range seen {
		if r.missing != nil && r.missing(one) {
			missing = append(missing, one)
		}
	}
	return missing, r.err
}

func (r *register) sizes() (n []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, g := range r.groups {
		n = append(n, len(g))
	}
	return n
}

// watching runs sightings in a bubble.
func watching(t *testing.T, r *register, test func(s *outbox.Sightings, stop func(), log *strings.Builder)) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		s := &outbox.Sightings{Account: "whatsapp:1", Register: r, Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil))}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		stop := sync.OnceFunc(func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
		defer stop()
		test(s, stop, &log)
	})
}

func wantSizes(t *testing.T, r *register, want string) {
	t.Helper()
	synctest.Wait()
	var got []string
	for _, n := range r.sizes() {
		got = append(got, strconv.Itoa(n))
	}
	if s := strings.Join(got, " "); s != want {
		t.Errorf("groups of %s, want %s", s, want)
	}
}

func TestSightingsAreWrittenInGroups(t *testing.T) {
	r := new(register)
	watching(t, r, func(s *outbox.Sightings, stop func(), _ *strings.Builder) {
		s.Saw("1", ids("a", "b"), false)
		s.Saw("2", ids("a"), true)
		wantSizes(t, r, "")
		time.Sleep(time.Second)
		wantSizes(t, r, "3")
		for range 500 {
			s.Saw("1", ids("c"), false)
		}
		wantSizes(t, r, "3 500")
		s.Saw("1", ids("d"), true)
		stop()
		wantSizes(t, r, "3 500 1")
		if got := r.groups[2][0]; got != (outbox.Sighting{Chat: "1", Message: "d", Read: true}) {
			t.Errorf("written at the end: %+v", got)
		}
	})
}

func TestSightingsWaitForReceipts(t *testing.T) {
	r := &register{missing: func(s outbox.Sighting) bool { return s.Message == "never" }}
	watching(t, r, func(s *outbox.Sightings, _ func(), _ *strings.Builder) {
		s.Saw("1", ids("there", "never"), false)
		time.Sleep(time.Minute)
		wantSizes(t, r, "2 1 1 1 1")
	})
}

// A store that cannot be written is asked again, and then no more.
func TestSightingsOutliveTheStore(t *testing.T) {
	r := &register{err: errors.New("the disk is full")}
	watching(t, r, func(s *outbox.Sightings, _ func(), log *strings.Builder) {
		s.Saw("96890000001@lid", ids("secret"), true)
		time.Sleep(time.Minute)
		wantSizes(t, r, "1 1 1 1 1")
		if text := log.String(); !strings.Contains(text, "the disk is full") || strings.Contains(text, "secret") || strings.Contains(text, "9689") {
			t.Errorf("the log says\n%s", text)
		}
	})
}

// What is too much is dropped, and counted.
func TestSightingsAreBounded(t *testing.T) {
	var log strings.Builder
	r := new(register)
	s := &outbox.Sightings{Account: "whatsapp:1", Register: r, Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil))}
	for range 20001 {
		s.Saw("1", ids("a", "b"), false)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if n := r.sizes(); len(n) != 1 || n[0] != 20000 || !strings.Contains(log.String(), "left_out=20002") {
		t.Errorf("groups %v; log\n%s", n, log.String())
	}
}
