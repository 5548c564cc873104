// Package bots is the port between Nashra and the chat networks: what an
// adapter must do, what it may do besides, and which errors say what.
//
// An adapter brings events in through a [Handler] and takes single messages
// out through Send. It decides nothing: who gets what, when and how often is
// the outbox's business, and what is answered is the conversation's.
package bots

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Adapter is one bot account on one network.
type Adapter interface {
	// Account names the account. It is known before Run, and never changes.
	Account() news.AccountID

	// Limits says what the network allows this account.
	Limits() Limits

	// Run receives events and hands them to h, in order within a chat, until
	// ctx ends. An event is acknowledged to the network only after h has
	// returned without an error. Run returns when its last goroutine has:
	// nil after ctx ended, or the reason why the account cannot go on
	// (an error matching ErrRevoked, ErrReplaced or ErrOutdated).
	Run(ctx context.Context, h Handler) error

	// Send sends one message. Its errors are those of this package.
	Send(ctx context.Context, m Message) (Receipt, error)
}

// Editor is an Adapter that can change what it has sent. Edit fails with
// ErrGone when the message is no longer there, or can no longer be changed.
type Editor interface {
	Adapter
	Edit(ctx context.Context, id news.MessageID, m Message) (Receipt, error)
}

// Deleter is an Adapter that can take back what it has sent. A message that
// is gone already counts as taken back; ErrTooLate says that its time is over.
type Deleter interface {
	Adapter
	Delete(ctx context.Context, chat news.ChatID, id news.MessageID) error
}

// Warden is an Adapter that knows who runs a group.
type Warden interface {
	Adapter
	// Admin reports whether user is an administrator of chat now.
	Admin(ctx context.Context, chat news.ChatID, user news.UserID) (bool, error)
}

// Announcer is an Adapter whose network shows the bot's commands in a menu.
type Announcer interface {
	Adapter
	// Announce sets the menu for everybody. It is no access control.
	Announce(ctx context.Context, commands []Command) error
}

// Usher is an Announcer that can show one private chat a menu of its own.
type Usher interface {
	Announcer
	// AnnounceTo sets the menu of one chat. Without commands the chat shows
	// everybody's again.
	AnnounceTo(ctx context.Context, chat news.ChatID, commands []Command) error
}

// Fetcher is an Adapter that can bring a file that was sent to it.
type Fetcher interface {
	Adapter
	// Fetch returns what is in a file of an event, of at most so many bytes:
	// ErrTooBig for a larger one, ErrMissing for one that the network has no more.
	Fetch(ctx context.Context, f File, most int64) ([]byte, error)
}

// Uploader is an Adapter that brings files to its network itself. A message
// whose file another one uploads already would only wait for that.
type Uploader interface {
	Adapter
	// Upload names what m, sent or put in the place of another message, would
	// begin by uploading, as far as is known now; empty: nothing. Messages of one
	// name need one upload. It returns at once.
	Upload(m Message, edit bool) string
}

// File is a photo, a video, a document or a voice note that somebody sent.
type File struct {
	Ref  string         // the adapter's own
	Kind news.MediaKind // as what it was sent
	Name string         // as it was sent: not to be trusted
	MIME string         // the same
	Size int64          // as the network says; 0: not known
}

// Command is one line of the command menu.
type Command struct {
	Name string // latin: a-z, 0-9 and _, at most 32 (Bot API, BotCommand)
	Text string // what it does, in the readers' language
}

// Limits are a network's limits for one account. Zero numbers mean no limit.
type Limits struct {
	Text    int // UTF-16 units of one text message
	Caption int // UTF-16 units under a medium

	Rate      float64       // messages per second of the whole account
	ChatGap   time.Duration // between two messages to one private chat
	GroupRate int           // messages to one group per minute
	InFlight  int           // unanswered sends at once

	Links bool // text can carry a link behind words

	// Repeatable says that the network knows a repeat by its Key, and shows it
	// once. Gather is for such networks only.
	Repeatable bool
	Gather     Gather
}

// Gather lets the results of messages wait for each other, so that one durable
// write serves many. If the process dies first, as many are sent again.
type Gather struct {
	Most int           // results that are not written yet; 0: each is written at once
	For  time.Duration // the longest that one waits for others
}

// Message is one message to one chat: one part of a news.Message.
type Message struct {
	Chat    news.ChatID
	Text    news.Text
	Media   news.Media      // Ref may be the adapter's own reference from an earlier Receipt
	Preview string          // URL whose preview is shown large; empty: none
	Buttons [][]news.Button // in reading order
	Silent  bool
	Poll    bool           // the buttons are a poll's options, where there are polls
	Reply   news.MessageID // the message it answers; empty: none. Missing ones are ignored.

	// Key is the same on every repeat of the same copy. Networks that let the
	// sender choose message ids derive the id from it; the others ignore it.
	Key string
}

// Receipt is a network's word that it took a message.
type Receipt struct {
	ID    news.MessageID
	Media string // the network's own reference to the medium, for further copies; empty: it went without one
}

// Handler takes what happened in a chat. It returns after everything that
// follows from the event is committed; an error means that nothing was, and
// that the event is to be delivered again.
type Handler interface {
	Handle(ctx context.Context, e Event) (Answer, error)
}

// Answer is what the adapter itself shows at once, beside the messages that
// go through the outbox.
type Answer struct {
	Toast string // shown over the button that was pressed; may be empty
}

// EventKind says what happened in a chat.
type EventKind string

// The kinds of events.
const (
	Wrote   EventKind = "wrote"   // a text, or a command
	Pressed EventKind = "pressed" // a button of ours
	Sent    EventKind = "sent"    // something else than text: Media says what
	Added   EventKind = "added"   // the bot was added to a group or channel, or unblocked
	Removed EventKind = "removed" // the bot was blocked, or removed from a group or channel
	Moved   EventKind = "moved"   // the chat has a new address: To
)

// Event is something that happened in a chat.
type Event struct {
	Account news.AccountID
	Key     string // the network's id of the event; the same when it is delivered twice
	Kind    EventKind
	Time    time.Time

	Chat     news.ChatID
	ChatKind news.ChatKind
	From     news.UserID // who did it
	Language string      // of the person's app, like "ar" or "en"; may be empty
	Name     string      // what they call themselves, in whatever characters; may be empty. It is kept nowhere unless they agreed

	Text    string // what was written, or the caption; the bot's @name is removed
	Quoted  string // the words of our own message that it replies to, as the network tells them; may be empty
	Start   string // the payload of an entry link; may be empty
	Data    string // of the pressed button. A vote has a line for each option that is ticked or was: '+' ticked just now, '-' no longer, '=' still, then the option's data
	Message news.MessageID
	Media   string // "photo", "video", "voice", "sticker", "document", "location", "contact", "poll", "forward", "edit" or "other"

	File  File   // of a photo, a video, a document or a voice note, passed on or not, for a Fetcher; Ref empty: none
	Album string // of media that were sent together; empty: it came alone

	Addressed bool // in groups: a command, a mention, a reply to the bot, or a button of ours
	To        news.ChatID
}
