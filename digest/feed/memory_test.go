package feed_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// TestPullConditional counts what is asked and believed.
func TestPullConditional(t *testing.T) {
	s := newStand(t)
	s.source.URL = "https://news.example/feed/"
	id := s.publish("خبر")
	s.wait(time.Minute)
	s.pull()
	s.wait(time.Minute)
	if r := s.pull(); !r.NotModified {
		t.Error("the validators were not sent as they came")
	}
	// A cache in front says "not modified" whatever happens.
	s.site.Misbehave(feedtest.Feeds, func(_ *feedtest.Site, site http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("If-None-Match") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			site.ServeHTTP(w, r)
		})
	})
	s.site.Update(id, func(p *feedtest.Post) { p.Title = "خبر معدّل" })
	s.wait(5 * time.Hour)
	if r := s.pull(); !r.NotModified {
		t.Error("304 is success for six hours")
	}
	s.wait(61 * time.Minute)
	if r := s.pull(); r.NotModified || r.Taken.Changed != 1 {
		t.Errorf("after six hours: %+v", r)
	}
}

// TestPullStoresFirst lets the store fail: the validators must not be kept,
// or the articles would be lost to "not modified".
func TestPullStoresFirst(t *testing.T) {
	s := newStand(t)
	s.source.URL = "https://news.example/feed/"
	s.publish("خبر")
	s.wait(time.Minute)
	s.shelf.broken = errors.New("disk full")
	if _, err := s.puller.Pull(t.Context(), s.source); !errors.Is(err, s.shelf.broken) {
		t.Fatalf("error %v", err)
	}
	s.shelf.broken = nil
	if r := s.pull(); r.NotModified || r.Taken.Archive != 1 {
		t.Errorf("took %+v", r)
	}
}

func TestPullBackOff(t *testing.T) {
	s := newStand(t)
	s.source.URL = "https://news.example/feed/"
	s.site.Misbehave(feedtest.All, feedtest.Unavailable(0))
	var pauses []time.Duration
	for range 11 {
		s.pullFails()
		m := s.shelf.memory["example https://news.example/feed/"]
		pauses = append(pauses, m.RetryAt.Sub(s.at))
		s.at = m.RetryAt
	}
	if pauses[0] != time.Minute || pauses[1] != 2*time.Minute || pauses[8] != 256*time.Minute || pauses[9] != 6*time.Hour || pauses[10] != 6*time.Hour {
		t.Errorf("pauses %v", pauses)
	}
	s.site.Misbehave(feedtest.All, feedtest.Unavailable(90*time.Second))
	s.pullFails()
	if m := s.shelf.memory["example https://news.example/feed/"]; m.RetryAt.Sub(s.at) != 90*time.Second {
		t.Errorf("Retry-After gave %v", m.RetryAt.Sub(s.at))
	}
}

// TestPullAuto closes and opens the API: the source goes on, the keys and what
// is known stay the same, and the API is not asked at every pull.
func TestPullAuto(t *testing.T) {
	s := newStand(t)
	s.publish("الأول")
	s.wait(time.Minute)
	s.pull()
	s.site.Misbehave(feedtest.API, feedtest.Challenge())
	s.wait(time.Minute)
	s.publish("الثاني")
	s.wait(time.Minute)
	r := s.pull()
	if r.Kind != feed.Feed || len(r.Taken.New) != 1 || r.Taken.Changed != 0 {
		t.Errorf("by the feed: %+v", r)
	}
	if c := s.shelf.articles[0].Categories; len(c) != 1 || c[0].ID != 3 {
		t.Errorf("what the API said of a known article was overwritten: %+v", c)
	}
	s.site.Asked()
	s.wait(10 * time.Second)
	s.pull()
	if asked := s.site.Asked(); len(asked) != 1 || asked[0] != "/feed/" {
		t.Errorf("asked %q", asked)
	}
	s.site.Behave()
	s.wait(3 * time.Minute)
	if r = s.pull(); r.Kind != feed.WordPress || len(r.Taken.New)+r.Taken.Changed != 0 {
		t.Errorf("by the API again: %+v", r)
	}
	if m := s.shelf.memory["example https://news.example/"]; m.Status != feed.OK || !m.OKAt.Equal(s.at) {
		t.Errorf("the source's own memory: %+v", m)
	}
	s.site.Misbehave(feedtest.All, feedtest.Challenge())
	s.wait(time.Hour)
	s.pullFails()
	if m := s.shelf.memory["example https://news.example/"]; m.Status != feed.Blocked || m.Failures != 1 {
		t.Errorf("the source's own memory: %+v", m)
	}
}

// TestPullCutWhilePaging breaks the second page: what is behind it comes with
// the next pull.
func TestPullCutWhilePaging(t *testing.T) {
	s := newStand(t)
	s.publish("قديم")
	s.wait(time.Minute)
	s.pull()
	for range 30 {
		s.wait(time.Minute)
		s.publish("خبر")
	}
	s.wait(time.Minute)
	broken := func(site *feedtest.Site, next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("page") == "2" {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}
	s.site.Misbehave(feedtest.All, broken)
	s.pullFails()
	if s.shelf.last().Complete || len(s.shelf.articles) != 21 {
		t.Errorf("%d articles, complete %v", len(s.shelf.articles), s.shelf.last().Complete)
	}
	s.site.Behave()
	s.wait(2 * time.Minute)
	if r := s.pull(); len(r.Taken.New) != 10 {
		t.Errorf("took %d", len(r.Taken.New))
	}
}
