package digest

import (
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// lesser puts the button under an alert with which one reader asks for less of
// its kind, where there are buttons.
func (c *Composer) lesser(m *news.Message, b news.Broadcast, n Newsroom, p news.Platform) {
	if c.Less == nil || p != news.Telegram || len(m.Blocks) == 0 {
		return
	}
	if button, ok := c.Less(single(n.Tree, b)); ok {
		m.Buttons = append(m.Buttons, []news.Button{button})
	}
}

// single is the one section that an alert is for; empty: it is for several, or
// for everybody.
func single(tree news.Tree, b news.Broadcast) news.Slug {
	if b.Audience.Everyone {
		return ""
	}
	for _, slug := range b.Audience.Sections {
		path := tree.Path(slug)
		if len(path) == len(b.Audience.Sections) && !slices.ContainsFunc(path, func(s news.Slug) bool { return !slices.Contains(b.Audience.Sections, s) }) {
			return slug
		}
	}
	return ""
}
