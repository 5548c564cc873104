package telegramtest

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"
)

// pressLife is how long the stand-in takes an answer to a pressed button; the
// real server's bound is not published.
const pressLife = 15 * time.Minute

const maxToast = 200 // characters

// Toast is the answer to a pressed button: a line that passes, or an alert.
type Toast struct {
	Text  string `json:"text"`
	Alert bool   `json:"alert,omitempty"`
	URL   string `json:"url,omitempty"`
}

// Press is a button that was pressed; see [Phone.Press].
type Press struct {
	id    string
	at    time.Time
	done  chan struct{}
	toast Toast
}

// Wait returns the bot's answer, or the context's error if none comes.
func (p *Press) Wait(ctx context.Context) (Toast, error) {
	select {
	case <-p.done:
		return p.toast, nil
	case <-ctx.Done():
		return Toast{}, fmt.Errorf("wait for the answer to a button: %w", context.Cause(ctx))
	}
}

// Answered tells whether the bot has answered.
func (p *Press) Answered() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

type wireCallback struct {
	ID       string       `json:"id"`
	From     wireUser     `json:"from"`
	Message  *wireMessage `json:"message,omitempty"`
	Instance string       `json:"chat_instance"`
	Data     string       `json:"data,omitempty"`
}

// Press presses the button with this callback data under a message. It is an
// error if no such button is to be seen, as it is for a reader.
func (p *Phone) Press(c *Chat, message int, data string) (*Press, error) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	m := c.find(message)
	if m == nil {
		return nil, fmt.Errorf("press %q: no message %d in the chat", data, message)
	}
	if !hasButton(m, data) {
		return nil, fmt.Errorf("press %q: message %d has no such button", data, message)
	}
	b, ok := m.sender.(*Bot)
	if !ok {
		b = s.botByID(m.posted)
	}
	if b == nil {
		return nil, fmt.Errorf("press %q: message %d is no bot's", data, message)
	}
	b.pressed++
	press := &Press{id: decimal(b.id*1_000_000 + b.pressed), at: s.now(), done: make(chan struct{})}
	b.presses[press.id] = press
	b.push(update{kind: "callback_query", Callback: &wireCallback{
		ID: press.id, From: p.account(), Message: c.show(m, true), Instance: decimal(c.id * 31), Data: data,
	}})
	return press, nil
}

// PressButton presses and waits for the answer.
func (p *Phone) PressButton(ctx context.Context, c *Chat, message int, data string) (Toast, error) {
	press, err := p.Press(c, message, data)
	if err != nil {
		return Toast{}, err
	}
	return press.Wait(ctx)
}

func hasButton(m *Message, data string) bool {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Data == data && data != "" {
				return true
			}
		}
	}
	return false
}

func (s *Server) botByID(id int64) *Bot {
	for _, b := range s.bots {
		if b.id == id {
			return b
		}
	}
	return nil
}

func (s *Server) answerCallbackQuery(b *Bot, q *request) (any, *Error) {
	text := q.params["text"]
	if utf8.RuneCountInString(text) > maxToast {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	press := b.presses[q.params["callback_query_id"]]
	if press == nil || s.now().Sub(press.at) > pressLife {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	delete(b.presses, press.id)
	press.toast = Toast{Text: text, Alert: q.truth("show_alert"), URL: q.params["url"]}
	close(press.done)
	s.notify()
	return true, nil
}
