package bots

import (
	"errors"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// What an adapter's errors say to do. Match them with errors.Is and
// errors.As; the wrapped chain is for the log and holds no token, no address
// and no text.
var (
	// ErrGone: this chat takes no more messages (blocked, deleted, removed).
	// The reader leaves.
	ErrGone = errors.New("the chat is gone")

	// ErrMissing: the network does not know the chat. Twice in a row, with time
	// between, it counts as ErrGone.
	ErrMissing = errors.New("the chat was not found")

	// ErrSuspended: the chat refuses for now (rights taken, topic closed). Try
	// again much later, and tell whoever runs the bot; never forget the reader.
	ErrSuspended = errors.New("the chat does not accept messages now")

	// ErrRejected: no chat will take this message (markup, length, media). The
	// message is at fault, not the reader.
	ErrRejected = errors.New("the message was rejected")

	// ErrUnknown: the message may have arrived, or not.
	ErrUnknown = errors.New("the outcome is unknown")

	// ErrNotSent: the message did not arrive; the network was not reached.
	ErrNotSent = errors.New("the message was not sent")

	// ErrTooLate: the network no longer allows the change.
	ErrTooLate = errors.New("the message can no longer be changed")

	// ErrTooBig: a file is larger than what was asked for, or than the network
	// gives out.
	ErrTooBig = errors.New("the file is too big")

	// ErrRevoked: the account may no longer send. Stop, keep the queue, say so.
	ErrRevoked = errors.New("the account was revoked")

	// ErrReplaced: somebody else uses the same account.
	ErrReplaced = errors.New("the account is in use elsewhere")

	// ErrOutdated: the network wants a newer client.
	ErrOutdated = errors.New("the client is out of date")
)

// RetryError says that the message was not taken because of a limit, and when
// to come back. Wide says that it is not about the one chat: a copy refused to a
// person or a group holds the copies to all of them, a reply refused there the
// replies, too, and anything refused to a channel the whole account.
//
// Own says that the adapter holds the message back by a rule of its own, and
// the network was not asked. Then it says nothing about other chats, however
// many are held back so; a wide one is a cap on what is sent unasked, and holds
// no reply but the one.
type RetryError struct {
	After time.Duration
	Wide  bool
	Own   bool
}

func (e *RetryError) Error() string { return fmt.Sprintf("too many messages, wait %v", e.After) }

// MovedError says that the chat has a new address. Nothing was sent.
type MovedError struct{ To news.ChatID }

func (e *MovedError) Error() string { return "the chat has moved" }
