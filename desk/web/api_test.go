package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

const wadi = `{"words": "إغلاق طريق الوادي", "sections": ["weather"]}`

// TestRefusals: every way of being refused, with its status and its code.
func TestRefusals(t *testing.T) {
	s := newStand(t).known()
	scoped := map[desk.Scope]string{}
	for _, scope := range desk.Scopes() {
		scoped[scope] = "Bearer " + s.enroll("only-"+string(scope), desk.NewClient{Scopes: []desk.Scope{scope}})
	}
	weather := "Bearer " + s.enroll("weather", desk.NewClient{Scopes: desk.Scopes(), Sections: []news.Slug{"weather"}})
	gone := "Bearer " + s.enroll("gone", desk.NewClient{Scopes: desk.Scopes()})
	if err := s.desk.Revoke(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	const auth, key = "Authorization", "Idempotency-Key"
	for name, c := range map[string]struct {
		method, path, body string
		headers            []string
		status             int
		code               string
	}{
		"no token":               {"GET", "/v1/status", "", []string{auth, ""}, 401, "invalid-token"},
		"another scheme":         {"GET", "/v1/status", "", []string{auth, "Basic " + s.token}, 401, "invalid-token"},
		"a guess":                {"GET", "/v1/status", "", []string{auth, "Bearer nashra_1_AAAA"}, 401, "invalid-token"},
		"a revoked one":          {"GET", "/v1/status", "", []string{auth, gone}, 401, "invalid-token"},
		"no token, nowhere":      {"GET", "/v1/whatever", "", []string{auth, ""}, 401, "invalid-token"},
		"nowhere":                {"GET", "/v1/whatever", "", nil, 404, "not-found"},
		"the socket's routes":    {"POST", "/v1/backup", `{"path": "/x"}`, nil, 404, "not-found"},
		"the socket's tokens":    {"GET", "/v1/tokens", "", nil, 404, "not-found"},
		"the socket's control":   {"POST", "/v1/control", `{"broadcast": 0, "state": "stopped"}`, nil, 404, "not-found"},
		"the socket's claim":     {"POST", "/v1/editors/claim", "", nil, 404, "not-found"},
		"a path to clean":        {"POST", "/v1//alerts", wadi, nil, 404, "not-found"},
		"a preflight":            {"OPTIONS", "/v1/alerts", "", nil, 405, "method-not-allowed"},
		"another method":         {"GET", "/v1/alerts", "", nil, 405, "method-not-allowed"},
		"no JSON":                {"POST", "/v1/alerts", "words=x", []string{key, "k", "Content-Type", "application/x-www-form-urlencoded"}, 415, "not-json"},
		"no content type":        {"POST", "/v1/alerts", wadi, []string{key, "k", "Content-Type", ""}, 415, "not-json"},
		"too large":              {"POST", "/v1/alerts", `{"words": "` + strings.Repeat("x", 64<<10) + `"}`, []string{key, "k"}, 413, "too-large"},
		"cut off":                {"POST", "/v1/alerts", `{"words": "x"`, []string{key, "k"}, 400, "bad-request"},
		"two bodies":             {"POST", "/v1/alerts", wadi + wadi, []string{key, "k"}, 400, "bad-request"},
		"a list":                 {"POST", "/v1/alerts", `[]`, []string{key, "k"}, 400, "bad-request"},
		"null":                   {"POST", "/v1/alerts", `null`, []string{key, "k"}, 400, "bad-request"},
		"an unknown field":       {"POST", "/v1/alerts", `{"words": "x", "everybody": true}`, []string{key, "k"}, 400, "bad-request"},
		"spelled otherwise":      {"POST", "/v1/alerts", `{"Words": "x", "everyone": true}`, []string{key, "k"}, 400, "bad-request"},
		"said twice":             {"POST", "/v1/alerts", `{"words": "x", "words": "y", "everyone": true}`, []string{key, "k"}, 400, "bad-request"},
		"another type":           {"POST", "/v1/alerts", `{"words": 7}`, []string{key, "k"}, 400, "bad-request"},
		"no UTF-8":               {"POST", "/v1/alerts", "{\"words\": \"\xff\"}", []string{key, "k"}, 400, "bad-request"},
		"no key":                 {"POST", "/v1/alerts", wadi, nil, 400, "key-missing"},
		"an odd key":             {"POST", "/v1/proposals", wadi, []string{key, "a b"}, 400, "key-missing"},
		"an empty key":           {"POST", "/v1/proposals", wadi, []string{key, `""`}, 400, "key-missing"},
		"a long key":             {"POST", "/v1/alerts", wadi, []string{key, strings.Repeat("k", 256)}, 400, "key-missing"},
		"no words":               {"POST", "/v1/alerts", `{"everyone": true}`, []string{key, "k"}, 422, "faulty"},
		"nobody":                 {"POST", "/v1/alerts", `{"words": "x"}`, []string{key, "k"}, 422, "faulty"},
		"a section of nobody":    {"POST", "/v1/alerts", `{"words": "x", "sections": ["sport"]}`, []string{key, "k"}, 422, "faulty"},
		"force of nothing":       {"POST", "/v1/alerts", `{"words": "x", "everyone": true, "force": ["frozen"]}`, []string{key, "k"}, 422, "faulty"},
		"another section":        {"POST", "/v1/alerts", `{"words": "x", "sections": ["jobs"]}`, []string{key, "k", auth, weather}, 403, "other-section"},
		"everyone, not allowed":  {"POST", "/v1/alerts", `{"words": "x", "everyone": true}`, []string{key, "k", auth, weather}, 403, "other-section"},
		"propose elsewhere":      {"POST", "/v1/proposals", `{"words": "x", "sections": ["jobs"]}`, []string{key, "k", auth, weather}, 403, "other-section"},
		"propose cannot send":    {"POST", "/v1/alerts", wadi, []string{key, "k", auth, scoped["propose"]}, 403, "insufficient-scope"},
		"alert cannot propose":   {"POST", "/v1/proposals", wadi, []string{key, "k", auth, scoped["alert"]}, 403, "insufficient-scope"},
		"alert cannot pull":      {"POST", "/v1/hooks/wordpress", `{"post_id": 1}`, []string{auth, scoped["alert"]}, 403, "insufficient-scope"},
		"pull has no status":     {"GET", "/v1/status", "", []string{auth, scoped["pull"]}, 403, "insufficient-scope"},
		"pull sees no alert":     {"GET", "/v1/alerts/1", "", []string{auth, scoped["pull"]}, 403, "insufficient-scope"},
		"status stops nothing":   {"POST", "/v1/alerts/1/stop", "", []string{auth, scoped["pull"]}, 403, "insufficient-scope"},
		"alert sees no proposal": {"GET", "/v1/proposals/1", "", []string{auth, scoped["alert"]}, 403, "insufficient-scope"},
		"no proposal":            {"GET", "/v1/proposals/7", "", nil, 404, "not-found"},
		"no proposal's number":   {"GET", "/v1/proposals/0", "", nil, 404, "not-found"},
		"a proposal to change":   {"POST", "/v1/proposals/1", "{}", nil, 405, "method-not-allowed"},
		"no alert":               {"GET", "/v1/alerts/7", "", nil, 404, "not-found"},
		"no number":              {"GET", "/v1/alerts/x", "", nil, 404, "not-found"},
		"nothing to stop":        {"POST", "/v1/alerts/7/stop", "", nil, 404, "not-found"},
		"a hook of nothing":      {"POST", "/v1/hooks/wordpress", `{"post_id": null, "link": ""}`, nil, 422, "faulty"},
		"a hook from elsewhere":  {"POST", "/v1/hooks/wordpress", `{"link": "https://other.example/1"}`, nil, 422, "no-source"},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.call(c.method, c.path, c.body, c.headers...)
			s.says(w, c.status, c.code)
			challenge := w.Header().Get("WWW-Authenticate")
			if want := c.status == 401 || c.code == "insufficient-scope"; want != strings.HasPrefix(challenge, "Bearer ") {
				t.Errorf("the challenge is %q", challenge)
			}
		})
	}
	if n, err := s.store.Desk(t.Context()); err != nil || len(n) != 0 || len(s.pulled) != 0 {
		t.Errorf("something was done: %v %v %v", n, s.pulled, err)
	}
	if strings.Contains(s.log.String(), "nashra_") {
		t.Errorf("a token is in the log:\n%s", &s.log)
	}
}

// TestReplay: the same call again gets the same answer, and sends once, also
// after a restart; the key is of no use for anything else.
func TestReplay(t *testing.T) {
	s := newStand(t).known()
	first := s.call("POST", "/v1/alerts", wadi, "Idempotency-Key", "k")
	s.says(first, 201, "")
	again := s.call("POST", "/v1/alerts", strings.Replace(wadi, " ", "", 1), "Idempotency-Key", `"k"`)
	if again.Code != 201 || again.Body.String() != first.Body.String() || again.Header().Get("Idempotent-Replayed") != "true" || again.Header().Get("Location") != "/v1/alerts/1" {
		t.Errorf("%d %s %v", again.Code, again.Body, again.Header())
	}
	s.tick(6 * time.Second)
	s.reopen()
	again = s.call("POST", "/v1/alerts", wadi, "Idempotency-Key", "k")
	if again.Code != 201 || again.Body.String() != first.Body.String() {
		t.Errorf("%d %s", again.Code, again.Body)
	}
	s.says(s.call("POST", "/v1/alerts", `{"words": "خبر آخر", "everyone": true}`, "Idempotency-Key", "k"), 422, "key-reused")
	s.says(s.call("POST", "/v1/proposals", wadi, "Idempotency-Key", "k"), 422, "key-reused")
	s.says(s.call("POST", "/v1/alerts", wadi, "Idempotency-Key", "k2"), 409, "same-alert")
	s.token = s.enroll("other", desk.NewClient{Scopes: desk.Scopes()})
	s.says(s.call("POST", "/v1/alerts", `{"words": "افتتاح مكتبة في نزوى", "everyone": true}`, "Idempotency-Key", "k"), 201, "") // its own key
	s.tick(6 * time.Second)
	if n := s.sent(); n != 2 {
		t.Errorf("%d broadcasts", n)
	}
}

// TestKeyIsFreeAgain: a refusal uses no key up, and two days do.
func TestKeyIsFreeAgain(t *testing.T) {
	s := newStand(t).known()
	if err := s.desk.Freeze(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	s.says(s.call("POST", "/v1/alerts", wadi, "Idempotency-Key", "k"), 409, "frozen")
	if err := s.desk.Thaw(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	s.says(s.call("POST", "/v1/alerts", wadi, "Idempotency-Key", "k"), 201, "")
	s.tick(49 * time.Hour)
	s.says(s.call("POST", "/v1/alerts", `{"words": "افتتاح مكتبة في نزوى", "everyone": true}`, "Idempotency-Key", "k"), 201, "")
}

// TestAtOnce: of many that come with one key at a time, one is done; the others
// get its answer, or are told to ask again.
func TestAtOnce(t *testing.T) {
	s := newStand(t).known()
	var wg sync.WaitGroup
	var mu sync.Mutex
	answers := map[string]bool{}
	for range 16 {
		wg.Go(func() {
			w := s.call("POST", "/v1/alerts", wadi, "Idempotency-Key", "k")
			mu.Lock()
			defer mu.Unlock()
			switch w.Code {
			case 201:
				answers[w.Body.String()] = true
			case 409:
				if s.says(w, 409, "key-busy"); w.Header().Get("Retry-After") != "1" {
					t.Errorf("the headers are %v", w.Header())
				}
			default:
				t.Errorf("said %d %s", w.Code, w.Body)
			}
		})
	}
	wg.Wait()
	s.tick(6 * time.Second)
	if len(answers) != 1 || s.sent() != 1 {
		t.Errorf("%d answers, %d broadcasts", len(answers), s.sent())
	}
}

// forgetful dies before it can keep an answer.
type forgetful struct{ web.Answers }

func (forgetful) AnswerKept(context.Context, desk.EditorID, string, web.Answer) error {
	return errors.New("killed")
}

// TestKilledBeforeTheAnswer: the desk has decided, and the answer was not kept.
// Whoever asks again gets the same alert, and it goes out once.
func TestKilledBeforeTheAnswer(t *testing.T) {
	for _, path := range []string{"/v1/alerts", "/v1/proposals"} {
		s := newStand(t)
		s.answers = func(a web.Answers) web.Answers { return forgetful{a} }
		s.known().reopen()
		first := s.says(s.call("POST", path, wadi, "Idempotency-Key", "k"), 201, "")
		s.tick(6 * time.Second)
		s.answers = nil
		s.reopen()
		s.says(s.call("POST", path, `{"words": "x", "sections": ["weather"]}`, "Idempotency-Key", "k"), 422, "key-reused")
		w := s.call("POST", path, wadi, "Idempotency-Key", "k")
		again := s.says(w, 201, "")
		if again["id"] != first["id"] || w.Header().Get("Idempotent-Replayed") != "" {
			t.Errorf("%v, then %v", first, again)
		}
		s.tick(6 * time.Second)
		if n := s.sent(); path == "/v1/alerts" && n != 1 || path == "/v1/proposals" && n != 0 {
			t.Errorf("%s: %d broadcasts", path, n)
		}
	}
}

// late revokes the client after it was let in.
type late struct {
	web.Answers
	revoke func()
}

func (l late) Asked(ctx context.Context, c desk.EditorID, key string, hash []byte, at, forget time.Time) (web.Answer, error) {
	a, err := l.Answers.Asked(ctx, c, key, hash, at, forget)
	l.revoke()
	return a, err
}

func TestRevokedInMidFlight(t *testing.T) {
	for _, path := range []string{"/v1/alerts", "/v1/proposals"} {
		s := newStand(t)
		s.answers = func(a web.Answers) web.Answers {
			return late{a, func() {
				if err := s.desk.Revoke(t.Context(), "cms"); err != nil {
					t.Error(err)
				}
			}}
		}
		s.known().reopen()
		s.says(s.call("POST", path, wadi, "Idempotency-Key", "k"), 401, "invalid-token")
		s.tick(6 * time.Second)
		if n := s.sent(); n != 0 {
			t.Errorf("%d broadcasts", n)
		}
	}
}

// TestLimits: each client has its own requests a minute; tokens that open
// nothing are counted by where they come from, and cost nobody else.
func TestLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStand(t)
		slow := s.enroll("slow", desk.NewClient{Scopes: desk.Scopes(), PerMinute: 3})
		s.token = s.enroll("quick", desk.NewClient{Scopes: desk.Scopes()})
		status := func(token string, want int) {
			t.Helper()
			w := s.call("GET", "/v1/status", "", "Authorization", "Bearer "+token)
			if w.Code != want {
				t.Errorf("said %d, want %d", w.Code, want)
			}
			if after := w.Header().Get("Retry-After"); (after != "") != (want == 429) {
				t.Errorf("%d: Retry-After is %q", w.Code, after)
			}
		}
		for range 3 {
			status(slow, 200)
		}
		status(slow, 429)
		status(s.token, 200)
		time.Sleep(19 * time.Second)
		status(slow, 429)
		time.Sleep(time.Second)
		status(slow, 200)
		status(slow, 429)
		for range 10 {
			status("nashra_1_x", 401)
		}
		status("nashra_1_x", 429)
		status(s.token, 200)
		s.from = "[2001:db8::1]:9"
		for range 10 {
			status("nashra_1_x", 401)
		}
		s.from = "[2001:db8::2]:9" // of the same net
		status("nashra_1_x", 429)
		s.from = "[2001:db8:1::2]:9"
		status("nashra_1_x", 401)
	})
}

// reads counts how often the store is asked whose token it is.
type reads struct {
	desk.Store
	n int
}

func (r *reads) Client(ctx context.Context, id desk.EditorID) (desk.Client, []byte, error) {
	r.n++
	return r.Store.Client(ctx, id)
}

// TestStrangersCostNoReads: what cannot be a token is not looked up, nor is
// what an address sends beyond its share; a client of ours beside it is.
func TestStrangersCostNoReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStand(t)
		ours := s.enroll("ours", desk.NewClient{Scopes: desk.Scopes()})
		store := &reads{Store: s.desk.Store}
		s.desk.Store = store
		call := func(token string) int { return s.call("GET", "/v1/status", "", "Authorization", "Bearer "+token).Code }
		if call(ours) != 200 {
			t.Fatal("the client is not let in")
		}
		store.n = 0
		for range 5 {
			call("nashra_1_x")
			call("nashra_x_" + strings.Repeat("A", 43))
		}
		if store.n != 0 {
			t.Errorf("%d reads for what cannot be a token", store.n)
		}
		s.from = "192.0.2.7:1"
		for range 100 {
			call("nashra_1_" + strings.Repeat("A", 43))
		}
		if store.n != 10 {
			t.Errorf("%d reads for an address's share of 10", store.n)
		}
		if code := call(ours); code != 200 {
			t.Errorf("a client beside strangers is told %d", code)
		}
	})
}

// TestStrangersAreBounded: whoever comes from ever new addresses fills no
// memory.
func TestStrangersAreBounded(t *testing.T) {
	s := newStand(t)
	for i := range 12_000 {
		s.from = fmt.Sprintf("10.%d.%d.%d:1", i>>16, i>>8&255, i&255)
		want := 401
		if i >= 10_000 {
			want = 429
		}
		if w := s.call("GET", "/v1/status", ""); w.Code != want {
			t.Fatalf("the %d. stranger was told %d", i, w.Code)
		}
	}
}

// TestFollow: an alert from its countdown to its end, as its client sees it.
func TestFollow(t *testing.T) {
	s := newStand(t).known()
	made := s.says(s.call("POST", "/v1/alerts", wadi, "Idempotency-Key", "k"), 201, "")
	if made["state"] != "countdown" || made["goes_at"] != "2026-11-23T06:00:05Z" {
		t.Errorf("%v", made)
	}
	s.says(s.call("GET", "/v1/alerts/1", "", "Authorization", "Bearer "+s.enroll("other", desk.NewClient{Scopes: []desk.Scope{"alert"}})), 404, "not-found")
	s.tick(6 * time.Second)
	seen := s.says(s.call("GET", "/v1/alerts/1", ""), 200, "")
	if seen["broadcast"] != 1.0 || seen["state"] != "sending" && seen["state"] != "done" {
		t.Errorf("%v", seen)
	}
	s.says(s.call("GET", "/v1/alerts/1", "", "Authorization", "Bearer "+s.enroll("page", desk.NewClient{Scopes: []desk.Scope{"status"}})), 200, "")
	s.says(s.call("POST", "/v1/alerts", `{"words": "افتتاح مكتبة في نزوى", "everyone": true}`, "Idempotency-Key", "k2"), 201, "")
	for range 2 {
		if got := s.says(s.call("POST", "/v1/alerts/2/stop", ""), 200, ""); got["state"] != "dropped" {
			t.Errorf("%v", got)
		}
	}
	s.tick(time.Minute)
	if n := s.sent(); n != 1 {
		t.Errorf("%d broadcasts", n)
	}
}

// TestFate: what becomes of a proposal, as its client sees it, and nobody else.
func TestFate(t *testing.T) {
	s := newStand(t).known()
	ctx := t.Context()
	code, err := s.desk.Invite(ctx, 0, desk.Chief, nil, "سالم")
	if err != nil {
		t.Fatal(err)
	}
	salim, _, err := s.desk.Claim(ctx, desk.Seat{Account: "telegram:1", Chat: "1"}, code, "")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		body := fmt.Sprintf(`{"words": "خبر رقم %d", "sections": ["weather"]}`, i+1)
		made := s.call("POST", "/v1/proposals", body, "Idempotency-Key", fmt.Sprint("k", i))
		if s.says(made, 201, ""); made.Header().Get("Location") != fmt.Sprintf("/v1/proposals/%d", i+1) {
			t.Errorf("look at %q", made.Header().Get("Location"))
		}
	}
	fate := func(n int, state string) map[string]any {
		t.Helper()
		got := s.says(s.call("GET", fmt.Sprintf("/v1/proposals/%d", n), ""), 200, "")
		if got["state"] != state {
			t.Errorf("proposal %d: %v, want %s", n, got, state)
		}
		alert, _ := got["alert"].(map[string]any)
		return alert
	}
	if alert := fate(1, "open"); alert != nil {
		t.Errorf("nobody has taken it, and it is %v", alert)
	}
	d, err := s.desk.Take(ctx, salim.ID, 1)
	if err == nil {
		err = s.desk.Decline(ctx, salim.ID, 2)
	}
	if err != nil {
		t.Fatal(err)
	}
	if alert := fate(1, "taken"); alert["id"] != float64(d.ID) || alert["state"] != "draft" {
		t.Errorf("on the desk it is %v", alert)
	}
	p, err := s.desk.Preview(ctx, salim.ID, d.ID)
	if err == nil {
		_, err = s.desk.Confirm(ctx, salim.ID, d.ID, p.Draft.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	fate(1, "taken")
	s.tick(6 * time.Second)
	if alert := fate(1, "taken"); alert["broadcast"] != 1.0 || alert["published_at"] == nil || alert["state"] != "sending" && alert["state"] != "done" {
		t.Errorf("sent, it is %v", alert)
	}
	fate(2, "declined")
	fate(3, "open")
	s.tick(time.Hour)
	fate(3, "expired")
	other := s.enroll("other", desk.NewClient{Scopes: desk.Scopes()})
	s.says(s.call("GET", "/v1/proposals/1", "", "Authorization", "Bearer "+other), 404, "not-found")
	if err := s.desk.Revoke(ctx, "cms"); err != nil {
		t.Fatal(err)
	}
	s.says(s.call("GET", "/v1/proposals/1", ""), 401, "invalid-token")
}

// TestHooks: the bodies that plugins send.
func TestHooks(t *testing.T) {
	s := newStand(t).known()
	for body, link := range map[string]string{
		`{"post_id": 7}`:   "",
		`{"post_id": "7"}`: "",
		`{"link": "https://news.example/7", "post": {"ID": 7}, "user": "x"}`: "https://news.example/7",
		`{"post_url": "https://news.example/8", "link": null}`:               "https://news.example/8",
		`{"post_permalink": "https://news.example/9", "link": 3}`:            "https://news.example/9",
	} {
		s.pulled = nil
		s.says(s.call("POST", "/v1/hooks/wordpress", body), 202, "")
		if len(s.pulled) != 1 || s.pulled[0] != link {
			t.Errorf("%s pulled %q", body, s.pulled)
		}
	}
}

// FuzzBodies: whatever is sent, the answer is one of ours, and what is taken
// goes to sections that there are, in words that there are.
func FuzzBodies(f *testing.F) {
	for _, body := range []string{wadi, `{"post_id": 1}`, `{}`, `{"words": "x", "everyone": true, "force": ["same"]}`, `{"link": "\u202e"}`, "[[[[", `{"words":"x","sections":["weather","weather","jobs"]}`} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s := newStand(t).known()
		for _, path := range []string{"/v1/alerts", "/v1/proposals", "/v1/hooks/wordpress"} {
			w := s.call("POST", path, body, "Idempotency-Key", "k")
			var said map[string]any
			if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code >= http.StatusInternalServerError {
				t.Fatalf("%s said %d %q", path, w.Code, w.Body)
			}
			if code, refused := said["code"]; refused == (w.Code < 300) || refused && code == "" {
				t.Errorf("%s said %d %s", path, w.Code, w.Body)
			}
		}
		drafts, err := s.store.Desk(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range drafts {
			if d.State != desk.Counting || strings.TrimSpace(d.Words) == "" || d.Everyone == (len(d.Sections) > 0) {
				t.Errorf("taken: %+v", d)
			}
			for _, slug := range d.Sections {
				if _, ok := tree.Find(slug); !ok {
					t.Errorf("taken for %q", slug)
				}
			}
		}
	})
}
