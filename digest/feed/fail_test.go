package feed_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
)

func TestPullMisbehaviour(t *testing.T) {
	for name, c := range map[string]struct {
		fault  feedtest.Fault
		status feed.Status
		says   string
	}{
		"challenge page":      {feedtest.Challenge(), feed.Blocked, "guard turns us away"},
		"403 page":            {feedtest.Respond(403, "text/html", "<html><body>Forbidden</body></html>"), feed.Blocked, "403"},
		"503 page of a guard": {feedtest.Respond(503, "text/html", "<html><body>checking</body></html>"), feed.Blocked, "503"},
		"429":                 {feedtest.Respond(429, "text/plain", "slow down"), feed.Blocked, "429"},
		"200 challenge":       {feedtest.Respond(200, "text/html", "<html><head><title>Just a moment...</title>"), feed.Blocked, "guard"},
		"maintenance":         {feedtest.Respond(503, "text/html", "<html>Briefly unavailable for scheduled maintenance."), feed.Broken, "503"},
		"503":                 {feedtest.Unavailable(0), feed.Broken, "503"},
		"500":                 {feedtest.Respond(500, "text/html", "<html>oops"), feed.Broken, "500"},
		"HTML":                {feedtest.HTML(), feed.Broken, "a web page, not with a feed; the page names https://news.example/feed/"},
		"garbage":             {feedtest.Garbage(), feed.Broken, "neither a feed"},
		"nothing":             {feedtest.Respond(200, "text/xml", ""), feed.Broken, "nothing at all"},
		"cut":                 {feedtest.Cut(), feed.Broken, "no answer"},
		"50 MB":               {feedtest.Huge(50 << 20), feed.Broken, "larger than 10 MB"},
		"redirect loop":       {feedtest.RedirectLoop(), feed.Broken, "in circles"},
		"to a private place":  {feedtest.Redirect("http://169.254.169.254/latest/"), feed.Broken, "private address"},
		"to this machine":     {feedtest.Redirect("http://localhost:8080/"), feed.Broken, "private address"},
		"to a file":           {feedtest.Redirect("file:///etc/passwd"), feed.Broken, "not http"},
		"no dates":            {feedtest.Undated(), feed.OK, ""},
		"weak etags":          {feedtest.WeakETags(), feed.OK, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t)
			s.source = feed.Source{Name: "example", URL: "https://news.example/feed/"}
			s.publish("قديم")
			s.wait(time.Minute)
			s.pull()
			s.wait(time.Minute)
			s.publish("جديد")
			s.wait(10 * time.Minute)
			s.site.Misbehave(feedtest.Feeds, c.fault)
			if c.status != feed.OK {
				p := s.pullFails()
				if p.Status != c.status || !strings.Contains(p.Error(), c.says) {
					t.Errorf("status %q, says %q", p.Status, p)
				}
				m := s.shelf.memory["example https://news.example/feed/"]
				if m.Status != c.status || m.Problem == "" || m.Failures != 1 || !m.RetryAt.Equal(s.at.Add(time.Minute)) || m.ETag == "" {
					t.Errorf("memory %+v", m)
				}
				if r := s.pull(); !r.Later.Equal(m.RetryAt) {
					t.Errorf("asked again at once: %+v", r)
				}
				s.site.Behave()
				s.wait(2 * time.Minute)
			}
			if r := s.pull(); len(r.Taken.New) != 1 {
				t.Errorf("afterwards took %+v", r.Taken)
			}
			if m := s.shelf.memory["example https://news.example/feed/"]; m.Status != feed.OK || m.Failures != 0 || !m.RetryAt.IsZero() {
				t.Errorf("afterwards memory %+v", m)
			}
		})
	}
}

// TestPullReadsDamagedFeeds has feeds that are wrong but hold articles.
func TestPullReadsDamagedFeeds(t *testing.T) {
	for name, c := range map[string]struct {
		fault feedtest.Fault
		want  []string
		warns string
	}{
		"mislabelled": {feedtest.Mislabelled(), []string{"خبر أول", "خبر ثان"}, ""},
		"truncated":   {feedtest.Truncated(0.9), []string{"خبر ثان"}, "broke before the end"},
		"untitled":    {feedtest.Untitled(), []string{"نص خبر أول الكامل.", "نص خبر ثان الكامل."}, "no title"},
		"same id":     {feedtest.SameID(), []string{"خبر ثان"}, "two articles are called wp:7"},
		"slow":        {feedtest.Slow(3, 0), []string{"خبر أول", "خبر ثان"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t)
			s.source = feed.Source{Name: "example", URL: "https://news.example/feed/"}
			defer func() { // whatever it was, it is read in full when it is well again
				s.site.Behave()
				s.wait(time.Minute)
				s.publish("خبر ثالث")
				s.wait(time.Minute)
				if r := s.pull(); r.NotModified || !slices.Contains(s.shelf.titles(), "خبر ثالث") {
					t.Errorf("afterwards %+v", r)
				}
			}()
			s.publish("خبر أول")
			s.wait(time.Minute)
			s.publish("خبر ثان")
			s.wait(time.Minute)
			s.site.Misbehave(feedtest.Feeds, c.fault)
			r := s.pull()
			if got := s.shelf.titles(); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if !strings.Contains(strings.Join(r.Warnings, "\n"), c.warns) || c.warns == "" && len(r.Warnings) > 0 {
				t.Errorf("warnings %q", r.Warnings)
			}
		})
	}
}

func TestPullSameIDInPosts(t *testing.T) {
	s := newStand(t)
	s.publish("خبر أول")
	s.wait(time.Minute)
	s.publish("خبر ثان")
	s.wait(time.Minute)
	s.site.Misbehave(feedtest.API, feedtest.SameID())
	r := s.pull()
	if got := s.shelf.titles(); !slices.Equal(got, []string{"خبر ثان"}) || len(r.Warnings) != 1 {
		t.Errorf("got %q, warnings %q", got, r.Warnings)
	}
}

// TestPullEmptyFeed empties a feed for an hour: nobody is sent the archive
// when it comes back.
func TestPullEmptyFeed(t *testing.T) {
	s := newStand(t)
	s.source.URL, s.source.Kind = "https://news.example/feed/", feed.Feed
	s.publish("قديم")
	s.wait(time.Minute)
	s.site.Misbehave(feedtest.Feeds, feedtest.Empty())
	if r := s.pull(); len(r.Warnings) != 1 || s.shelf.last().Complete {
		t.Errorf("first, empty pull: %+v", r)
	}
	if m := s.shelf.memory["example https://news.example/feed/"]; m.Problem == "" || m.Status != feed.OK {
		t.Errorf("memory %+v", m)
	}
	s.site.Behave()
	s.wait(time.Hour)
	if r := s.pull(); len(r.Taken.New) != 0 || r.Taken.Archive != 1 {
		t.Errorf("took %+v", r.Taken)
	}
	s.publish("جديد")
	s.wait(time.Hour)
	if r := s.pull(); len(r.Taken.New) != 1 {
		t.Errorf("took %+v", r.Taken)
	}
}

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

func TestPullFilterAndForms(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		s.source.Categories, s.source.TrustPrefix = []string{"أخبار"}, true
		s.puller.Sections = func(a news.Article) news.Article {
			if strings.Contains(a.Title, "قصيدة") {
				a.Form = news.Poem
			}
			if strings.Contains(a.Title, "شائعة") {
				a.Form = news.Check
			}
			return a
		}
		s.publish("قصيدة", func(p *feedtest.Post) {
			p.Content = "<table><tr><td>صدر البيت</td><td>عجز البيت</td></tr><tr><td>صدر ثان</td><td>عجز ثان</td></tr></table>"
		})
		s.publish("عاجل: شائعة عن الخبز")
		s.publish("عاجل: فتح الميناء")
		s.publish("غير مطلوب", func(p *feedtest.Post) { p.Categories = []int{4} })
		s.wait(time.Minute)
		s.pull()
		got := map[string]news.Article{}
		for _, a := range s.shelf.articles {
			got[a.Title] = a
		}
		if len(got) != 3 || !got["فتح الميناء"].Urgent || got["عاجل: شائعة عن الخبز"].Urgent || got["شائعة عن الخبز"].Urgent {
			t.Errorf("got %q", s.shelf.titles())
		}
		if p := got["قصيدة"]; p.Lead != "" || p.Body != "صدر البيت … عجز البيت\nصدر ثان … عجز ثان" {
			t.Errorf("poem %q, lead %q", p.Body, p.Lead)
		}
	})
}

func TestReread(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		id := s.publish("عاجل", func(p *feedtest.Post) { p.Title, p.Categories = "إغلاق الطريق", []int{4} })
		s.wait(time.Minute)
		s.publish("خبر آخر")
		s.wait(time.Minute)
		s.pull()
		a := s.shelf.articles[0]
		if !a.Urgent {
			t.Fatal("not urgent to begin with")
		}
		s.site.Update(id, func(p *feedtest.Post) { p.Categories, p.Title = []int{3}, "فتح الطريق" })
		again, found, err := s.puller.Reread(t.Context(), s.source, a)
		if err != nil || !found || again.Urgent || again.Title != "فتح الطريق" || again.ID != a.ID || again.Key != a.Key {
			t.Errorf("found %v, error %v, article %+v", found, err, again)
		}
		s.publish("خبر أقدم", func(p *feedtest.Post) { p.Published = s.at.Add(-time.Hour) })
		s.site.Trash(id)
		if _, found, err := s.puller.Reread(t.Context(), s.source, a); found || err != nil {
			t.Errorf("trashed: found %v, error %v", found, err)
		}
		s.site.Misbehave(feedtest.API, feedtest.Respond(404, "application/json", `{"code":"rest_post_invalid_id"}`))
		if _, found, err := s.puller.Reread(t.Context(), s.source, a); found || err != nil {
			t.Errorf("deleted: found %v, error %v", found, err)
		}
		s.site.Misbehave(feedtest.All, feedtest.Cut())
		if _, _, err := s.puller.Reread(t.Context(), s.source, a); err == nil {
			t.Error("a dead site must not look like a withdrawn article")
		}
	})
}

// TestFetcherTimesOut uses the bubble's clock: nobody waits.
func TestFetcherTimesOut(t *testing.T) {
	for name, fault := range map[string]feedtest.Fault{"no answer": feedtest.Timeout(), "slow body": feedtest.Slow(100, time.Second)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site := &feedtest.Site{Base: "https://news.example"}
				site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص</p>"})
				site.Misbehave(feedtest.All, fault)
				f := &feed.Fetcher{Transport: feedtest.Transport{Handler: site}}
				start := time.Now()
				_, err := f.Get(t.Context(), feed.Request{URL: "https://news.example/feed/"})
				var p *feed.Problem
				if !errors.As(err, &p) || !strings.Contains(p.Reason, "in time") || time.Since(start) != 30*time.Second {
					t.Errorf("after %v: %v", time.Since(start), err)
				}
			})
		})
	}
}

// TestFetcherIsPolite asks one host from many sides at once.
func TestFetcherIsPolite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &feedtest.Site{Base: "https://news.example"}
		site.Misbehave(feedtest.All, feedtest.Slow(1, 2*time.Second))
		f := &feed.Fetcher{Transport: feedtest.Transport{Handler: site}}
		start := time.Now()
		done := make(chan error)
		for range 4 {
			go func() {
				_, err := f.Get(t.Context(), feed.Request{URL: "https://news.example/"})
				done <- err
			}()
		}
		go func() {
			_, err := f.Get(t.Context(), feed.Request{URL: "https://other.example/"})
			if took := time.Since(start); took != 2*time.Second {
				t.Errorf("another host waited %v", took)
			}
			done <- err
		}()
		for range 5 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 11*time.Second { // 4 × 2 s and 3 gaps
			t.Errorf("took %v", took)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := f.Get(ctx, feed.Request{URL: "https://news.example/"}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

func TestFetcherKeepsSecrets(t *testing.T) {
	site := &feedtest.Site{}
	site.Misbehave(feedtest.All, feedtest.Cut())
	f := &feed.Fetcher{Transport: feedtest.Transport{Handler: site}, Gap: -1}
	for _, u := range []string{"https://ali:hunter2@news.example/feed/?key=hunter2&paged=2", "https://news.example/%zz?key=hunter2", "ftp://ali:hunter2@news.example/"} {
		_, err := f.Get(t.Context(), feed.Request{URL: u})
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("error is %v", err)
		}
	}
}

func TestFetcherSaysWhoItIs(t *testing.T) {
	var got http.Header
	f := &feed.Fetcher{Agent: feed.UserAgent("1.2"), Gap: -1, Transport: feedtest.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		_, _ = w.Write([]byte("x"))
	})}}
	_, err := f.Get(t.Context(), feed.Request{URL: "https://news.example/", ETag: `W/"a b"`, LastModified: "yesterday"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Get("User-Agent") != "Nashra/1.2 (+https://github.com/nashra-bot/nashra)" || got.Get("If-None-Match") != `W/"a b"` || got.Get("If-Modified-Since") != "yesterday" {
		t.Errorf("headers %v", got)
	}
}

// TestFetcherGuardsRealConnections runs over loopback: a source there is
// fine, being sent there from elsewhere is not.
func TestFetcherGuardsRealConnections(t *testing.T) {
	site := &feedtest.Site{Name: "محلي"}
	site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص</p>"})
	address := serve(t, site)
	f := &feed.Fetcher{}
	if _, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/"}); err != nil {
		t.Errorf("a source on this machine: %v", err)
	}
	_, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/", Origin: "https://news.example/"})
	var p *feed.Problem
	if !errors.As(err, &p) || !strings.Contains(p.Reason, "private address") {
		t.Errorf("sent here from elsewhere: %v", err)
	}
	for _, fault := range []feedtest.Fault{feedtest.Cut(), feedtest.Huge(11 << 20), feedtest.Truncated(0.5)} {
		site.Behave()
		site.Misbehave(feedtest.All, fault)
		a, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/"})
		if err == nil && !a.Cut {
			t.Errorf("no error, %d bytes", len(a.Body))
		}
	}
	site.Behave()
	f.MaxBytes = 100
	if _, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/"}); !errors.Is(err, feed.ErrTooLarge) {
		t.Errorf("cap: %v", err)
	}
}

// TestFetcherCapsWhatUnpacks packs 50 MB into a few kilobytes.
func TestFetcherCapsWhatUnpacks(t *testing.T) {
	packed := gzipped(bytes.Repeat([]byte("<item></item>"), 50<<20/13))
	for _, encoded := range []bool{true, false} {
		address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if encoded {
				w.Header().Set("Content-Encoding", "gzip")
			}
			_, _ = w.Write(packed)
		}))
		if _, err := new(feed.Fetcher).Get(t.Context(), feed.Request{URL: address}); !errors.Is(err, feed.ErrTooLarge) {
			t.Errorf("encoded %v: %v", encoded, err)
		}
	}
}

// TestPullGoesOnBehindARedirect has a plugin send visitors of the API to the
// login page, in circles: the feed is still read. What was complained of once
// is not complained of again.
func TestPullGoesOnBehindARedirect(t *testing.T) {
	s := newStand(t)
	s.publish("خبر")
	s.wait(time.Minute)
	s.site.Misbehave(feedtest.API, feedtest.RedirectLoop())
	s.site.Misbehave(feedtest.Feeds, feedtest.Undated())
	if r := s.pull(); r.Kind != feed.Feed || r.Taken.Archive != 1 || len(r.Warnings) != 1 {
		t.Errorf("report %+v", r)
	}
	s.wait(7 * time.Hour)
	if r := s.pull(); len(r.Warnings) != 0 {
		t.Errorf("warnings again: %q", r.Warnings)
	}
}

// TestPullCutFirst breaks the connection in the very first feed: what was
// behind the break is archive, too, and is read at once with the next pull.
func TestPullCutFirst(t *testing.T) {
	s := newStand(t)
	s.source.URL = "https://news.example/feed/"
	s.publish("خبر أول")
	s.wait(time.Minute)
	s.publish("خبر ثان")
	s.wait(time.Minute)
	s.site.Misbehave(feedtest.Feeds, feedtest.Truncated(0.9))
	if s.pull(); s.shelf.last().Complete {
		t.Error("complete")
	}
	s.site.Behave()
	s.wait(time.Minute)
	if r := s.pull(); r.NotModified || len(r.Taken.New) != 0 || r.Taken.Archive != 0 && r.Old != 0 {
		t.Errorf("report %+v", r)
	}
}

// TestPullLeavesMissingAPIAlone counts how often a site without WordPress is
// asked for its API.
func TestPullLeavesMissingAPIAlone(t *testing.T) {
	s := newStand(t)
	s.publish("خبر")
	s.wait(time.Minute)
	s.site.Misbehave(feedtest.API, feedtest.Respond(404, "text/html", "<html>"))
	for range 72 {
		s.pull()
		s.wait(5 * time.Minute)
	}
	api := slices.DeleteFunc(s.site.Asked(), func(path string) bool { return path == "/feed/" })
	if len(api) != 2 {
		t.Errorf("asked %d times in six hours: %q", len(api), api)
	}
}
