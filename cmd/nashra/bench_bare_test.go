package main_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	library "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots/telegram"
)

// letters are the messages of an edition, as they are sent.
type letters struct {
	Letters []letter
	To      []addressed
}

type letter struct{ Text, Entities, Preview string }

type addressed struct {
	Chat   string
	Letter int
}

// recorder is a network that takes down what is sent.
type recorder struct {
	mu   sync.Mutex
	seen map[letter]int
	all  letters
}

func (c *recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := `{"ok":true,"result":{"id":123456,"is_bot":true,"username":"bench_bot"}}`
	if strings.HasSuffix(r.URL.Path, "/sendMessage") {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return nil, err
		}
		if extra := r.FormValue("reply_markup"); extra != "" {
			return nil, fmt.Errorf("the bare loop sends no buttons: %s", extra)
		}
		answer = fmt.Sprintf(`{"ok":true,"result":{"message_id":%d}}`, c.take(
			letter{r.FormValue("text"), r.FormValue("entities"), r.FormValue("link_preview_options")}, r.FormValue("chat_id")))
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(answer)), Request: r, Header: http.Header{}}, nil
}

func (c *recorder) take(l letter, chat string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, known := c.seen[l]
	if !known {
		n = len(c.all.Letters)
		c.seen[l] = n
		c.all.Letters = append(c.all.Letters, l)
	}
	c.all.To = append(c.all.To, addressed{chat, n})
	return len(c.all.To)
}

// captureAll writes down what the readers get, and to whom it goes.
func captureAll(ctx context.Context, t task) (result, error) {
	c := &recorder{seen: map[letter]int{}}
	adapter, err := telegram.New(ctx, telegram.Config{Token: benchToken, ServerURL: "http://127.0.0.1", Rate: benchRate, Transport: c})
	if err != nil {
		return result{}, err
	}
	s, err := newSender(ctx, t, adapter)
	if err != nil {
		return result{}, err
	}
	r, err := s.send(ctx, t)
	if err != nil {
		return r, err
	}
	bytes := 0
	for _, to := range c.all.To {
		bytes += len(c.all.Letters[to.Letter].Text)
	}
	r.Text = bytes / len(c.all.To)
	data, err := json.Marshal(c.all)
	if err != nil {
		return r, err
	}
	return r, os.WriteFile(t.Letters, data, 0o600)
}

// sendBare sends the same messages to the same chats with nothing but the
// library, from as many goroutines as the outbox has.
func sendBare(ctx context.Context, t task) (r result, err error) {
	data, err := os.ReadFile(t.Letters)
	if err != nil {
		return r, err
	}
	var all letters
	if err := json.Unmarshal(data, &all); err != nil {
		return r, err
	}
	params := make([]library.SendMessageParams, len(all.Letters))
	for i, l := range all.Letters {
		params[i].Text = l.Text
		err := errors.Join(json.Unmarshal([]byte(l.Entities), &params[i].Entities), json.Unmarshal([]byte(l.Preview), &params[i].LinkPreviewOptions))
		if err != nil {
			return r, err
		}
	}
	options := []library.Option{library.WithSkipGetMe(), library.WithServerURL(t.Server)}
	if t.Role == "tuned" {
		many := &http.Transport{MaxIdleConns: 2 * benchInFlight, MaxIdleConnsPerHost: 2 * benchInFlight, DisableCompression: true}
		options = append(options, library.WithHTTPClient(time.Minute, &http.Client{Transport: many}))
	}
	bot, err := library.New(benchToken, options...)
	if err != nil {
		return r, err
	}
	m := measure()
	var crew sync.WaitGroup
	var next atomic.Int64
	errs := make([]error, benchInFlight)
	for worker := range benchInFlight {
		crew.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(all.To) {
					return
				}
				p := params[all.To[i].Letter]
				p.ChatID = all.To[i].Chat
				var sent *models.Message
				if sent, errs[worker] = bot.SendMessage(ctx, &p); errs[worker] != nil || sent.ID == 0 {
					return
				}
			}
		})
	}
	crew.Wait()
	m.into(&r)
	r.Messages = len(all.To)
	return r, errors.Join(slices.DeleteFunc(errs, func(err error) bool { return err == nil })...)
}
