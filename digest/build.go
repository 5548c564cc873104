package digest

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Build sets the articles of a window into the items of an edition: by
// section in menu order, newest first within one. Of two articles of different
// sources that tell the same story, the one that arrived first stays; articles
// of one source are told apart by their keys alone.
func Build(tree news.Tree, articles []news.Article) []news.Item {
	kept := make([]news.Article, 0, len(articles))
	for _, a := range articles {
		if !told(kept, a) {
			kept = append(kept, a)
		}
	}
	arrange(tree, kept)
	items := make([]news.Item, len(kept))
	for i, a := range kept {
		items[i] = news.Item{Article: a.ID, Section: a.Section}
	}
	return items
}

func told(kept []news.Article, a news.Article) bool {
	return slices.ContainsFunc(kept, func(b news.Article) bool {
		return b.Source != a.Source && arabic.SameStory(b.Title, b.Body, a.Title, a.Body)
	})
}

// arrange orders articles by section as the menu has them, newest first.
func arrange(tree news.Tree, articles []news.Article) {
	slices.SortStableFunc(articles, func(a, b news.Article) int {
		if by := tree.Order(a.Section) - tree.Order(b.Section); by != 0 {
			return by
		}
		if by := moment(b).Compare(moment(a)); by != 0 {
			return by
		}
		return int(b.ID - a.ID)
	})
}

// moment is when an article is from: its date, or its arrival where it has
// none or claims to come from the future.
func moment(a news.Article) time.Time {
	if a.Published.IsZero() || !a.Arrived.IsZero() && a.Published.After(a.Arrived) {
		return a.Arrived
	}
	return a.Published
}
