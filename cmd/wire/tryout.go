package wire

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
)

// Reading is one article as the program reads it, and what it has to say about
// it: a line of `nashra try --json`. Every key is always there.
type Reading struct {
	ID         string   `json:"id"` // the article's key within its source: "wp:" and a number, or an address
	Title      string   `json:"title"`
	Link       string   `json:"link"`
	Section    string   `json:"section"`     // slug; empty without a configuration
	SectionWhy string   `json:"section_why"` // like `category "الطقس"`
	Published  string   `json:"published"`   // RFC 3339; empty when the source gives no date
	Lead       string   `json:"lead"`
	Image      string   `json:"image"`
	Warnings   []string `json:"warnings"`
}

// unusable is the warning of an article that a pull leaves out, when nothing
// else says why.
const unusable = "left out: there is not enough of it"

// Readings turns what was read of source into lines. The plan may be nil: then
// there are no sections.
func (p *Plan) Readings(in feed.Inspection, source feed.Source) []Reading {
	zone := cmp.Or(source.Zone, time.UTC)
	out := make([]Reading, 0, len(in.Records))
	for _, r := range in.Records {
		a := r.Article
		line := Reading{
			ID: a.Key, Title: a.Title, Link: a.URL, Lead: a.Lead, Image: a.Image,
			SectionWhy: "no configuration", Warnings: append([]string{}, r.Warnings...),
		}
		if p != nil {
			v := p.Rules.Judge(a)
			line.Section, line.SectionWhy = string(v.Section), v.Why
		}
		if !a.Published.IsZero() {
			line.Published = a.Published.In(zone).Format(time.RFC3339)
		}
		if !r.Usable && len(r.Warnings) == 0 {
			line.Warnings = append(line.Warnings, unusable)
		}
		out = append(out, line)
	}
	return out
}

// SourceAt returns the source to read an address as: the configured one of that
// address or that site, else one without settings of its own. An empty address
// is a document at hand: it is taken for the only source's, where there is only
// one. The plan may be nil.
func (p *Plan) SourceAt(address string) feed.Source {
	found := feed.Source{URL: address, Kind: feed.Auto}
	if p == nil {
		return found
	}
	found.Zone = p.Newsroom.Zone
	if address == "" {
		if len(p.Sources) == 1 {
			found = p.Sources[0].Source()
		}
		return found
	}
	for _, s := range p.Sources {
		if strings.TrimSuffix(s.URL, "/") == strings.TrimSuffix(address, "/") {
			return s.Source()
		}
	}
	for _, s := range p.Sources {
		if hostOf(s.URL) == hostOf(address) {
			same := s.Source()
			same.URL, same.Kind = address, feed.Auto
			return same
		}
	}
	return found
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
}
