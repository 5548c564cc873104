package news

import "time"

// BroadcastID is the store's number of a broadcast.
type BroadcastID int64

// Kind says what a broadcast is. Kinds are sent in the order of this list.
type Kind string

// The kinds of broadcasts.
const (
	Breaking   Kind = "breaking"   // one urgent article, or an alert written by hand
	Correction Kind = "correction" // a new text over an earlier broadcast's receipts
	Withdrawal Kind = "withdrawal" // takes an earlier broadcast back
	Single     Kind = "single"     // one article, for those who want each at once
	Digest     Kind = "digest"     // an edition: what is new at a digest hour
)

// Rank orders kinds by urgency, most urgent first; replies come before all
// of them.
func (k Kind) Rank() int {
	switch k {
	case Breaking:
		return 0
	case Correction, Withdrawal:
		return 1
	case Single:
		return 2
	default:
		return 3
	}
}

// Broadcast is one thing that goes to many. Publishing one costs the same
// for ten readers and for a million.
type Broadcast struct {
	ID      BroadcastID
	Kind    Kind
	Version int // 1 at first; a correction of the text raises it

	Slot Slot // of an edition
	Date Date // civil date of an edition

	Items    []Item // the articles, in the order to show them
	Words    string // of an alert written by hand; plain text
	Link     string // of an alert written by hand; may be empty
	Intro    string // stands above an edition; plain text, may be empty
	Media    Media  // of an alert written by hand; corrections keep their original's
	Audience Audience
	Silent   bool // of a correction: nobody is told who has seen a right text before
	Trial    bool // published before the bot was opened: it reaches editors alone, and says so

	Original BroadcastID // what a correction or a withdrawal is about; 0: it is neither
	Was      string      // of a correction: what was wrong, as plain text; may be empty

	From, To  ArticleID // an edition's window: From < id <= To
	Asof      Seq       // who joined later is left out
	Since     time.Time // receipts back to here say what a reader already has
	Published time.Time
	Expires   time.Time // not sent any more from then on; zero: never
	State     State
}

// Item is one article of a broadcast and the section it stands under.
type Item struct {
	Article ArticleID `json:"a"`
	Section Slug      `json:"s"`
	Pinned  bool      `json:"p,omitempty"` // an editor put it first, above the sections
}

// Audience says for whom a broadcast is.
type Audience struct {
	Everyone bool   `json:"everyone,omitempty"` // all readers, whatever they follow; of breaking news, all who want any
	Sections []Slug `json:"sections,omitempty"` // the readers of these and of their ancestors

	Important bool `json:"important,omitempty"` // of breaking news: those who want the important only get it, too
}

// State is how far a broadcast or one of its lanes is.
type State string

// The states.
const (
	Running State = "running"
	Paused  State = "paused"
	Stopped State = "stopped"
	Done    State = "done"
)

// Outcome is what became of one reader's copy.
type Outcome uint8

// The outcomes. Their numbers are stored: never reorder them.
const (
	Pending  Outcome = iota // not tried yet
	Sent                    // the network took every part
	Nothing                 // nothing in it was new to the reader: no message
	Failed                  // it will not be sent: see the reason in the log and the table of errors
	Unknown                 // may have arrived, or a part of it has
	Deferred                // a retry row says when
	Left                    // the reader was gone when their turn came
)

// Progress counts a broadcast's copies by outcome.
type Progress struct {
	Broadcast BroadcastID
	Kind      Kind
	Slot      Slot
	Date      Date
	State     State
	Published time.Time
	Finished  time.Time // zero while running

	Counts map[Outcome]int

	// Of an alert, how many readers a network that tells has delivered it to, and
	// how many of them have read it at least.
	Delivered, Read int
}

// Total is the number of copies counted.
func (p Progress) Total() int {
	n := 0
	for _, c := range p.Counts {
		n += c
	}
	return n
}
