package whatsapp_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/botstest"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

// world is a WhatsApp server with a paired account and two readers.
type world struct {
	t       *testing.T
	server  *whatsapptest.Server
	readers [2]*whatsapptest.Reader
	db      *sql.DB
	memory  *memory
	log     *botstest.Journal
	states  *states
	config  whatsapp.Config
}

// newWorld makes a world without a pairing.
func newWorld(t *testing.T, config whatsapp.Config) *world {
	w := &world{t: t, server: whatsapptest.New(whatsapptest.Config{Now: config.Now}), log: new(botstest.Journal), memory: new(memory), states: new(states)}
	t.Cleanup(w.server.Close)
	w.readers[0] = w.server.NewReader(whatsapptest.Person{Name: "سالم", HidePhone: true})
	w.readers[1] = w.server.NewReader(whatsapptest.Person{Name: "مريم"})
	w.db = openDB(t, filepath.Join(t.TempDir(), "nashra.db"))
	config.DB, config.Memory, config.Number, config.HTTP = w.db, w.memory, w.server.Number(), w.server.Client()
	config.Told = w.states.add
	config.Log = slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if config.Typing == nil {
		config.Typing = func(int) time.Duration { return 0 }
	}
	if config.Pace == (whatsapp.Pace{}) {
		config.Pace = whatsapp.Pace{PerMinute: -1, PerDay: -1, NewPerDay: -1}
	}
	w.config = config
	return w
}

// pairedWorld is a world whose account is paired.
func pairedWorld(t *testing.T, config whatsapp.Config) *world {
	w := newWorld(t, config)
	w.pair(w.adapter())
	return w
}

func openDB(t testing.TB, path string) *sql.DB {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func (w *world) adapter() *whatsapp.Adapter {
	w.t.Helper()
	a, err := whatsapp.New(w.t.Context(), w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) pair(a *whatsapp.Adapter) {
	w.t.Helper()
	if err := a.Pair(short(w.t), whatsapp.PairOptions{OnQR: w.scan()}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) Adapter() bots.Adapter { return w.adapter() }

func (w *world) Chat(reader int) news.ChatID { return news.ChatID(w.readers[reader].LID().String()) }

func (w *world) Write(reader int, text string) { w.readers[reader].Send(text) }

func (w *world) Await(ctx context.Context, reader, n int) ([]string, error) {
	var texts []string
	err := w.server.Wait(ctx, func() bool {
		texts = nil
		for _, m := range w.readers[reader].Inbox() {
			if !m.Revoked {
				texts = append(texts, strings.ReplaceAll(m.Text, "*", "")) // as a phone shows it
			}
		}
		return len(texts) >= n
	})
	return texts, err
}

// running is an adapter whose Run has been called, with what it heard.
type running struct {
	t      *testing.T
	cancel context.CancelFunc
	ended  chan error
	events chan bots.Event
	fail   func(bots.Event) error
}

func (w *world) run(a *whatsapp.Adapter) *running {
	ctx, cancel := context.WithCancel(w.t.Context())
	r := &running{t: w.t, cancel: cancel, ended: make(chan error, 1), events: make(chan bots.Event, 2000)}
	go func() { r.ended <- a.Run(ctx, r) }()
	w.t.Cleanup(r.stop)
	return r
}

func (r *running) Handle(_ context.Context, e bots.Event) (bots.Answer, error) {
	if r.fail != nil {
		if err := r.fail(e); err != nil {
			return bots.Answer{}, err
		}
	}
	r.events <- e
	return bots.Answer{}, nil
}

func (r *running) stop() {
	botstest.Settle()
	r.cancel()
	if err, ok := <-r.ended; ok && err != nil && !errors.Is(err, bots.ErrRevoked) {
		r.t.Logf("Run ended with %v", err)
	}
	select {
	case <-r.ended:
	default:
		close(r.ended)
	}
}

// end waits for Run to end by itself.
func (r *running) end() error {
	r.t.Helper()
	select {
	case err := <-r.ended:
		close(r.ended)
		return err
	case <-short(r.t).Done():
		r.t.Fatal("Run does not end")
		return nil
	}
}

// next is the next event; of a kind, if one is given.
func (r *running) next(kinds ...bots.EventKind) bots.Event {
	r.t.Helper()
	ctx := short(r.t)
	for {
		select {
		case e := <-r.events:
			if len(kinds) == 0 || e.Kind == kinds[0] {
				return e
			}
		case <-ctx.Done():
			r.t.Fatal("no event came")
		}
	}
}

func short(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func (w *world) until(what string, done func() bool) {
	w.t.Helper()
	if err := w.server.Wait(short(w.t), done); err != nil {
		w.t.Fatalf("never came: %s; complaints %q", what, w.server.Complaints())
	}
}

func (w *world) content() {
	w.t.Helper()
	if c := w.server.Complaints(); len(c) > 0 {
		w.t.Errorf("complaints: %q", c)
	}
	if q := w.server.UnknownQueries(); len(q) > 0 {
		w.t.Errorf("unknown queries: %q", q)
	}
}

func (w *world) send(a bots.Adapter, m bots.Message) bots.Receipt {
	w.t.Helper()
	r, err := a.Send(short(w.t), m)
	if err != nil {
		w.t.Fatalf("send: %v", err)
	}
	return r
}

func (w *world) text(reader int, text, key string) bots.Message {
	return bots.Message{Chat: w.Chat(reader), Text: news.T(text), Key: key}
}

// memory is a whatsapp.Memory.
type memory struct {
	mu     sync.Mutex
	values map[string][]byte
}

func (m *memory) Load(_ context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[key], nil
}

func (m *memory) Save(_ context.Context, key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[string][]byte{}
	}
	if value == nil {
		delete(m.values, key)
		return nil
	}
	m.values[key] = bytes.Clone(value)
	return nil
}

// states notes what the owner was told.
type states struct {
	mu   sync.Mutex
	list []whatsapp.State
}

func (s *states) add(state whatsapp.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, state)
}

// reasons are those that were told, each as often as another came between.
func (s *states) reasons() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, state := range s.list {
		if state.Reason != "" {
			out = append(out, fmt.Sprint(state.Reason))
		}
	}
	return strings.Join(slices.Compact(out), ",")
}
