package feed

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// batch gathers the articles of one visit, newest first as sources list them.
type batch struct {
	articles []news.Article
	at       map[string]int  // key → place in articles
	known    map[string]bool // keys that the store has
	total    int             // different articles taken
	listed   int             // articles listed, usable or not
	oldest   time.Time       // date on the current page

	oldestKnown time.Time // date of a known article, of those listed by date
}

func (b *batch) empty() bool { return b.listed == 0 }

// see notes the date of an article of the current page.
func (b *batch) see(a news.Article) {
	if !a.Published.IsZero() && (b.oldest.IsZero() || a.Published.Before(b.oldest)) {
		b.oldest = a.Published
	}
}

// meet notes how far back the known articles go. A list of changes may bring
// any of them and says nothing about that.
func (b *batch) meet(a news.Article, changes bool) {
	if !changes && !a.Published.IsZero() && (b.oldestKnown.IsZero() || a.Published.Before(b.oldestKnown)) {
		b.oldestKnown = a.Published
	}
}

// before reports whether the current page reaches back behind t. A page
// without dates does as far as one can know.
func (b *batch) before(t time.Time) bool { return b.oldest.IsZero() || b.oldest.Before(t) }

// add takes an article in. Of two with one key the later stays: the one
// changed or published later, else the one that comes later. It reports
// whether two different articles had that key.
func (b *batch) add(a news.Article) (twice bool) {
	i, ok := b.at[a.Key]
	if !ok {
		b.at[a.Key] = len(b.articles)
		b.articles = append(b.articles, a)
		b.total++
		return false
	}
	was := b.articles[i]
	if !stamp(a).Before(stamp(was)) {
		b.articles[i] = a
	}
	return was.Title != a.Title && was.URL != a.URL
}

func stamp(a news.Article) time.Time {
	if a.Modified.After(a.Published) {
		return a.Modified
	}
	return a.Published
}

// news reports whether there is something that the store does not know.
func (b *batch) news(last time.Time) bool {
	articles, _ := b.sorted(false, last)
	return slices.ContainsFunc(articles, func(a news.Article) bool { return !b.known[a.Key] })
}

// sorted returns the articles oldest first, and how many were left out
// because they are not new though the store does not know them: those older
// than all known ones, which come to light when a newer one is taken away, and
// where none is known those from well before the last visit. On the first
// visit to an address these are archive, and everything is where none is known.
func (b *batch) sorted(first bool, last time.Time) (articles []news.Article, old int) {
	known := b.oldestKnown
	if known.IsZero() && !first {
		known = last.Add(-oldAge)
	}
	for _, a := range b.articles {
		switch {
		case b.known[a.Key]:
		case first && (len(b.known) == 0 || a.Published.Before(known)):
			a.Archive = true
		case !a.Published.IsZero() && a.Published.Before(known):
			old++
			continue
		}
		articles = append(articles, a)
	}
	return oldestFirst(articles), old
}

// oldestFirst sorts by date. An article without one goes with the neighbour
// that the source lists below it.
func oldestFirst(articles []news.Article) []news.Article {
	slices.Reverse(articles)
	type dated struct {
		news.Article
		when time.Time
	}
	list := make([]dated, len(articles))
	var when time.Time
	for i, a := range articles {
		if !a.Published.IsZero() {
			when = a.Published
		}
		list[i] = dated{a, when}
	}
	slices.SortStableFunc(list, func(x, y dated) int { return x.when.Compare(y.when) })
	for i, d := range list {
		articles[i] = d.Article
	}
	return articles
}
