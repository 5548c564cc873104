package telegramtest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

func library(t testing.TB, options ...tg.Option) *tg.Bot {
	t.Helper()
	b, err := tg.New(token, append(options, tg.WithSkipGetMe())...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFaultsAsTheLibrarySeesThem(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault telegramtest.Fault
		check func(error) bool
		shown int // messages on the phone after the call
	}{
		{"flood", telegramtest.Fault{Error: telegramtest.TooManyRequests(7)}, func(err error) bool {
			var flood *tg.TooManyRequestsError
			return errors.As(err, &flood) && flood.RetryAfter == 7
		}, 0},
		{"migrated", telegramtest.Fault{Error: telegramtest.Migrated(-1001)}, func(err error) bool {
			var moved *tg.MigrateError
			return errors.As(err, &moved) && moved.MigrateToChatID == -1001
		}, 0},
		{"blocked", telegramtest.Fault{Error: telegramtest.Blocked()}, func(err error) bool { return errors.Is(err, tg.ErrorForbidden) }, 0},
		{"restart", telegramtest.Fault{Error: telegramtest.ServerError(), Effect: true}, func(err error) bool {
			return strings.Contains(err.Error(), "500 Internal Server Error: restart")
		}, 1},
		{"proxy page", telegramtest.Fault{Status: 502, Body: telegramtest.BadGateway}, func(err error) bool {
			return strings.Contains(err.Error(), "502 Bad Gateway")
		}, 0},
		{"garbage", telegramtest.Fault{Body: `{"ok":tru`, Effect: true}, func(err error) bool { return strings.Contains(err.Error(), "decode") }, 1},
		{"cut before", telegramtest.Fault{Cut: true}, func(err error) bool { return errors.Is(err, telegramtest.ErrCut) }, 0},
		{"cut after", telegramtest.Fault{Cut: true, Effect: true}, func(err error) bool { return errors.Is(err, telegramtest.ErrCut) }, 1},
		{"another chat", telegramtest.Fault{Chat: 8, Cut: true}, func(err error) bool { return err == nil }, 1},
		{"another method", telegramtest.Fault{Method: "sendPhoto", Cut: true}, func(err error) bool { return err == nil }, 1},
		{"the second call", telegramtest.Fault{Skip: 1, Cut: true}, func(err error) bool { return err == nil }, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			struck := w.Break(test.fault)
			b := library(t, tg.WithHTTPClient(time.Minute, w.Client(0)))
			_, err := b.SendMessage(t.Context(), &tg.SendMessageParams{ChatID: 7, Text: "خبر"})
			if !test.check(err) {
				t.Errorf("the library reports %v", err)
			}
			if got := len(w.private.FromBots()); got != test.shown {
				t.Errorf("%d messages shown, want %d", got, test.shown)
			}
			if hit := struck.Hits() == 1; hit == (err == nil) {
				t.Errorf("%d hits with error %v", struck.Hits(), err)
			}
			struck.Remove()
			if _, err := b.SendMessage(t.Context(), &tg.SendMessageParams{ChatID: 7, Text: "خبر"}); err != nil {
				t.Errorf("after the fault: %v", err)
			}
		})
	}
}

func TestCutsOnTheWire(t *testing.T) {
	for _, h2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("http2 %v", h2), func(t *testing.T) {
			w := newWorld(t)
			listener := httptest.NewUnstartedServer(w.Server)
			listener.EnableHTTP2 = h2
			listener.StartTLS()
			defer listener.Close()
			w.Break(telegramtest.Fault{Cut: true, Effect: true})
			form := url.Values{"chat_id": {"7"}, "text": {"خبر"}}
			response, err := listener.Client().PostForm(listener.URL+"/bot"+token+"/sendMessage", form)
			if err == nil {
				_ = response.Body.Close()
				t.Fatal("answered")
			}
			if n := len(w.private.FromBots()); n != 1 {
				t.Errorf("%d messages shown, want 1", n)
			}
		})
	}
}

func TestGoAwayChangesTheConnection(t *testing.T) {
	w := newWorld(t)
	w.GoAwayEvery = 5
	seen := map[string]bool{}
	listener := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		seen[r.RemoteAddr] = true // calls come one by one
		w.ServeHTTP(rw, r)
	}))
	listener.EnableHTTP2 = true
	listener.StartTLS()
	defer listener.Close()
	for range 20 {
		response, err := listener.Client().Get(listener.URL + "/bot" + token + "/getMe")
		if err != nil {
			t.Fatal(err)
		}
		if response.ProtoMajor != 2 {
			t.Fatalf("spoke %s", response.Proto)
		}
		_ = response.Body.Close()
	}
	if len(seen) < 4 {
		t.Errorf("%d connections for 20 calls, want at least 4", len(seen))
	}
}

func TestSlowAnswersAndRevokedTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.Break(telegramtest.Fault{Delay: 40 * time.Second})
		start := time.Now()
		if got := call(t, w.Server, "getMe"); !got.OK || time.Since(start) != 40*time.Second {
			t.Errorf("%q after %v", got.Description, time.Since(start))
		}
		w.Break(telegramtest.Fault{Delay: 40 * time.Second, Times: -1})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := library(t, tg.WithHTTPClient(time.Minute, w.Client(0))).GetMe(ctx)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 41*time.Second {
			t.Errorf("gave up with %v after %v", err, time.Since(start))
		}
		w.bot.Revoke()
		if got := call(t, w.Server, "sendMessage", "chat_id", "7", "text", "أ"); got.ErrorCode != 401 || got.Description != "Unauthorized" {
			t.Errorf("revoked: %+v", got)
		}
		w.bot.Restore()
	})
}

func TestACallerMayGiveUpBeforeItHasSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		body, feed := io.Pipe()
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://api.test/bot"+token+"/getMe", body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		response, err := w.Client(0).Do(r)
		if err == nil {
			_ = response.Body.Close()
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if _, err := feed.Write([]byte("{}")); err == nil {
			t.Error("the body was not let go")
		}
	})
}

func TestLimits(t *testing.T) {
	for _, strict := range []bool{false, true} {
		t.Run(fmt.Sprintf("strict %v", strict), func(t *testing.T) {
			now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
			s := &telegramtest.Server{
				AnyChat: true, Limits: &telegramtest.Limits{Strict: strict}, Now: func() time.Time { return now },
			}
			reader := s.AddUser(telegramtest.User{})
			group := s.AddGroup("مجموعة", reader)
			group.Add(s.AddBot(token, "news_bot"), reader)
			send := func(chat int64) int {
				got := call(t, s, "sendMessage", "chat_id", num(chat), "text", "أ")
				if !got.OK && got.Description != fmt.Sprintf("Too Many Requests: retry after %d", got.Parameters.RetryAfter) {
					t.Fatalf("refused with %q", got.Description)
				}
				return got.Parameters.RetryAfter
			}
			for i := range int64(30) {
				if got := send(1000 + i); got != 0 {
					t.Fatalf("message %d: retry after %d", i, got)
				}
			}
			if got := send(2000); got != 1 {
				t.Errorf("the 31st: retry after %d", got)
			}
			now = now.Add(500 * time.Millisecond)
			if got, want := send(2000), map[bool]int{false: 0, true: 1}[strict]; got != want {
				t.Errorf("half a second later: retry after %d, want %d", got, want)
			}
			now = now.Add(time.Minute)
			for i, want := range []int{0, 0, 0, 1} {
				if got := send(3000); got != want {
					t.Errorf("message %d to one chat: retry after %d, want %d", i, got, want)
				}
			}
			for i := range 20 {
				now = now.Add(time.Second)
				if got := send(group.ID()); got != 0 {
					t.Fatalf("message %d to the group: retry after %d", i, got)
				}
			}
			now = now.Add(time.Second)
			if got := send(group.ID()); got != 40 {
				t.Errorf("the 21st to the group: retry after %d, want 40", got)
			}
		})
	}
}

func TestRefuseAndOnCallWithoutMemory(t *testing.T) {
	refused := 0
	s := &telegramtest.Server{
		AnyChat: true, Forget: true,
		Refuse: func(_ *telegramtest.Bot, chat int64) *telegramtest.Error {
			if chat%2 == 0 {
				return telegramtest.Blocked()
			}
			return nil
		},
		OnCall: func(c telegramtest.Call) {
			if c.Error != nil && c.Error.Code == http.StatusForbidden && c.Params["chat_id"] == "4" {
				refused++
			}
		},
	}
	s.AddBot(token, "news_bot")
	for chat := range int64(4) {
		call(t, s, "sendMessage", "chat_id", num(chat+1), "text", "أ")
	}
	if s.Count("sendMessage") != 2 || refused != 1 || len(s.Calls()) != 0 {
		t.Errorf("%d sent, %d refused, %d logged", s.Count("sendMessage"), refused, len(s.Calls()))
	}
}

// BenchmarkSendMessage is a million readers without setting any up.
func BenchmarkSendMessage(b *testing.B) {
	s := &telegramtest.Server{AnyChat: true, Forget: true}
	s.AddBot(token, "news_bot")
	body := url.Values{
		"parse_mode": {"HTML"}, "text": {strings.Repeat("<b>عُمان</b> خبر طويل بعض الشيء عن <a href=\"https://example.com/?p=12345\">السلطنة</a>\n", 8)},
		"reply_markup": {`{"inline_keyboard":[[{"text":"المزيد","callback_data":"more:12"}]]}`},
	}.Encode()
	n := 0
	for b.Loop() {
		n++
		r := httptest.NewRequest(http.MethodPost, "/bot"+token+"/sendMessage", strings.NewReader(body+fmt.Sprintf("&chat_id=%d", n%1_000_000+1)))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body.String())
		}
	}
	if s.Count("sendMessage") != n {
		b.Fatalf("%d of %d counted", s.Count("sendMessage"), n)
	}
}
