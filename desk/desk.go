// Package desk is who may say something now. It holds the rule for what people
// send by hand; the command line is its first door.
package desk

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// MaxWords is the length of an alert in UTF-16 units: with its heading, its
// link and its signature it is still one message, which can be edited later.
const MaxWords = 3500

// Desk sends what people wrote by hand.
type Desk struct {
	Publisher Publisher
	Tree      func() news.Tree
	Now       func() time.Time
}

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
}

// RefusedError says in a sentence why an alert is not sent.
type RefusedError struct{ Reason string }

func (e *RefusedError) Error() string { return e.Reason }

func refuse(format string, args ...any) error {
	return &RefusedError{Reason: fmt.Sprintf(format, args...)}
}

// Send publishes an alert at once, ahead of everything automatic. What is
// wrong with it comes back as a *RefusedError, and nothing was sent.
func (d *Desk) Send(ctx context.Context, a Alert) (news.BroadcastID, error) {
	a.Words = strings.TrimSpace(arabic.Clean(a.Words))
	if err := d.check(a); err != nil {
		return 0, err
	}
	now := d.Now()
	audience := news.Audience{Everyone: a.Everyone}
	if !a.Everyone {
		audience.Sections = d.Tree().Reach(a.Sections...)
	}
	id, err := d.Publisher.Publish(ctx, news.Broadcast{
		Kind: news.Breaking, Version: 1, Words: a.Words, Link: a.Link, Audience: audience, Silent: a.Silent,
		Since: now.Add(-48 * time.Hour), Published: now, Expires: now.Add(12 * time.Hour),
	})
	if err != nil {
		return 0, fmt.Errorf("publish the alert: %w", err)
	}
	return id, nil
}

func (d *Desk) check(a Alert) error {
	switch n := arabic.Units(a.Words); {
	case n == 0:
		return refuse("the alert has no words")
	case n > MaxWords:
		return refuse("the alert is %d characters long; at most %d fit one message", n, MaxWords)
	}
	if a.Everyone == (len(a.Sections) > 0) {
		return refuse("say for whom the alert is: sections, or everyone")
	}
	for _, s := range a.Sections {
		if _, ok := d.Tree().Find(s); !ok {
			return refuse("there is no section called %q", s)
		}
	}
	if a.Link != "" {
		u, err := url.Parse(a.Link)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return refuse("the link %q is no web address", a.Link)
		}
	}
	return nil
}

// Refused reports whether err says why something is not sent, and the reason.
func Refused(err error) (string, bool) {
	var r *RefusedError
	if errors.As(err, &r) {
		return r.Reason, true
	}
	return "", false
}
