package digest

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// urgent looks at the articles that wait as breaking news. An article whose
// time has come is read again at its source; only one that is still urgent
// then goes out, and no more than the newsroom's limit an hour. The others
// become ordinary articles.
func (p *Publisher) urgent(ctx context.Context) error {
	waiting, err := p.Queue.Urgent(ctx)
	if err != nil {
		return fmt.Errorf("read the urgent list: %w", err)
	}
	n := p.Newsroom()
	for _, u := range waiting {
		if p.proposes(n, u.Article) {
			if waits, err := p.Propose(ctx, u.Article); err != nil || waits {
				if err != nil {
					return fmt.Errorf("propose article %d: %w", u.Article.ID, err)
				}
				continue
			}
		}
		if now := p.Now(); u.Due.After(now) {
			continue
		}
		if err := p.settle(ctx, n, u); err != nil {
			return err
		}
	}
	return nil
}

// proposes reports whether an urgent article is for the editors to decide on.
// Rumour checks are for the digests.
func (p *Publisher) proposes(n Newsroom, a news.Article) bool {
	return p.Propose != nil && n.Propose[a.Source] && a.Form != news.Check
}

func (p *Publisher) settle(ctx context.Context, n Newsroom, u Urgent) error {
	now := p.Now().In(n.Zone)
	a, found, err := p.Reread(ctx, u.Article)
	switch {
	case err != nil && now.Sub(u.Due) < rereadPatience:
		p.Log.Warn("an urgent article could not be read again; it waits", "article", u.Article.ID, "err", err)
		return nil
	case err != nil, !found, !a.Urgent, now.Sub(moment(u.Article)) > staleUrgent, a.Form == news.Check, !n.Auto[u.Article.Source]:
		p.Log.Info("an article is not breaking news any more", "article", u.Article.ID)
		return p.ordinary(ctx, u.Article.ID)
	}
	sent, err := p.Queue.BreakingSince(ctx, now.Add(-time.Hour))
	if err != nil {
		return fmt.Errorf("count the breaking news of the last hour: %w", err)
	}
	if sent >= n.Limits.hourly() {
		p.Log.Warn("too much breaking news this hour; the article goes into the digests", "article", u.Article.ID, "limit", n.Limits.hourly())
		return p.ordinary(ctx, u.Article.ID)
	}
	b := news.Broadcast{
		Kind: news.Breaking, Version: 1,
		Items:    []news.Item{{Article: u.Article.ID, Section: u.Article.Section}},
		Audience: news.Audience{Sections: n.Tree.Reach(u.Article.Section)},
		Since:    now.Add(-48 * time.Hour), Published: now, Expires: now.Add(12 * time.Hour),
	}
	if err := p.publish(ctx, Publication{Broadcast: b, Auto: true}); err != nil {
		return err
	}
	if err := p.Queue.Settle(ctx, u.Article.ID, true); err != nil {
		return fmt.Errorf("take article %d off the urgent list: %w", u.Article.ID, err)
	}
	return nil
}

func (p *Publisher) ordinary(ctx context.Context, id news.ArticleID) error {
	if err := p.Queue.Settle(ctx, id, false); err != nil {
		return fmt.Errorf("take article %d off the urgent list: %w", id, err)
	}
	return nil
}

// The ages from which an article is left to the digests, as single news and as
// breaking news: after an outage nobody wants a volley of old ones.
const (
	staleSingle = 3 * time.Hour
	staleUrgent = 6 * time.Hour
)

// singles publishes each fresh article for those who want each at once. At
// night they are held back; the next digest carries them.
func (p *Publisher) singles(ctx context.Context) error {
	fresh, err := p.Queue.Fresh(ctx)
	if err != nil {
		return fmt.Errorf("read the fresh articles: %w", err)
	}
	n := p.Newsroom()
	now := p.Now().In(n.Zone)
	_, night := n.Night.At(now)
	var held []news.ArticleID
	for _, a := range fresh {
		if night || now.Sub(moment(a)) > staleSingle {
			held = append(held, a.ID)
			continue
		}
		b := news.Broadcast{
			Kind: news.Single, Version: 1,
			Items:    []news.Item{{Article: a.ID, Section: a.Section}},
			Audience: news.Audience{Sections: n.Tree.Reach(a.Section)},
			Since:    now.Add(-48 * time.Hour), Published: now, Expires: now.Add(6 * time.Hour),
		}
		if err := p.publish(ctx, Publication{Broadcast: b, Auto: true}); err != nil {
			return err
		}
	}
	if len(held) == 0 {
		return nil
	}
	if err := p.Queue.Hold(ctx, held); err != nil {
		return fmt.Errorf("leave articles to the digests: %w", err)
	}
	return nil
}
