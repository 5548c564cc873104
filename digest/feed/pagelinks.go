package feed

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FeedLink is a feed that a page names.
type FeedLink struct {
	URL   string
	Title string
}

// webPage is what a site's home page tells.
type webPage struct {
	title      string
	language   string
	feeds      []FeedLink
	categories []FeedLink // links to pages of categories
}

var htmlTag = regexp.MustCompile(`(?i)<html[\s>]`)

// feedLinks returns the feeds that a page names in its head. Feeds of
// comments are left out.
func feedLinks(a Answer) []FeedLink { return readPage(a).feeds }

func readPage(a Answer) webPage {
	var p webPage
	s := legal(toUTF8(a.Body[:min(len(a.Body), 2<<20)], a.Header.Get("Content-Type")))
	from, to := 0, 0
	if at := htmlTag.FindStringIndex(s); at != nil { // its language is asked for
		from, to = at[0], at[1]
	}
	root, err := html.Parse(strings.NewReader(plainInside(s[:from]) + s[from:to] + plainInside(s[to:])))
	if err != nil {
		return p
	}
	for n := range root.Descendants() {
		if n.Data == anchor {
			p.category(n, a.URL)
		}
		switch n.DataAtom {
		case atom.Html:
			p.language = attr(n, "lang")
		case atom.Title:
			if p.title == "" && n.FirstChild != nil && nearest(n, atom.Svg) == nil {
				p.title = plainLine(n.FirstChild.Data)
			}
		case atom.Link:
			p.feed(n, a.URL)
		}
	}
	return p
}

func (p *webPage) feed(n *html.Node, base string) {
	kind := strings.ToLower(attr(n, "type"))
	if !slices.Contains(strings.Fields(strings.ToLower(attr(n, "rel"))), "alternate") ||
		!slices.Contains([]string{"application/rss+xml", "application/atom+xml", "application/feed+json"}, kind) {
		return
	}
	link := FeedLink{URL: absolute(attr(n, "href"), base), Title: plainLine(attr(n, "title"))}
	if link.URL != "" && !strings.Contains(link.URL, "/comments/") && len(p.feeds) < 20 && !slices.Contains(p.feeds, link) {
		p.feeds = append(p.feeds, link)
	}
}

func (p *webPage) category(n *html.Node, base string) {
	link := FeedLink{URL: absolute(attr(n, "href"), base)}
	if link.URL == "" || !strings.Contains(link.URL, "/category/") || !sameHost(link.URL, base) || len(p.categories) >= 100 {
		return
	}
	var w walker
	w.children(n)
	if link.Title = flatten(tidy(w.b.String())); link.Title == "" {
		return
	}
	link.URL = strings.TrimSuffix(link.URL, "/") + "/"
	if !slices.ContainsFunc(p.categories, func(l FeedLink) bool { return l.URL == link.URL }) {
		p.categories = append(p.categories, link)
	}
}
