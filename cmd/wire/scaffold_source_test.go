package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
)

// A site of which the categories' feeds alone can be read gets a source for
// each, and its sections by them: what a feed calls a category may be a tag.
func TestScaffoldOfCategoryFeeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := newsroom(t)
		site.Misbehave(feedtest.API, feedtest.Closed())
		text := wire.Scaffold(probe(t, site.Client().Transport, site.Now))
		golden(t, "scaffold-feeds.yaml", text)
		p, err := wire.ParseConfig("/srv/nashra.yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		sections := p.Newsroom.Tree.All()
		if len(p.Sources) != len(sections) || len(sections) < 10 {
			t.Errorf("%d sources for %d sections", len(p.Sources), len(sections))
		}
		if weather, _ := p.Newsroom.Tree.Find("weather"); weather.Parent != "news" {
			t.Errorf("the weather is below %q", weather.Parent)
		}
		above := news.Article{Title: "خبر", Source: "news", Categories: []news.Category{{Name: "أخبار"}, {Name: "الطقس"}}}
		if v := p.Rules.Judge(above); v.Section != "weather" {
			t.Errorf("what the feed of the news has of the weather went to %s", v.Section)
		}
		top := p.Newsroom.Tree.Children("")
		for i, s := range p.Sources {
			if s.Kind != "feed" || !strings.HasSuffix(s.URL, "/feed/") || !strings.Contains(s.URL, "/category/") || s.Breaking != "propose" || s.Schedule.String() != wire.DefaultSchedule {
				t.Errorf("source %+v", s)
			}
			tagged := news.Article{Title: "خبر", Source: s.Name, Categories: []news.Category{{Name: top[i%len(top)].Name}}}
			if v := p.Rules.Judge(tagged); string(v.Section) != string(s.Name) {
				t.Errorf("an article of %s went to %s: %s", s.Name, v.Section, v.Why)
			}
		}
	})
}
