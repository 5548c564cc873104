package desk

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// EditorID is the store's number of an editor. Numbers are not used again.
type EditorID int64

// Role is what somebody may do at the desk.
type Role string

// The roles.
const (
	Owner    Role = "owner"    // everything
	Chief    Role = "editor"   // writes and sends, freezes
	Reporter Role = "reporter" // writes; others send
	Machine  Role = "client"   // a program: what its scopes say; see Client
)

// Editor is a person at the desk.
type Editor struct {
	ID       EditorID    `json:"id"` // 0: the server itself, through its command line
	Name     string      `json:"name"`
	Role     Role        `json:"role"`
	Sections []news.Slug `json:"sections,omitempty"` // what they may write and send for, with all below; empty: all
	Revision int         `json:"-"`                  // grows with every change of the above
	Seats    []Seat      `json:"seats,omitempty"`    // their private chats
	Joined   time.Time   `json:"joined"`
	Scopes   []Scope     `json:"scopes,omitempty"` // of a client
	Until    time.Time   `json:"until,omitzero"`   // when a client's time is over; zero: never
}

// Seat is a private chat from which an editor acts.
type Seat struct {
	Account news.AccountID `json:"account"`
	Chat    news.ChatID    `json:"chat"`
}

// Server is who acts through the control socket.
func Server() Editor { return Editor{Name: "server", Role: Owner} }

// Invitation is a code that was given out. Codes themselves are not stored.
type Invitation struct {
	Hash     []byte
	Role     Role
	Sections []news.Slug
	Name     string
	Editor   EditorID // who gets another seat by it; 0: it makes a new editor
	Expires  time.Time
}

// Claimant is who has written a code.
type Claimant struct {
	Hash  []byte // of the code
	Seat  Seat
	Name  string // what the network calls them; the invitation's comes first
	At    time.Time
	Keeps func(Editor, Draft) bool // see Promotion: with what they are to be
}

// Editors is who sits at the desk.
type Editors interface {
	// Editor returns an editor; ErrNobody for one that is gone.
	Editor(ctx context.Context, id EditorID) (Editor, error)

	// Seated returns who acts from a chat; ErrNobody when nobody does.
	Seated(ctx context.Context, s Seat) (Editor, error)

	// Roster returns all editors, in order of joining. Clients are none.
	Roster(ctx context.Context) ([]Editor, error)

	// Invited writes an invitation. One that makes an owner without being asked
	// by one (the server's) takes the place of earlier ones of that kind.
	Invited(ctx context.Context, i Invitation, e Entry) error

	// Claimed uses an invitation that has not expired: somebody new is seated,
	// or an editor gets one more seat. A chat in which somebody sits already
	// changes hands only to its own editor; whoever sits there gets another role
	// as by Promoted, and what comes back is returned. ErrCode when there is no
	// such invitation, and ErrLastOwner when the only owner would be one no more.
	Claimed(ctx context.Context, c Claimant) (Editor, []Draft, error)

	// Promoted gives an editor another role or other sections. What they have
	// confirmed, that waits to go out and that p.Keeps does not keep becomes a
	// draft again, as a new version, and is returned. The codes that somebody has
	// given out who is no owner any more are worth nothing. ErrLastOwner when the
	// only owner would be one no more.
	Promoted(ctx context.Context, p Promotion) (Editor, []Draft, error)

	// Removed takes an editor away with their seats, watches and open drafts,
	// countdowns included, and returns the drafts. ErrLastOwner as above, unless
	// it is the server that removes them.
	Removed(ctx context.Context, id EditorID, e Entry) ([]Draft, error)
}
