package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// DraftID is the store's number of a draft.
type DraftID int64

// Form is what a draft becomes.
type Form string

// The forms.
const (
	FormAlert      Form = "alert"
	FormTypo       Form = "typo"       // edits every copy in silence
	FormCorrection Form = "correction" // edits, and tells who was misinformed
	FormWithdrawal Form = "withdrawal" // takes back; Words is the line that stays
)

// State is where a draft is in its life; see the package's drawing.
type State string

// The states.
const (
	Drafting   State = "draft"
	Looked     State = "preview"
	Second     State = "second"
	Scheduled  State = "scheduled"
	Counting   State = "countdown"
	Publishing State = "publishing"
	Sending    State = "sending"
	Paused     State = "paused"
	Stopped    State = "stopped"
	Done       State = "done"
	Dropped    State = "dropped"
)

// Open reports whether a draft can still be edited: nothing is decided.
func (s State) Open() bool { return s == Drafting || s == Looked || s == Second }

// Waiting reports whether a draft goes out by itself unless it is stopped.
func (s State) Waiting() bool { return s == Scheduled || s == Counting }

// Out reports whether a draft has been published.
func (s State) Out() bool { return s == Sending || s == Paused || s == Stopped || s == Done }

// Live reports whether a stop word in an editor's chat means this draft.
func (s State) Live() bool { return s != Stopped && s != Done && s != Dropped }

// Content is what an editor decides about a draft. Any change of it is a new
// version.
type Content struct {
	Words    string          `json:"words"`
	Link     string          `json:"link,omitempty"`
	Article  news.ArticleID  `json:"article,omitempty"` // what the words were made of, which no digest repeats to who gets them; 0: whatever the link leads to
	Media    news.Media      `json:"media,omitzero"`
	Sections []news.Slug     `json:"sections,omitempty"`
	Everyone bool            `json:"everyone,omitempty"`
	Networks []news.Platform `json:"networks,omitempty"` // empty: all
	Silent   bool            `json:"silent,omitempty"`
	Weight   Weight          `json:"weight,omitempty"`
	At       time.Time       `json:"at,omitzero"` // not before then; zero: at once
}

// Draft is something that somebody is about to say, or has said.
type Draft struct {
	ID       DraftID  `json:"-"`
	Key      string   `json:"-"` // of the event it came from: the same event makes one draft; may be empty
	Form     Form     `json:"-"`
	By       EditorID `json:"-"`
	State    State    `json:"-"`
	Revision int      `json:"-"` // grows with every write
	Version  int      `json:"-"` // grows with every change of Content, and with every stop
	Content

	Seen      int        `json:"seen,omitempty"`      // the version that was looked at; 0: none
	Lookers   []EditorID `json:"lookers,omitempty"`   // who has had this version before them
	Confirmed EditorID   `json:"confirmed,omitempty"` // who confirmed; meaningful from Second on
	Approved  EditorID   `json:"approved,omitempty"`  // the second person
	Sure      int        `json:"sure,omitempty"`      // the version that was confirmed; 0: none
	Trial     bool       `json:"trial,omitempty"`     // of an alert: it was looked at as one for editors alone, before the opening
	Single    bool       `json:"single,omitempty"`    // it is no alert, but an article that went out singly, adopted to be put right
	Offered   bool       `json:"offered,omitempty"`   // a reporter's: those who may send were told that it is ready
	Halt      bool       `json:"halt,omitempty"`      // somebody stopped it while it was being published
	Due       time.Time  `json:"-"`                   // of a countdown or a schedule
	Made      time.Time  `json:"-"`
	Touched   time.Time  `json:"-"`
	Published time.Time  `json:"published,omitzero"`

	Broadcast news.BroadcastID `json:"-"`              // 0 until published
	Root      DraftID          `json:"-"`              // of a correction or a withdrawal: the first alert
	Base      DraftID          `json:"base,omitempty"` // what its author had before them; see Latest
	Latest    DraftID          `json:"-"`              // of a root: the newest of its chain that was decided; 0: itself
	Withdrawn bool             `json:"-"`              // of a root: the newest of its chain is a withdrawal
	Proposal  ProposalID       `json:"proposal,omitempty"`
}

// Move is one step of a draft, and what goes with it.
type Move struct {
	Draft   Draft // Revision is the one it was decided on
	Entry   Entry
	Letters []Letter
}

// Letter is a message to an editor or a reader, written in the transaction that
// it tells of and sent by the outbox.
type Letter struct {
	Seat
	Message news.Message
}

// Drafts is what is about to be said, and what was.
type Drafts interface {
	// Wrote writes a new draft, State, Version and all. A Key that is there
	// already returns the draft of that key, and writes nothing. Like Moved it
	// writes nothing that is Counting or Publishing while all is frozen, and no
	// correction that is Publishing over anything but the newest (ErrOvertaken).
	Wrote(ctx context.Context, m Move) (Draft, error)

	// Moved writes a draft over the one with m.Draft.Revision; ErrChanged when
	// that is not the newest. A draft moves to Counting or Publishing only while
	// nothing is frozen (ErrFrozen). A correction moves to Publishing only when
	// its Base is the root's newest and the root is not withdrawn
	// (ErrOvertaken); it then is the newest. What was decided before a backup was
	// restored does not move to Publishing (ErrRestored), nor does a Trial when
	// the bot is open by now (ErrOpened). The broadcast of one that moves to
	// Stopped or Paused is stopped or paused with it.
	Moved(ctx context.Context, m Move) (Draft, error)

	// Draft returns one; ErrNone.
	Draft(ctx context.Context, id DraftID) (Draft, error)

	// Desk returns the drafts that are not over, oldest first: those that are
	// not Done, Stopped or Dropped.
	Desk(ctx context.Context) ([]Draft, error)

	// Chain returns a root and everything over it, in order.
	Chain(ctx context.Context, root DraftID) ([]Draft, error)

	// OfBroadcast returns the draft that a broadcast was made of; ErrNone.
	OfBroadcast(ctx context.Context, id news.BroadcastID) (Draft, error)

	// Versions returns every version of a draft's content, oldest first.
	Versions(ctx context.Context, id DraftID) ([]Content, error)
}

// Key names a thing to publish: the same key is published once.
type Key struct {
	Draft   DraftID
	Version int
}

// Order is what a press publishes.
type Order struct {
	Broadcast news.Broadcast
	Article   news.ArticleID  // what the words were made of: digests need not repeat it to who gets them; 0: none
	Networks  []news.Platform // empty: all
}

// String is the key as an amendment carries it.
func (k Key) String() string { return fmt.Sprintf("draft/%d/%d", k.Draft, k.Version) }

// Press is what makes broadcasts, and moves them.
type Press interface {
	// Publish returns the number of the broadcast; asked again with the same key
	// it returns the same number and publishes nothing.
	Publish(ctx context.Context, key Key, o Order) (news.BroadcastID, error)

	// Correct and Withdraw are once for each a.Key, too. The error matches
	// news.ErrFinal when nothing can be changed any more.
	Correct(ctx context.Context, a news.Amendment) (news.BroadcastID, error)
	Withdraw(ctx context.Context, a news.Amendment) (news.BroadcastID, error)

	// Control moves a broadcast to running, paused or stopped; the zero id means
	// every one that is not done. That it is over already is no error.
	Control(ctx context.Context, id news.BroadcastID, state news.State) error

	// TryAgain has failed copies tried again, and counts them.
	TryAgain(ctx context.Context, id news.BroadcastID) (int, error)

	// State returns how far a broadcast is.
	State(ctx context.Context, id news.BroadcastID) (news.State, error)

	// Pulse returns how far its lanes are.
	Pulse(ctx context.Context, id news.BroadcastID) ([]news.Pulse, error)
}
