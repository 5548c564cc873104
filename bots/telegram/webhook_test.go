package telegram_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

const (
	hookURL    = "https://bot.example.com/telegram"
	hookSecret = "a-secret-of-the-webhook"
)

// hooked is a world whose updates go to the adapter's webhook, in process.
func hooked(t *testing.T) *world {
	inside := &insideOut{ready: make(chan struct{})}
	w := newWorld(t, telegram.Config{Webhook: &telegram.Webhook{URL: hookURL, Secret: hookSecret, Serve: inside.serve}})
	w.server.Webhooks = inside
	return w
}

// insideOut carries what the server sends to the handler that is being served.
type insideOut struct {
	once    sync.Once
	ready   chan struct{}
	handler http.Handler
}

func (i *insideOut) serve(ctx context.Context, h http.Handler) error {
	i.once.Do(func() { i.handler = h; close(i.ready) })
	<-ctx.Done()
	return nil
}

func (i *insideOut) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-i.ready:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return telegramtest.Transport{Handler: i.handler}.RoundTrip(r)
}

func TestWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := hooked(t)
		failed := false
		l := &listener{}
		l.handle = func(e bots.Event) (bots.Answer, error) {
			switch {
			case e.Text == "مرتان" && !failed:
				failed = true
				return bots.Answer{}, errors.New("disk full")
			case e.Text == "قنبلة":
				panic("boom")
			}
			return bots.Answer{}, nil
		}
		stop := run(t, w.adapter(), l)
		for _, text := range []string{"أول", "مرتان", "قنبلة", "آخر"} {
			w.Write(0, text)
		}
		time.Sleep(time.Minute)
		var got []string
		for _, e := range l.heard() {
			got = append(got, e.Text)
		}
		if want := "أول مرتان مرتان قنبلة آخر"; strings.Join(got, " ") != want {
			t.Errorf("heard %q, want %q", got, want)
		}
		if n := w.bot.Pending(); n != 0 {
			t.Errorf("%d updates are not acknowledged", n)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		clean := w.Logged()
		if strings.Contains(clean, hookSecret) || strings.Contains(clean, secret) {
			t.Error("the log holds a secret")
		}
	})
}

func TestWebhookRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := hooked(t)
		l := &listener{}
		stop := run(t, w.adapter(), l)
		synctest.Wait()
		good := `{"update_id":900,"message":{"message_id":1,"date":1,"chat":{"id":9,"type":"private"},"from":{"id":9},"text":"سؤال"}}`
		tests := []struct {
			name, method, path, secret, body string
			status                           int
		}{
			{"no secret", "POST", "/telegram", "", good, 401},
			{"a wrong secret", "POST", "/telegram", hookSecret + "x", good, 401},
			{"a visitor", "GET", "/telegram", hookSecret, "", 405},
			{"another path", "POST", "/", hookSecret, good, 404},
			{"no JSON", "POST", "/telegram", hookSecret, "<html>", 400},
			{"no update", "POST", "/telegram", hookSecret, "{}", 400},
			{"too long", "POST", "/telegram", hookSecret, `{"update_id":901,"x":"` + strings.Repeat("x", 1<<20) + `"}`, 413},
			{"an update of the future", "POST", "/telegram", hookSecret, `{"update_id":902,"future":{}}`, 200},
			{"an odd shape", "POST", "/telegram", hookSecret, `{"update_id":903,"message":[]}`, 200},
			{"an update", "POST", "/telegram", hookSecret, good, 200},
			{"the same again", "POST", "/telegram", hookSecret, good, 200},
		}
		for _, tt := range tests {
			r := httptest.NewRequest(tt.method, "https://bot.example.com"+tt.path, strings.NewReader(tt.body))
			if tt.secret != "" {
				r.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.secret)
			}
			resp, err := w.server.Webhooks.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != tt.status || len(body) != 0 {
				t.Errorf("%s: %d %q, want %d", tt.name, resp.StatusCode, body, tt.status)
			}
		}
		if got := l.heard(); len(got) != 1 || got[0].Key != "u:900" {
			t.Errorf("heard %+v", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestWebhookIsSetUntilItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := hooked(t)
		w.server.Break(telegramtest.Fault{Method: "setWebhook", Times: 3, Error: telegramtest.ServerError()})
		l := &listener{}
		stop := run(t, w.adapter(), l)
		w.Write(0, "سؤال")
		time.Sleep(time.Minute)
		if got := l.heard(); len(got) != 1 {
			t.Errorf("heard %+v", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}

		w.server.Break(telegramtest.Fault{Method: "setWebhook", Error: refusal(401, "Unauthorized")})
		if err := w.adapter().Run(t.Context(), l); !errors.Is(err, bots.ErrRevoked) {
			t.Errorf("Run returned %v", err)
		}
	})
}

// On a real socket: what Telegram sends arrives, and stopping is clean.
func TestWebhookListens(t *testing.T) {
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	w := newWorld(t, telegram.Config{Webhook: &telegram.Webhook{URL: hookURL, Secret: hookSecret, Listen: address}})
	w.server.Webhooks = roundTripper(func(r *http.Request) (*http.Response, error) {
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host = "http", address // as the proxy in front does
		return http.DefaultTransport.RoundTrip(r)
	})
	heard := make(chan string, 10)
	stop := run(t, w.adapter(), &listener{handle: func(e bots.Event) (bots.Answer, error) {
		heard <- e.Text
		return bots.Answer{}, nil
	}})
	w.Write(0, "سؤال")
	select {
	case text := <-heard:
		if text != "سؤال" {
			t.Errorf("heard %q", text)
		}
	case <-time.After(20 * time.Second):
		t.Error("nothing was heard")
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	config := w.config
	config.Webhook = &telegram.Webhook{URL: hookURL, Secret: hookSecret, Listen: "256.0.0.1:0"}
	a, err := telegram.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Run(t.Context(), &listener{}); err == nil {
		t.Error("no address to listen on, and no error")
	}
}

func TestWebhookConfig(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	for _, hook := range []telegram.Webhook{
		{URL: "http://bot.example.com", Secret: hookSecret, Listen: ":1"},
		{URL: "bot.example.com", Secret: hookSecret, Listen: ":1"},
		{URL: hookURL, Secret: "short", Listen: ":1"},
		{URL: hookURL, Secret: hookSecret + " ", Listen: ":1"},
		{URL: hookURL, Secret: hookSecret},
	} {
		config := w.config
		config.Webhook = &hook
		if _, err := telegram.New(t.Context(), config); err == nil || strings.Contains(err.Error(), hookSecret) {
			t.Errorf("%+v gives %v", hook, err)
		}
	}
}
