package wire

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// What was sent is asked for again at its source for a while, a few articles at
// each visit: of alerts, and of what went out singly or in a digest.
const (
	askedAgain = 48 * time.Hour
	askAtOnce  = 3
	askOthers  = 2
)

// asked remembers when each article was asked for again.
type asked struct {
	mu sync.Mutex
	at map[news.ArticleID]time.Time
}

// first returns the n of ids that were not asked for longest, and notes them.
// Articles that are of no interest any more are forgotten.
func (k *asked) first(articles []news.Article, n int, now time.Time) []news.Article {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.at == nil {
		k.at = map[news.ArticleID]time.Time{}
	}
	for id, at := range k.at {
		if now.Sub(at) > askedAgain {
			delete(k.at, id)
		}
	}
	slices.SortStableFunc(articles, func(a, b news.Article) int {
		return cmp.Or(k.at[a.ID].Compare(k.at[b.ID]), cmp.Compare(b.ID, a.ID))
	})
	articles = articles[:min(n, len(articles))]
	for _, a := range articles {
		k.at[a.ID] = now
	}
	return articles
}

// askAgain looks whether what was sent of a source is still what the source
// says: a changed headline or a withdrawn article is for the editors to correct.
// Headlines that the last visit has brought are known; the rest is asked for. A
// site that does not answer is left alone until its next turn.
func (p *Program) askAgain(ctx context.Context, s SourcePlan) error {
	now := p.parts.Now()
	alerts, err := p.desk.Published(ctx, now.Add(-askedAgain))
	if err != nil {
		return err
	}
	brought, err := p.parts.Store.Brought(ctx, s.Name, now.Add(-askedAgain))
	if err != nil {
		return fmt.Errorf("read what was sent: %w", err)
	}
	var changed, others []news.ArticleID
	for _, b := range brought {
		switch {
		case slices.Contains(alerts, b.Article):
		case b.Changed:
			changed = append(changed, b.Article)
		default:
			others = append(others, b.Article)
		}
	}
	if err := p.renamed(ctx, changed); err != nil {
		return err
	}
	answers, err := p.askFor(ctx, s, alerts, askAtOnce)
	if err != nil || !answers {
		return err
	}
	_, err = p.askFor(ctx, s, others, askOthers)
	return err
}

// renamed proposes what the last visit has brought another headline of.
func (p *Program) renamed(ctx context.Context, ids []news.ArticleID) error {
	all, err := p.parts.Store.Articles(ctx, ids)
	if err != nil {
		return fmt.Errorf("read what has changed: %w", err)
	}
	for _, a := range all {
		if err := p.proposeChange(ctx, a, false); err != nil {
			return err
		}
	}
	return nil
}

// askFor asks a source for n of the articles; answers is false when it gave none.
func (p *Program) askFor(ctx context.Context, s SourcePlan, ids []news.ArticleID, n int) (answers bool, err error) {
	all, err := p.parts.Store.Articles(ctx, ids)
	if err != nil {
		return false, fmt.Errorf("read what was sent: %w", err)
	}
	all = slices.DeleteFunc(all, func(a news.Article) bool { return a.Source != s.Name })
	for _, a := range p.asked.first(all, n, p.parts.Now()) {
		again, found, err := p.puller.Reread(ctx, s.Source(), a)
		if err != nil {
			p.parts.Log.Debug("an article that was sent could not be read again", "article", a.ID, "err", err)
			return false, nil
		}
		if !found {
			again = a
		}
		again.Source, again.Section, again.Form = a.Source, a.Section, a.Form
		if err := p.proposeChange(ctx, again, !found); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (p *Program) proposeChange(ctx context.Context, a news.Article, gone bool) error {
	_, proposed, err := p.desk.ProposeChange(ctx, a, gone)
	if err == nil && proposed {
		p.parts.Log.Info("an article that was sent has changed", "article", a.ID, "gone", gone)
	}
	return err
}
