package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// API is the desk's door for the newsroom's own programs: what a few clients
// may do over TCP, each with a token of its own. It shares no route with the
// control socket. Whether a client may do something is the desk's to say, at
// the act.
type API struct {
	Desk    *desk.Desk
	Answers Answers
	Pull    func(link string) []news.SourceID // has the sources of a link read now, all of them for ""; returns at once
	Health  func(ctx context.Context) (Health, error)
	Now     func() time.Time // civil; limits go by a clock of their own
	Log     *slog.Logger

	clients   buckets // by client
	strangers buckets // by address
	familiar  familiar
	mu        sync.Mutex
	busy      map[request]bool // requests that are being answered
}

// Health is how the program is doing, as a client may know it: no chats, no
// numbers, no names of readers.
type Health struct {
	Version  string          `json:"version"`
	Open     bool            `json:"open"`   // readers are sent to
	Frozen   bool            `json:"frozen"` // nothing is sent
	Held     bool            `json:"held"`   // nothing automatic is sent
	Accounts []AccountHealth `json:"accounts"`
	Sources  []SourceHealth  `json:"sources"`
	Readers  int             `json:"readers"`
	Running  int             `json:"running"` // broadcasts on their way
}

// AccountHealth is how an account of the bot is doing.
type AccountHealth struct {
	Network   news.Platform `json:"network"`
	Connected bool          `json:"connected"`
	Sends     bool          `json:"sends"`    // nothing keeps it from sending
	Refusing  int           `json:"refusing"` // channels of the configuration that take nothing
}

// SourceHealth is how a source is doing.
type SourceHealth struct {
	Name news.SourceID `json:"name"`
	OK   bool          `json:"ok"`
	Read time.Time     `json:"read,omitzero"` // when it last could be read
}

// call is one request of a client that is known.
type call struct {
	*API
	client desk.Client
	w      http.ResponseWriter
	r      *http.Request
}

// route is one thing to do. It returns what to answer, or why not.
type route struct {
	method, path string
	do           func(*call) (status int, out any, err error)
}

func routes() []route {
	return []route{
		{http.MethodPost, "/v1/hooks/wordpress", (*call).hook},
		{http.MethodPost, "/v1/proposals", (*call).propose},
		{http.MethodGet, "/v1/proposals/{id}", (*call).proposal},
		{http.MethodPost, "/v1/alerts", (*call).alert},
		{http.MethodGet, "/v1/alerts/{id}", (*call).follow},
		{http.MethodPost, "/v1/alerts/{id}/stop", (*call).stop},
		{http.MethodGet, "/v1/status", (*call).status},
	}
}

// Handler returns the door. Who has no token learns nothing, not even which
// paths there are.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, one := range routes() {
		mux.HandleFunc(one.path, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, one) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		a.serve(w, r, route{method: r.Method, do: (*call).nowhere})
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		if path.Clean(r.URL.Path) != r.URL.Path { // the mux would redirect
			a.serve(w, r, route{method: r.Method, do: (*call).nowhere})
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (a *API) serve(w http.ResponseWriter, r *http.Request, to route) {
	r.Body = http.MaxBytesReader(w, r.Body, largest)
	client, err := a.enter(r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	if r.Method != to.method {
		w.Header().Set("Allow", to.method)
		a.refuse(w, r, problem(codeMethod, "this address takes %s", to.method))
		return
	}
	status, out, err := to.do(&call{API: a, client: client, w: w, r: r})
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	say(w, status, out)
}

func (c *call) nowhere() (int, any, error) {
	return 0, nil, problem(codeNowhere, "there is nothing at this address; docs/api.md lists what there is")
}

// enter returns the client of a request, which has a request to spend. Tokens
// that open nothing are counted by the address that they come from; once it
// has had its share, no further ones are looked up.
func (a *API) enter(r *http.Request) (desk.Client, error) {
	token, ok := bearer(r)
	client, err := desk.Client{}, error(nil)
	if ok && !a.familiar.has(token) {
		if wait := a.strangers.wait(address(r), strangersPerMinute, time.Now()); wait > 0 {
			return client, tooManyStrangers(wait)
		}
	}
	if ok {
		client, err = a.Desk.Present(r.Context(), token)
	}
	_, refused := desk.Refused(err)
	if ok && (err == nil || refused) {
		a.familiar.heard(token, err == nil)
	}
	switch {
	case err != nil && !refused:
		return client, err
	case !ok || refused:
		if wait := a.strangers.take(address(r), strangersPerMinute, time.Now()); wait > 0 {
			return client, tooManyStrangers(wait)
		}
		p := problem(codeToken, "send a valid token in the header Authorization: Bearer nashra_…")
		p.challenge = `Bearer realm="nashra"`
		if ok {
			p.challenge += `, error="invalid_token"`
		}
		return client, p
	}
	if wait := a.clients.take(fmt.Sprint(client.ID), client.PerMinute, time.Now()); wait > 0 {
		return client, &Problem{code: codeTooMany, Detail: fmt.Sprintf("this token is good for %d requests a minute", client.PerMinute), after: wait}
	}
	return client, nil
}

func tooManyStrangers(wait time.Duration) *Problem {
	return &Problem{code: codeTooMany, Detail: "too many requests without a valid token come from this address", after: wait}
}

func bearer(r *http.Request) (token string, ok bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "bearer")
}
