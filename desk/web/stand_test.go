package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

var muscat = time.FixedZone("", 4*3600)

var tree = news.NewTree([]news.Section{
	{Slug: "news", Name: "أخبار"}, {Slug: "weather", Parent: "news", Name: "الطقس"}, {Slug: "jobs", Name: "وظائف"},
})

// stand is the API over a real desk and a real store, with a clock that is set
// by hand.
type stand struct {
	*testing.T
	now   time.Time
	path  string
	store *sqlite.Store
	desk  *desk.Desk
	api   *web.API
	door  http.Handler
	log   bytes.Buffer

	answers func(web.Answers) web.Answers // what the API remembers with; nil: the store
	pulled  []string
	token   string // of the calls, unless they bring another
	from    string // address
}

func newStand(t *testing.T) *stand {
	s := &stand{T: t, now: time.Date(2026, 11, 23, 10, 0, 0, 0, muscat), path: filepath.Join(t.TempDir(), "nashra.db"), from: "127.0.0.1:5000"}
	s.open()
	t.Cleanup(func() { s.store.Close() })
	if err := s.store.Settings(t.Context(), store.Settings{Slots: []news.Slot{"morning"}, Tree: tree}); err != nil {
		t.Fatal(err)
	}
	return s
}

// open starts everything over the file: what a restart does.
func (s *stand) open() {
	s.Helper()
	var err error
	if s.store, err = sqlite.Open(s.Context(), s.path, sqlite.Options{Now: s.time}); err != nil {
		s.Fatal(err)
	}
	s.desk = &desk.Desk{
		Store: s.store, Press: press{s}, Tree: func() news.Tree { return tree }, Now: s.time,
		Setup: func() desk.Setup { return desk.Setup{Zone: muscat, Networks: []news.Platform{news.Telegram}} },
	}
	s.api = &web.API{
		Desk: s.desk, Answers: s.store, Now: s.time, Log: slog.New(slog.NewTextHandler(&s.log, nil)),
		Pull: func(link string) []news.SourceID {
			if link != "" && !strings.HasPrefix(link, "https://news.example/") {
				return nil
			}
			s.pulled = append(s.pulled, link)
			return []news.SourceID{"site"}
		},
		Health: func(context.Context) (web.Health, error) {
			return web.Health{
				Version: "1.0.0", Open: true, Readers: 1200, Running: 1,
				Accounts: []web.AccountHealth{{Network: news.Telegram, Connected: true, Sends: true}},
				Sources:  []web.SourceHealth{{Name: "site", OK: true, Read: s.time().UTC()}},
			}, nil
		},
	}
	if s.answers != nil {
		s.api.Answers = s.answers(s.store)
	}
	s.door = s.api.Handler()
}

func (s *stand) reopen() {
	s.Helper()
	if err := s.store.Close(); err != nil {
		s.Fatal(err)
	}
	s.open()
}

func (s *stand) time() time.Time { return s.now }

func (s *stand) enroll(name string, n desk.NewClient) (token string) {
	s.Helper()
	n.Name = name
	token, _, err := s.desk.Enroll(s.Context(), n)
	if err != nil {
		s.Fatal(err)
	}
	return token
}

// known lets a client with every scope make the calls.
func (s *stand) known() *stand {
	s.Helper()
	s.token = s.enroll("cms", desk.NewClient{Scopes: desk.Scopes()})
	return s
}

// tick passes the time and has the desk do what is due.
func (s *stand) tick(d time.Duration) {
	s.Helper()
	s.now = s.now.Add(d)
	if _, err := s.desk.Once(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// call makes a request. Headers come in pairs; a value of "" takes one away.
func (s *stand) call(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	s.Helper()
	r := httptest.NewRequestWithContext(s.Context(), method, path, strings.NewReader(body))
	r.RemoteAddr = s.from
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Del(headers[i])
		if headers[i+1] != "" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.door.ServeHTTP(w, r)
	return w
}

// says fails unless an answer has a status, and the code of a problem; it
// returns the body.
func (s *stand) says(w *httptest.ResponseRecorder, status int, code string) map[string]any {
	s.Helper()
	var body map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		s.Errorf("the answer is no JSON: %q", w.Body)
	}
	got, _ := body["code"].(string)
	if w.Code != status || got != code {
		s.Errorf("said %d %q, want %d %q: %s", w.Code, got, status, code, w.Body)
	}
	want := "application/json"
	if code != "" {
		want = "application/problem+json"
	}
	h := w.Header()
	if h.Get("Content-Type") != want || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" || h.Get("Access-Control-Allow-Origin") != "" {
		s.Errorf("the headers are %v", h)
	}
	return body
}

// sent counts the broadcasts that there are.
func (s *stand) sent() (n int) {
	s.Helper()
	if err := s.store.DB().QueryRowContext(s.Context(), "SELECT count(*) FROM broadcast").Scan(&n); err != nil {
		s.Fatal(err)
	}
	return n
}

// press makes broadcasts in the store.
type press struct{ stand *stand }

func (p press) Publish(ctx context.Context, key desk.Key, o desk.Order) (news.BroadcastID, error) {
	id, _, err := p.stand.store.Print(ctx, key, digest.Publication{Broadcast: o.Broadcast, Accounts: []news.AccountID{"telegram:1"}})
	return id, err
}

func (p press) Correct(ctx context.Context, a news.Amendment) (news.BroadcastID, error) {
	return p.stand.store.Correct(ctx, a)
}

func (p press) Withdraw(ctx context.Context, a news.Amendment) (news.BroadcastID, error) {
	return p.stand.store.Withdraw(ctx, a)
}

func (p press) Control(ctx context.Context, id news.BroadcastID, state news.State) error {
	return p.stand.store.Control(ctx, id, state)
}

func (p press) TryAgain(ctx context.Context, id news.BroadcastID) (int, error) {
	return p.stand.store.TryAgain(ctx, id)
}

func (p press) State(ctx context.Context, id news.BroadcastID) (news.State, error) {
	b, err := p.stand.store.Broadcast(ctx, id)
	return b.State, err
}

func (p press) Pulse(ctx context.Context, id news.BroadcastID) ([]news.Pulse, error) {
	return p.stand.store.Pulse(ctx, id)
}
