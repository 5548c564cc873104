package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// demoToken has the shape of a token; it opens nothing anywhere. No country has
// the code of demoNumber.
const (
	demoToken  = "1000000001:demo-demo-demo-demo-demo-demo-demo"
	demoNumber = "99900000001"
)

//go:embed nashra.yaml
var sampleConfig []byte

// sampleWhatsApp is the number of the demo, for every newsroom.
const sampleWhatsApp = `
whatsapp:
  number: "+` + demoNumber + `"
  per_minute: 60 # nobody locks this number
`

// stageOptions say what to play.
type stageOptions struct {
	Folder string // for the database
	Base   string // address of the page
	Source string // a real site; empty: the sample newsroom
	Log    *slog.Logger
}

// stage is everything that plays: the site, the program, the phones, and the
// clock that they share.
type stage struct {
	clock   *clock
	site    *feedtest.Site // nil: a real one is pulled
	store   *sqlite.Store
	program *wire.Program

	telegram *telegramPhone
	editor   *telegramPhone
	whatsapp *whatsappPhone
	phones   map[string]phone
	changed  bell
}

func newStage(ctx context.Context, o stageOptions) (*stage, error) {
	s := &stage{clock: &clock{}}
	plan, err := s.plan(ctx, o)
	if err != nil {
		return nil, err
	}
	if s.store, err = store.Open(ctx, plan.Database, store.Options{Now: s.clock.Now, Log: o.Log}); err != nil {
		return nil, err
	}
	if err := s.begin(ctx, plan); err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	s.telegram, s.editor = newTelegramPhones(s.clock)
	s.whatsapp = newWhatsAppPhone(s.clock)
	s.phones = map[string]phone{"telegram": s.telegram, "editor": s.editor, "whatsapp": s.whatsapp}
	if err := s.pair(ctx, plan, o.Log); err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	s.program, err = wire.New(wire.Parts{
		Plan: plan, Store: s.store, DB: s.store.DB(), Now: s.clock.Now, Log: o.Log, Version: "demo",
		Secret:   func(string) (string, error) { return demoToken, nil },
		Network:  telegramtest.Transport{Handler: s.telegram.network},
		WhatsApp: s.whatsapp.network.Client(), FirstOwner: s.sit,
	})
	if err == nil {
		err = s.program.Acts().Open(ctx) // there is nobody to hide a demo from
	}
	if err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	return s, nil
}

// plan is the sample newsroom's configuration, or one made for a real site as
// `nashra init` makes it.
func (s *stage) plan(ctx context.Context, o stageOptions) (*wire.Plan, error) {
	name, text := filepath.Join(o.Folder, "nashra.yaml"), sampleConfig
	if o.Source != "" {
		site, err := feed.Probe(ctx, wire.NewFetcher(nil, s.clock.Now, "demo"), o.Source)
		if err != nil {
			return nil, fmt.Errorf("ask %s what it is: %w", o.Source, err)
		}
		text = wire.Scaffold(site)
	} else {
		site, err := newSite(s.clock, o.Base)
		if err != nil {
			return nil, err
		}
		s.site = site
	}
	text = append(slices.Clip(text), sampleWhatsApp...)
	plan, err := wire.ParseConfig(name, text)
	if err != nil {
		return nil, err
	}
	// Every hour for everybody, so that each press of the clock brings a digest.
	plan.Config.Readers.Slots = nil
	for _, slot := range plan.Newsroom.Calendar {
		plan.Config.Readers.Slots = append(plan.Config.Readers.Slots, slot.Name)
	}
	if s.site != nil {
		plan.Sources[0].URL = o.Base + "/site/"
		s.site.Name = plan.Newsroom.Name
	}
	return plan, nil
}

// pair links the bot's number to its phone, as a person does by scanning the
// code that `nashra pair whatsapp` shows.
func (s *stage) pair(ctx context.Context, plan *wire.Plan, log *slog.Logger) error {
	config, err := wire.WhatsAppConfigOf(plan, s.store.DB(), s.store)
	if err != nil {
		return err
	}
	config.HTTP, config.Now, config.Log = s.whatsapp.network.Client(), s.clock.Now, log
	adapter, err := whatsapp.New(ctx, config)
	if err != nil {
		return err
	}
	scanned := make(chan error, 8)
	err = adapter.Pair(ctx, whatsapp.PairOptions{OnQR: func(text string, _ time.Duration) {
		select {
		case scanned <- s.whatsapp.network.ScanQR(text):
		default:
		}
	}})
	if err != nil {
		return fmt.Errorf("pair the demo's number: %w", err)
	}
	return <-scanned
}

// begin has the source known already, so that what it shows counts as new:
// a demo whose first digest is empty shows nothing.
func (s *stage) begin(ctx context.Context, plan *wire.Plan) error {
	for _, source := range plan.Sources {
		_, err := s.store.Pulled(ctx, feed.Pull{Source: source.Name, At: s.clock.Now(), Complete: true})
		if err != nil {
			return fmt.Errorf("begin with %s: %w", source.Name, err)
		}
	}
	return nil
}

// sit gives the editor the desk, as a newsroom does on its first day: they send
// the code that the program prints, and open the bot to its readers.
func (s *stage) sit(code string) {
	s.editor.Say(code)
	s.editor.Say(openWord)
}

// Run runs the program until ctx ends, and pushes to the page what changes on
// the phones.
func (s *stage) Run(ctx context.Context) error {
	defer s.store.Close()
	var wg sync.WaitGroup
	for _, p := range s.phones {
		wg.Go(func() { s.watch(ctx, p) })
	}
	err := s.program.Run(ctx)
	wg.Wait()
	s.telegram.network.Close()
	s.whatsapp.network.Close()
	return err
}

func (s *stage) watch(ctx context.Context, p phone) {
	for {
		changed := p.Changed()
		s.changed.ring()
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// Handler serves the page, the site and what the page asks for.
func (s *stage) Handler() http.Handler {
	mux := http.NewServeMux()
	s.page(mux)
	if s.site != nil {
		mux.Handle("/site/", http.StripPrefix("/site", s.site))
	}
	return mux
}

// bell wakes everybody who waits for a change.
type bell struct {
	mu sync.Mutex
	ch chan struct{}
}

func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}
