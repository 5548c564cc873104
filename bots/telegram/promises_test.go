package telegram_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/botstest"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

const (
	secret = "AAtesttesttesttesttesttesttest_-9z"
	token  = "123456:" + secret
)

// world is a Bot API server with a bot and two readers who have started it.
type world struct {
	t       *testing.T
	server  *telegramtest.Server
	bot     *telegramtest.Bot
	readers [2]*telegramtest.Phone
	chats   [2]*telegramtest.Chat
	config  telegram.Config
	log     *botstest.Journal
	refuse  *refuser
}

func newWorld(t *testing.T, config telegram.Config) *world {
	w := &world{t: t, server: &telegramtest.Server{}, log: new(botstest.Journal)}
	w.bot = w.server.AddBot(token, "news_bot")
	for i := range w.readers {
		w.readers[i] = w.server.AddUser(telegramtest.User{FirstName: "قارئ", Language: "ar"})
		w.chats[i] = w.readers[i].Start(w.bot, "")
	}
	w.forget()
	config.Token = token
	config.Log = slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if config.Transport == nil && config.ServerURL == "" {
		w.refuse = &refuser{next: telegramtest.Transport{Handler: w.server}}
		config.Transport = w.refuse
	}
	w.config = config
	t.Cleanup(w.server.Close)
	return w
}

// forget confirms the updates that wait.
func (w *world) forget() {
	for offset := -1; w.bot.Pending() > 0; offset = 1 << 40 {
		r := httptest.NewRequest(http.MethodGet, fmt.Sprintf("/bot%s/getUpdates?offset=%d", token, offset), nil)
		w.server.ServeHTTP(httptest.NewRecorder(), r)
	}
}

// onLoopback serves the world over a real socket.
func onLoopback(t *testing.T) *world {
	w := newWorld(t, telegram.Config{ServerURL: "http://later.invalid", Poll: 5 * time.Second})
	served := httptest.NewServer(w.server)
	t.Cleanup(served.Close)
	t.Cleanup(w.server.Close) // before served: polls must end
	w.config.ServerURL = served.URL
	return w
}

func (w *world) adapter() *telegram.Adapter {
	w.t.Helper()
	a, err := telegram.New(w.t.Context(), w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) Adapter() bots.Adapter { return w.adapter() }

func (w *world) Chat(reader int) news.ChatID {
	return news.ChatID(fmt.Sprint(w.chats[reader].ID()))
}

func (w *world) Write(reader int, text string) { w.readers[reader].SendText(w.chats[reader], text) }

func (w *world) Await(ctx context.Context, reader, n int) ([]string, error) {
	for {
		var texts []string
		changed := w.server.Changed()
		for _, m := range w.chats[reader].FromBots() {
			texts = append(texts, m.Text)
		}
		if len(texts) >= n {
			return texts, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return texts, ctx.Err()
		}
	}
}

func (w *world) Break(reader int, f botstest.Fault) bool {
	fault := telegramtest.Fault{Chat: w.chats[reader].ID()}
	switch f {
	case botstest.Gone:
		fault.Error = telegramtest.Blocked()
	case botstest.Missing:
		fault.Error = refusal(400, "Bad Request: chat not found")
	case botstest.Suspended:
		fault.Error = refusal(400, "Bad Request: not enough rights to send text messages to the chat")
	case botstest.Rejected:
		fault.Error = refusal(400, "Bad Request: message is too long")
	case botstest.Limited:
		fault.Error = telegramtest.TooManyRequests(7)
	case botstest.Moved:
		fault.Error = telegramtest.Migrated(-1001234567890)
	case botstest.Cut:
		fault.Cut = true
	case botstest.Revoked:
		fault.Error = refusal(401, "Unauthorized")
	case botstest.Refused:
		if w.refuse == nil {
			return false
		}
		w.refuse.times(1)
		return true
	default:
		return false
	}
	w.server.Break(fault)
	return true
}

func (w *world) Secrets() []string { return []string{token, secret} }

func (w *world) Logged() string { return w.log.String() }

func (w *world) Press(ctx context.Context, reader int, data string) (string, error) {
	sent := w.chats[reader].FromBots()
	toast, err := w.readers[reader].PressButton(ctx, w.chats[reader], sent[len(sent)-1].ID, data)
	return toast.Text, err
}

func refusal(code int, description string) *telegramtest.Error {
	return &telegramtest.Error{Code: code, Description: description}
}

func TestPromises(t *testing.T) {
	botstest.Run(t, botstest.Suite{
		Bubble: true,
		Open:   func(t *testing.T) botstest.Network { return newWorld(t, telegram.Config{}) },
	})
}

func TestPromisesOnLoopback(t *testing.T) {
	botstest.Run(t, botstest.Suite{
		Open: func(t *testing.T) botstest.Network { return onLoopback(t) },
	})
}

// refuser is a network cable that can be pulled.
type refuser struct {
	next http.RoundTripper
	mu   sync.Mutex
	left int
}

func (r *refuser) times(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = n
}

func (r *refuser) RoundTrip(q *http.Request) (*http.Response, error) {
	r.mu.Lock()
	pulled := r.left > 0 && !strings.HasSuffix(q.URL.Path, "getUpdates")
	if pulled {
		r.left--
	}
	r.mu.Unlock()
	if pulled {
		_ = q.Body.Close()
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: fmt.Errorf("%s: %w", q.URL, syscall.ECONNREFUSED)}
	}
	return r.next.RoundTrip(q)
}
