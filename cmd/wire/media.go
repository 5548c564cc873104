package wire

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// media gets what adapters send along: a file that the store keeps, or
// something of the newsroom's site.
func (p *Program) media(ctx context.Context, ref string) ([]byte, error) {
	if sum, ours := news.FileSum(ref); ours {
		return p.parts.Store.AttachmentData(ctx, sum)
	}
	return p.page(ctx, ref)
}

// fetch brings a file that an editor has sent.
func (p *Program) fetch(ctx context.Context, id news.AccountID, f bots.File, most int64) ([]byte, error) {
	a := p.account(id)
	if a == nil {
		return nil, fmt.Errorf("fetch a file: no account %s: %w", id.Short(), bots.ErrMissing)
	}
	l := a.live.Load()
	if l == nil {
		return nil, fmt.Errorf("fetch a file: the account is not connected: %w", bots.ErrNotSent)
	}
	from, ok := l.adapter.(bots.Fetcher)
	if !ok {
		return nil, fmt.Errorf("fetch a file: its network gives out none: %w", bots.ErrMissing)
	}
	return from.Fetch(ctx, f, most)
}
