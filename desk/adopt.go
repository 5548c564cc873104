package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// remembered is how long an alert is watched: whether the headline that it was
// made of still stands, and whether it has a draft.
const remembered = 48 * time.Hour

// takeIn gives every alert that came by itself a draft, soon after it was
// published: its headline is then the one that readers get.
func (d *Desk) takeIn(ctx context.Context) error {
	sent, err := d.Store.Alerts(ctx, d.Now().Add(-remembered))
	if err != nil {
		return fmt.Errorf("read the last alerts: %w", err)
	}
	for _, a := range slices.Backward(sent) {
		if !a.Auto || a.Draft != 0 {
			continue
		}
		if _, err := d.adopt(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// adopt makes a draft of an alert that came by itself, as if the server had
// sent it: from then on it is paused, stopped, corrected and withdrawn like one
// by hand. Once for each broadcast; nothing is sent by it.
func (d *Desk) adopt(ctx context.Context, a Alerted) (Draft, error) {
	state, err := d.Press.State(ctx, a.Broadcast)
	if err != nil {
		return Draft{}, fmt.Errorf("look how far broadcast %d is: %w", a.Broadcast, err)
	}
	draft := Draft{
		Key: fmt.Sprintf("broadcast/%d", a.Broadcast), Form: FormAlert, State: shown(state), Version: 1, Seen: 1, Sure: 1,
		Content: Content{Words: said(a.Words), Link: a.Link, Article: a.Article, Sections: d.sectionsOf(a), Everyone: a.Audience.Everyone},
		Made:    a.Published, Touched: d.Now(), Published: a.Published, Broadcast: a.Broadcast, Trial: a.Trial, Single: a.Single,
	}
	e := d.entry(Server(), ActAdopt)
	e.Broadcast = a.Broadcast
	out, err := d.Store.Wrote(ctx, Move{Draft: draft, Entry: e})
	if err != nil {
		return Draft{}, fmt.Errorf("adopt broadcast %d: %w", a.Broadcast, err)
	}
	d.moved(out)
	return out, nil
}

// sectionsOf is where an alert that came by itself stands: the section of its
// article, whose editors may correct it. One that is not in the tree any more
// is left out.
func (d *Desk) sectionsOf(a Alerted) (out []news.Slug) {
	if _, ok := d.Tree().Find(a.Section); ok && !a.Audience.Everyone {
		out = []news.Slug{a.Section}
	}
	return out
}

// shown is the state of a draft whose broadcast is in a state.
func shown(s news.State) State {
	switch s {
	case news.Done:
		return Done
	case news.Stopped:
		return Stopped
	case news.Paused:
		return Paused
	default:
		return Sending
	}
}
