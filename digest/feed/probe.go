package feed

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Site is what a site said about itself when it was asked.
type Site struct {
	URL         string // its home
	Name        string
	Description string
	Language    string // as the site writes it, like "ar"; may be empty
	Zone        string // "Asia/Muscat", or an offset like "+04:00"; empty when it does not say
	Kind        Kind   // how to read it
	Address     string // what to write as the source's URL; empty where categories have feeds
	Categories  []SiteCategory
	Feeds       []FeedLink // that its home page names
	Notes       []string   // what was tried and did not work, in words
}

// SiteCategory is a category of a site.
type SiteCategory struct {
	ID     int    // 0 where only the home page names it
	Slug   string // readable: not percent-encoded
	Name   string
	Parent int    // 0 at the top
	Count  int    // articles in it; 0 where unknown
	Page   string // address of its page, where the home page names it
	Feed   string // address of its own feed, where that is how it is read
}

// Probe asks a site what it is: WordPress's API at its two addresses, then
// the feeds of the categories that its home page links to, then the main
// feed, then the feeds that the home page names; the first that can be read is
// taken. Its error is a *Problem.
func Probe(ctx context.Context, f *Fetcher, address string) (Site, error) {
	u, err := httpURL(address)
	if err != nil {
		return Site{}, broken(address, "not an http address", err)
	}
	p := &probe{fetcher: f, origin: address, site: Site{URL: homeOf(u)}}
	if feedAddress(u) {
		return p.site, p.direct(ctx, address)
	}
	home, failed := f.Get(ctx, Request{URL: p.site.URL, Origin: address, Accept: "text/html,*/*;q=0.5"})
	if failed == nil {
		p.home(home)
	} else if !(endpoint{}).onward(failed) {
		return p.site, failed
	} else {
		p.note(failed)
	}
	for _, try := range p.ways() {
		err := try(ctx)
		if err == nil {
			return p.site, nil
		}
		if ctx.Err() != nil {
			return p.site, err
		}
		p.note(err)
		failed = worse(failed, err)
	}
	return p.site, failed
}

type probe struct {
	fetcher *Fetcher
	origin  string
	site    Site
	page    webPage
}

func (p *probe) note(err error) { p.site.Notes = append(p.site.Notes, err.Error()) }

// home reads the home page. The site may have sent us to its real address.
func (p *probe) home(a Answer) {
	if u, err := httpURL(a.URL); err == nil {
		p.site.URL = homeOf(u)
	}
	p.page = readPage(a)
	p.site.Name, p.site.Language, p.site.Feeds = p.page.title, p.page.language, p.page.feeds
}

// ways returns what there is to try, best first.
func (p *probe) ways() []func(context.Context) error {
	plain, query := restURLs(p.site.URL)
	ways := []func(context.Context) error{
		func(ctx context.Context) error { return p.wordpress(ctx, plain) },
		func(ctx context.Context) error { return p.wordpress(ctx, query) },
	}
	if len(p.page.categories) > 0 {
		ways = append(ways, p.categoryFeeds)
	}
	for _, address := range p.feeds() {
		ways = append(ways, func(ctx context.Context) error { return p.direct(ctx, address) })
	}
	return ways
}

// feeds returns the main feed and those that the home page names.
func (p *probe) feeds() []string {
	out := []string{p.site.URL + "feed/"}
	for _, l := range p.site.Feeds {
		if l.URL != out[0] && len(out) < 4 {
			out = append(out, l.URL)
		}
	}
	return out
}

// wpRoot is the part that is used of WordPress's API index.
type wpRoot struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Home        string          `json:"home"`
	Offset      json.RawMessage `json:"gmt_offset"` // a number, or a string
	Zone        string          `json:"timezone_string"`
	Namespaces  []string        `json:"namespaces"`
}

func (p *probe) wordpress(ctx context.Context, root string) error {
	a, err := p.fetcher.Get(ctx, Request{URL: root + "/", Origin: p.origin, Accept: acceptJSON})
	if err != nil {
		return err
	}
	var r wpRoot
	data, err := jsonBody(a.Body)
	if err == nil {
		err = json.Unmarshal(data, &r)
	}
	if err != nil || !strings.Contains(strings.Join(r.Namespaces, " ")+" ", "wp/v2 ") {
		return unreadable(a, errKind)
	}
	categories, err := p.categories(ctx, root)
	if err != nil {
		return err
	}
	s := &p.site
	s.Kind, s.Categories = WordPress, categories
	s.Name, s.Description = plainLine(r.Name), plainLine(r.Description)
	if home := absolute(r.Home, ""); home != "" && sameHost(home, s.URL) {
		s.URL = strings.TrimSuffix(home, "/") + "/"
	}
	s.Address, s.Zone = s.URL, zoneOf(r)
	if s.Language == "" {
		s.Language = p.page.language
	}
	return nil
}

func zoneOf(r wpRoot) string {
	if _, err := time.LoadLocation(r.Zone); err == nil && r.Zone != "" {
		return r.Zone
	}
	hours, err := strconv.ParseFloat(strings.Trim(string(r.Offset), `"`), 64)
	if err != nil || hours < -14 || hours > 14 {
		return ""
	}
	return time.Unix(0, 0).In(time.FixedZone("", int(hours*3600))).Format("-07:00")
}

// categories asks for all categories, a hundred at a time.
func (p *probe) categories(ctx context.Context, root string) ([]SiteCategory, error) {
	var out []SiteCategory
	for n := 1; n <= 10; n++ {
		q := url.Values{"per_page": {"100"}, "page": {strconv.Itoa(n)}, "_fields": {"id,slug,name,parent,count"}}
		a, err := p.fetcher.Get(ctx, Request{URL: with(root+"/wp/v2/categories", q), Origin: p.origin, Accept: acceptJSON})
		if err != nil {
			return nil, err
		}
		var list []struct {
			ID, Parent, Count int
			Slug, Name        string
		}
		data, err := jsonBody(a.Body)
		if err == nil {
			err = json.Unmarshal(data, &list)
		}
		if err != nil {
			return nil, unreadable(a, errKind)
		}
		for _, c := range list {
			out = append(out, SiteCategory{ID: c.ID, Slug: readable(c.Slug), Name: plainLine(c.Name), Parent: c.Parent, Count: c.Count})
		}
		if pages, _ := strconv.Atoi(a.Header.Get("X-WP-TotalPages")); n >= pages {
			break
		}
	}
	return out, nil
}

// direct takes an address for a feed's.
func (p *probe) direct(ctx context.Context, address string) error {
	doc, err := p.document(ctx, address)
	if err != nil {
		return err
	}
	p.site.Kind, p.site.Address = Feed, address
	if doc.title != "" {
		p.site.Name = doc.title
	}
	if p.site.Language == "" {
		p.site.Language = doc.language
	}
	return nil
}

func (p *probe) document(ctx context.Context, address string) (document, error) {
	a, err := p.fetcher.Get(ctx, Request{URL: address, Origin: p.origin, Accept: acceptFeed})
	if err != nil {
		return document{}, err
	}
	doc, err := decodeFeed(a.Body, a.Header.Get("Content-Type"), a.URL, time.UTC)
	if err != nil {
		return document{}, unreadable(a, err)
	}
	return doc, nil
}

const (
	mostFeeds  = 40 // of categories that are asked
	patientFor = 3  // so many at the beginning may fail
)

// categoryFeeds gives the categories of the home page their feeds. Where none
// has one they are known by their names, as the main feed has them.
func (p *probe) categoryFeeds(ctx context.Context) error {
	all := make([]SiteCategory, len(p.page.categories))
	for i, l := range p.page.categories {
		slug := strings.TrimSuffix(l.URL, "/")
		all[i] = SiteCategory{Slug: readable(slug[strings.LastIndexByte(slug, '/')+1:]), Name: l.Title, Page: l.URL}
	}
	p.site.Categories = all
	var failed error
	var notes []error
	for i := range all[:min(len(all), mostFeeds)] {
		address := p.page.categories[i].URL + "feed/"
		_, err := p.document(ctx, address)
		switch {
		case err == nil:
			all[i].Feed = address
			p.site.Kind = Feed
		case ctx.Err() != nil:
			return err
		default:
			notes, failed = append(notes, err), worse(failed, err)
		}
		if p.site.Kind == "" && i+1 == patientFor {
			break
		}
	}
	if p.site.Kind == "" {
		return failed
	}
	for _, err := range notes {
		p.note(err)
	}
	return nil
}
