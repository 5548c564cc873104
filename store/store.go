// Package store is what Nashra remembers. The interfaces belong to the rooms
// that call them; Store is their sum.
package store

import (
	"context"
	"io"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// Store is the sum of what the rooms ask.
type Store interface {
	feed.Store
	digest.Store
	digest.Queue
	outbox.Store
	talk.Store
	Keeper
	io.Closer
}

// Keeper is what whoever runs the bot asks.
type Keeper interface {
	// Settings makes the store agree with the configuration: the slots, the
	// sections and the channels of accounts. Readers of a section that is gone
	// stay until someone decides.
	Settings(ctx context.Context, s Settings) error

	// Progress returns the newest n broadcasts, newest first.
	Progress(ctx context.Context, n int) ([]news.Progress, error)

	// Deliveries calls yield with every receipt and retry of a broadcast, in
	// order of subscriber, until it returns an error.
	Deliveries(ctx context.Context, id news.BroadcastID, yield func(Delivery) error) error

	// Control moves a broadcast and its lanes to state: running, paused or
	// stopped. The zero id means every broadcast that is not done.
	Control(ctx context.Context, id news.BroadcastID, state news.State) error

	// Export calls yield with every reader, ascending ids.
	Export(ctx context.Context, yield func(Subscriber) error) error

	// Import writes readers, all or none. Those who were forgotten, who have
	// left, or who are there already are skipped and counted.
	Import(ctx context.Context, at time.Time, readers []Subscriber) (Imported, error)

	// Overview counts what a status page shows.
	Overview(ctx context.Context) (Overview, error)

	// Backup writes a whole, checked copy of the store to a new file while
	// everything goes on. It fails when the file exists.
	Backup(ctx context.Context, path string) error
}

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
	Sections map[news.Slug]int
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
