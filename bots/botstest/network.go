package botstest

import (
	"context"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Network is a stand-in of an adapter's network with one account on it, and
// two readers, 0 and 1, whose private chats take messages.
type Network interface {
	// Adapter makes the adapter of the account; a second call makes it anew,
	// as a restart of the program does. It is not running yet.
	Adapter() bots.Adapter

	// Chat is the account's chat with a reader.
	Chat(reader int) news.ChatID

	// Write lets a reader write a text.
	Write(reader int, text string)

	// Await waits until at least n messages of the account stand in a reader's
	// chat, and returns their texts, oldest first: edited ones as they are
	// now, deleted ones no more.
	Await(ctx context.Context, reader, n int) ([]string, error)

	// Break makes the next message to a reader fail. It is false when the
	// network cannot fail like that.
	Break(reader int, f Fault) bool

	// Secrets are what no error and no log may hold: tokens, keys, numbers.
	Secrets() []string

	// Logged is what the adapters have logged so far.
	Logged() string
}

// Presser is a Network whose readers can press buttons.
type Presser interface {
	// Press presses the button with this data under the reader's newest message
	// and returns what the network shows in answer.
	Press(ctx context.Context, reader int, data string) (toast string, err error)
}

// Fault is how a message fails.
type Fault string

// The faults. Each has the error of package bots that an adapter owes for it.
const (
	Gone      Fault = "gone"      // the reader has blocked the account: bots.ErrGone
	Missing   Fault = "missing"   // nobody has this address: bots.ErrMissing
	Suspended Fault = "suspended" // the chat takes nothing now: bots.ErrSuspended
	Rejected  Fault = "rejected"  // the network does not take the message: bots.ErrRejected
	Limited   Fault = "limited"   // too many messages: *bots.RetryError
	Moved     Fault = "moved"     // the chat has a new address: *bots.MovedError
	Cut       Fault = "cut"       // the connection ends before the answer: bots.ErrUnknown
	Refused   Fault = "refused"   // no connection comes about: bots.ErrNotSent
	Revoked   Fault = "revoked"   // the account may no longer send: bots.ErrRevoked
)

// Suite says how to run the promises.
type Suite struct {
	// Open makes a fresh network for one promise; it is torn down by t.Cleanup.
	Open func(t *testing.T) Network
	// Bubble runs each promise in a testing/synctest bubble, where time costs
	// nothing and no goroutine may be left. It needs a network without sockets.
	Bubble bool
}
