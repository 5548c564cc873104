package sqlite

import "github.com/nashra-bot/nashra/desk"

// linkQuery finds the same breaking news at an address, of whatever source. A
// broken feed has one address for all that it brings, so that the headline has to
// be the same, too.
const linkQuery = "WHERE kind = 'breaking' AND link <> '' AND link = ? AND made > ? AND made <= ? AND article <> ? AND title = ? ORDER BY id"

// alike returns what was proposed already that says the same as p, which is kept
// under title.
func (t tx) alike(p desk.Proposal, title string) (old []desk.Proposal, err error) {
	old, err = t.proposals("WHERE kind = ? AND article = ? AND title = ? AND of = ?", p.Kind, p.Article.ID, title, p.Of)
	if err != nil || len(old) > 0 {
		return old, err
	}
	switch p.Kind {
	case desk.ProposeBreaking:
		return t.proposals(linkQuery, p.Article.URL, millis(p.Made.Add(-desk.SameNews)), millis(p.Made), p.Article.ID, title)
	case desk.ProposeEdition:
		return t.proposals("WHERE kind = 'correction' AND article = ? AND title = ?", p.Article.ID, title)
	case desk.ProposeEditionGone:
		return t.proposals("WHERE kind = 'withdrawal' AND article = ?", p.Article.ID)
	}
	return nil, nil
}
