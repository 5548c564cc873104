// Package store is what Nashra remembers. The interfaces belong to the rooms
// that call them; Store is their sum.
package store

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// Store is the sum of what the rooms ask.
type Store interface {
	feed.Store
	digest.Store
	digest.Queue
	digest.Corrections
	outbox.Store
	outbox.Register
	talk.Store
	desk.Store
	web.Answers
	Printer
	Keeper
	Broadcasts
	Readership
	Tidier
	Census
	Notes
	Acquaintances
	Standby
	io.Closer
}

var _ Store = (*sqlite.Store)(nil)

// Options is how to open a store.
type Options = sqlite.Options

// Open opens the store at url: a file's path, or "sqlite:" and a file's path.
func Open(ctx context.Context, url string, o Options) (*sqlite.Store, error) {
	return sqlite.Open(ctx, Path(url), o)
}

// Path returns the file that url names.
func Path(url string) string { return strings.TrimPrefix(url, "sqlite:") }

// Printer publishes what the desk has decided.
type Printer interface {
	// Print publishes a broadcast as the version of a draft, once: asked again
	// with the same key it returns the same number, writes nothing, and fresh is
	// false. A broadcast without lanes is done at once.
	Print(ctx context.Context, key desk.Key, p digest.Publication) (id news.BroadcastID, fresh bool, err error)

	// Linked returns the articles that arrived since t with nothing but their
	// number, section and addresses, newest first.
	Linked(ctx context.Context, since time.Time) ([]news.Article, error)
}

// Notes are small values that an adapter keeps over restarts, by account.
type Notes interface {
	// Note returns a value; nil when there is none.
	Note(ctx context.Context, account news.AccountID, key string) ([]byte, error)

	// Noted keeps a value, durably; nil forgets the key.
	Noted(ctx context.Context, account news.AccountID, key string, value []byte) error
}

// Acquaintances are the people who have written to us, whom an adapter asks for
// when its network's own memory of them is lost.
type Acquaintances interface {
	// HasWritten reports whether somebody has ever written to us in a private chat,
	// also one who has left: an import alone is nobody's word. Who was forgotten
	// has not.
	HasWritten(ctx context.Context, account news.AccountID, chat news.ChatID) (bool, error)
}

// Keeper is what whoever runs the bot asks about all of it.
type Keeper interface {
	// Settings makes the store agree with the configuration: the slots, the
	// sections and the channels of accounts. Readers of a section that is gone
	// stay until someone decides.
	Settings(ctx context.Context, s Settings) error

	// Overview counts what a status page shows.
	Overview(ctx context.Context) (Overview, error)

	// Arrivals returns when new articles of a source arrived, oldest first and
	// each moment once, from so long before the newest of them.
	Arrivals(ctx context.Context, source news.SourceID, span time.Duration) ([]time.Time, error)

	// Backup writes a whole, checked copy of the store to a new file while
	// everything goes on. The error matches fs.ErrExist when the file exists.
	Backup(ctx context.Context, path string) error
}

// Broadcasts is what whoever runs the bot asks about what is sent.
type Broadcasts interface {
	// Progress returns the newest n broadcasts, newest first.
	Progress(ctx context.Context, n int) ([]news.Progress, error)

	// Pulse returns how far each lane of a broadcast is, cheaply.
	Pulse(ctx context.Context, id news.BroadcastID) ([]news.Pulse, error)

	// Deliveries calls yield with every receipt and retry of a broadcast, in
	// order of subscriber, until it returns an error. The error of an unknown
	// broadcast matches ErrNone.
	Deliveries(ctx context.Context, id news.BroadcastID, yield func(Delivery) error) error

	// Control moves a broadcast and its lanes to state: running, paused or
	// stopped. The zero id means every broadcast that is not done. What is done
	// or stopped stays so: the error matches ErrOver, or ErrNone for an unknown
	// broadcast.
	Control(ctx context.Context, id news.BroadcastID, state news.State) error

	// TryAgain makes retries of a broadcast's copies that have failed, and
	// returns how many: not of those who have left, nor of those that the network
	// rejects. The error matches news.ErrFinal for one that was stopped or has
	// expired.
	TryAgain(ctx context.Context, id news.BroadcastID) (int, error)
}

// Readership moves readers in and out.
type Readership interface {
	// Export calls yield with every reader, ascending ids, until it returns an
	// error.
	Export(ctx context.Context, yield func(Subscriber) error) error

	// Import writes readers, all or none. Those who were forgotten, who have
	// left, or who are there already are skipped and counted.
	Import(ctx context.Context, at time.Time, readers []Subscriber) (Imported, error)
}

// Tidier is asked from time to time.
type Tidier interface {
	// Tidy removes what was kept as long as the settings say: receipts, retries
	// and variants of broadcasts, the keys of events, files that no open draft
	// holds, and what conversations remember, but for that a group was told what
	// this is. Broadcasts and their counts stay; one that is not done by then is
	// stopped. Others can write all the while.
	Tidy(ctx context.Context) error
}

// Census is what is asked again and again, and costs little.
type Census interface {
	// Alive reports whether the store answers.
	Alive(ctx context.Context) error

	// Readers returns how many readers the accounts have; without any, all of them.
	Readers(ctx context.Context, accounts ...news.AccountID) (int, error)

	// Running returns how many broadcasts are on their way.
	Running(ctx context.Context) (int, error)
}

// Standby is what is asked for when an account of ours fails. Readers with
// chats on several networks need not wait for it.
type Standby interface {
	// AccountLost sends the broadcasts of readers who have another chat there
	// while account cannot send for a reason of ours: revoked, banned, unpaired.
	// What they have not got of unfinished ones comes by the other chat, and what
	// corrects a copy that only account could change is told there. Saying it again
	// does nothing.
	AccountLost(ctx context.Context, account news.AccountID) error

	// AccountBack brings the broadcasts that AccountLost sent elsewhere back.
	AccountBack(ctx context.Context, account news.AccountID) error
}

// What these methods take and return. The types lie a floor below, where
// the store that fills them is.
type (
	Settings      = sqlite.Settings
	ChannelReader = sqlite.ChannelReader
	Delivery      = sqlite.Delivery
	Subscriber    = sqlite.Subscriber
	Imported      = sqlite.Imported
	Overview      = sqlite.Overview
	SourceState   = sqlite.SourceState
)

// What can be wrong with a store, or with a question.
var (
	ErrNewer    = sqlite.ErrNewer
	ErrOlder    = sqlite.ErrOlder
	ErrForeign  = sqlite.ErrForeign
	ErrDamaged  = sqlite.ErrDamaged
	ErrFull     = sqlite.ErrFull
	ErrLocked   = sqlite.ErrLocked
	ErrReadOnly = sqlite.ErrReadOnly
	ErrNone     = sqlite.ErrNone
	ErrOver     = sqlite.ErrOver
)

// Restored says what Restore did.
type Restored = sqlite.Restored

// Restore puts a backup in the place of the store at url, which nobody may have
// open.
func Restore(ctx context.Context, backup, url string) (Restored, error) {
	return sqlite.Restore(ctx, backup, Path(url))
}

// Lock is the right of one process to an account.
type Lock = sqlite.Lock

// LockAccount takes the lock of an account of the store at url. The error
// matches ErrLocked while another process holds it.
func LockAccount(url string, account news.AccountID) (*Lock, error) {
	return sqlite.LockAccount(Path(url), account)
}
