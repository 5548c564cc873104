package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

var (
	_ bots.Adapter   = (*Adapter)(nil)
	_ bots.Editor    = (*Adapter)(nil)
	_ bots.Deleter   = (*Adapter)(nil)
	_ bots.Warden    = (*Adapter)(nil)
	_ bots.Announcer = (*Adapter)(nil)
	_ bots.Usher     = (*Adapter)(nil)
	_ bots.Fetcher   = (*Adapter)(nil)
	_ bots.Uploader  = (*Adapter)(nil)
)

// Defaults of Config.
const (
	DefaultServer  = "https://api.telegram.org"
	DefaultPoll    = 45 * time.Second
	DefaultTimeout = 30 * time.Second
	DefaultRate    = 30
)

// Workers is how many updates are handled at once.
const Workers = 8

const (
	maxPoll      = 50 * time.Second // the server cuts longer polls
	checkTimeout = 10 * time.Second
	roundTrip    = 0.15 // seconds that a call takes, usually
)

// ErrToken says that a token is not one: it is missing, or misspelt.
var ErrToken = errors.New("this is not a token of a Telegram bot")

// Config is what an adapter needs. Only Token is required.
type Config struct {
	// Token is BotFather's, "123456:AA…". White space around it is dropped.
	Token string
	// ServerURL is a Bot API server's, without a path (empty: DefaultServer).
	ServerURL string
	// Transport carries all calls (nil: one transport for polls and one for
	// everything else, both made for many small calls).
	Transport http.RoundTripper
	// Heard is told of the headers of every answer (nil: nobody is).
	Heard func(http.Header)
	// Reached is told of every call whether the Bot API answered it, be it with a
	// refusal (nil: nobody is).
	Reached func(bool)
	// Rivalled is told each time that another program has taken this bot's
	// updates (nil: nobody is).
	Rivalled func()
	// Poll is how long Telegram may hold back the answer to a poll when there
	// is nothing new (0: DefaultPoll; at most 50 s).
	Poll time.Duration
	// Webhook makes Telegram bring the updates instead (nil: they are polled).
	Webhook *Webhook
	// Timeout ends a call other than a poll (0: DefaultTimeout).
	Timeout time.Duration
	// Rate is how many messages a second the account may send (0:
	// DefaultRate; more only where Telegram has granted it).
	Rate float64
	// Apology is shown to whom an answer could not be made because the program
	// went wrong (empty: nothing is shown).
	Apology string
	// Fetch gets a file of ours by its Ref, or a photo that Telegram could not
	// get by its address, to be uploaded once (nil: the message goes out without
	// it). An address is the news site's, so Fetch bounds size and time and keeps
	// away from private networks.
	Fetch func(ctx context.Context, url string) ([]byte, error)
	// Now dates events that Telegram does not date (nil: time.Now).
	Now func() time.Time
	// Log gets what nobody is there to be told (nil: slog.Default).
	Log *slog.Logger
}

// Adapter is one Telegram bot account. Make it with New.
type Adapter struct {
	config Config
	log    *slog.Logger
	redact redactor

	api   *telegram.Bot // for everything but polls
	sends http.RoundTripper
	polls *client
	media library

	id       int64
	username string
}

// New checks the token's form and asks Telegram who the bot is. The error
// matches ErrToken, bots.ErrRevoked when Telegram does not know the token (any
// more), and otherwise bots.ErrNotSent or bots.ErrUnknown: Telegram was not
// reached, and New may be tried again.
func New(ctx context.Context, config Config) (*Adapter, error) {
	a := &Adapter{config: config.filled()}
	a.log = a.config.Log.With("network", "telegram")
	a.redact = redactor{token: a.config.Token}
	a.media.turn = make(chan struct{}, 1)
	if !tokenShape.MatchString(a.config.Token) {
		return nil, ErrToken
	}
	server, err := url.Parse(a.config.ServerURL)
	if err != nil || server.Host == "" || server.Scheme != "http" && server.Scheme != "https" {
		return nil, fmt.Errorf("read the address of the Bot API server: %q is no http address", a.redact.text(a.config.ServerURL))
	}
	if w := a.config.Webhook; w != nil {
		if err := w.check(); err != nil {
			return nil, err
		}
	}
	if err := a.connect(); err != nil {
		return nil, fmt.Errorf("prepare the bot: %s", a.redact.text(err.Error()))
	}
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	me, err := a.api.GetMe(ctx)
	if err != nil {
		return nil, a.redact.fail("getMe", err)
	}
	a.id, a.username = me.ID, me.Username
	a.log = a.log.With("account", a.Account())
	return a, nil
}

func (c Config) filled() Config {
	c.Token = strings.TrimSpace(c.Token)
	c.ServerURL = strings.TrimRight(strings.TrimSpace(c.ServerURL), "/")
	if c.ServerURL == "" {
		c.ServerURL = DefaultServer
	}
	if c.Poll <= 0 {
		c.Poll = DefaultPoll
	}
	c.Poll = min(c.Poll, maxPoll)
	if c.Timeout <= 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Rate <= 0 {
		c.Rate = DefaultRate
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}

// connect makes the two ways to the server: a poll never takes a connection
// that a message could use.
func (a *Adapter) connect() error {
	polls := a.config.Transport
	a.sends = a.config.Transport
	if polls == nil {
		a.sends, polls = newTransport(2*a.Limits().InFlight), newTransport(2)
	}
	base := a.config.ServerURL + "/bot" + a.config.Token + "/"
	lent := new(buffers)
	a.polls = &client{transport: polls, base: base, buffers: lent, heard: a.config.Heard, reached: a.config.Reached}
	api, err := telegram.New(a.config.Token,
		telegram.WithSkipGetMe(),
		telegram.WithServerURL(a.config.ServerURL),
		telegram.WithHTTPClient(a.config.Poll, &client{transport: a.sends, base: base, buffers: lent, heard: a.config.Heard, reached: a.config.Reached}),
		telegram.WithErrorsHandler(func(err error) {
			a.log.Warn("the library complained", "error", a.redact.detail(err.Error()))
		}),
	)
	a.api = api
	return err
}

// Account is "telegram:" and the bot's user id.
func (a *Adapter) Account() news.AccountID { return accountID(a.id) }

// Username is the bot's public name, without the @.
func (a *Adapter) Username() string { return a.username }

// Limits are Telegram's published ones: 4096 characters of text and 1024 of a
// caption (Bot API, sendMessage and sendPhoto), one message a second to a
// chat and 20 a minute to a group (Bots FAQ).
func (a *Adapter) Limits() bots.Limits {
	return bots.Limits{
		Text:      4096,
		Caption:   1024,
		Rate:      a.config.Rate,
		ChatGap:   time.Second,
		GroupRate: 20,
		InFlight:  max(4, int(math.Ceil(a.config.Rate*roundTrip))),
		Links:     true,
	}
}

// Run receives updates until ctx ends, by polling or as a webhook. It ends
// early with bots.ErrRevoked only. Another program that polls for the same
// bot is logged, and does not keep this one from sending.
func (a *Adapter) Run(ctx context.Context, h bots.Handler) error {
	defer a.rest()
	in := newInbox(a, h)
	if a.config.Webhook != nil {
		return a.listen(ctx, in)
	}
	return (&poller{Adapter: a, inbox: in}).run(ctx)
}

// rest lets go of idle connections: a later Send opens new ones.
func (a *Adapter) rest() {
	for _, t := range []http.RoundTripper{a.polls.transport, a.sends} {
		if idle, ok := t.(interface{ CloseIdleConnections() }); ok {
			idle.CloseIdleConnections()
		}
	}
}

// bounded gives a call its time.
func (a *Adapter) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return a.boundedBy(ctx, 0)
}

// slowest is the bytes that an upload, or a download, brings over in a second.
const slowest = 128 << 10

// boundedBy gives a call that carries so many bytes its time.
func (a *Adapter) boundedBy(ctx context.Context, size int) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, a.config.Timeout+time.Duration(size/slowest)*time.Second)
}
