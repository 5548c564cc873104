package feed

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// endpoint is one address at which a source may be read.
type endpoint struct {
	kind    Kind
	address string // of the list of posts, or of the feed
	home    string // the site's own address
	maybe   bool   // it is tried, not promised: failing there is no news
	page    bool   // a web page that may name a feed is fine, too
}

// key is the address under which the endpoint is remembered. A page's is not
// the page's own, which is the source's.
func (e endpoint) key() string {
	if e.page {
		return e.address + "#feed"
	}
	return e.address
}

const postsRoute = "/wp/v2/posts"

// endpoints returns where s may be read, in the order in which to ask.
func (s Source) endpoints() ([]endpoint, error) {
	u, err := httpURL(s.URL)
	if err != nil {
		return nil, broken(s.URL, "not an http address", err)
	}
	if s.Kind == Feed || s.Kind != WordPress && feedAddress(u) {
		return []endpoint{{kind: Feed, address: s.URL, home: s.URL}}, nil
	}
	home := homeOf(u)
	plain, _ := restURLs(home)
	_, query := restURLs(home)
	switch s.Kind {
	case WordPress, Auto, "":
		return []endpoint{
			{kind: WordPress, address: plain + postsRoute, home: home, maybe: true},
			{kind: WordPress, address: query + postsRoute, home: home, maybe: true},
			{kind: Feed, address: home + "feed/", home: home, maybe: true},
			{kind: Feed, address: home, home: home, page: true},
		}, nil
	}
	return nil, fmt.Errorf("read source %s: unknown kind %q", s.Name, s.Kind)
}

// onward reports whether, after err at e, it makes sense to ask the next
// address of the same site: something answered, or the connection stood and no
// word came, which is how some guards close an API.
func (e endpoint) onward(err error) bool {
	var p *Problem
	if !errors.As(err, &p) {
		return false
	}
	return p.Code != 0 || e.kind == WordPress && !unconnected(p.Err)
}

// homeOf returns the home of the WordPress site that an address is in, ending
// in a slash: the address of its API or of a folder, without file and
// parameters.
func homeOf(u *url.URL) string {
	h := *u
	h.RawQuery, h.Fragment, h.RawFragment, h.RawPath = "", "", "", ""
	if at := strings.Index(h.Path, "/wp-json"); at >= 0 {
		h.Path = h.Path[:at]
	}
	if at := strings.LastIndexByte(h.Path, '/'); at >= 0 && strings.Contains(h.Path[at:], ".") {
		h.Path = h.Path[:at]
	}
	h.Path = strings.TrimSuffix(h.Path, "/") + "/"
	return h.String()
}

// restURLs returns the two roots of WordPress's API: with pretty addresses,
// and without. A route, beginning with a slash, goes behind either.
func restURLs(home string) (plain, query string) {
	return home + "wp-json", home + "?rest_route="
}

// feedAddress reports whether an address is plainly a feed's.
func feedAddress(u *url.URL) bool {
	path := strings.ToLower(strings.TrimSuffix(u.Path, "/"))
	if strings.Contains(path, "/wp-json") || u.Query().Has("rest_route") {
		return false
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	for _, word := range []string{"feed", "rss", "atom", "rdf", "feeds", "rssfeed", "feed.json"} {
		if last == word {
			return true
		}
	}
	for _, mark := range []string{".xml", ".rss", ".rdf", ".atom", ".ona", "rss.aspx", "rss.php"} {
		if strings.HasSuffix(last, mark) {
			return true
		}
	}
	return u.Query().Has("feed") || strings.Contains(path, "/feed/") || strings.Contains(path, "/rss")
}

// with returns address with parameters added. The route of an API without
// pretty addresses stays readable.
func with(address string, q url.Values) string {
	if len(q) == 0 {
		return address
	}
	if strings.Contains(address, "?") {
		return address + "&" + q.Encode()
	}
	return address + "?" + q.Encode()
}
