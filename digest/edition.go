package digest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Made is an edition as it would be published at a moment.
type Made struct {
	Broadcast news.Broadcast
	Decision  Decision
	Out       []news.Article // of its window, left out by editors
}

// MakeEdition makes the edition of a turn from the articles that arrived since
// the slot's last one, as editors have decided. It writes nothing: whoever
// publishes it and whoever looks at it before get the same.
func MakeEdition(ctx context.Context, s Store, n Newsroom, turn Turn, last Edition, now time.Time) (Made, error) {
	now = now.In(n.Zone)
	since := now.Add(-n.Limits.window())
	if last.Published.IsZero() {
		since = now.Add(-24 * time.Hour)
	}
	window, err := s.Window(ctx, last.To, since)
	if err != nil {
		return Made{}, fmt.Errorf("read the window of %s %s: %w", turn.Slot, turn.Date, err)
	}
	decided, err := s.Decision(ctx, turn.Slot, turn.Date, news.DateOf(since))
	if err != nil {
		return Made{}, fmt.Errorf("read what was decided about %s %s: %w", turn.Slot, turn.Date, err)
	}
	made := Made{Decision: decided}
	var in []news.Article
	b := news.Broadcast{
		Kind: news.Digest, Version: 1, Slot: turn.Slot, Date: turn.Date,
		From: last.To, To: last.To, Since: since, Published: now,
		Expires: now.Add(n.Limits.late() + 9*time.Hour),
	}
	for _, a := range window {
		b.To = max(b.To, a.ID)
		if slices.Contains(decided.Drop, a.ID) {
			made.Out = append(made.Out, a)
		} else {
			in = append(in, a)
		}
	}
	if !last.Published.IsZero() && last.Published.After(b.Since) {
		b.Since = last.Published
	}
	b.Items = pinned(Build(n.Tree, in), decided.Pin)
	b.Audience = news.Audience{Sections: n.Tree.Reach(sectionsOf(b.Items)...)}
	if len(b.Items) > 0 {
		b.Intro = decided.Intro
	}
	made.Broadcast = b
	return made, nil
}

// pinned puts the items of ids first, in that order, and marks them.
func pinned(items []news.Item, ids []news.ArticleID) []news.Item {
	for _, id := range slices.Backward(ids) {
		i := slices.IndexFunc(items, func(item news.Item) bool { return item.Article == id })
		if i < 0 {
			continue // gone, or told by another article
		}
		item := items[i]
		item.Pinned = true
		items = slices.Insert(slices.Delete(items, i, i+1), 0, item)
	}
	return items
}

func sectionsOf(items []news.Item) []news.Slug {
	var out []news.Slug
	for _, item := range items {
		if !slices.Contains(out, item.Section) {
			out = append(out, item.Section)
		}
	}
	return out
}
