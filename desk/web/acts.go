package web

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// AlertIn asks for an alert. Every field can be left out but the words, and one
// of sections and everyone.
type AlertIn struct {
	Words    string             `json:"words"`
	Link     string             `json:"link"`
	Sections []news.Slug        `json:"sections"`
	Everyone bool               `json:"everyone"`
	Silent   bool               `json:"silent"`
	Force    []desk.WarningKind `json:"force"` // the warnings to go over
}

// AlertOut is an alert that was taken.
type AlertOut struct {
	ID       desk.DraftID `json:"id"`
	State    string       `json:"state"`
	Goes     time.Time    `json:"goes_at,omitzero"` // the end of its countdown
	Look     string       `json:"look"`             // where to see how it arrives
	Warnings []Warned     `json:"warnings,omitempty"`
}

func (c *call) alert() (int, any, error) {
	var in AlertIn
	if err := c.decode(&in); err != nil {
		return 0, nil, err
	}
	for _, k := range in.Force {
		if !k.Forced() {
			return 0, nil, problem(codeFaulty, "force names warnings, and %q is none to go over", k)
		}
	}
	return c.once(in, func(ctx context.Context, anchor string) (int, any, error) {
		a := desk.Alert{Words: in.Words, Link: in.Link, Sections: in.Sections, Everyone: in.Everyone, Silent: in.Silent}
		draft, warned, err := c.Desk.Post(ctx, c.client.ID, anchor, a, in.Force)
		if err != nil {
			return 0, nil, err
		}
		c.Log.Info("a client sends an alert", "client", c.client.Name, "draft", draft.ID)
		out := AlertOut{ID: draft.ID, State: stateOf(draft), Goes: draft.Due, Look: fmt.Sprintf("/v1/alerts/%d", draft.ID)}
		for _, w := range warned {
			out.Warnings = append(out.Warnings, c.warned(w))
		}
		return http.StatusCreated, out, nil
	})
}

// ArrivalOut is how far an alert is.
type ArrivalOut struct {
	ID        desk.DraftID          `json:"id"`
	State     string                `json:"state"`
	Goes      time.Time             `json:"goes_at,omitzero"`
	Published time.Time             `json:"published_at,omitzero"`
	Broadcast news.BroadcastID      `json:"broadcast,omitempty"`
	Sent      int                   `json:"sent"`
	Failed    int                   `json:"failed"`
	Unknown   int                   `json:"unknown"` // may have arrived
	Waiting   int                   `json:"waiting"`
	Delivered int                   `json:"delivered,omitempty"` // of sent, as far as WhatsApp tells
	Read      int                   `json:"read,omitempty"`
	Left      int                   `json:"left"` // readers who left within an hour after it
	Networks  map[news.Platform]int `json:"networks"`
}

// stateOf names a state to clients: a draft that was taken out of its countdown
// lies on the desk again, for people.
func stateOf(d desk.Draft) string {
	if d.State.Open() || d.State == desk.Scheduled {
		return "returned"
	}
	return string(d.State)
}

func (c *call) follow() (int, any, error) {
	id, err := c.id("alert")
	if err != nil {
		return 0, nil, err
	}
	draft, err := c.Desk.Followed(c.r.Context(), c.client.ID, id)
	if err != nil {
		return 0, nil, err
	}
	return c.arrival(draft)
}

func (c *call) stop() (int, any, error) {
	id, err := c.id("alert")
	if err != nil {
		return 0, nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.r.Context()), actTime)
	defer cancel()
	draft, err := c.Desk.Recall(ctx, c.client.ID, id)
	if err != nil {
		return 0, nil, err
	}
	c.Log.Info("a client stops its alert", "client", c.client.Name, "draft", id)
	return c.arrival(draft)
}

func (c *call) arrival(draft desk.Draft) (int, any, error) {
	out := ArrivalOut{
		ID: draft.ID, State: stateOf(draft), Goes: draft.Due, Published: draft.Published, Broadcast: draft.Broadcast,
		Networks: map[news.Platform]int{},
	}
	if draft.Broadcast == 0 {
		return http.StatusOK, out, nil
	}
	a, err := c.Desk.Arrived(c.r.Context(), draft.Broadcast)
	if err != nil {
		return 0, nil, err
	}
	out.Sent, out.Failed, out.Unknown, out.Waiting, out.Left = a.Sent, a.Failed, a.Unknown, a.Waiting, a.Left
	out.Delivered, out.Read = a.Delivered, a.Read
	maps.Copy(out.Networks, a.Platforms)
	return http.StatusOK, out, nil
}

// id is the number in the address of something.
func (c *call) id(what string) (desk.DraftID, error) {
	n, err := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	if err != nil || n <= 0 {
		return 0, problem(codeNowhere, "there is no %s with this number", what)
	}
	return desk.DraftID(n), nil
}

func (c *call) status() (int, any, error) {
	if err := c.Desk.Allow(c.r.Context(), c.client.ID, desk.ActStatus); err != nil {
		return 0, nil, err
	}
	h, err := c.Health(c.r.Context())
	return http.StatusOK, h, err
}

// HookOut says which sources are being read.
type HookOut struct {
	Sources []news.SourceID `json:"sources"`
}

// hook takes the news that something was published. Plugins send whatever they
// like; a number or an address of the article is enough. The address only says
// which source it is: nothing is fetched from it.
func (c *call) hook() (int, any, error) {
	body, err := c.read()
	if err != nil {
		return 0, nil, err
	}
	link, ok := linkOf(body)
	if !ok {
		return 0, nil, problem(codeFaulty, "expected post_id, link or post_url")
	}
	if err := c.Desk.Allow(c.r.Context(), c.client.ID, desk.ActPull); err != nil {
		return 0, nil, err
	}
	sources := c.Pull(link)
	if len(sources) == 0 {
		return 0, nil, problem(codeNoSource, "no source of the configuration has the host of this link")
	}
	return http.StatusAccepted, HookOut{Sources: sources}, nil
}

// linkOf returns the first link of a hook's body; ok is false when it says
// nothing of an article.
func linkOf(body []byte) (link string, ok bool) {
	var said map[string]json.RawMessage
	if json.Unmarshal(body, &said) != nil {
		return "", false
	}
	for _, name := range []string{"link", "post_url", "post_permalink"} {
		if json.Unmarshal(said[name], &link) == nil && link != "" {
			return link, true
		}
	}
	var id any
	if json.Unmarshal(said["post_id"], &id) != nil {
		return "", false
	}
	switch id.(type) {
	case string, float64:
		return "", id != ""
	}
	return "", false
}
