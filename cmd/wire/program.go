package wire

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// Parts are what a program is built from. Tests and the demo hand in their own
// networks and clock; the zero values are the real ones.
type Parts struct {
	Plan     *Plan
	Store    store.Store
	Secret   func(name string) (string, error) // nil: Secret
	Sources  http.RoundTripper                 // to the newsroom's sites
	Network  http.RoundTripper                 // to Telegram
	WhatsApp *http.Client                      // to WhatsApp
	DB       *sql.DB                           // the store's writing handle, which WhatsApp's library shares
	Reload   func() (*Plan, error)             // reads the configuration again; nil: Plan stays
	Socket   string                            // path of the control socket; empty: none
	Now      func() time.Time
	Log      *slog.Logger
	Level    *slog.LevelVar // of Log, which a configuration that is read again may change; nil: it stays
	Version  string

	// Free is what is left on the disk of a folder, in bytes. Nil: asked of the
	// system.
	Free func(folder string) (uint64, error)

	// Steady is a clock that is never set; with it Now is watched. Nil: that is
	// done where Now is nil, too.
	Steady func() time.Duration

	// FirstOwner takes the code that makes the first owner of the desk, at each
	// start until there is one. Nil: no code is made.
	FirstOwner func(code string)

	// Closed is called at each start until the bot is open to the public. Nil:
	// nobody is told.
	Closed func()
}

// Program is a whole Nashra: sources in, chats out.
type Program struct {
	parts Parts
	plan  atomic.Pointer[Plan]

	composer  *digest.Composer
	publisher *digest.Publisher
	puller    *feed.Puller
	fetcher   *feed.Fetcher
	desk      *desk.Desk
	talk      *talk.Talk
	door      *editor.Door
	api       *web.API
	watcher   *watcher
	accounts  []*account
	readers   atomic.Int64                 // on WhatsApp, at the last count
	shifts    atomic.Pointer[[]desk.Shift] // of the calendar, as editors have switched it
	asked     asked
	opened    atomic.Bool // to the public
	reloaded  chan struct{}
	bells     bells        // of sources
	notices   chan tiding  // for the owner
	pairings  chan pairing // that the owner asks for
}

// New joins the rooms. It reaches no network.
func New(parts Parts) (*Program, error) {
	if parts.Now == nil {
		parts.Now = time.Now
		if began := time.Now(); parts.Steady == nil {
			parts.Steady = func() time.Duration { return time.Since(began) }
		}
	}
	if parts.Secret == nil {
		parts.Secret = Secret
	}
	p := &Program{parts: parts, reloaded: make(chan struct{}, 1), notices: make(chan tiding, 16), pairings: make(chan pairing, 1)}
	p.plan.Store(parts.Plan)
	p.joinWatch()
	p.joinDigests()
	p.joinTalk()
	p.joinDesk()
	p.joinAPI()
	if err := errors.Join(p.joinTelegram(), p.joinWhatsApp()); err != nil {
		return nil, err
	}
	for _, a := range p.accounts {
		a.refusals = a.newRefusals()
	}
	return p, nil
}

// Plan is the configuration in force.
func (p *Program) Plan() *Plan { return p.plan.Load() }

func (p *Program) newsroom() digest.Newsroom { return p.Newsroom() }

func (p *Program) tree() news.Tree { return p.Plan().Newsroom.Tree }

// joinDigests makes what pulls, composes and publishes.
func (p *Program) joinDigests() {
	p.fetcher = NewFetcher(p.parts.Sources, p.parts.Now, p.parts.Version)
	p.fetcher.Heard = p.heardSite
	p.puller = &feed.Puller{
		Fetcher: p.fetcher, Store: p.parts.Store, Now: p.parts.Now, Log: p.parts.Log,
		Sections: func(a news.Article) news.Article { return p.Plan().Rules.Assign(a) },
		Wait:     func() time.Duration { return p.Plan().Wait() },
	}
	p.composer = &digest.Composer{Store: p.parts.Store, Newsroom: p.newsroom, Now: p.parts.Now, More: p.more, Less: p.less}
	p.publisher = digest.NewPublisher(digest.Publisher{
		Store: p.parts.Store, Queue: p.parts.Store, Newsroom: p.newsroom,
		Accounts: p.ids, Channels: p.withChannels, Each: p.withEach, Reread: p.reread, Held: p.held, Propose: p.propose,
		Automatic: p.automatic, Wake: p.publishedByItself, Now: p.parts.Now, Log: p.parts.Log,
	})
}

// reread reads one urgent article again at its source.
func (p *Program) reread(ctx context.Context, a news.Article) (news.Article, bool, error) {
	for _, s := range p.Plan().Sources {
		if s.Name == a.Source {
			now, found, err := p.puller.Reread(ctx, s.Source(), a)
			return now, found, err
		}
	}
	return news.Article{}, false, nil
}

// Source is the source as the feed room knows it.
func (s SourcePlan) Source() feed.Source {
	return feed.Source{
		Name: s.Name, URL: s.URL, Kind: feed.Kind(s.Kind), Breaking: s.Breaking == "auto" || s.Breaking == "propose",
		TrustPrefix: s.TrustPrefix, Zone: s.Zone,
	}
}

// NewFetcher returns what asks sites.
func NewFetcher(to http.RoundTripper, now func() time.Time, version string) *feed.Fetcher {
	return &feed.Fetcher{Transport: to, Now: now, Agent: feed.UserAgent(version)}
}

// Run runs everything until ctx ends, and returns when the last part has. It
// fails at once when the store does not take the configuration.
func (p *Program) Run(ctx context.Context) error {
	if err := p.settle(ctx); err != nil {
		return err
	}
	api, err := p.listen(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(p.turned(ctx), p.beginDesk(ctx)); err != nil {
		return errors.Join(err, closed(api))
	}
	p.recallChannels(ctx)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	start := func(name string, run func(context.Context) error) {
		wg.Go(func() {
			if err := run(ctx); err != nil && ctx.Err() == nil {
				stop(fmt.Errorf("%s: %w", name, err))
			}
		})
	}
	for _, a := range p.accounts {
		start(a.id.Short(), a.Run)
	}
	start("publisher", p.publisher.Run)
	start("desk", p.desk.Run)
	start("editors", p.door.Run)
	start("timetable", p.timetable)
	start("notices", p.notify)
	start("pairing", p.pair)
	start("watch", p.watcher.Run)
	if p.parts.Socket != "" {
		start("control socket", p.serve)
	}
	if api != nil {
		start("API", func(ctx context.Context) error { return web.ServeAPI(ctx, api, p.api.Handler(), p.parts.Log) })
	}
	p.parts.Log.Info("running", "version", p.parts.Version, "accounts", len(p.accounts), "sources", len(p.Plan().Sources))
	wg.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// settle makes the store agree with the configuration.
func (p *Program) settle(ctx context.Context) error {
	plan := p.Plan()
	s := store.Settings{Tree: plan.Newsroom.Tree, Purge: plan.Keep()}
	for _, slot := range plan.Newsroom.Calendar {
		s.Slots = append(s.Slots, slot.Name)
	}
	for _, a := range p.accounts {
		s.Channels = append(s.Channels, a.channels(plan)...)
	}
	if err := p.parts.Store.Settings(ctx, s); err != nil {
		return fmt.Errorf("bring the configuration into the database: %w", err)
	}
	return nil
}

// Reload reads the configuration again and takes it over whole, or not at all.
// Accounts with their tokens and pace, the language, the database, the API's
// address and the log's format need a new start.
func (p *Program) Reload(ctx context.Context) error {
	if p.parts.Reload == nil {
		return errors.New("there is no configuration file to read again")
	}
	plan, err := p.parts.Reload()
	if err != nil {
		return fmt.Errorf("the configuration stays as it was: %w", err)
	}
	old := p.plan.Swap(plan)
	if err := p.settle(ctx); err != nil {
		p.plan.Store(old)
		return errors.Join(err, p.settle(ctx))
	}
	if p.parts.Level != nil {
		p.parts.Level.Set(plan.LogLevel)
	}
	select {
	case p.reloaded <- struct{}{}:
	default:
	}
	p.publisher.Woken()
	p.parts.Log.Info("the configuration was read again")
	return nil
}

// Woken makes everything look at the clock again: it was moved.
func (p *Program) Woken() {
	p.publisher.Woken()
	p.desk.Woken()
	p.watcher.now()
	p.wakeAll()
}

func (p *Program) wakeAll() {
	for _, a := range p.accounts {
		a.wake()
	}
}

func (p *Program) account(id news.AccountID) *account {
	for _, a := range p.accounts {
		if a.id == id {
			return a
		}
	}
	return nil
}

func (p *Program) ids() []news.AccountID {
	var ids []news.AccountID
	for _, a := range p.accounts {
		ids = append(ids, a.id)
	}
	return ids
}

func (p *Program) withChannels() []news.AccountID {
	var ids []news.AccountID
	for _, a := range p.accounts {
		if len(a.channels(p.Plan())) > 0 {
			ids = append(ids, a.id)
		}
	}
	return ids
}

// withEach are the accounts whose people may have every article at once. On
// WhatsApp that is how numbers get locked.
func (p *Program) withEach() []news.AccountID {
	return slices.DeleteFunc(p.ids(), func(id news.AccountID) bool { return id.Platform() == news.WhatsApp })
}

var _ bots.Handler = (*Program)(nil)
var _ outbox.Composer = (*digest.Composer)(nil)
