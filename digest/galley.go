package digest

import (
	"context"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// galley holds the articles of the digest that is being composed. Thousands
// of readers choose hundreds of selections from the same few articles; they
// are read once for all that are composed within a second.
type galley struct {
	mu        sync.Mutex
	broadcast news.BroadcastID
	version   int
	read      time.Time
	all       map[news.ArticleID]news.Article
	leads     map[news.ArticleID]string
}

const galleyLasts = time.Second

// articles returns the articles of ids, in that order, missing ones left out,
// and how their leads read in a list, as far as it is known.
func (g *galley) articles(ctx context.Context, from Store, b news.Broadcast, ids []news.ArticleID) ([]news.Article, map[news.ArticleID]string, error) {
	if b.Kind != news.Digest || b.ID == 0 {
		some, err := from.Articles(ctx, ids)
		return some, nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.broadcast != b.ID || g.version != b.Version || time.Since(g.read) >= galleyLasts {
		if err := g.fill(ctx, from, b); err != nil {
			return nil, nil, err
		}
	}
	some := make([]news.Article, 0, len(ids))
	for _, id := range ids {
		if a, ok := g.all[id]; ok {
			some = append(some, a)
		}
	}
	return some, g.leads, nil
}

func (g *galley) fill(ctx context.Context, from Store, b news.Broadcast) error {
	ids := make([]news.ArticleID, len(b.Items))
	for i, item := range b.Items {
		ids[i] = item.Article
	}
	read := time.Now()
	all, err := from.Articles(ctx, ids)
	if err != nil {
		return err
	}
	g.broadcast, g.version, g.read = b.ID, b.Version, read
	g.all = make(map[news.ArticleID]news.Article, len(all))
	g.leads = make(map[news.ArticleID]string, len(all))
	for _, a := range all {
		g.all[a.ID], g.leads[a.ID] = a, arabic.Lead(a.Lead, listLead)
	}
	return nil
}
