package telegram_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/news"
)

// An answer of the Bot API says that it is reached, a refusal, too; a middleman's,
// none at all, and that the Bot API is down say that it is not. Who gives a call
// up says neither.
func TestReached(t *testing.T) {
	says := func(status int, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want string // of getMe, and of the message
	}{
		"sent":          {says(200, `{"ok":true,"result":{"message_id":7}}`), "yes yes"},
		"refused":       {says(403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`), "yes yes"},
		"revoked":       {says(401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`), "yes yes"},
		"down":          {says(502, `{"ok":false,"error_code":502,"description":"Bad Gateway"}`), "yes no"},
		"a proxy":       {says(404, `<html>not here</html>`), "yes no"},
		"a portal":      {says(200, `<html>sign in first</html>`), "yes no"},
		"hangs up":      {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "yes no"},
		"never answers": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "yes no"},
		"given up":      {nil, "yes"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				switch {
				case strings.HasSuffix(r.URL.Path, "/getMe"):
					says(200, `{"ok":true,"result":{"id":123456,"is_bot":true,"username":"news_bot"}}`)(w, r)
				case c.h == nil:
					cancel()
					<-r.Context().Done()
				default:
					c.h(w, r)
				}
			}))
			t.Cleanup(server.Close)
			var mu sync.Mutex
			var got []string
			a, err := telegram.New(t.Context(), telegram.Config{
				Token: token, ServerURL: server.URL, Timeout: 300 * time.Millisecond, Log: slog.New(slog.DiscardHandler),
				Reached: func(ok bool) {
					mu.Lock()
					defer mu.Unlock()
					got = append(got, map[bool]string{true: "yes", false: "no"}[ok])
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			_, _ = a.Send(ctx, bots.Message{Chat: "1", Text: news.T("خبر")})
			mu.Lock()
			defer mu.Unlock()
			if told := strings.Join(got, " "); told != c.want {
				t.Errorf("told was %q, want %q", told, c.want)
			}
		})
	}
}
