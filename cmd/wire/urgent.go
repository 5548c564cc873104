package wire

import (
	"context"

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
