package wire

import (
	"context"
	"errors"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed"
)

// links tries the links of alerts, so that an editor is warned of one that
// nobody can open.
type links struct {
	fetcher *feed.Fetcher
	home    func() string // an address of the newsroom: from a public one nothing private is asked
}

var _ desk.Checker = (*links)(nil)

// newLinks asks beside the sources, whose turns an editor does not wait for.
func (p *Program) newLinks() *links {
	f := NewFetcher(p.parts.Sources, p.parts.Now, p.parts.Version)
	f.Gap, f.MaxBytes = -1, 1<<20
	return &links{fetcher: f, home: func() string {
		for _, s := range p.Plan().Sources {
			return s.URL
		}
		return ""
	}}
}

// Check opens a link. A guard before the site, or a document larger than is
// worth reading, is an answer: people get through.
func (l *links) Check(ctx context.Context, link string) error {
	_, err := l.fetcher.Get(ctx, feed.Request{URL: link, Origin: l.home()})
	var p *feed.Problem
	if errors.Is(err, feed.ErrTooLarge) || errors.As(err, &p) && p.Status == feed.Blocked {
		return nil
	}
	return err
}
