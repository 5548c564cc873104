package feed_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
)

// stand is a site, a clock and a puller between them and a shelf.
type stand struct {
	t      *testing.T
	at     time.Time
	site   *feedtest.Site
	shelf  *shelf
	puller *feed.Puller
	source feed.Source
}

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{t: t, at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), shelf: newShelf()}
	now := func() time.Time { return s.at }
	s.site = &feedtest.Site{Base: "https://news.example", Name: "أخبار المثال", Now: now}
	s.site.AddCategory(feedtest.Category{ID: 3, Name: "أخبار", Slug: "news"})
	s.site.AddCategory(feedtest.Category{ID: 4, Name: "عاجل", Slug: "عاجل"})
	s.puller = &feed.Puller{
		Fetcher: &feed.Fetcher{Transport: feedtest.Transport{Handler: s.site}, Now: now, Gap: -1},
		Store:   s.shelf, Now: now,
	}
	s.source = feed.Source{Name: "example", URL: "https://news.example/", Zone: time.FixedZone("", 4*3600)}
	return s
}

func (s *stand) publish(title string, more ...func(*feedtest.Post)) int {
	p := feedtest.Post{Title: title, Content: "<p>نص " + title + " الكامل.</p>", Categories: []int{3}, Author: "مريم"}
	for _, m := range more {
		m(&p)
	}
	return s.site.Publish(p)
}

func (s *stand) pull() feed.Report {
	s.t.Helper()
	r, err := s.puller.Pull(s.t.Context(), s.source)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *stand) pullFails() *feed.Problem {
	s.t.Helper()
	_, err := s.puller.Pull(s.t.Context(), s.source)
	var p *feed.Problem
	if !errors.As(err, &p) {
		s.t.Fatalf("error is %v, want a Problem", err)
	}
	return p
}

func (s *stand) wait(d time.Duration) { s.at = s.at.Add(d) }

// eachKind plays a test by wp-json, by ?rest_route= and by RSS.
func eachKind(t *testing.T, play func(t *testing.T, s *stand)) {
	for name, prepare := range map[string]func(*stand){
		"wp-json":    func(*stand) {},
		"rest_route": func(s *stand) { s.site.Misbehave(feedtest.JSON, feedtest.Closed()) },
		"feed":       func(s *stand) { s.site.Misbehave(feedtest.API, feedtest.Closed()) },
		"only feed":  func(s *stand) { s.source.Kind, s.source.URL = feed.Feed, "https://news.example/feed/" },
		"atom":       func(s *stand) { s.source.URL = "https://news.example/feed/atom/" },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t)
			prepare(s)
			play(t, s)
		})
	}
}

func TestPullFirstIsArchive(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		s.publish("قديم 1")
		s.wait(time.Minute)
		s.publish("قديم 2")
		s.wait(time.Minute)
		r := s.pull()
		if r.Taken.Archive != 2 || len(r.Taken.New) != 0 || !s.shelf.last().Complete {
			t.Errorf("first pull took %+v", r.Taken)
		}
		s.wait(5 * time.Minute)
		s.publish("جديد 1", func(p *feedtest.Post) { p.Tags = []string{"مسقط"} })
		s.wait(time.Minute)
		s.publish("جديد 2")
		s.wait(time.Minute)
		if r = s.pull(); len(r.Taken.New) != 2 {
			t.Errorf("second pull took %+v, warnings %q", r.Taken, r.Warnings)
		}
		want := []string{"قديم 1", "قديم 2", "جديد 1", "جديد 2"}
		if got := s.shelf.titles(); !slices.Equal(got, want) {
			t.Errorf("order %q, want %q", got, want)
		}
		a := s.shelf.articles[2]
		if a.Key != "wp:3" || a.ShortURL != "https://news.example/?p=3" || !strings.HasPrefix(a.URL, "https://news.example/%d8%ac") ||
			a.Body != "نص جديد 1 الكامل." || a.Author != "مريم" || !a.Published.Equal(s.at.Add(-2*time.Minute)) {
			t.Errorf("article %+v", a)
		}
		if !slices.ContainsFunc(a.Categories, func(c news.Category) bool { return c.Name == "أخبار" }) {
			t.Errorf("categories %+v", a.Categories)
		}
		s.wait(5 * time.Minute)
		if r = s.pull(); len(r.Taken.New)+r.Taken.Archive+r.Taken.Changed != 0 {
			t.Errorf("a pull without news took %+v", r.Taken)
		}
	})
}

// TestPullManyAtOnce has more articles appear between two pulls than a page
// holds.
func TestPullManyAtOnce(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		s.publish("قديم")
		s.wait(time.Minute)
		s.pull()
		for i := range 47 {
			s.wait(time.Minute)
			s.publish(fmt.Sprintf("خبر رقم %d", i))
		}
		if r := s.pull(); len(r.Taken.New) != 47 {
			t.Errorf("took %d of 47, warnings %q", len(r.Taken.New), r.Warnings)
		}
	})
}

// TestPullLeavesOldOnes takes an article away, so that an older one moves up
// into the list: it is not news.
func TestPullLeavesOldOnes(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		var ids []int
		for i := range 60 {
			s.wait(time.Minute)
			ids = append(ids, s.publish(fmt.Sprintf("خبر رقم %d", i)))
		}
		s.wait(time.Minute)
		s.pull()
		s.wait(time.Minute)
		for _, id := range ids[20:59] {
			s.site.Trash(id)
		}
		s.site.Update(ids[0], func(p *feedtest.Post) { p.Title += " (معدّل)" })
		s.publish("جديد")
		s.wait(time.Minute)
		if r := s.pull(); len(r.Taken.New) != 1 || r.Old == 0 {
			t.Errorf("took %d as new, want 1; %d old", len(r.Taken.New), r.Old)
		}
	})
}

// TestPullMoved gives a source another address, where nothing is known: that
// is no news either.
func TestPullMoved(t *testing.T) {
	s := newStand(t)
	s.publish("خبر")
	s.wait(time.Minute)
	s.pull()
	other := newStand(t)
	other.puller.Store = s.shelf
	other.source.URL = "https://other.example/feed/"
	for i := range 5 {
		other.publish("خبر", func(p *feedtest.Post) { p.ID = 100 + i })
	}
	other.wait(time.Minute)
	if r := other.pull(); len(r.Taken.New) != 0 || r.Taken.Archive != 5 {
		t.Errorf("took %+v", r.Taken)
	}
}

// TestPullScheduled publishes a post by the clock: WordPress leaves its time
// of modification at the day it was written.
func TestPullScheduled(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		s.publish("منشور")
		s.publish("مجدول", func(p *feedtest.Post) { p.Published = s.at.Add(20 * time.Hour) })
		s.wait(time.Minute)
		s.pull()
		for range 20 {
			s.wait(time.Hour)
			s.pull()
		}
		if got := s.shelf.titles(); !slices.Equal(got, []string{"منشور", "مجدول"}) || s.shelf.articles[1].Archive {
			t.Errorf("articles %q", got)
		}
	})
}

func TestPullChanged(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		id := s.publish("عنوان فيه خطأ")
		s.wait(time.Minute)
		s.pull()
		s.wait(time.Minute)
		s.site.Update(id, func(p *feedtest.Post) { p.Title = "عنوان صحيح" })
		s.wait(time.Minute)
		if r := s.pull(); r.Taken.Changed != 1 || s.shelf.articles[0].Title != "عنوان صحيح" {
			t.Errorf("took %+v, title %q", r.Taken, s.shelf.articles[0].Title)
		}
	})
}

func TestPullUrgent(t *testing.T) {
	eachKind(t, func(t *testing.T, s *stand) {
		s.source.Breaking = true
		s.pull()
		s.publish("عاجل | فتح طريق الجبل", func(p *feedtest.Post) { p.Categories = []int{3, 4} })
		s.wait(time.Minute)
		s.publish("عاجل: خبر لا يُصدَّق")
		s.wait(time.Minute)
		s.publish("اجتماع عاجل لمجلس الولاية")
		s.wait(time.Minute)
		s.pull()
		if due := s.shelf.last().Due; !due.Equal(s.at.Add(3 * time.Minute)) {
			t.Errorf("due %v at %v", due, s.at)
		}
		type row struct {
			title  string
			urgent bool
		}
		var got []row
		for _, a := range s.shelf.last().Articles {
			got = append(got, row{a.Title, a.Urgent})
		}
		want := []row{{"فتح طريق الجبل", true}, {"عاجل: خبر لا يُصدَّق", false}, {"اجتماع عاجل لمجلس الولاية", false}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
}

// TestStoredInParts pulls more than the one writer should be held for, twice:
// the first visit is archive to its last article, and the second is not.
func TestStoredInParts(t *testing.T) {
	s := newStand(t)
	s.source.Kind, s.source.URL = feed.Feed, "https://news.example/big"
	var items []string
	s.puller.Fetcher.Transport = feedtest.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<rss><channel>"+strings.Join(items, "")+"</channel></rss>")
	})}
	for _, prefix := range []string{"a", "b"} {
		for i := range 900 {
			items = append(items, fmt.Sprintf("<item><title>%s %d</title><link>https://news.example/%s%d</link></item>", prefix, i, prefix, i))
		}
		r := s.pull()
		if archive, fresh := r.Taken.Archive, len(r.Taken.New); prefix == "a" && (archive != 900 || fresh != 0) || prefix == "b" && fresh != 900 {
			t.Errorf("%s: %d archive, %d new", prefix, archive, fresh)
		}
		s.wait(time.Hour)
	}
	for i, p := range s.shelf.pulls {
		if len(p.Articles) > 200 {
			t.Errorf("pull %d holds the writer for %d articles", i, len(p.Articles))
		}
	}
}
