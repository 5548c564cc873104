package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// ProposalIn asks for a proposal.
type ProposalIn struct {
	Words    string      `json:"words"`
	Link     string      `json:"link"`
	Sections []news.Slug `json:"sections"`
}

// ProposalOut is a proposal that was put before those on duty.
type ProposalOut struct {
	ID      desk.ProposalID `json:"id"`
	Expires time.Time       `json:"expires_at"` // forgotten then, if nobody takes it
	Look    string          `json:"look"`       // where to see what becomes of it
}

func (c *call) propose() (int, any, error) {
	var in ProposalIn
	if err := c.decode(&in); err != nil {
		return 0, nil, err
	}
	return c.once(in, func(ctx context.Context, anchor string) (int, any, error) {
		p, err := c.Desk.Suggest(ctx, c.client.ID, anchor, desk.Content{Words: in.Words, Link: in.Link, Sections: in.Sections})
		if err != nil {
			return 0, nil, err
		}
		c.Log.Info("a client proposes", "client", c.client.Name, "proposal", p.ID)
		return http.StatusCreated, ProposalOut{ID: p.ID, Expires: p.Expires.UTC(), Look: fmt.Sprintf("/v1/proposals/%d", p.ID)}, nil
	})
}

// FateOut is what has become of a proposal.
type FateOut struct {
	ID      desk.ProposalID `json:"id"`
	State   string          `json:"state"` // "open", "taken", "declined" or "expired"
	Expires time.Time       `json:"expires_at"`
	Alert   *TakenOut       `json:"alert,omitempty"` // what it was taken as
}

// TakenOut is an alert that editors have made of a proposal.
type TakenOut struct {
	ID        desk.DraftID     `json:"id"`
	State     string           `json:"state"` // "draft" while it is on the desk; then as that of a client's own alert
	Published time.Time        `json:"published_at,omitzero"`
	Broadcast news.BroadcastID `json:"broadcast,omitempty"`
}

func (c *call) proposal() (int, any, error) {
	id, err := c.id("proposal")
	if err != nil {
		return 0, nil, err
	}
	p, draft, err := c.Desk.Fate(c.r.Context(), c.client.ID, desk.ProposalID(id))
	if err != nil {
		return 0, nil, err
	}
	out := FateOut{ID: p.ID, State: p.Settled, Expires: p.Expires.UTC()}
	if out.State == "" {
		out.State = "open"
	}
	if draft.ID != 0 {
		out.Alert = &TakenOut{ID: draft.ID, State: string(draft.State), Published: draft.Published, Broadcast: draft.Broadcast}
		if draft.State.Open() {
			out.Alert.State = string(desk.Drafting)
		}
		if !draft.Published.IsZero() {
			out.Alert.Published = draft.Published.UTC()
		}
	}
	return http.StatusOK, out, nil
}
