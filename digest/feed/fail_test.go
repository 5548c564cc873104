package feed_test

import (
	"slices"
	"strings"
	"testing"
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
		if got := s.shelf.articles[0]; got.Title != "فتح الطريق" || got.Urgent || got.ID != a.ID {
			t.Errorf("what was read again is not stored: %+v", got)
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
	if r := s.pull(); r.NotModified || len(r.Taken.New) != 0 || r.Taken.Archive != 1 {
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
