package telegramtest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Fault is something that goes wrong with the next calls that match. The zero
// matchers match every call of every bot; nothing but Delay or GoAway set
// leaves the call itself alone.
type Fault struct {
	Bot    *Bot   // nil: any
	Method string // "": any except getUpdates
	Chat   int64  // 0: any; compared with the chat_id parameter
	Skip   int    // let so many matching calls pass first
	Times  int    // strike so many calls (0: one; negative: until removed)

	// Error refuses the call.
	Error *Error
	// Body is answered raw with Status (0: 200), such as an HTML page of a
	// proxy or broken JSON.
	Status int
	Body   string
	// Cut drops the connection instead of answering.
	Cut bool
	// Effect lets the call take effect before Error, Body or Cut strikes: the
	// caller cannot know that it did.
	Effect bool
	// Delay holds the call up first.
	Delay time.Duration
	// GoAway asks the client to leave the connection (HTTP/2 GOAWAY, or
	// Connection: close).
	GoAway bool
}

// TooManyRequests is the answer 429 with retry_after.
func TooManyRequests(seconds int) *Error { return tooMany(seconds) }

// Blocked is the answer of a user who blocked the bot.
func Blocked() *Error { return forbidden("bot was blocked by the user") }

// ServerError is the answer of a server that restarts.
func ServerError() *Error {
	return &Error{Code: http.StatusInternalServerError, Description: "Internal Server Error: restart"}
}

// Migrated is the answer of a group that became the supergroup id.
func Migrated(id int64) *Error {
	e := bad("group chat was upgraded to a supergroup chat")
	e.MigrateTo = id
	return e
}

// BadGateway is the body of a proxy's 502 page, for Fault.Body.
const BadGateway = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"

// Struck is a fault that has been set.
type Struck struct {
	server *Server
	fault  Fault
	seen   int
	hits   int
}

// Break sets a fault. Of several that match, the first set strikes.
func (s *Server) Break(f Fault) *Struck {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	struck := &Struck{server: s, fault: f}
	s.faults = append(s.faults, struck)
	return struck
}

// Hits tells how many calls the fault has struck.
func (f *Struck) Hits() int {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	return f.hits
}

// Remove ends the fault.
func (f *Struck) Remove() {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	f.server.faults = slices.DeleteFunc(f.server.faults, func(other *Struck) bool { return other == f })
}

// strike picks the fault for a call. The lock is held.
func (s *Server) strike(b *Bot, name string, q *request) *Fault {
	for i, f := range s.faults {
		if !f.fault.matches(b, name, q) {
			continue
		}
		f.seen++
		if f.seen <= f.fault.Skip {
			continue
		}
		f.hits++
		if f.hits == f.fault.Times {
			s.faults = slices.Delete(s.faults, i, i+1)
		}
		s.notify()
		return &f.fault
	}
	return nil
}

func (f *Fault) matches(b *Bot, name string, q *request) bool {
	switch {
	case f.Bot != nil && f.Bot != b:
		return false
	case f.Method == "" && strings.EqualFold(name, "getUpdates"):
		return false
	case f.Method != "" && !strings.EqualFold(f.Method, name):
		return false
	case f.Chat != 0 && f.Chat != q.number("chat_id"):
		return false
	}
	return true
}

// suffer lets a fault at a call; false if the call is still to be answered.
func (s *Server) suffer(w http.ResponseWriter, r *http.Request, b *Bot, name string, q *request, f *Fault) bool {
	if f.Delay > 0 {
		pause(r.Context(), f.Delay)
	}
	if f.Error == nil && f.Body == "" && f.Status == 0 && !f.Cut {
		return false
	}
	if f.Effect {
		_, fail := s.call(r, b, name, q)
		s.record(b, name, q, fail, true)
	} else {
		s.record(b, name, q, f.error(), f.Cut)
	}
	switch {
	case f.Cut:
		hangUp(w)
	case f.Error != nil:
		writeError(w, f.Error)
	default:
		w.WriteHeader(f.status())
		_, _ = w.Write([]byte(f.Body))
	}
	return true
}

func (f *Fault) status() int {
	if f.Status == 0 {
		return http.StatusOK
	}
	return f.Status
}

func (f *Fault) error() *Error {
	switch {
	case f.Error != nil:
		return f.Error
	case f.Cut:
		return &Error{Description: "connection cut"}
	}
	return &Error{Code: f.status(), Description: "broken answer"}
}

// hangUp closes the connection under the caller: the socket itself where that
// can be had, the stream otherwise.
func hangUp(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
			return
		}
	}
	panic(http.ErrAbortHandler)
}
