package feedtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

func TestSampleIsWhole(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s, err := feedtest.NewSample(now)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Posts) < 24 || len(s.Next) < 3 {
		t.Errorf("%d posts and %d to come", len(s.Posts), len(s.Next))
	}
	used := map[int]int{}
	titles := map[string]bool{}
	for _, p := range append(s.Posts, s.Next...) {
		if p.Title == "" || p.Author == "" || len(p.Categories) == 0 || titles[p.Title] {
			t.Errorf("post is not whole: %+v", p)
		}
		titles[p.Title] = true
		for _, id := range p.Categories {
			used[id]++
		}
		if words := len(strings.Fields(p.Content)); words < 40 {
			t.Errorf("%s: %d words only", p.Title, words)
		}
		for _, r := range p.Title + p.Content + p.Excerpt {
			if r >= '٠' && r <= '٩' || strings.ContainsRune("\u200e\u200f\u202b\u202c,;?", r) {
				t.Errorf("%s: has %q", p.Title, r)
			}
		}
	}
	for _, c := range s.Categories {
		if used[c.ID] == 0 {
			t.Errorf("no post in %s", c.Name)
		}
	}
}
