package main_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"sync/atomic"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// benchInFlight messages are on their way at once: as many as the adapter
// allows a bot with benchRate messages a second.
const (
	benchRate     = 1000
	benchInFlight = 150
)

// free is an adapter whose account may send as fast as it can. What it does
// is counted.
type free struct {
	bots.Adapter
	*countdown
}

func (f free) Limits() bots.Limits {
	l := f.Adapter.Limits()
	l.Rate, l.InFlight = 0, benchInFlight
	return l
}

func (f free) Send(ctx context.Context, m bots.Message) (bots.Receipt, error) {
	defer f.one()
	return f.Adapter.Send(ctx, m)
}

// countdown closes done at the last of so many.
type countdown struct {
	left atomic.Int64
	done chan struct{}
}

func from(n int) *countdown {
	c := &countdown{done: make(chan struct{})}
	c.left.Store(int64(n))
	return c
}

func (c *countdown) one() {
	if c.left.Add(-1) == 0 {
		close(c.done)
	}
}

// sender is the path of a message, as the program joins it: a store in a file,
// the composer, the outbox and an adapter.
type sender struct {
	store    *sqlite.Store
	composer outbox.Composer
	adapter  bots.Adapter
	sent     *countdown
	newsroom digest.Newsroom
}

func newSender(ctx context.Context, t task, adapter bots.Adapter) (*sender, error) {
	plan, err := benchPlan(filepath.Dir(t.Database))
	if err != nil {
		return nil, err
	}
	s := &sender{newsroom: plan.Newsroom, sent: from(t.Readers)}
	s.adapter = free{adapter, s.sent}
	if s.store, err = store.Open(ctx, t.Database, store.Options{}); err != nil {
		return nil, err
	}
	s.composer = &digest.Composer{Store: s.store, Newsroom: func() digest.Newsroom { return s.newsroom }, Now: time.Now}
	return s, nil
}

// send sends until the broadcast is done, and everything about it is on disk.
func (s *sender) send(ctx context.Context, t task) (r result, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	box := &outbox.Outbox{
		Store: s.store, Adapter: s.adapter, Composer: s.composer, Tree: func() news.Tree { return s.newsroom.Tree },
		Now: time.Now, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	ended := make(chan error, 1)
	m := measure()
	go func() { ended <- box.Run(ctx) }()
	select {
	case <-s.sent.done:
	case err := <-ended:
		return r, errors.Join(err, errors.New("the outbox ended early"))
	}
	for {
		p, err := s.store.Progress(ctx, 1)
		if err != nil {
			return r, err
		}
		if p[0].State == news.Done {
			r.Messages = p[0].Counts[news.Sent]
			break
		}
		<-time.After(time.Millisecond)
	}
	m.into(&r)
	stop()
	if err := <-ended; err != nil {
		return r, err
	}
	if r.Messages != t.Readers {
		return r, fmt.Errorf("%d messages were sent to %d readers", r.Messages, t.Readers)
	}
	if err := s.store.DB().QueryRowContext(context.WithoutCancel(ctx), "SELECT count(*) FROM variant").Scan(&r.Variants); err != nil {
		return r, err
	}
	return r, s.store.Close()
}

// sendAll sends the published edition over the network.
func sendAll(ctx context.Context, t task) (result, error) {
	adapter, err := telegram.New(ctx, telegram.Config{Token: benchToken, ServerURL: t.Server, Rate: benchRate})
	if err != nil {
		return result{}, err
	}
	s, err := newSender(ctx, t, adapter)
	if err != nil {
		return result{}, err
	}
	return s.send(ctx, t)
}

// silent is a network that takes everything at once.
type silent struct{ last atomic.Int64 }

func (*silent) Account() news.AccountID { return benchAccount }
func (*silent) Limits() bots.Limits {
	return bots.Limits{Text: 4096, ChatGap: time.Second, Links: true}
}
func (*silent) Run(context.Context, bots.Handler) error {
	return nil
}

func (s *silent) Send(context.Context, bots.Message) (bots.Receipt, error) {
	return bots.Receipt{ID: news.MessageID(fmt.Sprint(s.last.Add(1)))}, nil
}

// timed is a composer that says what composing costs.
type timed struct {
	outbox.Composer
	n    int
	took time.Duration
}

func (c *timed) Compose(ctx context.Context, b news.Broadcast, articles []news.ArticleID, p news.Platform) (news.Message, error) {
	defer func(start time.Time) { c.n++; c.took += time.Since(start) }(time.Now())
	return c.Composer.Compose(ctx, b, articles, p)
}

// composeAll does everything about an edition but the network.
func composeAll(ctx context.Context, t task) (result, error) {
	s, err := newSender(ctx, t, new(silent))
	if err != nil {
		return result{}, err
	}
	c := &timed{Composer: s.composer}
	s.composer = c
	r, err := s.send(ctx, t)
	r.Composed, r.Compose = c.n, c.took
	return r, err
}

// profile writes a processor profile until stop is called.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, pprof.StartCPUProfile(f)
}
