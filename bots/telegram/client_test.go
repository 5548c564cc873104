package telegram_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

// answering serves getMe well and everything else with h.
func answering(t *testing.T, h http.HandlerFunc) *telegram.Adapter {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getMe") {
			_, _ = io.WriteString(w, `{"ok":true,"result":{"id":123456,"is_bot":true,"username":"news_bot"}}`)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		h(w, r)
	}))
	t.Cleanup(server.Close)
	a, err := telegram.New(t.Context(), telegram.Config{
		Token: token, ServerURL: server.URL, Timeout: 300 * time.Millisecond, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Whatever a server or something in between answers, no error holds the token.
func TestErrorsHoldNoToken(t *testing.T) {
	tests := []struct {
		name string
		h    http.HandlerFunc
		want error
	}{
		{"a page that echoes the path", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = fmt.Fprintf(w, "<html>no route to %s</html>", r.URL.Path)
		}, bots.ErrUnknown},
		{"a page that is a success", func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, "<html>%s</html>", r.URL.Path)
		}, bots.ErrUnknown},
		{"a description that echoes the path", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error_code": 400, "description": "no " + r.URL.Path})
		}, bots.ErrRejected},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://elsewhere.invalid"+r.URL.Path, http.StatusTemporaryRedirect)
		}, bots.ErrNotSent},
		{"a redirect to nowhere", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://%zz"+r.URL.Path)
			w.WriteHeader(http.StatusFound)
		}, bots.ErrNotSent},
		{"silence", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, bots.ErrUnknown},
		{"a cut", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, bots.ErrUnknown},
		{"a result of another type", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"ok":true,"result":"`+token+`"}`)
		}, bots.ErrUnknown},
		{"endless words", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":1,"x":"`)
			for range 20 {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		}, bots.ErrUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := answering(t, tt.h)
			_, err := a.Send(t.Context(), bots.Message{Chat: "9", Text: news.T("خبر")})
			if !errors.Is(err, tt.want) {
				t.Errorf("the error is %v, want %v", err, tt.want)
			}
			for _, text := range []string{fmt.Sprint(err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
				if strings.Contains(text, secret) {
					t.Errorf("the error holds the token: %s", text)
				}
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	config := telegram.Config{Token: token, ServerURL: server.URL, Log: slog.New(slog.DiscardHandler)}
	if _, err := telegram.New(t.Context(), config); !errors.Is(err, bots.ErrNotSent) || strings.Contains(err.Error(), secret) {
		t.Errorf("New gives %v", err)
	}
	config.ServerURL = "http://nowhere.invalid"
	if _, err := telegram.New(t.Context(), config); !errors.Is(err, bots.ErrNotSent) {
		t.Errorf("New gives %v", err)
	}
}

// A server with a certificate of its own: the handshake fails before anything
// is said.
func TestUnknownCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	defer server.Close()
	_, err := telegram.New(t.Context(), telegram.Config{Token: token, ServerURL: server.URL, Log: slog.New(slog.DiscardHandler)})
	if !errors.Is(err, bots.ErrNotSent) {
		t.Errorf("New gives %v", err)
	}
}

// Connections are kept: as many as messages are under way, not one a message.
func TestConnectionsAreKept(t *testing.T) {
	var connections atomic.Int32
	world := &telegramtest.Server{AnyChat: true}
	defer world.Close()
	world.AddBot(token, "news_bot")
	server := httptest.NewUnstartedServer(world)
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	a, err := telegram.New(t.Context(), telegram.Config{Token: token, ServerURL: server.URL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	workers := a.Limits().InFlight
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for range 40 {
				if _, err := a.Send(t.Context(), bots.Message{Chat: "77", Text: news.T("خبر")}); err != nil {
					t.Errorf("send: %v", err)
				}
			}
		})
	}
	group.Wait()
	if n := int(connections.Load()); n > 2*workers {
		t.Errorf("%d connections were opened for %d messages at once", n, workers)
	}
}

// Over HTTP/2, a server that closes its connections after some requests makes
// no message fail, and none arrive twice.
func TestGoAwayLosesNothing(t *testing.T) {
	const sends, workers = 600, 8
	world := &telegramtest.Server{AnyChat: true, GoAwayEvery: 50}
	defer world.Close()
	world.AddBot(token, "news_bot")
	server := httptest.NewUnstartedServer(world)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	var protocol atomic.Value
	transport := server.Client().Transport
	a, err := telegram.New(t.Context(), telegram.Config{
		Token: token, ServerURL: server.URL, Log: slog.New(slog.DiscardHandler),
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			resp, err := transport.RoundTrip(r)
			if err == nil {
				protocol.Store(resp.Proto)
			}
			return resp, err
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for i := range sends / workers {
				chat := news.ChatID(fmt.Sprint(1000 + worker*sends + i))
				if _, err := a.Send(t.Context(), bots.Message{Chat: chat, Text: news.T("خبر")}); err != nil {
					t.Errorf("send: %v", err)
					return
				}
			}
		})
	}
	group.Wait()
	if n := world.Count("sendMessage"); n != sends {
		t.Errorf("%d messages arrived, %d were sent", n, sends)
	}
	if protocol.Load() != "HTTP/2.0" {
		t.Errorf("the protocol was %v", protocol.Load())
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Many messages at once, some of them given up: every text that arrives is one
// that was sent, whole.
func TestBuffersAreNotMixedUp(t *testing.T) {
	texts := make(map[string]bool)
	var mu sync.Mutex
	server := &telegramtest.Server{AnyChat: true}
	defer server.Close()
	server.AddBot(token, "news_bot")
	served := httptest.NewServer(server)
	defer served.Close()
	a, err := telegram.New(t.Context(), telegram.Config{Token: token, ServerURL: served.URL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 100 {
				text := strings.Repeat(fmt.Sprintf("%d-%d ", worker, i), 1+i*3)
				mu.Lock()
				texts[strings.TrimSpace(text)] = true
				mu.Unlock()
				ctx, cancel := context.WithCancel(t.Context())
				if i%10 == 0 {
					time.AfterFunc(time.Duration(i)*10*time.Microsecond, cancel)
				}
				_, err := a.Send(ctx, bots.Message{Chat: "77", Text: news.T(text)})
				cancel()
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("send: %v", err)
				}
			}
		})
	}
	group.Wait()
	for _, c := range server.Calls() {
		if c.Method == "sendMessage" && !texts[strings.TrimSpace(c.Params["text"])] {
			t.Errorf("nobody sent %.60q", c.Params["text"])
		}
	}
	if server.Count("sendMessage") < 700 {
		t.Errorf("only %d messages arrived", server.Count("sendMessage"))
	}
}
