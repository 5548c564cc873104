package feedtest

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Part is a part of the site that can misbehave by itself.
type Part string

// The parts.
const (
	All   Part = "all"
	API   Part = "api"   // wp-json and ?rest_route=
	JSON  Part = "json"  // wp-json only
	Feeds Part = "feeds" // RSS and Atom
	Pages Part = "pages"
)

func (p Part) has(r *http.Request) bool {
	_, rest := restRoute(r.URL)
	switch p {
	case API:
		return rest
	case JSON:
		return rest && strings.HasPrefix(r.URL.Path, "/wp-json")
	case Feeds:
		return !rest && isFeed(r.URL)
	case Pages:
		return !rest && !isFeed(r.URL)
	}
	return true
}

// Fault is one way to misbehave: it stands between the visitor and the site
// as it would be.
type Fault func(s *Site, site http.Handler) http.Handler

type fault struct {
	part Part
	left int // -1: for good
	act  Fault
}

// Misbehave makes a part of the site misbehave until Behave. The latest fault
// of a part counts.
func (s *Site) Misbehave(part Part, f Fault) { s.misbehave(fault{part, -1, f}) }

// MisbehaveTimes makes a part of the site misbehave for the next n requests.
func (s *Site) MisbehaveTimes(part Part, n int, f Fault) { s.misbehave(fault{part, n, f}) }

// Behave ends all misbehaviour.
func (s *Site) Behave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.kept = nil, nil
}

func (s *Site) misbehave(f fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f)
}

// fault returns what is to be done to a request; the caller holds the lock.
func (s *Site) fault(r *http.Request) Fault {
	for i := len(s.faults) - 1; i >= 0; i-- {
		f := &s.faults[i]
		if f.left == 0 || !f.part.has(r) {
			continue
		}
		if f.left > 0 {
			f.left--
		}
		return f.act
	}
	return nil
}

// Timeout never answers: it waits until the visitor gives up.
func Timeout() Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			panic(http.ErrAbortHandler)
		})
	}
}

// Cut breaks the connection before any answer.
func Cut() Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	}
}

// Truncated breaks the connection after a share of the body, from 0 to 1.
func Truncated(share float64) Fault {
	return rewrite(func(w http.ResponseWriter, a *answer) {
		body := a.body.Bytes()
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(a.status)
		_, _ = w.Write(body[:int(float64(len(body))*share)])
		flush(w)
		panic(http.ErrAbortHandler)
	})
}

// Slow writes the body in pieces, with a pause before each.
func Slow(pieces int, pause time.Duration) Fault {
	return func(_ *Site, site http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := record(site, w, r)
			w.WriteHeader(a.status)
			flush(w)
			body := a.body.Bytes()
			for i := range pieces {
				t := time.NewTimer(pause)
				select {
				case <-t.C:
				case <-r.Context().Done():
					t.Stop()
					panic(http.ErrAbortHandler)
				}
				_, _ = w.Write(body[len(body)*i/pieces : len(body)*(i+1)/pieces])
				flush(w)
			}
		})
	}
}

// Respond answers everything in the same way.
func Respond(status int, contentType, body string) Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
}

// Challenge is the page of a guard that asks visitors to prove being human.
func Challenge() Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Cf-Mitigated", "challenge")
			writePage(w, http.StatusForbidden, "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script src=\"/cdn-cgi/challenge-platform/x.js\"></script></body></html>")
		})
	}
}

// Closed is an API that a security plugin keeps from visitors.
func Closed() Fault {
	return Respond(http.StatusUnauthorized, "application/json; charset=UTF-8",
		`{"code":"rest_login_required","message":"REST API restricted to authenticated users.","data":{"status":401}}`)
}

// Unavailable is a site that asks to come back later; 0 does not say when.
func Unavailable(after time.Duration) Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if after > 0 {
				w.Header().Set("Retry-After", strconv.Itoa(int(after.Seconds())))
			}
			http.Error(w, "Service Unavailable", http.StatusServiceUnavailable)
		})
	}
}

// RedirectLoop sends visitors in circles.
func RedirectLoop() Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.RequestURI(), http.StatusFound)
		})
	}
}

// Redirect sends visitors to an address.
func Redirect(to string) Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.RedirectHandler(to, http.StatusFound)
	}
}

// Huge answers with a well-formed feed that goes on for so many bytes.
func Huge(size int) Fault {
	return func(*Site, http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/rss+xml; charset=UTF-8")
			sent, _ := w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>`))
			filler := []byte("<item><title>" + strings.Repeat("x", 32<<10) + "</title></item>\n")
			for sent < size {
				n, err := w.Write(filler)
				if err != nil {
					return
				}
				sent += n
			}
			_, _ = w.Write([]byte("</channel></rss>"))
		})
	}
}

// HTML answers with a web page instead.
func HTML() Fault {
	return func(s *Site, _ http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var b strings.Builder
			s.head(&b, r, s.Name)
			writePage(w, http.StatusOK, b.String()+"<p></p></body></html>")
		})
	}
}

// Garbage answers with bytes that mean nothing.
func Garbage() Fault {
	return Respond(http.StatusOK, "application/rss+xml", "\x00\xff\xfe<<<\x01]]>&&;{\"\xc3\x28")
}

// rewrite makes a fault of a change to a finished answer.
func rewrite(change func(w http.ResponseWriter, a *answer)) Fault {
	return func(_ *Site, site http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := record(site, w, r)
			if a.status != http.StatusOK {
				w.WriteHeader(a.status)
				_, _ = w.Write(a.body.Bytes())
				return
			}
			change(w, a)
		})
	}
}

// record lets the site answer and puts the headers on w.
func record(site http.Handler, w http.ResponseWriter, r *http.Request) *answer {
	a := newAnswer()
	site.ServeHTTP(a, r)
	for k, v := range a.header {
		w.Header()[k] = v
	}
	return a
}

func flush(w http.ResponseWriter) {
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}

// answer is a response that is kept.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{header: http.Header{}, status: http.StatusOK} }

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }
