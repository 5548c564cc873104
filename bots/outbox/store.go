package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// ErrFenced says that another process owns the account by now: nothing was
// written, and this one has to stop.
var ErrFenced = errors.New("the account is owned by another process")

// Store is what the outbox asks of the store. Each method is one transaction.
type Store interface {
	// Own makes the caller the owner of account and returns its epoch, which
	// every later writing call carries. An older epoch's writes fail with
	// ErrFenced.
	Own(ctx context.Context, account news.AccountID) (Epoch, error)

	// Lanes returns the account's lanes that are not done, with their
	// broadcasts, most urgent first, then oldest first.
	Lanes(ctx context.Context, account news.AccountID) ([]Lane, error)

	// Take opens the next chunk of a lane: at most n recipients behind its
	// cursor, which moves past them. Nobody who joined after the broadcast's
	// Asof, has left or is paused is among them. No recipients: the lane has
	// reached its end, and nothing was opened.
	//
	// The recipients of a correction or a withdrawal are those whose receipt of
	// the original, on the same lane, is Wrong at the broadcast's version:
	// joined and paused or not, and those who have left too (Gone).
	Take(ctx context.Context, e Epoch, lane LaneKey, n int) (Chunk, error)

	// Reopen returns the chunks that an earlier run left open, each with the
	// receipts written so far and its recipients read again.
	Reopen(ctx context.Context, e Epoch) ([]Chunk, error)

	// Due returns at most n retries whose time has come, oldest first, each
	// with its recipient as it is now; one that has left has Recipient.ID 0,
	// unless the lane is a correction's: then it is Gone.
	Due(ctx context.Context, account news.AccountID, now time.Time, n int) ([]Retry, error)

	// Replies returns at most n waiting replies behind after, oldest first.
	Replies(ctx context.Context, account news.AccountID, after ReplyID, n int) ([]Reply, error)

	// Record writes what became of messages, all of it or nothing, and is
	// durable when it returns. It also closes lanes and broadcasts that have
	// nothing left: a lane whose Ended is recorded, with no open chunk and no
	// retry, is done; a broadcast whose lanes are all done or stopped is done.
	Record(ctx context.Context, e Epoch, r Results) error
}

// Epoch is the proof of ownership of one account.
type Epoch struct {
	Account news.AccountID
	N       int64
}

// LaneKey names a lane: one broadcast's way through one account.
type LaneKey struct {
	Broadcast news.BroadcastID
	Account   news.AccountID
	Channels  bool // to the configured channels; false: to people and groups
}

// Lane is a broadcast's way through one account.
type Lane struct {
	Key       LaneKey
	Broadcast news.Broadcast
	State     news.State
	Cursor    news.SubscriberID // everybody up to here is in a chunk
	Ended     bool              // nobody is behind the cursor
	Variants  []Variant         // composed so far, N ascending from 0
	Root      *Root             // of a correction and a withdrawal; nil of anything else
}

// Root is the broadcast that a correction is about, as it is now.
type Root struct {
	Broadcast news.Broadcast
	Variants  []Variant // of all its versions
	Loud      int       // the newest version that readers are told of, by a message of its own if need be
}

// Variant is one composed form of a broadcast: which of its articles it holds.
// N is its number within (broadcast, version).
type Variant struct {
	Broadcast news.BroadcastID
	Version   int
	N         int
	Articles  []news.ArticleID // empty for an alert written by hand
	Parts     int
}

// ChunkID is the store's number of a chunk.
type ChunkID int64

// Chunk is up to 500 recipients of a lane that are being sent to.
type Chunk struct {
	ID         ChunkID
	Lane       LaneKey
	Lo, Hi     news.SubscriberID // first and last recipient taken
	Recipients []Recipient       // ascending ids
	Receipts   []byte            // packed; empty for a fresh chunk. See EncodeReceipts.
	Had        []Had             // what recipients between Lo and Hi got since the broadcast's Since

	Prior    []Receipt // of a correction: each recipient's receipt of the original
	Variants []Variant // of a correction: of all versions of the original

	// Trails are, of a withdrawal, the messages that each recipient got of the
	// original's corrections, in the order of sending.
	Trails [][]news.MessageID
}

// Recipient is a reader as the outbox needs one.
type Recipient struct {
	ID      news.SubscriberID
	Chat    news.ChatID
	Kind    news.ChatKind
	Follows []news.Slug
	Floor   news.ArticleID
	Quiet   bool
	Gone    bool // has left: nothing new may be sent, of a correction
	Heard   bool // of a correction: was told of it by another account, while this one was lost

	Off       bool // wants no breaking news
	Important bool // of breaking news, wants the important only
}

// Had is one chunk of another broadcast whose receipts say what readers
// between Lo and Hi already have.
type Had struct {
	Broadcast news.BroadcastID
	Receipts  []byte
	Variants  []Variant // of that broadcast
}

// Retry is one copy that is to be tried again.
type Retry struct {
	Lane       LaneKey
	Subscriber news.SubscriberID
	Recipient  Recipient
	Part       int              // the next part to send
	IDs        []news.MessageID // of the parts that were sent
	Variant    int              // the variant that was being sent; -1: none chosen yet. Of a correction: how far it is
	Due        time.Time
	Attempts   int
	Reason     string // why it waits: "night", "unknown", "missing", ...; a word for the operator, and for the next attempt
	Had        []Had
	Version    int              // set by Due: of which a part has arrived, or may have, when that is told by the receipt; 0: of none
	Prior      Receipt          // set by Due, of a correction: the receipt of the original
	Trail      []news.MessageID // set by Due, of a withdrawal; see Chunk.Trails
	Astray     bool             // set by Due, of a correction: Prior is of another account, which is lost
}

// ReplyID is the store's number of a waiting reply.
type ReplyID int64

// Reply is one answer of the conversation that waits to be sent.
type Reply struct {
	ID       ReplyID
	Chat     news.ChatID
	Kind     news.ChatKind
	Message  news.Message
	Edit     news.MessageID // the message it takes the place of, where the network can; empty: none
	Part     int            // the next part to send
	Due      time.Time
	Attempts int
}

// Results is what became of messages since the last Record.
type Results struct {
	At       time.Time
	Chunks   []ChunkResult
	Late     []LateReceipt // of copies that a retry has settled
	Variants []Variant     // new ones
	Retries  []Retry       // to write, or to write again
	Settled  []RetryKey    // to remove
	Replies  []ReplyResult
	Left     []Leaving
	Moved    []Moving
	Ended    []LaneKey // Take found nobody behind the cursor
	Stalled  []Stall   // lanes that the outbox has paused itself: their State becomes Paused
	Halted   string    // why the account may not send; "": it may
}

// Stall says that a lane was paused because the network rejects its message.
// It runs again when somebody moves the broadcast back to Running.
type Stall struct {
	Lane   LaneKey
	Reason string // for the operator; no address, no text of the message
}

// ChunkResult is a chunk's receipts so far.
type ChunkResult struct {
	ID       ChunkID
	Receipts []byte
	Counts   map[news.Outcome]int
	Closed   bool // every recipient has a receipt
}

// LateReceipt takes the place of an earlier receipt in a closed or open chunk.
// The store finds the chunk and writes it with Settle.
type LateReceipt struct {
	Lane    LaneKey
	Receipt Receipt
}

// RetryKey names a retry.
type RetryKey struct {
	Lane       LaneKey
	Subscriber news.SubscriberID
}

// ReplyResult says what became of a reply. Done removes it.
type ReplyResult struct {
	ID       ReplyID
	Done     bool
	Part     int
	Due      time.Time
	Attempts int
}

// Leaving says that a chat is gone.
type Leaving struct {
	Subscriber news.SubscriberID // 0: find the reader by Chat
	Chat       news.ChatID
	Reason     string // a word for the log and the export: "blocked", "missing", "removed"
}

// Moving says that a chat has a new address. When a reader with the new
// address exists already, the two become one.
type Moving struct {
	Subscriber news.SubscriberID // 0: find the reader by From
	From, To   news.ChatID
}
