package feed

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	acceptJSON = "application/json"
	acceptFeed = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)

// page is one page of a source's list.
type page struct {
	drafts    []draft
	warnings  []string
	last      bool // the source says that there are no more
	wordpress bool // older pages may be asked for
	answer    Answer
}

// posts asks WordPress for one page of posts.
func (f *Fetcher) posts(ctx context.Context, s Source, e endpoint, q url.Values) (page, error) {
	for k, v := range wpQuery() {
		q[k] = v
	}
	a, err := f.Get(ctx, Request{URL: with(e.address, q), Origin: s.URL, Accept: acceptJSON})
	if p := (*Problem)(nil); errors.As(err, &p) && p.Rest == "rest_post_invalid_page_number" {
		return page{last: true, wordpress: true}, nil
	}
	if err != nil {
		return page{}, err
	}
	drafts, warnings, err := decodePosts(a.Body, e.home, s.zone())
	if err != nil {
		return page{}, unreadable(a, err)
	}
	p := page{drafts: drafts, warnings: warnings, answer: a, wordpress: true}
	total, err := strconv.Atoi(a.Header.Get("X-WP-TotalPages"))
	now, _ := strconv.Atoi(q.Get("page"))
	p.last = len(drafts) == 0 || err == nil && max(now, 1) >= total
	return p, nil
}

// feed asks for a feed.
func (f *Fetcher) feed(ctx context.Context, s Source, e endpoint, q Request) (page, error) {
	q.Origin, q.Accept = s.URL, acceptFeed
	a, err := f.Get(ctx, q)
	if err != nil || a.NotModified {
		return page{answer: a}, err
	}
	if looksHTML(a.Body) || a.html() && !strings.Contains(string(a.Body[:min(len(a.Body), 512)]), "<rss") {
		if links := feedLinks(a); e.page && len(links) > 0 && links[0].URL != q.URL {
			e.page = false
			return f.feed(ctx, s, e, Request{URL: links[0].URL})
		}
	}
	doc, err := decodeFeed(a.Body, a.Header.Get("Content-Type"), a.URL, s.zone())
	if err != nil {
		return page{}, unreadable(a, err)
	}
	p := page{drafts: doc.drafts, warnings: doc.warnings, answer: a, wordpress: doc.wordpress}
	for _, d := range doc.drafts {
		p.wordpress = p.wordpress || d.post != 0
	}
	if a.Cut {
		p.warnings = append(p.warnings, "the connection broke before the end of the feed")
	}
	return p, nil
}

// olderPage returns the address of page n of a WordPress feed.
func olderPage(address string, n int) string {
	return with(address, url.Values{"paged": {strconv.Itoa(n)}})
}

// unreadable makes a Problem of an answer that came but is not what was
// asked for.
func unreadable(a Answer, err error) *Problem {
	p := broken(a.URL, "cannot be read", err)
	p.Code = http.StatusOK
	switch {
	case a.Cut:
		p.Reason = "the connection broke before the end"
	case errors.Is(err, errHTML), a.html():
		p.Reason, p.Err = "answers with a web page, not with a feed", nil
		if links := feedLinks(a); len(links) > 0 {
			var named []string
			for _, l := range links[:min(len(links), 3)] {
				named = append(named, redact(l.URL))
			}
			p.Reason += "; the page names " + strings.Join(named, ", ")
		}
	case errors.Is(err, errEmpty):
		p.Reason, p.Err = "answers with nothing at all", nil
	case errors.Is(err, errDepth):
		p.Reason, p.Err = "nested deeper than any feed is", nil
	case errors.Is(err, errHeavy):
		p.Reason, p.Err = "holds more than any feed does", nil
	case errors.Is(err, errKind):
		p.Reason = "answers with something that is neither a feed nor WordPress's list of posts"
	}
	return p
}

// read asks the endpoints of s in turn for their newest articles, without
// remembering anything.
func (f *Fetcher) read(ctx context.Context, s Source) (page, endpoint, error) {
	all, err := s.endpoints()
	if err != nil {
		return page{}, endpoint{}, err
	}
	var first error
	for _, e := range all {
		var p page
		if e.kind == WordPress {
			p, err = f.posts(ctx, s, e, url.Values{"per_page": {"20"}})
		} else {
			p, err = f.feed(ctx, s, e, Request{URL: e.address})
		}
		if err == nil {
			return p, e, nil
		}
		if first = worse(first, err); !e.onward(err) {
			break
		}
	}
	return page{}, endpoint{}, first
}

// worse returns the error of two addresses of one site that says more: that
// we are turned away, else what was wrong with the last one.
func worse(a, b error) error {
	var p *Problem
	if a != nil && errors.As(a, &p) && p.Status == Blocked {
		return a
	}
	return b
}
