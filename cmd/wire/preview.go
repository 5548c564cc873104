package wire

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// Preview is a digest as it would go out now.
type Preview struct {
	Slot     digest.Slot
	Next     time.Time     // its next turn; zero: none within eight days
	Articles int           // new since the slot's last edition
	Readers  []news.Slug   // those who follow one of these get it
	Held     bool          // by an editor: it waits until it is released
	Message  *news.Message // nil: there is nothing new, and nothing would go out
}

// Previews returns the digest of each slot, as a reader would get it who follows
// everything and has had nothing since the slot's last edition, by what editors
// have decided so far. It writes nothing.
func Previews(ctx context.Context, p *Plan, s PreviewStore, now time.Time) ([]Preview, error) {
	n := p.Newsroom
	shifts, err := s.Shifts(ctx, news.DateOf(now.In(n.Zone)))
	if err != nil {
		return nil, fmt.Errorf("read the exceptions of the calendar: %w", err)
	}
	n.Calendar = shifted(n.Calendar, shifts)
	last, err := s.Editions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the last editions: %w", err)
	}
	composer := digest.Composer{Store: s, Newsroom: func() digest.Newsroom { return n }, Now: func() time.Time { return now }}
	var out []Preview
	for _, slot := range n.Calendar {
		preview := Preview{Slot: slot}
		turn, ok := (digest.Calendar{slot}).Next(now.In(n.Zone))
		if ok {
			preview.Next = turn.At
		} else {
			turn = digest.Turn{Slot: slot.Name}
		}
		if err := preview.fill(ctx, n, &composer, turn, last[slot.Name], now); err != nil {
			return nil, fmt.Errorf("preview %s: %w", slot.Name, err)
		}
		out = append(out, preview)
	}
	return out, nil
}

// PreviewStore is what previews read.
type PreviewStore interface {
	digest.Store
	Shifts(ctx context.Context, date news.Date) ([]desk.Shift, error)
}

func (p *Preview) fill(ctx context.Context, n digest.Newsroom, c *digest.Composer, turn digest.Turn, last digest.Edition, now time.Time) error {
	made, err := digest.MakeEdition(ctx, c.Store, n, turn, last, now)
	if err != nil {
		return err
	}
	items := made.Broadcast.Items
	p.Articles, p.Held = len(items), made.Decision.Hold
	if len(items) == 0 {
		return nil
	}
	p.Readers = made.Broadcast.Audience.Sections
	m, err := c.Compose(ctx, made.Broadcast, articlesOf(items), "")
	if err == nil && len(m.Blocks) > 0 {
		p.Message = &m
	}
	return err
}

func articlesOf(items []news.Item) []news.ArticleID {
	ids := make([]news.ArticleID, len(items))
	for i, item := range items {
		ids[i] = item.Article
	}
	return ids
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
