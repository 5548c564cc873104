package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

var (
	_ bots.Adapter  = (*Adapter)(nil)
	_ bots.Editor   = (*Adapter)(nil)
	_ bots.Deleter  = (*Adapter)(nil)
	_ bots.Warden   = (*Adapter)(nil)
	_ bots.Fetcher  = (*Adapter)(nil)
	_ bots.Uploader = (*Adapter)(nil)
	_ Pairer        = (*Adapter)(nil)
	_ Publisher     = (*Adapter)(nil)
	_ Forgetter     = (*Adapter)(nil)
)

// Defaults of Config.
const (
	DefaultAckTimeout     = 20 * time.Second
	DefaultConnectTimeout = 10 * time.Second
	DefaultEditWindow     = 15 * time.Minute
	DefaultRevokeWindow   = 48 * time.Hour
	DefaultChannelWindow  = 30 * 24 * time.Hour
	DefaultSilence        = 12 * time.Hour
)

// ErrSession says that the session in the database cannot be used.
var ErrSession = errors.New("the session cannot be read")

// Config is what an adapter needs. DB is required, and before the first
// pairing Number.
type Config struct {
	// DB is the product's one handle with one open connection, SQLite with
	// foreign keys on. The library's tables are made in it; it is not closed.
	DB *sql.DB
	// Number is the account's phone number (empty: that of the session in DB).
	// Pair refuses a phone with another number.
	Number string
	// Name is shown to readers who do not have the number in their contacts,
	// until the phone's own profile name is known (empty: none).
	Name string
	// Client is the version of the web client to say we are, like "2.3000.1"
	// (empty, or older than the library's: the library's).
	Client string
	// HTTP carries everything to WhatsApp (nil: the real network).
	HTTP *http.Client
	// Fetch gets pages for link previews, photos, and files of ours by their Ref
	// (nil: nothing is got). Strangers may have written the addresses: keeping away
	// from private networks is the caller's business.
	Fetch func(ctx context.Context, url string) ([]byte, error)

	// Memory keeps what must outlive a restart (nil: nothing does).
	Memory Memory
	// Wrote tells who has ever written to us in their chat, so that they are no
	// strangers to a new session (nil: nobody is known to have).
	Wrote func(ctx context.Context, chat news.ChatID) (bool, error)
	// Told gets every change of the state, one at a time; it returns quickly.
	Told func(State)
	// Seen is told what a person's phone says of messages of ours in their chat:
	// that they were delivered, or read (nil: nobody wants to know). Ids are
	// without the time with which the id of a message ends. It returns at once.
	Seen func(chat news.ChatID, ids []news.MessageID, read bool)

	// Pace are the caps that protect the account (zero fields: defaults).
	Pace Pace
	// Typing is how long a reply of so many UTF-16 units seems to be typed
	// (nil: a short time; a function returning 0: no sign of typing).
	Typing func(units int) time.Duration
	// AckTimeout is how long to wait for the network's word on a message, and
	// ConnectTimeout how long a message waits for a connection.
	AckTimeout, ConnectTimeout time.Duration
	// EditWindow and RevokeWindow are how long a message in a chat can be
	// changed and taken back; ChannelWindow is for both in channels.
	EditWindow, RevokeWindow, ChannelWindow time.Duration
	// Silence is how long the bot keeps quiet in a chat after a person has
	// answered there from the phone (negative: not at all).
	Silence time.Duration
	// Heed tells words that end the silence, such as those for leaving (nil: none).
	Heed func(text string) bool
	// Called are the names by which a message in a group calls the bot when it
	// begins with one; a slash always does.
	Called []string
	// Poll tells messages whose buttons are to be sent as a poll (nil: those
	// that ask for it). What cannot be one becomes a numbered list all the same.
	Poll func(m bots.Message) bool

	// Now is the clock for days, windows and halts (nil: time.Now).
	Now func() time.Time
	// Log gets what nobody is there to be told (nil: slog.Default).
	Log *slog.Logger
}

// Adapter is one WhatsApp account. Make it with New.
type Adapter struct {
	config    Config
	number    string
	version   store.WAVersionContainer
	log       *slog.Logger
	container *sqlstore.Container
	wire      *wire
	line      line
	pace      pacer
	media     cache[medium]
	previews  cache[preview]
	wordings  wordings
	polls     polls
	hands     hands
	barred    barred
	recent    recent
	sending   chan struct{} // held by the one message that is handed to the network
	decoding  sync.Mutex    // held by the one picture that is decoded

	telling sync.Mutex
	mu      sync.Mutex
	changed chan struct{} // closed at the next change of what follows
	client  *whatsmeow.Client
	paired  bool
	online  bool
	ending  Reason    // why nothing may connect; none while it may
	lost    Reason    // why there is no session any more; none: there never was one
	since   time.Time // the account has been linked, but for interruptions that say nothing against it
	stop    stop
	newest  string        // the version of the client that the network has now; empty: not asked, or not told
	full    time.Time     // until then, the day's messages are used up
	drift   time.Duration // of the server's clock from ours
	inbox   *inbox        // while Run runs
	pairing *pairing      // while Pair runs
}

// New opens the session in the database, without connecting. An account that
// is not paired is no error: State says so, and Run and Send return
// bots.ErrRevoked until Pair has succeeded.
func New(ctx context.Context, config Config) (*Adapter, error) {
	a := &Adapter{config: config.filled(), changed: make(chan struct{}), sending: make(chan struct{}, 1)}
	a.log = a.config.Log.With("network", "whatsapp")
	var err error
	if a.version, err = ParseClientVersion(a.config.Client); err != nil {
		return nil, err
	}
	a.wire = newWire(a.config.HTTP)
	a.line.adapter, a.pace.adapter, a.polls.adapter, a.hands.adapter, a.barred.adapter = a, a, a, a, a
	a.container = sqlstore.NewWithDB(a.config.DB, "sqlite", libraryLog{a.log})
	if err := a.container.Upgrade(ctx); err != nil {
		return nil, fmt.Errorf("prepare the session's tables: %w", err)
	}
	a.number = onlyDigits(a.config.Number)
	a.remember(ctx, keyLost, &a.lost)
	if err := a.open(ctx); err != nil {
		return nil, err
	}
	a.remember(ctx, keyStop, &a.stop)
	a.known(ctx)
	a.pace.load(ctx)
	a.hands.load(ctx)
	a.barred.load(ctx)
	a.polls.load(ctx)
	return a, nil
}

func (c Config) filled() Config {
	positive := func(d *time.Duration, by time.Duration) {
		if *d <= 0 {
			*d = by
		}
	}
	positive(&c.AckTimeout, DefaultAckTimeout)
	positive(&c.ConnectTimeout, DefaultConnectTimeout)
	positive(&c.EditWindow, DefaultEditWindow)
	positive(&c.RevokeWindow, DefaultRevokeWindow)
	positive(&c.ChannelWindow, DefaultChannelWindow)
	if c.Silence == 0 {
		c.Silence = DefaultSilence
	}
	if c.Memory == nil {
		c.Memory = &forgetful{values: map[string][]byte{}}
	}
	if c.Fetch == nil {
		c.Fetch = func(context.Context, string) ([]byte, error) { return nil, errNoFetch }
	}
	if c.Typing == nil {
		c.Typing = typing
	}
	if c.Poll == nil {
		c.Poll = func(m bots.Message) bool { return m.Poll }
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	c.Pace = c.Pace.filled()
	return c
}

// Account is "whatsapp:" and the account's phone number, digits only. Without
// Config.Number it is not known before the first pairing.
func (a *Adapter) Account() news.AccountID {
	a.mu.Lock()
	defer a.mu.Unlock()
	return accountID(a.number)
}

// Limits are chosen, not published. WhatsApp takes 65,536 characters, but
// phones fold a text away behind "read more" long before; 4096 leaves room for
// markup, written-out links and numbered choices, and equals the other
// network's parts. A caption of 1024 is what phones show. The rate is that of
// Pace.
func (a *Adapter) Limits() bots.Limits {
	return bots.Limits{
		Text:      4096,
		Caption:   1024,
		Rate:      a.config.Pace.rate(),
		ChatGap:   time.Second,
		GroupRate: 10,
		InFlight:  4,

		Repeatable: true,
		Gather:     bots.Gather{Most: 64, For: 200 * time.Millisecond},
	}
}

// Run connects and receives until ctx ends. It ends early with
// bots.ErrRevoked when the account is not paired (any more), bots.ErrReplaced
// when another program has taken the session, and bots.ErrOutdated when the
// network refuses this version of the client. While the account is banned for
// a time, it waits; without a network, it tries again, once a minute at least.
func (a *Adapter) Run(ctx context.Context, h bots.Handler) error {
	a.change(func() {
		if a.ending != ReasonUnpaired {
			a.ending = ReasonNone
		}
	})
	in := newInbox(a, h)
	a.setInbox(in)
	defer a.setInbox(nil)
	a.line.hold()
	defer a.line.release()
	defer in.close()
	for {
		a.mu.Lock()
		changed, err := a.changed, a.endedLocked()
		a.mu.Unlock()
		if err != nil {
			return fmt.Errorf("run: %w", err)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		}
	}
}

func (a *Adapter) setInbox(in *inbox) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.inbox = in
}

// endedLocked says why nothing may connect; nil while it may.
func (a *Adapter) endedLocked() error {
	switch {
	case a.ending == ReasonReplaced:
		return bots.ErrReplaced
	case a.ending == ReasonOutdated:
		return a.tooOldLocked()
	case !a.paired:
		return fmt.Errorf("the account must be paired: %w", bots.ErrRevoked)
	}
	return nil
}
