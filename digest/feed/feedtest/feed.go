package feedtest

import (
	"crypto/md5" //nolint:gosec // what WordPress makes its validators with
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// feed serves RSS or Atom, of the whole site or of one category.
func (s *Site) feed(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	posts := s.shown()
	title := s.Name
	if strings.HasPrefix(r.URL.Path, "/category/") {
		c, ok := s.categoryAt(r.URL)
		if !ok {
			s.missing(w)
			return
		}
		title = c.Name + " - " + s.Name
		var within []Post
		for _, p := range posts {
			if s.within(p, c.ID) {
				within = append(within, p)
			}
		}
		posts = within
	}
	per := s.PerFeed
	if per <= 0 {
		per = 10
	}
	n, _ := strconv.Atoi(r.URL.Query().Get("paged"))
	from := (max(n, 1) - 1) * per
	if from >= len(posts) && n > 1 {
		s.missing(w)
		return
	}
	if s.unchanged(w, r) {
		return
	}
	posts = posts[from:min(from+per, len(posts))]
	if strings.Contains(r.URL.Path, "/feed/atom") || r.URL.Query().Get("feed") == "atom" {
		s.atom(w, r, title, posts)
		return
	}
	s.rss(w, r, title, posts)
}

// unchanged makes the validators as WordPress's core does, one pair for the
// whole site, and compares them as it does: both must agree when both are
// sent, and the ETag is compared byte by byte.
func (s *Site) unchanged(w http.ResponseWriter, r *http.Request) bool {
	modified := s.lastModified()
	if modified.IsZero() {
		return false
	}
	lm := modified.UTC().Format(http.TimeFormat)
	sum := md5.Sum([]byte(lm)) //nolint:gosec // see above
	etag := `"` + hex.EncodeToString(sum[:]) + `"`
	w.Header().Set("Last-Modified", lm)
	w.Header().Set("ETag", etag)
	clientTag, clientTime := r.Header.Get("If-None-Match"), r.Header.Get("If-Modified-Since")
	sameTag := clientTag == etag
	t, err := http.ParseTime(clientTime)
	sameTime := err == nil && !t.Before(modified.Truncate(time.Second))
	match := sameTag || sameTime
	if clientTag != "" && clientTime != "" {
		match = sameTag && sameTime
	}
	if match {
		w.WriteHeader(http.StatusNotModified)
	}
	return match
}

// lastModified is that of all public posts, whichever feed is asked for.
func (s *Site) lastModified() time.Time {
	var last time.Time
	for _, p := range s.shown() {
		for _, t := range []time.Time{p.Modified, p.Published} {
			if t.After(last) {
				last = t
			}
		}
	}
	return last
}

func (s *Site) rss(w http.ResponseWriter, r *http.Request, title string, posts []Post) {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel>
`)
	self := s.base(r) + (&url.URL{Path: r.URL.Path}).EscapedPath()
	fmt.Fprintf(&b, "\t<title>%s</title>\n\t<atom:link href=\"%s\" rel=\"self\" type=\"application/rss+xml\" />\n", esc(title), esc(self))
	fmt.Fprintf(&b, "\t<link>%s</link>\n\t<description>%s</description>\n", esc(s.base(r)), esc(s.Description))
	if t := s.lastModified(); !t.IsZero() {
		fmt.Fprintf(&b, "\t<lastBuildDate>%s</lastBuildDate>\n", t.UTC().Format(time.RFC1123Z))
	}
	fmt.Fprintf(&b, "\t<language>%s</language>\n\t<sy:updatePeriod>hourly</sy:updatePeriod>\n\t<generator>https://wordpress.org/?v=6.8</generator>\n", s.language())
	for _, p := range posts {
		fmt.Fprintf(&b, "\t<item>\n\t\t<title>%s</title>\n\t\t<link>%s</link>\n", texturize(p.Title), esc(s.Link(r, p)))
		fmt.Fprintf(&b, "\t\t<dc:creator>%s</dc:creator>\n\t\t<pubDate>%s</pubDate>\n", cdata(p.Author), p.Published.UTC().Format(time.RFC1123Z))
		for _, name := range s.labels(p) {
			fmt.Fprintf(&b, "\t\t<category>%s</category>\n", cdata(name))
		}
		fmt.Fprintf(&b, "\t\t<guid isPermaLink=\"false\">%s</guid>\n", esc(s.guid(r, p)))
		fmt.Fprintf(&b, "\t\t<description>%s</description>\n", cdata(excerpt(p)+signature(s, r, p)))
		fmt.Fprintf(&b, "\t\t<content:encoded>%s</content:encoded>\n\t</item>\n", cdata(s.picture(r, p)+p.Content+signature(s, r, p)))
	}
	b.WriteString("</channel>\n</rss>\n")
	w.Header().Set("Content-Type", "application/rss+xml; charset=UTF-8")
	_, _ = w.Write([]byte(b.String()))
}

// labels merges categories and tags, as WordPress's feeds do.
func (s *Site) labels(p Post) []string {
	var out []string
	for _, id := range p.Categories {
		if c, ok := s.category(id); ok {
			out = append(out, c.Name)
		}
	}
	return append(out, p.Tags...)
}

// signature is what a widespread plugin writes below every text.
func signature(s *Site, r *http.Request, p Post) string {
	return fmt.Sprintf("<p>The post <a href=%q>%s</a> appeared first on <a href=%q>%s</a>.</p>\n",
		s.Link(r, p), texturize(p.Title), s.base(r), texturize(s.Name))
}

func (s *Site) picture(r *http.Request, p Post) string {
	if p.Image == "" {
		return ""
	}
	return fmt.Sprintf("<p><img src=%q class=\"wp-post-image\" alt=\"\" /></p>\n", s.image(r, p))
}

func (s *Site) atom(w http.ResponseWriter, r *http.Request, title string, posts []Post) {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=%q>\n", s.language())
	fmt.Fprintf(&b, "\t<title type=\"text\">%s</title>\n\t<updated>%s</updated>\n", esc(title), s.lastModified().UTC().Format(time.RFC3339))
	fmt.Fprintf(&b, "\t<link rel=\"alternate\" type=\"text/html\" href=\"%s\" />\n\t<id>%s/feed/atom/</id>\n", esc(s.base(r)), esc(s.base(r)))
	b.WriteString("\t<generator uri=\"https://wordpress.org/\" version=\"6.8\">WordPress</generator>\n")
	for _, p := range posts {
		fmt.Fprintf(&b, "\t<entry>\n\t\t<author><name>%s</name></author>\n\t\t<title type=\"html\">%s</title>\n", esc(p.Author), cdata(texturize(p.Title)))
		fmt.Fprintf(&b, "\t\t<link rel=\"alternate\" type=\"text/html\" href=\"%s\" />\n\t\t<id>%s</id>\n", esc(s.Link(r, p)), esc(s.guid(r, p)))
		fmt.Fprintf(&b, "\t\t<updated>%s</updated>\n\t\t<published>%s</published>\n", p.Modified.UTC().Format(time.RFC3339), p.Published.UTC().Format(time.RFC3339))
		for _, name := range s.labels(p) {
			fmt.Fprintf(&b, "\t\t<category scheme=\"%s\" term=\"%s\" />\n", esc(s.base(r)), esc(name))
		}
		fmt.Fprintf(&b, "\t\t<summary type=\"html\">%s</summary>\n\t\t<content type=\"html\">%s</content>\n\t</entry>\n", cdata(excerpt(p)), cdata(p.Content))
	}
	b.WriteString("</feed>\n")
	w.Header().Set("Content-Type", "application/atom+xml; charset=UTF-8")
	_, _ = w.Write([]byte(b.String()))
}

func esc(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func cdata(s string) string {
	return "<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>"
}
