package feed_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

func sampleSite(t *testing.T) *feedtest.Site {
	t.Helper()
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	sample, err := feedtest.NewSample(now)
	if err != nil {
		t.Fatal(err)
	}
	s := &feedtest.Site{Base: "https://news.example", Now: func() time.Time { return now }}
	s.Fill(sample)
	return s
}

func fetcher(s *feedtest.Site) *feed.Fetcher {
	return &feed.Fetcher{Transport: feedtest.Transport{Handler: s}, Now: s.Now, Gap: -1}
}

func TestProbe(t *testing.T) {
	for name, c := range map[string]struct {
		address string
		spoil   func(*feedtest.Site)
		kind    feed.Kind
		reads   string
		ids     bool
	}{
		"wp-json":       {"https://news.example", func(*feedtest.Site) {}, feed.WordPress, "https://news.example/", true},
		"from a page":   {"https://news.example/index.php?x=1", func(*feedtest.Site) {}, feed.WordPress, "https://news.example/", true},
		"rest_route":    {"https://news.example/", func(s *feedtest.Site) { s.Misbehave(feedtest.JSON, feedtest.HTML()) }, feed.WordPress, "https://news.example/", true},
		"closed API":    {"https://news.example/", func(s *feedtest.Site) { s.Misbehave(feedtest.API, feedtest.Closed()) }, feed.Feed, "", false},
		"named feed":    {"https://news.example/feed/atom/", func(*feedtest.Site) {}, feed.Feed, "https://news.example/feed/atom/", false},
		"home is taken": {"https://news.example/", func(s *feedtest.Site) { s.Misbehave(feedtest.Pages, feedtest.Respond(500, "text/html", "")) }, feed.WordPress, "https://news.example/", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := sampleSite(t)
			c.spoil(s)
			site, err := feed.Probe(t.Context(), fetcher(s), c.address)
			if err != nil {
				t.Fatal(err)
			}
			if site.Kind != c.kind || site.Address != c.reads || !strings.HasPrefix(site.Name, "نوافذ عُمان") {
				t.Errorf("site %+v", site)
			}
			if name == "named feed" {
				return
			}
			i := slices.IndexFunc(site.Categories, func(k feed.SiteCategory) bool { return k.Slug == "weather" && k.Name == "الطقس" })
			if i < 0 || len(site.Categories) != 16 {
				t.Fatalf("categories %+v", site.Categories)
			}
			w := site.Categories[i]
			if c.ids && (w.ID != 3 || w.Parent != 2 || w.Count != 2 || site.Zone != "Asia/Muscat") {
				t.Errorf("category %+v, zone %q", w, site.Zone)
			}
			if !c.ids && (w.Feed != "https://news.example/category/news/weather/feed/" || w.Page+"feed/" != w.Feed) {
				t.Errorf("category %+v", w)
			}
			if name != "home is taken" && (site.Language != "ar" || len(site.Feeds) != 1) {
				t.Errorf("language %q, feeds %+v", site.Language, site.Feeds)
			}
		})
	}
}

func TestProbeSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		fault  feedtest.Fault
		status feed.Status
		says   string
	}{
		"guarded":     {feedtest.Challenge(), feed.Blocked, "guard turns us away"},
		"dead":        {feedtest.Cut(), feed.Broken, "no answer"},
		"no feed":     {feedtest.Respond(404, "text/html", "<html>"), feed.Broken, "404"},
		"only a page": {feedtest.Respond(200, "text/html", "<!DOCTYPE html><html><body>hello</body></html>"), feed.Broken, "web page, not with a feed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := sampleSite(t)
			s.Misbehave(feedtest.All, c.fault)
			_, err := feed.Probe(t.Context(), fetcher(s), "https://news.example/")
			var p *feed.Problem
			if !errors.As(err, &p) || p.Status != c.status || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v", err)
			}
		})
	}
	if _, err := feed.Probe(t.Context(), &feed.Fetcher{}, "news.example"); err == nil || !strings.Contains(err.Error(), "https://") {
		t.Errorf("error %v", err)
	}
}

func TestInspect(t *testing.T) {
	s := sampleSite(t)
	for _, address := range []string{"https://news.example/", "https://news.example/feed/", "https://news.example/category/culture/poetry/feed/"} {
		in, err := feed.Inspect(t.Context(), fetcher(s), feed.Source{Name: "x", URL: address})
		if err != nil {
			t.Fatal(err)
		}
		if len(in.Records) == 0 || !in.Records[0].Usable || len(in.Records[0].Warnings) != 0 || in.Kind == "" {
			t.Errorf("%s: %+v", address, in)
		}
	}
	s.Misbehave(feedtest.Feeds, feedtest.Undated())
	in, err := feed.Inspect(t.Context(), fetcher(s), feed.Source{Name: "x", URL: "https://news.example/feed/"})
	if err != nil || len(in.Records[0].Warnings) != 1 || !in.Records[0].Article.Published.IsZero() {
		t.Errorf("undated: %+v, %v", in, err)
	}
}

// TestPullSample reads the sample newsroom by the API and by its feeds: both
// give the same articles, and the poem keeps its lines.
func TestPullSample(t *testing.T) {
	texts := map[string]string{}
	for _, kind := range []feed.Kind{feed.WordPress, feed.Feed} {
		s := sampleSite(t)
		s.PerFeed = 50
		url := "https://news.example/"
		if kind == feed.Feed {
			url += "feed/"
		}
		shelf := newShelf()
		p := &feed.Puller{Fetcher: fetcher(s), Store: shelf, Now: s.Now}
		r, err := p.Pull(t.Context(), feed.Source{Name: "x", URL: url, Kind: kind, Zone: time.FixedZone("", 4*3600)})
		if err != nil || len(r.Warnings) != 0 || r.Read < 24 {
			t.Fatalf("report %+v, error %v", r, err)
		}
		for _, a := range shelf.articles {
			text := a.Title + "\n" + a.Lead + "\n" + a.Body + "\n" + a.Link() + "\n" + a.Published.UTC().String()
			if was, ok := texts[a.Key]; ok && was != text {
				t.Errorf("%s differs:\n%s\n%s", a.Key, was, text)
			}
			texts[a.Key] = text
			if a.Title == "نخيلٌ وبحر" && strings.Count(a.Body, "\n") != 5 || a.Urgent != (a.Title == "إغلاق طريق وادي المعاول مؤقتًا بسبب جريان الأودية") {
				t.Errorf("%s: urgent %v\n%s", a.Title, a.Urgent, a.Body)
			}
		}
	}
}
