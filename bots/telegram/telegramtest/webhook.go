package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"time"
)

// webhook delivers a bot's updates by POST, one after the other, each until it
// is answered with 2xx.
type webhook struct {
	url     string
	secret  string
	stop    context.CancelFunc
	failed  int64 // unix time of the last failure
	problem string
}

const (
	maxSecret    = 256
	webhookPause = time.Second // after a failure, doubling
	longestPause = time.Minute
	webhookWait  = 60 * time.Second // for an answer
)

func (s *Server) setWebhook(b *Bot, q *request) (any, *Error) {
	url := q.params["url"]
	if url == "" {
		return s.deleteWebhook(b, q)
	}
	url, problem := checkLink(url)
	secret := q.params["secret_token"]
	switch {
	case problem != "":
		return nil, bad("invalid webhook URL specified")
	case len(secret) > maxSecret:
		return nil, bad("secret token is too long")
	case !regexp.MustCompile(`^[A-Za-z0-9_-]*$`).MatchString(secret):
		return nil, bad("secret token contains unallowed characters")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, tooMany(1)
	}
	s.dropWebhook(b, q)
	if raw := q.params["allowed_updates"]; raw != "" {
		b.allow(raw)
	}
	b.endPoll(&Error{Code: http.StatusConflict, Description: "Conflict: terminated by setWebhook request"})
	ctx, stop := context.WithCancel(context.Background())
	hook := &webhook{url: url, secret: secret, stop: stop}
	b.hook = hook
	s.workers.Add(1)
	go func() {
		defer s.workers.Done()
		s.deliverUpdates(ctx, b, hook)
	}()
	return true, nil
}

func (s *Server) deleteWebhook(b *Bot, q *request) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropWebhook(b, q)
	return true, nil
}

func (s *Server) dropWebhook(b *Bot, q *request) {
	b.stopWebhook()
	if q.truth("drop_pending_updates") {
		b.queue.pending = nil
	}
}

// stopWebhook ends deliveries. The lock is held.
func (b *Bot) stopWebhook() {
	if b.hook != nil {
		b.hook.stop()
		b.hook = nil
	}
}

// deliverUpdates runs until the webhook is taken away.
func (s *Server) deliverUpdates(ctx context.Context, b *Bot, hook *webhook) {
	rest := webhookPause
	for ctx.Err() == nil {
		s.mu.Lock()
		var next *update
		wake := b.waiting()
		if len(b.queue.pending) > 0 {
			next = &b.queue.pending[0]
		}
		s.mu.Unlock()
		if next == nil {
			select {
			case <-wake:
			case <-ctx.Done():
			}
			continue
		}
		problem := s.post(ctx, hook, next)
		s.mu.Lock()
		if problem == "" {
			rest = webhookPause
			b.confirm(next.ID + 1)
		} else {
			hook.failed, hook.problem = s.now().Unix(), problem
		}
		s.mu.Unlock()
		if problem != "" {
			pause(ctx, rest)
			rest = min(2*rest, longestPause)
		}
	}
}

// post gives one update to the webhook; a problem is in getWebhookInfo's words.
func (s *Server) post(ctx context.Context, hook *webhook, u *update) (problem string) {
	body, err := json.Marshal(u)
	if err != nil {
		panic(err) // our own types: cannot fail
	}
	ctx, cancel := context.WithTimeout(ctx, webhookWait)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.url, bytes.NewReader(body))
	if err != nil {
		return "Invalid webhook URL"
	}
	r.Header.Set("Content-Type", "application/json")
	if hook.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.secret)
	}
	carrier := s.Webhooks
	if carrier == nil {
		carrier = http.DefaultTransport
	}
	answer, err := carrier.RoundTrip(r)
	if err != nil {
		return "Connection failed"
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxBody))
	_ = answer.Body.Close()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return "Wrong response from the webhook: " + decimal(int64(answer.StatusCode)) + " " +
			http.StatusText(answer.StatusCode)
	}
	return ""
}

type wireWebhook struct {
	URL         string   `json:"url"`
	Certificate bool     `json:"has_custom_certificate"`
	Pending     int      `json:"pending_update_count"`
	ErrorDate   int64    `json:"last_error_date,omitempty"`
	ErrorText   string   `json:"last_error_message,omitempty"`
	Allowed     []string `json:"allowed_updates,omitempty"`
}

func (s *Server) getWebhookInfo(b *Bot, _ *request) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := wireWebhook{Pending: len(b.queue.pending), Allowed: b.queue.allowed}
	if b.hook != nil {
		w.URL, w.ErrorDate, w.ErrorText = b.hook.url, b.hook.failed, b.hook.problem
	}
	return w, nil
}
