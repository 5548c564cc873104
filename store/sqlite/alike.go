package sqlite

import (
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// sameLink is how long breaking news is known by its address: two feeds of a
// site bring it within minutes.
const sameLink = 24 * time.Hour

// linkQuery finds the same breaking news at an address, of whatever source. A
// broken feed has one address for all that it brings, so that the headline has to
// be the same, too.
const linkQuery = "WHERE kind = 'breaking' AND link <> '' AND link = ? AND made > ? AND made <= ? AND article <> ? AND title = ? ORDER BY id"

// alike returns what was proposed already that says the same as p, and the title
// under which p can be kept when nothing does: what is proposed for one draft
// does not stand in the way of what is proposed for another.
func (t tx) alike(p desk.Proposal, title string) (old []desk.Proposal, key string, err error) {
	own := fmt.Sprintf("%s\n%d", title, p.Of)
	all, err := t.proposals("WHERE kind = ? AND article = ? AND title IN (?, ?) ORDER BY id", p.Kind, p.Article.ID, title, own)
	if err != nil {
		return nil, title, err
	}
	for _, one := range all {
		if one.Of == p.Of {
			return []desk.Proposal{one}, title, nil
		}
		title = own
	}
	switch p.Kind {
	case desk.ProposeBreaking:
		old, err = t.proposals(linkQuery, p.Article.URL, millis(p.Made.Add(-sameLink)), millis(p.Made), p.Article.ID, p.Article.Title)
	case desk.ProposeEdition:
		old, err = t.proposals("WHERE kind = 'correction' AND article = ? AND title = ?", p.Article.ID, p.Article.Title)
	case desk.ProposeEditionGone:
		old, err = t.proposals("WHERE kind = 'withdrawal' AND article = ?", p.Article.ID)
	}
	return old, title, err
}
