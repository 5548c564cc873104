package talk

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// ErrCode says that a code that was to be taken is not good any more: taken by
// somebody else, replaced, or too old. Nothing was written.
var ErrCode = errors.New("the code is not good any more")

// ErrSeen says that the event was committed before. There is nothing to do.
var ErrSeen = errors.New("the event was handled before")

// Store is what the conversation asks of the store. Each method is one
// transaction.
type Store interface {
	// Chat returns what is known of a chat: the zero Reader and Memo when
	// nothing is.
	Chat(ctx context.Context, account news.AccountID, chat news.ChatID) (Chat, error)

	// Commit writes the key of an event and everything that follows from it,
	// all or nothing, durable on return. ErrSeen when the key is there already.
	Commit(ctx context.Context, c Commit) (Committed, error)

	// Offered returns what stands behind a code that was given and not taken
	// yet; false when nothing does at t.
	Offered(ctx context.Context, code string, t time.Time) (Offer, bool, error)

	// Latest returns the newest n articles of sections (nil: of all), archived
	// ones too, newest arrival first by publication.
	Latest(ctx context.Context, sections []news.Slug, n int) ([]news.Article, error)

	// Counts returns how many articles arrived in each section since t.
	Counts(ctx context.Context, t time.Time) (map[news.Slug]int, error)

	// Tellings returns how many tips a chat has told since t, and how the one
	// with the key stands; an empty key is of none.
	Tellings(ctx context.Context, account news.AccountID, chat news.ChatID, since time.Time, key string) (Tellings, error)

	// Kept returns what is kept about a reader.
	Kept(ctx context.Context, account news.AccountID, chat news.ChatID) (Kept, error)
}

// Chat is what is known of a chat. A reader is a person: one who has linked
// chats on several networks is found by each of them.
type Chat struct {
	Reader news.Reader // ID 0: no reader, or one who has left. Account and Chat are where broadcasts go
	Others []Address   // the reader's further chats
	Left   bool        // was a reader, and has left; Reader holds the old choices with ID 0
	Memo   []byte      // the conversation's own state, of each chat by itself; nil: none
}

// Address is one chat of one account.
type Address struct {
	Account news.AccountID
	Chat    news.ChatID
}

// Offer is what stands behind a code: the reader it was given to, whose
// Account and Chat are those it was given in.
type Offer struct {
	Reader news.Reader
	Linked bool // has further chats already
}

// Code is a code that is given to a chat. It can be taken once.
type Code struct {
	Digits  string
	Expires time.Time
}

// Commit is everything that follows from one event.
type Commit struct {
	Account news.AccountID
	Key     string // of the event; empty: not checked
	At      time.Time
	Chat    news.ChatID
	Kind    news.ChatKind

	Memo    []byte       // new state; nil: none is kept
	Reader  *news.Reader // to write: ID 0 joins; nil: unchanged
	Join    *Consent     // set when the reader joins or comes back
	Leave   string       // the reason, a word; empty: stays
	Topics  string       // the reason why all topics of the chat leave, too; empty: they stay
	Forget  bool         // everything about the chat is deleted, at once and for good
	Moved   news.ChatID  // the chat's new address; empty: not moved
	Replies []Reply

	// Give keeps a code for the chat, in the place of an earlier one. The store
	// keeps a keyed hash of it alone.
	Give *Code

	// Take is a code that was given to a reader in another chat: the two chats
	// are one reader's from now on, who keeps the number that the other chat
	// had; Reader holds that number and the choices. What either was to be sent
	// and has not got comes once, and a reader of this chat becomes one with the
	// other: Committed.Dropped. Join is set where this chat had no reader. The
	// error matches ErrCode when the code is not good any more, or one of the
	// two is linked by now.
	Take string

	// Prefer is the one of the reader's chats to which broadcasts go from now
	// on; zero: the one of a Take, or of a Join, and unchanged otherwise.
	Prefer Address

	// Unlink is one of the reader's chats that becomes a chat of its own, of
	// somebody who has left, with the same choices. Zero: none.
	Unlink Address

	Tip *Tip // what becomes of a tip for the newsroom; nil: nothing
}

// Consent is how somebody came to be a reader.
type Consent struct {
	How   string // "chat", "link", "group", "import", "configuration"
	Words string // which words of ours they agreed to, as a version: "welcome/1"
}

// Reply is one durable answer.
type Reply struct {
	Message news.Message
	Edit    news.MessageID // the message it takes the place of; empty: a new one
	To      Address        // zero: the chat of the event
}

// Committed says what Commit has written.
type Committed struct {
	Reader  news.SubscriberID // of the chat after the commit; 0: none
	Dropped news.SubscriberID // who left, was forgotten, or is one with another now; 0: nobody

	// Was and Now are the accounts through which broadcasts went to the reader
	// before the commit and go from now on, when they are not the same.
	Was, Now news.AccountID
}

// Kept is what is kept about a reader, for their own eyes.
type Kept struct {
	Reader   news.Reader
	Others   []Address // the reader's further chats
	Consent  []Consented
	Receipts int // copies sent to them that are still on record
	Replies  int // answers waiting to be sent
	Tips     int // told to the newsroom and not deleted yet, in all chats
	Files    int // that came with them
}

// Consented is one line of the consent log.
type Consented struct {
	Consent
	At time.Time
}
