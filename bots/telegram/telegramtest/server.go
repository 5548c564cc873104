package telegramtest

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Server is a Bot API server with its whole world in memory. The zero value
// is ready. Fields are set before the first call and not changed after it.
type Server struct {
	// Now dates messages and rules (nil: time.Now).
	Now func() time.Time
	// AnyChat makes every positive chat id a private chat that accepts
	// messages, so that a million readers need no setting up.
	AnyChat bool
	// Forget keeps no messages and no call log, only counts. Messages cannot
	// be edited, deleted, replied to or looked at afterwards: only their ids rise.
	Forget bool
	// Limits are the rate limits (nil: none).
	Limits *Limits
	// Latency delays every answer except those of getUpdates.
	Latency time.Duration
	// Uplink is how many bytes of an upload arrive in a second (0: all at once).
	// Each call has it to itself. Nothing becomes of one that is given up before.
	Uplink int
	// GoAwayEvery asks the client to leave the connection after so many
	// requests: an HTTP/2 GOAWAY, or Connection: close (0: never).
	GoAwayEvery int
	// Fetch gets a photo or document that a bot sends by URL (nil: any http
	// or https URL is taken to be what was asked for).
	Fetch func(url string) (File, error)
	// Refuse is asked about every message that is about to be sent; what it
	// returns is the answer. For many chats at once, where faults would be too
	// many. It must not call the server.
	Refuse func(b *Bot, chat int64) *Error
	// OnCall is told of every call as Calls would show it, also with Forget,
	// before the caller has its answer. It runs in the caller's goroutine.
	OnCall func(Call)
	// Webhooks carries the POSTs to webhooks (nil: http.DefaultTransport).
	Webhooks http.RoundTripper

	mu      sync.Mutex
	bots    map[string]*Bot // by token
	users   map[int64]*Phone
	chats   map[int64]*Chat // groups, supergroups and channels
	nextID  int64
	files   map[string]*storedFile
	calls   []Call
	counts  map[string]int
	served  int
	arrives int // uploads on their way
	faults  []*Struck
	pace    pace
	changed chan struct{}
	closed  bool
	workers sync.WaitGroup
}

// ServeHTTP answers /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer drain(r)
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, rest)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	if !ok {
		writeError(w, &Error{Code: 404, Description: "Not Found"})
		return
	}
	token, method, ok := strings.Cut(rest, "/")
	if !ok {
		writeError(w, &Error{Code: 404, Description: "Not Found"})
		return
	}
	method = strings.TrimPrefix(method, "test/")
	s.serveMethod(w, r, token, method)
}

// Close ends waiting polls and webhook deliveries and returns when the last
// of the server's goroutines has.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for _, b := range s.bots {
		b.stopWebhook()
		b.endPoll(tooMany(closedPause))
	}
	s.mu.Unlock()
	s.workers.Wait()
}

// Changed is closed at the next change of the world: a message sent, edited or
// deleted, a button answered, a member moved. Take it, look, then wait for it.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changes()
}

// Call is one call of a bot's, as the server answered it.
type Call struct {
	At     time.Time
	Bot    int64
	Method string // as the client wrote it
	Params map[string]string
	// Error is nil for a call that succeeded. A call whose answer was cut
	// after it took effect is logged as it went, with Cut set.
	Error *Error
	Cut   bool
}

// Calls are all calls answered so far except getUpdates, oldest first.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// Count tells how many calls of a method succeeded (name as in the Bot API).
func (s *Server) Count(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[strings.ToLower(method)]
}

func (s *Server) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// changes returns the channel of the next change. The lock is held.
func (s *Server) changes() <-chan struct{} {
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.changed
}

// notify tells the watchers. The lock is held.
func (s *Server) notify() {
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

// newID hands out ids for users and chats. The lock is held.
func (s *Server) newID() int64 {
	if s.nextID == 0 {
		s.nextID = 100_000_000
	}
	s.nextID++
	return s.nextID
}

func (s *Server) log(c Call) {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	if c.Error == nil {
		s.counts[strings.ToLower(c.Method)]++
	}
	if !s.Forget && !strings.EqualFold(c.Method, "getUpdates") {
		s.calls = append(s.calls, c)
	}
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
