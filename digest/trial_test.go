package digest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// TestATrialSaysSo: whatever goes out before the opening says that it reaches
// editors alone, and nothing says so afterwards.
func TestATrialSaysSo(t *testing.T) {
	room := newsroom(t)
	s := &shelves{articles: []news.Article{article(1, "weather", "أمطار متفرقة", "أول الخبر.")}}
	c := &digest.Composer{Store: s, Newsroom: func() digest.Newsroom { return room }, Now: time.Now}
	items := []news.Item{{Article: 1, Section: "weather"}}
	for name, b := range map[string]news.Broadcast{
		"digest":     {Kind: news.Digest, Slot: "morning", Items: items},
		"single":     {Kind: news.Single, Items: items},
		"breaking":   {Kind: news.Breaking, Items: items},
		"by hand":    {Kind: news.Breaking, Words: "خبر"},
		"correction": {Kind: news.Correction, Words: "خبر", Was: "خطأ", Original: 1},
		"withdrawal": {Kind: news.Withdrawal, Original: 1},
	} {
		t.Run(name, func(t *testing.T) {
			for _, trial := range []bool{true, false} {
				b.Trial = trial
				m, err := c.Compose(t.Context(), b, []news.ArticleID{1}, news.Telegram)
				if err != nil {
					t.Fatal(err)
				}
				if first := m.Blocks[0].String(); strings.Contains(first, "المحررين وحدهم") != trial {
					t.Errorf("a trial (%t) begins with %q", trial, first)
				}
			}
		})
	}
	gone := news.Broadcast{Kind: news.Breaking, Items: items, Trial: true}
	if m, err := c.Compose(t.Context(), gone, nil, news.Telegram); err != nil || len(m.Blocks) > 0 {
		t.Errorf("nothing is left to say, and it says %v, %v", m, err)
	}
}
