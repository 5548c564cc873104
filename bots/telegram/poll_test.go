package telegram_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

func TestPollEndsWhenTheTokenIsRevoked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		a := w.adapter()
		done := make(chan error, 1)
		go func() { done <- a.Run(t.Context(), &listener{}) }()
		synctest.Wait()
		w.bot.Revoke()
		if err := <-done; !errors.Is(err, bots.ErrRevoked) {
			t.Errorf("Run returned %v", err)
		}
		if _, err := telegram.New(t.Context(), w.config); !errors.Is(err, bots.ErrRevoked) {
			t.Errorf("New gives %v", err)
		}
	})
}

// Trouble with polls is waited out as long as it takes, and as Telegram says.
func TestPollWaitsOutTrouble(t *testing.T) {
	tests := []struct {
		name  string
		fault telegramtest.Fault
		after time.Duration // at least, until the next poll
	}{
		{"a limit", telegramtest.Fault{Error: telegramtest.TooManyRequests(30)}, 30 * time.Second},
		{"another program", telegramtest.Fault{Times: 20, Error: refusal(409, "Conflict: terminated by other getUpdates request")}, time.Minute},
		{"a proxy's page", telegramtest.Fault{Times: 3, Status: http.StatusBadGateway, Body: telegramtest.BadGateway}, time.Second},
		{"a server that restarts", telegramtest.Fault{Times: 3, Error: telegramtest.ServerError()}, time.Second},
		{"a cut connection", telegramtest.Fault{Times: 3, Cut: true}, time.Second},
		{"half an answer", telegramtest.Fault{Times: 3, Body: `{"ok":true,"result":[{"update_`}, time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rivals := 0
				w := newWorld(t, telegram.Config{Rivalled: func() { rivals++ }})
				a := w.adapter()
				tt.fault.Method = "getUpdates"
				struck := w.server.Break(tt.fault)
				l := &listener{}
				stop := run(t, a, l)
				w.Write(0, "سؤال")
				time.Sleep(tt.after - time.Millisecond)
				if got := l.heard(); len(got) != 0 {
					t.Error("heard too early")
				}
				if _, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.T("خبر")}); err != nil {
					t.Errorf("meanwhile, Send gives %v", err)
				}
				time.Sleep(15 * time.Minute)
				if got := l.heard(); len(got) != 1 || struck.Hits() != max(1, tt.fault.Times) {
					t.Errorf("heard %+v after %d troubles", got, struck.Hits())
				}
				if err := stop(); err != nil {
					t.Error(err)
				}
				if want := map[string]int{"another program": 20}[tt.name]; rivals != want {
					t.Errorf("another program was met %d times, want %d", rivals, want)
				}
			})
		})
	}
}

func TestPollRemovesAWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		a := w.adapter()
		set := func() {
			r := httptest.NewRequest(http.MethodGet, "/bot"+token+"/setWebhook?url=https://example.com/hook", nil)
			w.server.ServeHTTP(httptest.NewRecorder(), r)
		}
		set()
		l := &listener{}
		stop := run(t, a, l)
		synctest.Wait()
		w.Write(0, "أول")
		synctest.Wait()
		set() // somebody else, in the middle of a poll
		time.Sleep(time.Minute)
		w.Write(0, "ثان")
		time.Sleep(time.Minute)
		if got := l.heard(); len(got) != 2 {
			t.Errorf("heard %+v", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// An update that Telegram gives twice is handled once, and one of an unknown
// shape does not keep the others from being handled.
func TestPollOddUpdates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		a := w.adapter()
		w.server.Break(telegramtest.Fault{Method: "getUpdates", Times: 1, Body: `{"ok":true,"result":[
			{"update_id":5,"message":{"message_id":"five"}},
			{"update_id":6,"message":{"message_id":1,"date":1,"chat":{"id":9,"type":"private"},"from":{"id":9},"text":"a"}},
			{"update_id":6,"message":{"message_id":1,"date":1,"chat":{"id":9,"type":"private"},"from":{"id":9},"text":"a"}},
			{"update_id":7,"poll_of_the_future":{"x":[]}},
			{"update_id":8,"callback_query":{"id":"1","from":{"id":9},"inline_message_id":"x","data":"foreign"}},
			{"update_id":9,"message":{"message_id":2,"date":1,"chat":{"id":9,"type":"private"},"from":{"id":9},"new_chat_title":"x"}},
			{"update_id":10,"message":{"message_id":2,"date":1,"chat":{"id":-9,"type":"group"},"from":{"id":8,"is_bot":true},"text":"/start"}},
			{"update_id":11,"message":{"message_id":3,"date":1,"chat":{"id":-9,"type":"group"},"from":{"id":1087968824,"is_bot":true},"sender_chat":{"id":-9,"type":"group"},"text":"/stop"}},
			{"update_id":12,"message":{"message_id":4,"message_thread_id":3,"date":1,"chat":{"id":-8,"type":"supergroup"},"from":{"id":7},"text":"/help"}},
			{"no_id":1}
		]}`})
		l := &listener{}
		stop := run(t, a, l)
		synctest.Wait()
		var got []string
		for _, e := range l.heard() {
			got = append(got, e.Key+" "+string(e.Chat)+" "+string(e.From)+" "+brief(e))
		}
		if want := "u:11 -9 -9 wrote /stop,u:12 -8 7 wrote /help,u:6 9 9 wrote a"; strings.Join(sorted(got), ",") != want {
			t.Errorf("heard %q, want %q", got, want)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestNew(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	for _, token := range []string{"", "token", "123456:short", "123456:" + secret + "/x", "x" + token} {
		config := w.config
		config.Token = token
		if _, err := telegram.New(t.Context(), config); !errors.Is(err, telegram.ErrToken) {
			t.Errorf("the token %q gives %v", token, err)
		}
	}
	for _, server := range []string{"localhost:8081", "ftp://localhost", "http://", "http://%zz"} {
		config := w.config
		config.ServerURL = server
		if _, err := telegram.New(t.Context(), config); err == nil {
			t.Errorf("the server %q gives no error", server)
		}
	}
	config := w.config
	config.Token, config.Rate = " "+token+"\n", 100
	a, err := telegram.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if a.Account() != "telegram:123456" || a.Username() != "news_bot" || a.Limits().InFlight != 15 {
		t.Errorf("it is %s, @%s, with %+v", a.Account(), a.Username(), a.Limits())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := telegram.New(ctx, config); !errors.Is(err, bots.ErrNotSent) {
		t.Errorf("under an ended context, New gives %v", err)
	}
}
