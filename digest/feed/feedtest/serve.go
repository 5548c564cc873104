package feedtest

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ServeHTTP answers as the site does, or as it was told to misbehave.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.RequestURI())
	f := s.fault(r)
	s.mu.Unlock()
	if f == nil {
		s.serve(w, r)
		return
	}
	f(s, http.HandlerFunc(s.serve)).ServeHTTP(w, r)
}

func (s *Site) serve(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	route, rest := restRoute(r.URL)
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead && (rest || isFeed(r.URL)):
		http.Error(w, "only reading is possible", http.StatusMethodNotAllowed)
	case rest:
		s.rest(w, r, route)
	case isFeed(r.URL):
		s.feed(w, r)
	case r.URL.Query().Has("p"):
		s.shortLink(w, r)
	case path == "/":
		s.home(w, r)
	case strings.HasPrefix(path, "/category/"):
		s.categoryPage(w, r)
	default:
		s.page(w, r)
	}
}

// restRoute returns the API's route that a request means, by either form.
func restRoute(u *url.URL) (string, bool) {
	if u.Query().Has("rest_route") {
		return "/" + strings.Trim(u.Query().Get("rest_route"), "/"), true
	}
	if u.Path == "/wp-json" || strings.HasPrefix(u.Path, "/wp-json/") {
		return "/" + strings.Trim(strings.TrimPrefix(u.Path, "/wp-json"), "/"), true
	}
	return "", false
}

func isFeed(u *url.URL) bool {
	p := strings.TrimSuffix(u.Path, "/")
	return u.Query().Has("feed") || strings.HasSuffix(p, "/feed") || strings.HasSuffix(p, "/feed/atom") || strings.HasSuffix(p, "/feed/rss2")
}

// shortLink sends ?p=ID on to the post's page.
func (s *Site) shortLink(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.URL.Query().Get("p"))
	for _, p := range s.Posts() {
		if p.ID == id {
			http.Redirect(w, r, s.Link(r, p), http.StatusMovedPermanently)
			return
		}
	}
	s.missing(w)
}

func (s *Site) home(w http.ResponseWriter, r *http.Request) {
	if s.Home != nil {
		s.Home.ServeHTTP(w, r)
		return
	}
	var b strings.Builder
	s.head(&b, r, s.Name)
	b.WriteString("<nav><ul>")
	s.mu.Lock()
	for _, c := range s.categories {
		fmt.Fprintf(&b, `<li><a href="%s">%s</a></li>`, s.base(r)+s.categoryPath(c), html.EscapeString(c.Name))
	}
	s.mu.Unlock()
	b.WriteString("</ul></nav><main>")
	s.list(&b, r, s.Posts())
	b.WriteString("</main></body></html>\n")
	writePage(w, http.StatusOK, b.String())
}

func (s *Site) categoryPage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	c, ok := s.categoryAt(r.URL)
	posts := s.shown()
	var within []Post
	for _, p := range posts {
		if s.within(p, c.ID) {
			within = append(within, p)
		}
	}
	s.mu.Unlock()
	if !ok {
		s.missing(w)
		return
	}
	var b strings.Builder
	s.head(&b, r, c.Name+" - "+s.Name)
	s.list(&b, r, within)
	b.WriteString("</body></html>\n")
	writePage(w, http.StatusOK, b.String())
}

// categoryAt returns the category whose page or feed an address is; the
// caller holds the lock.
func (s *Site) categoryAt(u *url.URL) (Category, bool) {
	path, ok := strings.CutPrefix(u.Path, "/category/")
	if !ok {
		return Category{}, false
	}
	path, _, _ = strings.Cut(path+"/", "/feed/")
	path = strings.Trim(path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	for _, c := range s.categories {
		if plainSlug(c.Slug) == last {
			return c, true
		}
	}
	return Category{}, false
}

func (s *Site) list(b *strings.Builder, r *http.Request, posts []Post) {
	for _, p := range posts[:min(len(posts), 20)] {
		fmt.Fprintf(b, "<article><h2><a href=%q>%s</a></h2></article>\n", s.Link(r, p), html.EscapeString(p.Title))
	}
}

// page serves an article's own page.
func (s *Site) page(w http.ResponseWriter, r *http.Request) {
	p, ok := s.PostAt(r)
	switch {
	case !ok && s.Home != nil:
		s.Home.ServeHTTP(w, r)
		return
	case !ok:
		s.missing(w)
		return
	case s.Article != nil:
		s.Article.ServeHTTP(w, r)
		return
	}
	var b strings.Builder
	s.head(&b, r, p.Title)
	fmt.Fprintf(&b, "<article><h1 class=\"jeg_post_title\">%s</h1>\n<div class=\"entry-content\"><div class=\"content-inner\">%s</div></div></article>\n</body></html>\n",
		html.EscapeString(p.Title), p.Content)
	writePage(w, http.StatusOK, b.String())
}

func (s *Site) head(b *strings.Builder, r *http.Request, title string) {
	base := html.EscapeString(s.base(r))
	fmt.Fprintf(b, "<!DOCTYPE html>\n<html dir=\"rtl\" lang=%q><head><meta charset=\"UTF-8\"><title>%s</title>\n", s.language(), html.EscapeString(title))
	fmt.Fprintf(b, "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"%s\" href=\"%s/feed/\">\n", html.EscapeString(s.Name), base)
	fmt.Fprintf(b, "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"%s\" href=\"%s/comments/feed/\">\n", html.EscapeString(s.Name), base)
	fmt.Fprintf(b, "<link rel=\"https://api.w.org/\" href=\"%s/wp-json/\">\n</head><body>\n", base)
}

func (s *Site) missing(w http.ResponseWriter) {
	writePage(w, http.StatusNotFound, "<!DOCTYPE html>\n<html><head><title>404</title></head><body><h1>404</h1></body></html>\n")
}

func writePage(w http.ResponseWriter, status int, page string) {
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(page))
}
