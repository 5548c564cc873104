package wire

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/digest/feed"
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

// page gets a page or a picture that an article or an alert names, with the
// fetcher's bounds. Who wrote the address is not known: but for a source's own
// host, where the configuration says that it is, nothing private is asked.
func (p *Program) page(ctx context.Context, address string) ([]byte, error) {
	q := feed.Request{URL: address, Public: true, Accept: "text/html,image/*,*/*;q=0.5"}
	for _, s := range p.Plan().Sources {
		if sameHost(s.URL, address) {
			q.Origin, q.Public = s.URL, false
			break
		}
	}
	answer, err := p.fetcher.Get(ctx, q)
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

// sameHost reports whether two addresses are of one host, and of one port of
// it: beside a site may stand what nobody else should see.
func sameHost(a, b string) bool {
	x, err := url.Parse(a)
	y, err2 := url.Parse(b)
	return err == nil && err2 == nil && x.Host != "" && strings.EqualFold(x.Host, y.Host)
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
