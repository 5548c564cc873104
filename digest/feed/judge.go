package feed

import (
	"slices"
	"strconv"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// judge cleans a draft and decides what it is. It returns false for one that
// is not wanted or cannot be used.
func (p *Puller) judge(d *draft, s Source) (news.Article, bool) {
	a, editors, ok := d.article(s)
	if !ok || !s.wants(a) {
		return a, false
	}
	a = s.urgency(a)
	if p.Sections != nil {
		a = p.Sections(a)
	}
	switch a.Form {
	case news.Poem: // never summarised; what an editor wrote above it may stay
		if !editors {
			a.Lead = ""
		}
	case news.Check: // never breaking by itself
		a.Urgent = false
	}
	return a, true
}

// wants reports whether the source's filter lets an article through.
func (s Source) wants(a news.Article) bool {
	if len(s.Categories) == 0 {
		return true
	}
	for _, want := range s.Categories {
		id, _ := strconv.Atoi(want)
		folded := arabic.Fold(want)
		for _, c := range a.Categories {
			if id != 0 && c.ID == id || folded != "" && (arabic.Fold(c.Name) == folded || arabic.Fold(c.Slug) == folded) {
				return true
			}
		}
	}
	return false
}

// urgency sets Urgent, and takes the label off the title of an urgent article,
// which gets the newsroom's own when it is sent.
func (s Source) urgency(a news.Article) news.Article {
	rest, labelled := arabic.UrgentPrefix(a.Title)
	a.Urgent = labelled && s.TrustPrefix
	for _, c := range a.Categories {
		a.Urgent = a.Urgent || slices.Contains(urgentNames(), arabic.Fold(c.Name)) || slices.Contains(urgentNames(), arabic.Fold(c.Slug))
	}
	if !a.Urgent || !labelled {
		return a
	}
	if rest == "" {
		rest = firstWords(a)
	}
	if rest != "" {
		a.Title = rest
	}
	return a
}
