package digest

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// The time until an urgent article is looked at again that could not be dealt
// with, because its site or the store failed: it doubles from one to the other.
const (
	againFirst = 30 * time.Second
	againMost  = 4 * time.Minute
)

// patience says which urgent articles are left alone for a while. Its times are
// monotonic: moving the clock makes nobody ask a site more often.
type patience map[news.ArticleID]pause

// pause is how long an article is left alone, and since when.
type pause struct {
	since  time.Time
	length time.Duration
}

// later leaves an article alone, each time for longer.
func (p patience) later(id news.ArticleID) {
	p[id] = pause{since: time.Now(), length: min(max(againFirst, 2*p[id].length), againMost)}
}

// left is how long an article is still left alone; zero: not at all.
func (p patience) left(id news.ArticleID) time.Duration {
	one, ok := p[id]
	if !ok {
		return 0
	}
	return max(0, one.length-time.Since(one.since))
}

// keep forgets the articles that do not wait any more.
func (p patience) keep(waiting []Urgent) {
	for id := range p {
		if !slices.ContainsFunc(waiting, func(u Urgent) bool { return u.Article.ID == id }) {
			delete(p, id)
		}
	}
}
