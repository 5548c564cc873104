package news_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

var tree = news.NewTree([]news.Section{
	{Slug: "news", Name: "أخبار"},
	{Slug: "weather", Parent: "news", Name: "الطقس"},
	{Slug: "oman", Parent: "news", Name: "Oman News"},
	{Slug: "culture", Name: "ثقافة وأدب"},
	{Slug: "poetry", Parent: "culture", Name: "شعر"},
	{Slug: "council", Parent: "poetry", Name: "مجلس الشعر"},
	{Slug: "stories", Parent: "culture", Name: "قصص"},
	{Slug: "jobs", Name: "وظائف"},
})

func TestFollowAndUnfollow(t *testing.T) {
	for name, c := range map[string]struct {
		from   []news.Slug
		follow news.Slug // or
		drop   news.Slug
		want   []news.Slug
	}{
		"the first":                    {nil, "jobs", "", []news.Slug{"jobs"}},
		"menu order":                   {[]news.Slug{"jobs"}, "news", "", []news.Slug{"news", "jobs"}},
		"a parent takes its children":  {[]news.Slug{"weather", "poetry"}, "news", "", []news.Slug{"news", "poetry"}},
		"a child of a followed parent": {[]news.Slug{"news"}, "weather", "", []news.Slug{"news"}},
		"the last":                     {[]news.Slug{"jobs"}, "", "jobs", nil},
		"one child of a parent":        {[]news.Slug{"news"}, "", "weather", []news.Slug{"oman"}},
		"a grandchild":                 {[]news.Slug{"culture"}, "", "council", []news.Slug{"stories"}},
		"a parent and all below":       {[]news.Slug{"weather", "poetry", "stories"}, "", "culture", []news.Slug{"weather"}},
		"what is not followed":         {[]news.Slug{"jobs"}, "", "weather", []news.Slug{"jobs"}},
		"a section that is gone":       {[]news.Slug{"sport", "jobs"}, "", "sport", []news.Slug{"jobs"}},
	} {
		var got []news.Slug
		if c.follow != "" {
			got = tree.Follow(c.from, c.follow)
		} else {
			got = tree.Unfollow(c.from, c.drop)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Whatever is ticked and unticked, in any order: a reader reads exactly what
// was ticked last, and no list holds a section beside its ancestor.
func TestFollowingIsWhatWasTicked(t *testing.T) {
	all := tree.All()
	rng := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		var follows []news.Slug
		reads := map[news.Slug]bool{} // leaves
		for range 20 {
			s := all[rng.IntN(len(all))].Slug
			on := rng.IntN(2) == 0
			if on {
				follows = tree.Follow(follows, s)
			} else {
				follows = tree.Unfollow(follows, s)
			}
			for _, below := range tree.Below(s) {
				if len(tree.Children(below)) == 0 {
					reads[below] = on
				}
			}
			for leaf, want := range reads {
				if tree.Follows(follows, leaf) != want {
					t.Fatalf("follows %v: %s is %v, want %v", follows, leaf, !want, want)
				}
			}
			for _, f := range follows {
				for _, up := range tree.Path(f)[1:] {
					if slices.Contains(follows, up) {
						t.Fatalf("%v holds %s beside its ancestor %s", follows, f, up)
					}
				}
			}
		}
	}
}

func TestReach(t *testing.T) {
	got := tree.Reach("council", "weather", "poetry")
	want := []news.Slug{"news", "weather", "culture", "poetry", "council"}
	if !slices.Equal(got, want) {
		t.Errorf("reach %v, want %v", got, want)
	}
}

func TestTextPrefix(t *testing.T) {
	text := news.Join(news.T("one\n"), news.B("two\n\nth"), news.L("ree\nfour", "https://x.example"))
	got := text.Prefix("»", func(line string) bool { return line == "three" || line == "four" })
	if want := "one\ntwo\n\n»three\n»four"; got.String() != want {
		t.Errorf("%q, want %q", got.String(), want)
	}
	if got := text.Prefix("»", func(string) bool { return false }); got.String() != text.String() {
		t.Errorf("%q", got.String())
	}
	for _, s := range got {
		if s.Text == "»" && (s.Link != "" || s.Style != 0) {
			t.Errorf("the mark carries the style of its neighbour: %+v", s)
		}
	}
}

func TestUnits(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "أب": 2, "🔴 عاجل": 7, "\xff": 1} {
		if got := news.T(text).Units(); got != want {
			t.Errorf("%q has %d units, want %d", text, got, want)
		}
	}
}
