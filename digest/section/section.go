// Package section puts an article into one section of the newsroom. It is
// pure: the same rules and the same article always give the same section.
package section

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Rule sends an article to a section when any of its conditions holds.
type Rule struct {
	Section    news.Slug
	Categories []string        // names or slugs of categories and tags, compared folded
	IDs        []int           // WordPress category ids
	Sources    []news.SourceID // everything of these sources
	Links      []string        // the article's address begins with one of these
	Words      []string        // the title holds one of these, as whole words, compared folded
}

// Rules are a newsroom's rules in the order in which they are asked.
type Rules struct {
	rules    []Rule
	tree     news.Tree
	fallback news.Slug
}

// New returns the rules for tree. A rule of a deeper section is asked before
// one of a higher section, since a WordPress article carries its category and
// often the parent's too; within a level the given order holds. Articles that
// no rule wants go to fallback.
func New(tree news.Tree, rules []Rule, fallback news.Slug) Rules {
	ordered := slices.Clone(rules)
	for i, r := range ordered {
		ordered[i].Categories = fold(r.Categories)
		ordered[i].Words = fold(r.Words)
	}
	slices.SortStableFunc(ordered, func(a, b Rule) int {
		return len(tree.Path(b.Section)) - len(tree.Path(a.Section))
	})
	return Rules{rules: ordered, tree: tree, fallback: fallback}
}

// Verdict is the section of an article and the reason.
type Verdict struct {
	Section news.Slug
	Matched bool   // false: no rule wanted it
	Why     string // for whoever looks into the rules, like `category "الطقس"`
}

// Judge returns the verdict of the first rule that wants a.
func (r Rules) Judge(a news.Article) Verdict {
	for _, rule := range r.rules {
		if why := rule.wants(a); why != "" {
			return Verdict{Section: rule.Section, Matched: true, Why: why}
		}
	}
	return Verdict{Section: r.fallback, Why: "no rule"}
}

// Assign returns a with its section, and the form that goes with it.
func (r Rules) Assign(a news.Article) news.Article {
	v := r.Judge(a)
	a.Section, a.Matched = v.Section, v.Matched
	for _, slug := range r.tree.Path(v.Section) {
		if s, ok := r.tree.Find(slug); ok && s.Form != news.Plain {
			a.Form = s.Form
			break
		}
	}
	return a
}

func (r Rule) wants(a news.Article) string {
	for _, c := range a.Categories {
		if c.ID != 0 && slices.Contains(r.IDs, c.ID) {
			return fmt.Sprintf("category %d", c.ID)
		}
		for _, name := range []string{arabic.Fold(c.Name), arabic.Fold(c.Slug)} {
			if name != "" && slices.Contains(r.Categories, name) {
				return fmt.Sprintf("category %q", c.Name)
			}
		}
	}
	if slices.Contains(r.Sources, a.Source) {
		return fmt.Sprintf("source %q", a.Source)
	}
	for _, link := range r.Links {
		if strings.HasPrefix(a.URL, link) {
			return fmt.Sprintf("link %q", link)
		}
	}
	title := " " + arabic.Fold(a.Title) + " "
	for _, w := range r.Words {
		if strings.Contains(title, " "+w+" ") {
			return fmt.Sprintf("word %q", w)
		}
	}
	return ""
}

func fold(words []string) []string {
	var out []string
	for _, w := range words {
		if f := arabic.Fold(w); f != "" {
			out = append(out, f)
		}
	}
	return out
}
