package wire_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// client is a program of the newsroom with a token.
type client struct {
	w     *world
	token string
}

func (w *world) client(name string, scopes ...desk.Scope) *client {
	w.t.Helper()
	made, err := w.program.Acts().Enroll(w.t.Context(), desk.NewClient{Name: name, Scopes: scopes})
	if err != nil {
		w.t.Fatal(err)
	}
	return &client{w, made.Token}
}

// posts fails unless a call is answered with a status.
func (c *client) posts(path, key, body string, status int) string {
	c.w.t.Helper()
	r := httptest.NewRequestWithContext(c.w.t.Context(), http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	a := httptest.NewRecorder()
	c.w.program.API().ServeHTTP(a, r)
	if a.Code != status {
		c.w.t.Errorf("%s: said %d, want %d: %s", path, a.Code, status, a.Body)
	}
	return a.Body.String()
}

// lists counts how often the newest articles of the site are asked for.
func (w *world) lists() *atomic.Int64 {
	var n atomic.Int64
	site := w.sites["news.example"]
	w.sites["news.example"] = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/wp/v2/posts") && r.URL.Query().Get("orderby") == "date" {
			n.Add(1)
		}
		site.ServeHTTP(rw, r)
	})
	return &n
}

// A hook has the article pulled within a second, and put before the editors; a
// storm of hooks is one pull.
func TestHookPulls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.Replace(sample, "breaking: auto", "breaking: propose, schedule: \"0 3 * * *\"", 1)
		lists := w.lists()
		w.start()
		salim := w.editor("سالم")
		wordpress := w.client("wordpress", desk.ScopePull)
		w.pass(time.Minute)
		before := lists.Load()
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		for range 50 {
			if got := wordpress.posts("/v1/hooks/wordpress", "", `{"post_id": 3, "link": "https://www.news.example/3"}`, 202); !strings.Contains(got, `"site"`) {
				t.Errorf("the hook woke %s", got)
			}
		}
		w.pass(time.Second)
		latest, err := w.store.Latest(t.Context(), nil, 1)
		if err != nil || len(latest) != 1 || latest[0].Title != "إغلاق طريق الوادي" {
			t.Errorf("a second later the newest is %v, %v", latest, err)
		}
		w.pass(time.Minute)
		if n := lists.Load() - before; n != 1 {
			t.Errorf("the site was asked %d times for its articles", n)
		}
		salim.gets("إغلاق طريق الوادي")
		wordpress.posts("/v1/hooks/wordpress", "", `{"link": "https://elsewhere.example/3"}`, 422)
		wordpress.posts("/v1/alerts", "k", `{"words": "x", "everyone": true}`, 403)
	})
}

// A site that is given a rest keeps it: hooks are no way to flood it.
func TestHookRespectsTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.Replace(sample, "breaking: auto", "schedule: \"0 3 * * *\"", 1)
		w.start()
		wordpress := w.client("wordpress", desk.ScopePull)
		w.pass(time.Minute)
		w.site.Misbehave(feedtest.All, feedtest.Unavailable(time.Hour))
		wordpress.posts("/v1/hooks/wordpress", "", `{"post_id": 3}`, 202)
		w.pass(10 * time.Second)
		lists := w.lists()
		for range 20 {
			wordpress.posts("/v1/hooks/wordpress", "", `{"post_id": 3}`, 202)
			w.pass(2 * time.Second)
		}
		if n := lists.Load(); n != 0 {
			t.Errorf("the site was asked %d times while it had a rest", n)
		}
	})
}

// A hook that comes while the configuration is read again is not lost.
func TestHookOverReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.Replace(sample, "breaking: auto", "schedule: \"0 3 * * *\"", 1)
		w.start()
		wordpress := w.client("wordpress", desk.ScopePull)
		for i, title := range []string{"خبر أول", "خبر ثانٍ"} {
			w.publish(title, "news")
			wordpress.posts("/v1/hooks/wordpress", "", `{"post_id": 3}`, 202)
			if i == 0 {
				if err := w.program.Reload(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			w.pass(3 * time.Second)
			if latest, err := w.store.Latest(t.Context(), nil, 1); err != nil || latest[0].Title != title {
				t.Errorf("the newest is %v, %v", latest, err)
			}
		}
	})
}

// An alert that is posted twice reaches a reader once, after a countdown in
// which those on duty hear of it; a restart in between changes nothing.
func TestAlertFromTheNewsroomsSystem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const body = `{"words": "إغلاق طريق الوادي", "link": "https://news.example/", "everyone": true}`
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		cms := w.client("cms", desk.ScopeAlert)
		first := cms.posts("/v1/alerts", "k", body, 201)
		w.pass(time.Second)
		salim.gets("سيرسل «cms» هذا الخبر العاجل بعد 5 ثوانٍ")
		nur.gets()
		w.restart()
		w.pass(10 * time.Second)
		if again := cms.posts("/v1/alerts", "k", body, 201); again != first {
			t.Errorf("said %s, then %s", first, again)
		}
		w.pass(time.Minute)
		nur.gets("عاجل | إغلاق طريق الوادي")
		if n := w.logged("إغلاق"); n != 0 {
			t.Errorf("%d lines of the log hold the words", n)
		}
	})
}

// Those on duty stop a client's alert with the word that stops their own.
func TestEditorStopsAClientsAlert(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		cms := w.client("cms", desk.ScopeAlert)
		cms.posts("/v1/alerts", "k", `{"words": "إغلاق طريق الوادي", "everyone": true}`, 201)
		w.pass(time.Second)
		salim.phone.SendText(salim.chat, "إلغاء")
		w.pass(time.Minute)
		nur.gets()
	})
}

// A proposal in a program's own words is one press from an alert.
func TestProposalFromTheNewsroomsSystem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		cms := w.client("cms", desk.ScopePropose)
		for range 2 {
			cms.posts("/v1/proposals", "k", `{"words": "إغلاق طريق الوادي", "sections": ["news"]}`, 201)
		}
		w.pass(5 * time.Second)
		salim.gets("خبر عاجل يقترحه «cms»")
		salim.presses("عاين")
		w.pass(5 * time.Second)
		nur.gets()
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		nur.gets("عاجل | إغلاق طريق الوادي")
	})
}
