package wire

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// Preview is a digest as it would go out now.
type Preview struct {
	Slot     digest.Slot
	Next     time.Time     // its next turn; zero: none within eight days
	Articles int           // new since the slot's last edition
	Readers  []news.Slug   // those who follow one of these get it
	Message  *news.Message // nil: there is nothing new, and nothing would go out
}

// Previews returns the digest of each slot, as a reader would get it who follows
// everything and has had nothing since the slot's last edition. It writes
// nothing.
func Previews(ctx context.Context, p *Plan, s digest.Store, now time.Time) ([]Preview, error) {
	n := p.Newsroom
	last, err := s.Editions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the last editions: %w", err)
	}
	composer := digest.Composer{Store: s, Newsroom: func() digest.Newsroom { return n }, Now: func() time.Time { return now }}
	var out []Preview
	for _, slot := range n.Calendar {
		preview := Preview{Slot: slot}
		if turn, ok := (digest.Calendar{slot}).Next(now.In(n.Zone)); ok {
			preview.Next = turn.At
		}
		if err := preview.fill(ctx, n, &composer, last[slot.Name], now); err != nil {
			return nil, fmt.Errorf("preview %s: %w", slot.Name, err)
		}
		out = append(out, preview)
	}
	return out, nil
}

// window is how far back an edition looks that nobody has set a limit for; the
// first one of a slot looks back a day.
const (
	window      = 7 * 24 * time.Hour
	firstWindow = 24 * time.Hour
)

func (p *Preview) fill(ctx context.Context, n digest.Newsroom, c *digest.Composer, last digest.Edition, now time.Time) error {
	back := window
	if n.Limits.Window > 0 {
		back = n.Limits.Window
	}
	if last.Published.IsZero() {
		back = firstWindow
	}
	articles, err := c.Store.Window(ctx, last.To, now.Add(-back))
	if err != nil {
		return err
	}
	items := digest.Build(n.Tree, articles)
	p.Articles = len(items)
	if len(items) == 0 {
		return nil
	}
	ids := make([]news.ArticleID, len(items))
	var sections []news.Slug
	for i, item := range items {
		ids[i] = item.Article
		sections = append(sections, item.Section)
	}
	p.Readers = n.Tree.Reach(sections...)
	m, err := c.Compose(ctx, news.Broadcast{Kind: news.Digest, Slot: p.Slot.Name, Items: items, Published: now}, ids, "")
	if err == nil && len(m.Blocks) > 0 {
		p.Message = &m
	}
	return err
}

// Plain returns a message as plain text: its blocks with an empty line between
// two.
func Plain(m news.Message) string {
	blocks := make([]string, len(m.Blocks))
	for i, b := range m.Blocks {
		blocks[i] = b.String()
	}
	return strings.Join(blocks, "\n\n")
}
