package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Automatic reports whether an urgent article may go out by itself: its source
// is trusted with that, it is no rumour check, no other feed has brought it, the
// hour's limit is not used up, and nothing is held. What may not is for Propose.
func (d *Desk) Automatic(ctx context.Context, a news.Article, trusted bool) (bool, error) {
	if !trusted || a.Form == news.Check {
		return false, nil
	}
	standing, err := d.Standing(ctx)
	if err != nil || standing.Frozen || standing.Held {
		return false, err
	}
	sent, err := d.recent(ctx)
	if err != nil || d.among(sent, a) {
		return false, err
	}
	n, hour := 0, d.Now().Add(-time.Hour)
	for _, one := range sent {
		if one.Auto && !one.Published.Before(hour) {
			n++
		}
	}
	return n < d.setup().PerHour, nil
}

// SameNews is how long breaking news is known by its address and headline: two feeds
// of a site bring the same article within minutes.
const SameNews = 24 * time.Hour

// recent returns the alerts that the same news may be among.
func (d *Desk) recent(ctx context.Context) ([]Alerted, error) {
	sent, err := d.Store.Alerts(ctx, d.Now().Add(-SameNews))
	if err != nil {
		return nil, fmt.Errorf("read the last alerts: %w", err)
	}
	return sent, nil
}

// among reports whether an article went out as an alert already, as another feed
// of its site has brought it.
func (d *Desk) among(sent []Alerted, a news.Article) bool {
	return slices.ContainsFunc(sent, func(b Alerted) bool {
		return b.Article != a.ID && b.Link != "" && b.Link == a.Link() && (said(b.Words) == said(a.Title) || said(b.Words) == d.headline(a))
	})
}
