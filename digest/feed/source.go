package feed

import (
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Source is one place that articles come from, as the configuration gives it.
type Source struct {
	Name news.SourceID
	URL  string // the site's home, or a feed's address
	Kind Kind

	// Breaking lets what the source calls urgent go out by itself.
	Breaking bool

	// TrustPrefix takes an urgent label at the start of a title at its word.
	TrustPrefix bool

	// Zone is that of dates which name none; nil is UTC.
	Zone *time.Location

	// Categories keeps only articles with one of these, given by WordPress id,
	// slug or name; empty keeps all.
	Categories []string
}

// Kind says how a source is read.
type Kind string

// The kinds. Auto asks for WordPress first unless the address is plainly a
// feed's; the empty Kind is Auto. WordPress asks for it whatever the address
// looks like. Both read the site's feed when its API gives nothing.
const (
	Auto      Kind = "auto"
	WordPress Kind = "wordpress"
	Feed      Kind = "feed"
)

func (s Source) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// categoryIDs returns the categories when all of them are WordPress ids, which
// the site can then filter by itself.
func (s Source) categoryIDs() []string {
	for _, c := range s.Categories {
		if _, err := strconv.Atoi(c); err != nil {
			return nil
		}
	}
	return s.Categories
}
