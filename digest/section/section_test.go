package section_test

import (
	"testing"

	"github.com/nashra-bot/nashra/digest/section"
	"github.com/nashra-bot/nashra/news"
)

func TestTheFirstRuleThatWantsItWins(t *testing.T) {
	tree := news.NewTree([]news.Section{
		{Slug: "news", Name: "أخبار"},
		{Slug: "weather", Parent: "news", Name: "الطقس"},
		{Slug: "jobs", Name: "وظائف"},
		{Slug: "culture", Name: "ثقافة", Form: news.Plain},
		{Slug: "poetry", Parent: "culture", Name: "شعر", Form: news.Poem},
		{Slug: "council", Parent: "poetry", Name: "مجلس"},
		{Slug: "rumours", Name: "لا للشائعات", Form: news.Check},
	})
	rules := section.New(tree, []section.Rule{
		{Section: "news", Categories: []string{"أخبار", "oman-news"}},
		{Section: "weather", Categories: []string{"الطَّقس"}, Words: []string{"منخفض جوي"}},
		{Section: "jobs", IDs: []int{9}, Words: []string{"وظيفة", "وظائف"}},
		{Section: "council", Links: []string{"https://n.example/council/"}},
		{Section: "rumours", Sources: []news.SourceID{"checks"}},
	}, "news")
	cat := func(names ...string) (out []news.Category) {
		for _, n := range names {
			out = append(out, news.Category{Name: n})
		}
		return out
	}
	for name, c := range map[string]struct {
		article news.Article
		want    news.Slug
		matched bool
		form    news.Form
	}{
		"by name":                         {news.Article{Categories: cat("أخبار")}, "news", true, ""},
		"spelled otherwise":               {news.Article{Categories: cat("اخبــار")}, "news", true, ""},
		"by slug":                         {news.Article{Categories: []news.Category{{Slug: "oman-news", Name: "x"}}}, "news", true, ""},
		"the deeper of two":               {news.Article{Categories: cat("أخبار", "الطقس")}, "weather", true, ""},
		"by number":                       {news.Article{Categories: []news.Category{{ID: 9}}}, "jobs", true, ""},
		"a number is not a zero":          {news.Article{Categories: []news.Category{{Name: "غير ذلك"}}}, "news", false, ""},
		"by a whole word of the title":    {news.Article{Title: "10 وظائف في صحار"}, "jobs", true, ""},
		"not by a part of a word":         {news.Article{Title: "توظيف ووظائفهم"}, "news", false, ""},
		"by words that stand together":    {news.Article{Title: "مُنخفضٌ جوّيٌّ يقترب"}, "weather", true, ""},
		"by its address, form from above": {news.Article{URL: "https://n.example/council/1"}, "council", true, news.Poem},
		"by its source":                   {news.Article{Source: "checks"}, "rumours", true, news.Check},
		"no rule":                         {news.Article{Title: "خبر"}, "news", false, ""},
	} {
		got := rules.Assign(c.article)
		if got.Section != c.want || got.Matched != c.matched || got.Form != c.form {
			t.Errorf("%s: %s matched=%v form=%q; want %s %v %q", name, got.Section, got.Matched, got.Form, c.want, c.matched, c.form)
		}
		if v := rules.Judge(c.article); v.Why == "" {
			t.Errorf("%s: no reason given", name)
		}
	}
}
