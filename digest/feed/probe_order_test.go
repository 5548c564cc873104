package feed_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// forbids turns visitors away from the addresses that bad names.
func forbids(bad func(r *http.Request) bool) feedtest.Fault {
	return func(_ *feedtest.Site, site http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if bad(r) {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			site.ServeHTTP(w, r)
		})
	}
}

func isAPI(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/wp-json") || r.URL.Query().Has("rest_route")
}

// What is there is asked in one order: the API at its two addresses, the feeds
// of categories, the main feed, and those that the home page names.
func TestProbeOrder(t *testing.T) {
	categories := func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/category/") }
	for name, c := range map[string]struct {
		bad   func(r *http.Request) bool
		reads string
		feeds int // of categories
		asked []string
	}{
		"API and main feed closed": {
			func(r *http.Request) bool { return isAPI(r) || r.URL.Path == "/feed/" }, "", 16,
			[]string{"/", "/wp-json/", "/?rest_route=/", "/category/news/feed/", "/category/news/weather/feed/"},
		},
		"a category closed": {
			func(r *http.Request) bool { return isAPI(r) || strings.Contains(r.URL.Path, "weather") }, "", 15,
			[]string{"/", "/wp-json/", "/?rest_route=/", "/category/news/feed/", "/category/news/weather/feed/", "/category/news/oman-news/feed/"},
		},
		"categories closed": {
			func(r *http.Request) bool { return isAPI(r) || categories(r) }, "https://news.example/feed/", 0,
			[]string{"/", "/wp-json/", "/?rest_route=/", "/category/news/feed/", "/category/news/weather/feed/", "/category/news/oman-news/feed/", "/feed/"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sampleSite(t)
			s.Misbehave(feedtest.All, forbids(c.bad))
			site, err := feed.Probe(t.Context(), fetcher(s), "https://news.example/")
			if err != nil || site.Kind != feed.Feed || site.Address != c.reads || site.Name != "نوافذ عُمان" || len(site.Categories) != 16 {
				t.Fatalf("site %+v, error %v", site, err)
			}
			feeds := 0
			for _, k := range site.Categories {
				if k.Feed != "" {
					feeds++
				}
			}
			if feeds != c.feeds {
				t.Errorf("%d categories have feeds, want %d", feeds, c.feeds)
			}
			asked := s.Asked()
			for i := range asked {
				asked[i] = strings.ReplaceAll(asked[i], "%2F", "/")
			}
			if len(asked) < len(c.asked) || !slices.Equal(asked[:len(c.asked)], c.asked) {
				t.Errorf("asked %q", asked)
			}
			if name == "a category closed" && !slices.ContainsFunc(site.Notes, func(n string) bool { return strings.Contains(n, "weather") }) {
				t.Errorf("notes %q", site.Notes)
			}
		})
	}
}
