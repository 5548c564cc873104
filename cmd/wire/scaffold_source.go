package wire

import (
	"cmp"

	"github.com/nashra-bot/nashra/digest/feed"
)

// siteName is what the source is called where one is enough.
const siteName = "site"

// sourceLine is a source as the scaffold writes it.
type sourceLine struct{ Name, Address, Kind string }

// sourcesOf returns the feeds of the sections, each under its section's slug,
// or else the site as one source.
func sourcesOf(site feed.Site, top []*branch) (out []sourceLine) {
	var add func([]*branch)
	add = func(list []*branch) {
		for _, b := range list {
			if b.category.Feed != "" {
				out = append(out, sourceLine{string(b.slug), b.category.Feed, string(feed.Feed)})
			}
			add(b.below)
		}
	}
	if add(top); len(out) == 0 {
		out = []sourceLine{{siteName, cmp.Or(site.Address, site.URL), string(cmp.Or(site.Kind, feed.Auto))}}
	}
	return out
}
