package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// aboutSpan is how far back an alert's link is looked for among the articles:
// as far as an edition looks.
const aboutSpan = 7 * 24 * time.Hour

// about returns the article that an order is about, as the item of its
// broadcast: the one that it was made of, or the one that its link leads to.
// Nothing: it is about none that is known.
func (p *press) about(ctx context.Context, o desk.Order) ([]news.Item, error) {
	if o.Article == 0 && o.Broadcast.Link == "" {
		return nil, nil
	}
	if o.Article != 0 {
		found, err := p.program.parts.Store.Articles(ctx, []news.ArticleID{o.Article})
		if err != nil {
			return nil, fmt.Errorf("read the article of an alert: %w", err)
		}
		for _, a := range found {
			return []news.Item{{Article: a.ID, Section: a.Section}}, nil
		}
		return nil, nil
	}
	known, err := p.program.parts.Store.Linked(ctx, p.program.parts.Now().Add(-aboutSpan))
	if err != nil {
		return nil, fmt.Errorf("look for the article of an alert: %w", err)
	}
	link := feed.Canonical(o.Broadcast.Link)
	for _, a := range known {
		if feed.Canonical(a.URL) == link || a.ShortURL != "" && feed.Canonical(a.ShortURL) == link {
			return []news.Item{{Article: a.ID, Section: a.Section}}, nil
		}
	}
	return nil, nil
}
