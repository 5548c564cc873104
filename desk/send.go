package desk

import (
	"context"
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Publisher takes a broadcast to everybody it is for. The broadcast comes
// without ID, Asof and State.
type Publisher interface {
	Publish(ctx context.Context, b news.Broadcast) (news.BroadcastID, error)
}

// Alert is a breaking alert written by hand.
type Alert struct {
	Words    string      `json:"words"`
	Link     string      `json:"link,omitempty"`
	Sections []news.Slug `json:"sections,omitempty"`
	Everyone bool        `json:"everyone,omitempty"`
	Silent   bool        `json:"silent,omitempty"`
	Weight   Weight      `json:"weight,omitempty"`
	File     []byte      `json:"file,omitempty"` // a photo, a video or a PDF
	Name     string      `json:"name,omitempty"` // of the file; empty: there is none
}

// Send publishes an alert at once, ahead of everything automatic, on the word
// of whoever holds the server: giving the command is the confirmation. What is
// wrong with it comes back as a *RefusedError, and nothing was sent.
func (d *Desk) Send(ctx context.Context, a Alert) (news.BroadcastID, error) {
	a.Words = strings.TrimSpace(arabic.Clean(a.Words))
	c, err := d.clean(Content{Words: a.Words, Link: a.Link, Sections: a.Sections, Everyone: a.Everyone, Silent: a.Silent, Weight: a.Weight})
	if err != nil {
		return 0, err
	}
	if a.Everyone && len(a.Sections) > 0 {
		return 0, refuse("say for whom the alert is: sections, or everyone")
	}
	if a.Name != "" || len(a.File) > 0 {
		if d.Store == nil {
			return 0, refuse("there is no place to keep a file")
		}
		if c.Media, err = d.Attach(ctx, Server().ID, a.Name, a.File); err != nil {
			return 0, err
		}
	}
	draft := Draft{Form: FormAlert, Content: c, Version: 1, Seen: 1, Sure: 1}
	if err := d.sendable(draft); err != nil {
		return 0, err
	}
	if d.Store == nil || d.Press == nil {
		id, err := d.Publisher.Publish(ctx, d.Broadcast(draft))
		if err != nil {
			return 0, fmt.Errorf("publish the alert: %w", err)
		}
		return id, nil
	}
	draft.State, draft.Made, draft.Touched = Publishing, d.Now(), d.Now()
	e := d.entry(Server(), ActConfirm)
	draft, err = d.Store.Wrote(ctx, Move{Draft: draft, Entry: e})
	if err != nil {
		return 0, explained(fmt.Errorf("write the alert down: %w", err))
	}
	if draft, err = d.publish(ctx, draft); err != nil {
		return 0, fmt.Errorf("publish the alert: %w", err)
	}
	return draft.Broadcast, nil
}
