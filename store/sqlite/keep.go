package sqlite

import (
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// Settings is the part of the configuration that the store must know.
type Settings struct {
	Slots    []news.Slot // in order of the day
	Tree     news.Tree
	Channels []ChannelReader
	Purge    time.Duration // receipts and inbound keys are kept so long; zero: 30 days
}

// ChannelReader is a channel that the configuration names.
type ChannelReader struct {
	Account  news.AccountID
	Chat     news.ChatID
	Sections []news.Slug
	Pace     news.Pace
	Slots    []news.Slot
	Breaking bool
}

// Delivery is one line of a broadcast read back.
type Delivery struct {
	Account news.AccountID
	outbox.Receipt
	Due      time.Time // of a waiting retry
	Attempts int
	Reason   string // why it waits, or why the outbox has paused its lane
}

// Subscriber is a reader as exported and imported.
type Subscriber struct {
	news.Reader
	Consent string // how and when they agreed, for the consent log
}

// Imported counts what Import did.
type Imported struct{ Added, There, Left, Forgotten int }

// Overview counts.
type Overview struct {
	Readers  map[news.AccountID]int
	Sections map[news.Slug]int         // readers of each section, those that are gone from the configuration too
	Halted   map[news.AccountID]string // the accounts that may not send, and why
	Articles int
	Waiting  int // replies and retries
	Running  int // broadcasts
	Sources  []SourceState
}

// SourceState is how a source is doing.
type SourceState struct {
	Source news.SourceID
	URL    string
	feed.Memory
}
