package digest

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// urgent looks at the articles that wait as breaking news. Those of a source
// that proposes go before the editors at once. Another one's are read again at
// their source when their time has come; one that is still urgent then goes out,
// if it may, and is proposed if it may not. The others become ordinary articles.
// While all is held nothing goes out, and everything is proposed. What could not
// be dealt with is left alone for a while, so that a site that is down is not
// asked without end.
func (p *Publisher) urgent(ctx context.Context, held bool) error {
	waiting, err := p.Queue.Urgent(ctx)
	if err != nil {
		return fmt.Errorf("read the urgent list: %w", err)
	}
	p.again.keep(waiting)
	n := p.Newsroom()
	for _, u := range waiting {
		if u.Proposed || p.again.left(u.Article.ID) > 0 {
			continue
		}
		if err := p.decide(ctx, n, u, held); err != nil {
			p.again.later(u.Article.ID)
			return err
		}
	}
	return nil
}

// decide does with one waiting article what its time has come for.
func (p *Publisher) decide(ctx context.Context, n Newsroom, u Urgent, held bool) error {
	if held || n.Propose[u.Article.Source] {
		if waits, err := p.propose(ctx, u.Article); err != nil || waits {
			return err
		}
	}
	if held || u.Due.After(p.Now()) {
		return nil
	}
	return p.settle(ctx, n, u)
}

// propose puts an article before the editors; waits is false when there are
// none to decide.
func (p *Publisher) propose(ctx context.Context, a news.Article) (waits bool, err error) {
	if p.Propose == nil {
		return false, nil
	}
	if waits, err = p.Propose(ctx, a); err != nil {
		return false, fmt.Errorf("propose article %d: %w", a.ID, err)
	}
	return waits, nil
}

func (p *Publisher) settle(ctx context.Context, n Newsroom, u Urgent) error {
	now := p.Now().In(n.Zone)
	a, found, err := p.Reread(ctx, u.Article)
	switch {
	case err != nil && now.Sub(u.Due) < rereadPatience:
		p.Log.Warn("an urgent article could not be read again; it waits", "article", u.Article.ID, "err", err)
		p.again.later(u.Article.ID)
		return nil
	case err != nil, !found, !a.Urgent, now.Sub(moment(u.Article)) > staleUrgent:
		p.Log.Info("an article is not breaking news any more", "article", u.Article.ID)
		return p.ordinary(ctx, u.Article.ID)
	}
	may, err := p.Automatic(ctx, a)
	if err != nil {
		return fmt.Errorf("ask whether article %d may go out by itself: %w", a.ID, err)
	}
	if !may {
		p.Log.Info("urgent news may not go out by itself now", "article", u.Article.ID)
		if waits, err := p.propose(ctx, a); err != nil || waits {
			return err
		}
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
