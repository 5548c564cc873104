package digest_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// shelves is a store of articles that counts how often they are read.
type shelves struct {
	digest.Store
	articles []news.Article
	reads    int
}

func (s *shelves) Articles(_ context.Context, ids []news.ArticleID) (some []news.Article, err error) {
	s.reads++
	for _, id := range ids {
		i := slices.IndexFunc(s.articles, func(a news.Article) bool { return a.ID == id })
		if i >= 0 {
			some = append(some, s.articles[i])
		}
	}
	return some, nil
}

// TestDigestIsReadOnceForManySelections composes many selections of one
// edition, and corrects a headline between them.
func TestDigestIsReadOnceForManySelections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		room := newsroom(t)
		s := &shelves{articles: []news.Article{
			article(1, "weather", "أمطار متفرقة", "أول الخبر."), article(2, "jobs", "وظائف شاغرة", "ثاني الخبر."),
		}}
		c := &digest.Composer{Store: s, Newsroom: func() digest.Newsroom { return room }, Now: time.Now}
		b := news.Broadcast{
			ID: 1, Version: 1, Kind: news.Digest, Slot: "morning", Published: time.Now(),
			Items: []news.Item{{Article: 1, Section: "weather"}, {Article: 2, Section: "jobs"}, {Article: 3, Section: "jobs"}},
		}
		said := func(b news.Broadcast, ids ...news.ArticleID) string {
			t.Helper()
			m, err := c.Compose(t.Context(), b, ids, news.Telegram)
			if err != nil {
				t.Fatal(err)
			}
			return show(m)
		}
		whole, one := said(b, 1, 2, 3), said(b, 2)
		if s.reads != 1 {
			t.Errorf("two selections took %d reads", s.reads)
		}
		fresh := &digest.Composer{Store: s, Newsroom: c.Newsroom, Now: time.Now}
		if m, err := fresh.Compose(t.Context(), b, []news.ArticleID{2}, news.Telegram); err != nil || show(m) != one || one == whole {
			t.Errorf("a selection of what was read before is %q, not %q (%v)", one, show(m), err)
		}
		if m, err := c.Compose(t.Context(), b, []news.ArticleID{3}, news.Telegram); err != nil || len(m.Blocks) > 0 {
			t.Errorf("an article that is gone is said: %q (%v)", show(m), err)
		}

		s.articles[1].Title, s.reads = "وظائف أخرى", 0
		<-time.After(time.Second)
		if said(b, 2) == one || s.reads != 1 {
			t.Errorf("a second later the old headline still goes out, after %d reads", s.reads)
		}
		s.articles[1].Title = "وظائف غيرها"
		other := b
		other.ID = 2
		second := said(b, 2)
		if said(other, 2) == second {
			t.Error("another broadcast goes out with the articles of the first one")
		}
	})
}
