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

// propose puts an article before those on duty, and reports whether it waits
// for them. Where nobody sits at the desk nobody is waited for.
func (p *Program) propose(ctx context.Context, a news.Article) (waits bool, err error) {
	if on, err := p.desk.OnDuty(ctx); err != nil || len(on) == 0 {
		return false, err
	}
	proposal, err := p.desk.Propose(ctx, a)
	return proposal.Settled == "", err
}

// automatic reports whether an urgent article may go out by itself now.
func (p *Program) automatic(ctx context.Context, a news.Article) (bool, error) {
	return p.desk.Automatic(ctx, a, p.Plan().trusts(a.Source))
}

// publishedByItself wakes who sends what was published, and the desk, which takes
// an alert in while its headline is the one that goes out.
func (p *Program) publishedByItself() {
	p.wakeAll()
	p.desk.Woken()
}

// What was sent as an alert is asked for again at its source for a while, a few
// articles at each visit.
const (
	askedAgain = 48 * time.Hour
	askAtOnce  = 3
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

// askAgain asks a source for what was sent of it as alerts: a changed headline
// or a withdrawn article is for the editors to correct. A site that does not
// answer is left alone until its next turn.
func (p *Program) askAgain(ctx context.Context, s SourcePlan) error {
	now := p.parts.Now()
	ids, err := p.desk.Published(ctx, now.Add(-askedAgain))
	if err != nil || len(ids) == 0 {
		return err
	}
	all, err := p.parts.Store.Articles(ctx, ids)
	if err != nil {
		return fmt.Errorf("read what was sent: %w", err)
	}
	all = slices.DeleteFunc(all, func(a news.Article) bool { return a.Source != s.Name })
	for _, a := range p.asked.first(all, askAtOnce, now) {
		again, found, err := p.puller.Reread(ctx, s.Source(), a)
		if err != nil {
			p.parts.Log.Debug("an article that was sent could not be read again", "article", a.ID, "err", err)
			return nil
		}
		if !found {
			again = a
		}
		again.Section, again.Form = a.Section, a.Form
		if _, proposed, err := p.desk.ProposeChange(ctx, again, !found); err != nil {
			return err
		} else if proposed {
			p.parts.Log.Info("an article that was sent has changed", "article", a.ID, "gone", !found)
		}
	}
	return nil
}
