package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Scope is one thing that a client may do.
type Scope string

// The scopes.
const (
	ScopePull    Scope = "pull"    // have a source read now
	ScopePropose Scope = "propose" // put words before those on duty
	ScopeAlert   Scope = "alert"   // send an alert, follow and stop what it sent
	ScopeStatus  Scope = "status"  // see how the program and its alerts are doing
)

// Scopes returns all scopes.
func Scopes() []Scope { return []Scope{ScopePull, ScopePropose, ScopeAlert, ScopeStatus} }

// Client is a program of the newsroom that acts over HTTP. It is an actor of
// the desk like an editor, with the role Machine and without a chat: what it
// does is signed and logged as it, in the transaction that does it, and once
// its token is revoked it does nothing any more.
type Client struct {
	Editor
	PerMinute int       `json:"per_minute"`
	Used      news.Date `json:"used,omitempty"` // the last day on which it came; empty: never
}

// NewClient is what whoever holds the server decides about a client.
type NewClient struct {
	Name      string      `json:"name"`
	Scopes    []Scope     `json:"scopes"`
	Sections  []news.Slug `json:"sections,omitempty"`   // empty: all
	PerMinute int         `json:"per_minute,omitempty"` // requests. Default 60.
	Last      news.Date   `json:"last,omitempty"`       // the last day on which the token is good; empty: for good
}

// Clients is who acts over HTTP. [Editors].Removed takes one away.
type Clients interface {
	// Enrolled writes a client with the hash of its token; ErrTaken when there
	// is one of this name.
	Enrolled(ctx context.Context, c Client, hash []byte, e Entry) (Client, error)

	// Clients returns all, by name.
	Clients(ctx context.Context) ([]Client, error)

	// Client returns one with the hash of its token; ErrNobody.
	Client(ctx context.Context, id EditorID) (c Client, hash []byte, err error)

	// Came keeps the last day on which a client came.
	Came(ctx context.Context, id EditorID, day news.Date) error

	// Keyed returns the draft of a key; ErrNone.
	Keyed(ctx context.Context, key string) (Draft, error)

	// Suggested writes a proposal in somebody's own words, once for each p.Key,
	// and its letters, as Proposed does.
	Suggested(ctx context.Context, p Proposal, letters []Letter, e Entry) (Proposal, error)
}

// ErrTaken says that somebody has that name.
var ErrTaken = errors.New("the name is taken")

// TokenPrefix begins every token, so that people, scanners and our own log know
// one when they see it.
const TokenPrefix = "nashra_"

// A secret is random, and written as text.
const (
	secretBytes  = 32
	secretLength = (secretBytes*8 + 5) / 6
)

var clientName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// defaultPerMinute is how many requests a client may make.
const defaultPerMinute = 60

// Enroll makes a client, on the word of whoever holds the server. The token is
// returned once and kept nowhere.
func (d *Desk) Enroll(ctx context.Context, n NewClient) (token string, c Client, err error) {
	if c, err = d.client(n); err != nil {
		return "", c, err
	}
	secret := make([]byte, secretBytes)
	if _, err := rand.Read(secret); err != nil {
		return "", c, fmt.Errorf("make a token: %w", err)
	}
	text := base64.RawURLEncoding.EncodeToString(secret)
	e := d.entry(Server(), ActEnroll)
	e.About = c.Name + ": " + joinScopes(c.Scopes)
	c, err = d.Store.Enrolled(ctx, c, hashToken(text), e)
	switch {
	case is(err, ErrTaken):
		return "", c, refuse("there is a token called %s already: revoke it first, or choose another name", n.Name)
	case err != nil:
		return "", c, fmt.Errorf("write the token down: %w", err)
	}
	return TokenPrefix + strconv.FormatInt(int64(c.ID), 10) + "_" + text, c, nil
}

// client checks what a client is to be.
func (d *Desk) client(n NewClient) (c Client, err error) {
	switch {
	case !clientName.MatchString(n.Name):
		return c, refuse("expected a name of lower-case latin letters, digits and hyphens, not %q", n.Name)
	case len(n.Scopes) == 0:
		return c, refuse("say what the token is for: %s", joinScopes(Scopes()))
	case n.PerMinute < 0 || n.PerMinute > 6000:
		return c, refuse("expected requests a minute from 1 to 6000, not %d", n.PerMinute)
	}
	for _, s := range n.Scopes {
		if !slices.Contains(Scopes(), s) {
			return c, refuse("%q is no scope: %s", s, joinScopes(Scopes()))
		}
	}
	for _, s := range n.Sections {
		if _, ok := d.Tree().Find(s); !ok {
			return c, refuse("there is no section called %q", s)
		}
	}
	c = Client{Editor: Editor{Name: n.Name, Role: Machine, Sections: n.Sections, Joined: d.Now()}, PerMinute: n.PerMinute}
	c.Scopes = slices.Compact(slices.Sorted(slices.Values(n.Scopes)))
	if c.PerMinute == 0 {
		c.PerMinute = defaultPerMinute
	}
	if n.Last != "" {
		last, err := time.ParseInLocation(time.DateOnly, string(n.Last), d.setup().Zone)
		if err != nil {
			return c, refuse("expected a day like 2027-01-31, not %q", n.Last)
		}
		if c.Until = last.AddDate(0, 0, 1); !c.Until.After(d.Now()) {
			return c, refuse("the day %s is over", n.Last)
		}
	}
	return c, nil
}

// Clients lists the clients, for whoever holds the server.
func (d *Desk) Clients(ctx context.Context) ([]Client, error) {
	all, err := d.Store.Clients(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the clients: %w", err)
	}
	return all, nil
}

// Revoke ends a client at once, on the word of whoever holds the server: what
// it has counting down is dropped, and what it is about to do is not done.
func (d *Desk) Revoke(ctx context.Context, name string) error {
	all, err := d.Clients(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(c Client) bool { return c.Name == name })
	if i < 0 {
		return refuse("there is no token called %q", name)
	}
	e := d.entry(Server(), ActRevoke)
	e.About = name
	dropped, err := d.Store.Removed(ctx, all[i].ID, e)
	if err != nil {
		return explained(fmt.Errorf("revoke the token: %w", err))
	}
	for _, draft := range dropped {
		d.moved(draft)
	}
	return nil
}

// Present returns the client that a token belongs to. The refusal NoEditor says
// nothing about what is wrong with it.
func (d *Desk) Present(ctx context.Context, token string) (Client, error) {
	id, secret := parseToken(token)
	if id == 0 || len(secret) != secretLength { // it costs nobody a look
		return Client{}, refuseAs(NoEditor, "the token is not valid")
	}
	c, hash, err := d.Store.Client(ctx, id)
	switch {
	case is(err, ErrNobody):
		hash = make([]byte, sha256.Size) // compared all the same
	case err != nil:
		return Client{}, fmt.Errorf("look whose token it is: %w", err)
	}
	if subtle.ConstantTimeCompare(hash, hashToken(secret)) != 1 || c.ID == 0 || c.over(d.Now()) {
		return Client{}, refuseAs(NoEditor, "the token is not valid")
	}
	if day := news.DateOf(d.Now().In(d.setup().Zone)); day != c.Used {
		if err := d.Store.Came(ctx, c.ID, day); err != nil {
			d.log().Warn("the day on which a client came was not kept", "client", c.Name, "err", err)
		}
	}
	return c, nil
}

// Allow checks an act of a client that changes nothing at the desk, at the
// moment it is done.
func (d *Desk) Allow(ctx context.Context, by EditorID, a Act) error {
	who, err := d.editor(ctx, by)
	if err != nil {
		return err
	}
	return who.allowed(a)
}

// over reports whether somebody's time is over.
func (e Editor) over(now time.Time) bool { return !e.Until.IsZero() && !now.Before(e.Until) }

// mayMachine is May for clients: what their scopes say, and nothing of what
// editors may.
func (e Editor) mayMachine(a Act) bool {
	has := func(any ...Scope) bool {
		return slices.ContainsFunc(any, func(s Scope) bool { return slices.Contains(e.Scopes, s) })
	}
	switch a {
	case ActPull:
		return has(ScopePull)
	case ActPropose:
		return has(ScopePropose)
	case ActPost, ActStop:
		return has(ScopeAlert)
	case ActFollow:
		return has(ScopeAlert, ScopeStatus)
	case ActStatus:
		return has(ScopeStatus)
	}
	return false
}

func joinScopes(scopes []Scope) string {
	var all []string
	for _, s := range scopes {
		all = append(all, string(s))
	}
	return strings.Join(all, ", ")
}

// parseToken takes a token apart; what is none has the id 0, which nobody has.
func parseToken(token string) (EditorID, string) {
	rest, ok := strings.CutPrefix(token, TokenPrefix)
	number, secret, whole := strings.Cut(rest, "_")
	id, err := strconv.ParseInt(number, 10, 64)
	if !ok || !whole || err != nil || id < 0 {
		return 0, ""
	}
	return EditorID(id), secret
}

// hashToken is what is kept of a token. It is 256 random bits, which no guesser
// gets through however fast the hash is; a slow one is for what people choose.
func hashToken(secret string) []byte {
	sum := sha256.Sum256([]byte("nashra client " + secret))
	return sum[:]
}
