package talk

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/news"
)

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

	// Latest returns the newest n articles of sections (nil: of all), archived
	// ones too, newest arrival first by publication.
	Latest(ctx context.Context, sections []news.Slug, n int) ([]news.Article, error)

	// Counts returns how many articles arrived in each section since t.
	Counts(ctx context.Context, t time.Time) (map[news.Slug]int, error)

	// Kept returns what is kept about a reader.
	Kept(ctx context.Context, account news.AccountID, chat news.ChatID) (Kept, error)
}

// Chat is what is known of a chat.
type Chat struct {
	Reader news.Reader // ID 0: no reader, or one who has left
	Left   bool        // was a reader, and has left; Reader holds the old choices with ID 0
	Memo   []byte      // the conversation's own state; nil: none
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
	Forget  bool         // everything about the chat is deleted, at once and for good
	Moved   news.ChatID  // the chat's new address; empty: not moved
	Replies []Reply
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
}

// Committed says what Commit has written.
type Committed struct {
	Reader  news.SubscriberID // of the chat after the commit; 0: none
	Dropped news.SubscriberID // who left or was forgotten; 0: nobody
}

// Kept is what is kept about a reader, for their own eyes.
type Kept struct {
	Reader   news.Reader
	Consent  []Consented
	Receipts int // copies sent to them that are still on record
	Replies  int // answers waiting to be sent
}

// Consented is one line of the consent log.
type Consented struct {
	Consent
	At time.Time
}
