package feedtest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

func newSite() *feedtest.Site {
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	s := &feedtest.Site{Base: "https://news.example", Name: "مثال", Now: func() time.Time { return at }}
	parent := s.AddCategory(feedtest.Category{Name: "ثقافة", Slug: "culture"})
	child := s.AddCategory(feedtest.Category{Name: "شعر", Parent: parent})
	for i := range 25 {
		p := feedtest.Post{Title: "خبر – رقم " + string(rune('أ'+i)), Content: "<p>" + strings.Repeat("كلمة ", 60) + "</p>", Published: at.Add(-time.Duration(i+1) * time.Hour), Modified: at.Add(-time.Duration(i+1) * time.Hour)}
		if i%5 == 0 {
			p.Categories, p.Tags, p.Image = []int{child}, []string{"مسقط"}, "/a.jpg"
		}
		s.Publish(p)
	}
	return s
}

func get(t *testing.T, s *feedtest.Site, path string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://news.example"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := s.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestAPI(t *testing.T) {
	s := newSite()
	for _, root := range []string{"/wp-json", "/?rest_route="} {
		for _, c := range []struct {
			route  string
			status int
			n      int // of a list
			total  string
			code   string
		}{
			{"/wp/v2/posts", 200, 10, "25", ""},
			{"/wp/v2/posts?per_page=100", 200, 25, "25", ""},
			{"/wp/v2/posts?per_page=10&page=3", 200, 5, "25", ""},
			{"/wp/v2/posts?per_page=10&page=4", 400, 0, "", "rest_post_invalid_page_number"},
			{"/wp/v2/posts?per_page=101", 400, 0, "", "rest_invalid_param"},
			{"/wp/v2/posts?orderby=love", 400, 0, "", "rest_invalid_param"},
			{"/wp/v2/posts?after=yesterday", 400, 0, "", "rest_invalid_param"},
			{"/wp/v2/posts?categories=1", 200, 5, "5", ""}, // the child's posts, too
			{"/wp/v2/posts?categories_exclude=2", 200, 10, "20", ""},
			{"/wp/v2/posts?modified_after=2026-11-23T07:30:00%2B04:00", 200, 4, "4", ""},
			{"/wp/v2/posts?modified_after=2026-11-23T07:30:00", 200, 4, "4", ""}, // without an offset: the site's zone
			{"/wp/v2/posts?modified_after=2026-11-23T03:30:00Z&before=2026-11-23T10:00:00", 200, 2, "2", ""},
			{"/wp/v2/posts?include=3,4,99", 200, 2, "2", ""},
			{"/wp/v2/posts/99", 404, 0, "", "rest_post_invalid_id"},
			{"/wp/v2/categories?per_page=1&page=2", 200, 1, "2", ""},
			{"/wp/v2/tags", 200, 1, "1", ""},
			{"/wp/v2/users", 404, 0, "", "rest_no_route"},
		} {
			path := root + c.route
			if root != "/wp-json" {
				path = root + strings.Replace(c.route, "?", "&", 1)
			}
			resp, body := get(t, s, path)
			var list []any
			var problem struct{ Code string }
			_ = json.Unmarshal([]byte(body), &list)
			_ = json.Unmarshal([]byte(body), &problem)
			if resp.StatusCode != c.status || len(list) != c.n || resp.Header.Get("X-WP-Total") != c.total || problem.Code != c.code {
				t.Errorf("%s: %d, %d entries of %q, code %q", path, resp.StatusCode, len(list), resp.Header.Get("X-WP-Total"), problem.Code)
			}
		}
	}
}

func TestAPIPost(t *testing.T) {
	s := newSite()
	_, body := get(t, s, "/wp-json/wp/v2/posts/1?_fields=id,date,date_gmt,title,link,_links,_embedded&_embed=wp:term,wp:featuredmedia")
	for _, want := range []string{
		`"date":"2026-11-23T11:00:00"`, `"date_gmt":"2026-11-23T07:00:00"`, `&#8211;`, `\/%d8%ae`, `"source_url":"https:\/\/news.example\/a.jpg"`, `"taxonomy":"post_tag"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if strings.Contains(body, "excerpt") || strings.ContainsRune(body, 'خ') {
		t.Errorf("too much in %s", body)
	}
	_, body = get(t, s, "/wp-json/wp/v2/posts/1?_fields=id,_embedded&_embed=1")
	if strings.Contains(body, "_embedded") {
		t.Error("embedded without _links")
	}
	s.Trash(1)
	if resp, body := get(t, s, "/wp-json/wp/v2/posts/1"); resp.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "rest_forbidden") {
		t.Errorf("trashed: %d %s", resp.StatusCode, body)
	}
}

func TestFeedsAndPages(t *testing.T) {
	s := newSite()
	for path, want := range map[string]struct {
		status int
		kind   string
		items  int
	}{
		"/feed/":                   {200, "application/rss+xml", 10},
		"/?feed=rss2":              {200, "application/rss+xml", 10},
		"/feed/?paged=3":           {200, "application/rss+xml", 5},
		"/feed/?paged=4":           {404, "text/html", 0},
		"/feed/atom/":              {200, "application/atom+xml", 10},
		"/category/culture/feed/":  {200, "application/rss+xml", 5},
		"/category/nothing/feed/":  {404, "text/html", 0},
		"/category/culture/شعر/":   {200, "text/html", 0},
		"/":                        {200, "text/html", 0},
		"/?p=2":                    {301, "text/html", 0},
		"/?p=999":                  {404, "text/html", 0},
		"/خبر-رقم-ؤ/":              {200, "text/html", 0},
		"/%d8%ae%d8%a8%d8%b1-nix/": {404, "text/html", 0},
	} {
		resp, body := get(t, s, path)
		items := strings.Count(body, "<item>") + strings.Count(body, "<entry>")
		if resp.StatusCode != want.status || !strings.HasPrefix(resp.Header.Get("Content-Type"), want.kind) || items != want.items {
			t.Errorf("%s: %d %s, %d items", path, resp.StatusCode, resp.Header.Get("Content-Type"), items)
		}
	}
}

// TestConditional compares validators as WordPress's core does.
func TestConditional(t *testing.T) {
	s := newSite()
	resp, _ := get(t, s, "/feed/")
	tag, modified := resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	for _, c := range []struct {
		header []string
		status int
	}{
		{[]string{"If-None-Match", tag, "If-Modified-Since", modified}, 304},
		{[]string{"If-None-Match", tag}, 304},
		{[]string{"If-Modified-Since", modified}, 304},
		{[]string{"If-None-Match", "W/" + tag, "If-Modified-Since", modified}, 200},
		{[]string{"If-None-Match", tag, "If-Modified-Since", "Sun, 22 Nov 2026 08:00:00 GMT"}, 200},
	} {
		if resp, _ := get(t, s, "/category/culture/feed/", c.header...); resp.StatusCode != c.status {
			t.Errorf("%v: %d", c.header, resp.StatusCode)
		}
	}
	s.Publish(feedtest.Post{Title: "جديد"})
	if resp, _ := get(t, s, "/category/culture/feed/", "If-None-Match", tag, "If-Modified-Since", modified); resp.StatusCode != http.StatusOK {
		t.Error("a change elsewhere on the site sends every feed again")
	}
}

// TestFaultsOverSockets plays what breaks a connection on a real one.
func TestFaultsOverSockets(t *testing.T) {
	s := newSite()
	server := httptest.NewServer(s)
	defer server.Close()
	read := func() error {
		resp, err := server.Client().Get(server.URL + "/feed/")
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	s.MisbehaveTimes(feedtest.Feeds, 1, feedtest.Truncated(0.5))
	if err := read(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("truncated: %v", err)
	}
	if err := read(); err != nil {
		t.Errorf("once only: %v", err)
	}
	s.Misbehave(feedtest.Pages, feedtest.Cut())
	if err := read(); err != nil {
		t.Errorf("another part: %v", err)
	}
	s.Misbehave(feedtest.All, feedtest.Cut())
	if err := read(); err == nil {
		t.Error("not cut")
	}
}

// TestTransportLetsGo gives up on a handler that never answers, in a bubble:
// no goroutine may be left.
func TestTransportLetsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite()
		s.Misbehave(feedtest.All, feedtest.Timeout())
		client := s.Client()
		client.Timeout = time.Minute
		start := time.Now()
		if _, err := client.Get("https://news.example/"); err == nil || time.Since(start) != time.Minute {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		s.Misbehave(feedtest.All, feedtest.Huge(1<<30))
		resp, err := client.Get("https://news.example/")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	})
}
