package whatsapptest_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/botstest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
	_ "modernc.org/sqlite"
)

// bot is the unmodified client with its session in an SQLite file.
type bot struct {
	t      testing.TB
	server *whatsapptest.Server
	path   string
	db     *sql.DB
	*whatsmeow.Client

	mu     sync.Mutex
	events []any
	more   chan struct{}
}

func newServer(t testing.TB) *whatsapptest.Server {
	s := whatsapptest.New(whatsapptest.Config{})
	t.Cleanup(s.Close)
	return s
}

// newBot opens the session in path, a new one if the file is new, and does not connect.
func newBot(t testing.TB, s *whatsapptest.Server, path string) *bot {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	container := sqlstore.NewWithDB(db, "sqlite", nil)
	if err := container.Upgrade(t.Context()); err != nil {
		t.Fatal(err)
	}
	device, err := container.GetFirstDevice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := &bot{t: t, server: s, path: path, db: db, Client: whatsmeow.NewClient(device, nil), more: make(chan struct{})}
	s.Install(b.Client)
	b.AddEventHandler(b.record)
	t.Cleanup(b.stop)
	return b
}

// pairedBot pairs a new bot by QR and waits until it is logged in.
func pairedBot(t testing.TB, s *whatsapptest.Server) *bot {
	t.Helper()
	b := newBot(t, s, filepath.Join(t.TempDir(), "session.db"))
	b.pair()
	return b
}

func (b *bot) pair() {
	b.t.Helper()
	b.connect()
	if err := b.server.ScanQR(wait[*events.QR](b).Codes[0]); err != nil {
		b.t.Fatal(err)
	}
	wait[*events.Connected](b)
}

func (b *bot) connect() {
	b.t.Helper()
	if err := b.Connect(); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bot) stop() {
	botstest.Settle()
	b.Disconnect()
	b.db.Close()
}

// restart is a new process on the same session.
func (b *bot) restart() *bot {
	b.t.Helper()
	b.stop()
	next := newBot(b.t, b.server, b.path)
	next.connect()
	wait[*events.Connected](next)
	return next
}

func (b *bot) record(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events = append(b.events, event)
	close(b.more)
	b.more = make(chan struct{})
}

// wait takes the first event of type E that was not taken yet.
func wait[E any](b *bot) E {
	b.t.Helper()
	return waitFor(b, func(E) bool { return true })
}

func waitFor[E any](b *bot, match func(E) bool) E {
	b.t.Helper()
	ctx := short(b.t)
	for {
		b.mu.Lock()
		for i, event := range b.events {
			if e, ok := event.(E); ok && match(e) {
				b.events = append(b.events[:i:i], b.events[i+1:]...)
				b.mu.Unlock()
				return e
			}
		}
		more := b.more
		b.mu.Unlock()
		select {
		case <-more:
		case <-ctx.Done():
			b.t.Fatalf("no %T; complaints: %q", *new(E), b.server.Complaints())
		}
	}
}

// has says whether a message that was not taken yet matches.
func (b *bot) has(match func(*events.Message) bool) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.events, func(event any) bool {
		m, ok := event.(*events.Message)
		return ok && match(m)
	})
}

// message waits for the message with this id. The first message to a group comes
// in two events with one id: the sender key alone, then the text.
func (b *bot) message(id string) *events.Message {
	b.t.Helper()
	return waitFor(b, func(m *events.Message) bool {
		return m.Info.ID == id && m.Message.GetSenderKeyDistributionMessage() == nil
	})
}

func (b *bot) text(to types.JID, text string) string {
	b.t.Helper()
	return b.send(to, &waE2E.Message{Conversation: proto.String(text)})
}

func (b *bot) send(to types.JID, m *waE2E.Message, extra ...whatsmeow.SendRequestExtra) string {
	b.t.Helper()
	sent, err := b.SendMessage(short(b.t), to, m, extra...)
	if err != nil {
		b.t.Fatal(err)
	}
	return sent.ID
}

func short(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// until waits for the server to reach a state.
func until(t testing.TB, s *whatsapptest.Server, what string, done func() bool) {
	t.Helper()
	if err := s.Wait(short(t), done); err != nil {
		t.Fatalf("never came: %s; complaints: %q", what, s.Complaints())
	}
}

// content demands no complaints at the end of a test.
func content(t testing.TB, s *whatsapptest.Server) {
	t.Helper()
	if c := s.Complaints(); len(c) > 0 {
		t.Errorf("complaints: %q", c)
	}
	if q := s.UnknownQueries(); len(q) > 0 {
		t.Errorf("unknown queries: %q", q)
	}
}
