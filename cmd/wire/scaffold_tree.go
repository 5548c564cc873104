package wire

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// mostSections is how many sections are proposed; a menu of more is no menu.
const mostSections = 40

// branch is a category that becomes a section.
type branch struct {
	category feed.SiteCategory
	name     string
	slug     news.Slug
	named    bool // its name is its own: no earlier section has the same
	nested   bool // below another one
	all      bool // takes every article of the source
	total    int  // articles in it and below
	below    []*branch
}

// growTree makes sections of a site's categories: the fullest first, the site's
// own order among equals. It also returns the categories that were left out, in
// words, and the name of the one that marks breaking news.
func growTree(categories []feed.SiteCategory) (top []*branch, left []string, urgent string) {
	counted := slices.ContainsFunc(categories, func(c feed.SiteCategory) bool { return c.Count > 0 })
	all := map[int]*branch{}
	var order []*branch
	for _, c := range placed(categories) {
		b := &branch{category: c, name: shortLine(cmp.Or(strings.TrimSpace(c.Name), c.Slug))}
		if b.name == "" || c.ID != 0 && all[c.ID] != nil {
			continue
		}
		order = append(order, b)
		if c.ID != 0 {
			all[c.ID] = b
		}
	}
	for _, b := range order {
		for a, steps := b, 0; a != nil && steps <= len(order); a, steps = all[a.category.Parent], steps+1 {
			a.total += b.category.Count
		}
	}
	out := func(b *branch, why string) {
		name := b.name
		if b.category.ID > 0 {
			name = fmt.Sprintf("%s (id %d)", name, b.category.ID)
		}
		left = append(left, name+": "+why)
	}
	kept := map[*branch]bool{}
	for _, b := range order {
		switch {
		case marksUrgent(b.name, b.category.Slug):
			urgent = b.name
			out(b, "it marks breaking news; an article's other category is its section")
		case sortsNothing(b.name, b.category.Slug):
			out(b, "its articles go to the default section")
		case counted && b.total == 0:
			out(b, "the site has no articles in it")
		default:
			kept[b] = true
		}
	}
	for _, b := range fewest(order, kept) {
		delete(kept, b)
		out(b, "a menu of so many sections is hard to read, and others have more articles")
	}
	for _, b := range order {
		if !kept[b] {
			continue
		}
		if p := parentOf(b, all, kept); p != nil {
			p.below, b.nested = append(p.below, b), true
		} else {
			top = append(top, b)
		}
	}
	sortTree(top)
	nameTree(top, map[news.Slug]bool{}, map[string]bool{})
	return top, left, urgent
}

// placed gives categories of which only the pages are known a number of ours
// below zero, and those above them by the addresses.
func placed(categories []feed.SiteCategory) []feed.SiteCategory {
	out := slices.Clone(categories)
	for i, c := range out {
		if c.ID == 0 && c.Page != "" {
			out[i].ID = -1 - i
		}
	}
	for i, c := range out {
		longest := 0
		for _, p := range out {
			if c.ID < 0 && p.Page != "" && len(p.Page) > longest && len(p.Page) < len(c.Page) && strings.HasPrefix(c.Page, p.Page) {
				longest, out[i].Parent = len(p.Page), p.ID
			}
		}
	}
	return out
}

// fewest returns the sections beyond mostSections: those with the fewest
// articles. A parent has at least as many as its children and goes after them.
func fewest(order []*branch, kept map[*branch]bool) []*branch {
	var list []*branch
	for _, b := range order {
		if kept[b] {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(a, b *branch) int { return b.total - a.total })
	return list[min(len(list), mostSections):]
}

// parentOf returns the nearest kept ancestor of b, nil at the top and where the
// categories stand in a circle.
func parentOf(b *branch, all map[int]*branch, kept map[*branch]bool) *branch {
	var nearest *branch
	seen := map[*branch]bool{b: true}
	for p := all[b.category.Parent]; p != nil; p = all[p.category.Parent] {
		if seen[p] {
			return nil
		}
		seen[p] = true
		if nearest == nil && kept[p] {
			nearest = p
		}
	}
	return nearest
}

func sortTree(list []*branch) {
	slices.SortStableFunc(list, func(a, b *branch) int { return b.total - a.total })
	for _, b := range list {
		sortTree(b.below)
	}
}

// nameTree gives slugs, the upper sections' first: they get the plain ones.
func nameTree(list []*branch, taken map[news.Slug]bool, names map[string]bool) {
	for _, b := range list {
		b.slug = slugFor(b.name, b.category.Slug, taken)
		folded := arabic.Fold(b.name)
		b.named = folded != "" && !names[folded]
		names[folded] = true
	}
	for _, b := range list {
		nameTree(b.below, taken, names)
	}
}

// sectionLines writes sections and those below them.
func sectionLines(top []*branch) string {
	var b strings.Builder
	var write func(list []*branch, indent string, inherited news.Form)
	write = func(list []*branch, indent string, inherited news.Form) {
		for _, s := range list {
			fmt.Fprintf(&b, "%s- slug: %s\n%s  name: %s\n", indent, s.slug, indent, quoteYAML(s.name))
			form := formFor(s.name)
			if form != news.Plain && form != inherited {
				fmt.Fprintf(&b, "%s  form: %s\n", indent, form)
			}
			if match := s.match(); match != "" {
				fmt.Fprintf(&b, "%s  match: {%s}\n", indent, match)
			}
			if len(s.below) > 0 {
				fmt.Fprintf(&b, "%s  sections:\n", indent)
				write(s.below, indent+"    ", cmp.Or(form, inherited))
			}
		}
	}
	write(top, "  ", news.Plain)
	return b.String()
}

// match is how a section's articles are known: by the category's number where
// WordPress is read, and by its name where its feed is.
func (s *branch) match() string {
	if s.all {
		return "sources: [" + siteName + "]"
	}
	var parts []string
	if s.category.Feed != "" {
		parts = append(parts, "sources: ["+string(s.slug)+"]")
		if !s.nested { // what a feed calls a category may be a tag; but the upper one's feed has its articles, too
			return parts[0]
		}
	}
	if s.category.ID > 0 {
		parts = append(parts, fmt.Sprintf("ids: [%d]", s.category.ID))
	}
	if s.named {
		parts = append(parts, "categories: ["+quoteYAML(s.name)+"]")
	}
	return strings.Join(parts, ", ")
}
