package telegram_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	library "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/news"
)

// digest is a message as a slot brings it: a dozen linked titles, two rows of
// buttons.
func digest() bots.Message {
	m := bots.Message{Chat: "77", Buttons: [][]news.Button{
		{{Label: "الأقسام", Data: "sections"}, {Label: "المزيد", Data: "more"}}, {{Label: "الموقع", URL: "https://example.com"}},
	}}
	for i := range 12 {
		m.Text = append(m.Text,
			news.Span{Text: fmt.Sprintf("عنوان الخبر رقم %d من أخبار اليوم", i), Link: fmt.Sprintf("https://example.com/?p=%d", i)},
			news.Span{Text: "\n"})
	}
	return m
}

// replyTo is an answer of about the size of a real one.
func replyTo(text string) string {
	return `{"ok":true,"result":{"message_id":12345,"from":{"id":123456,"is_bot":true,"first_name":"نشرة","username":"news_bot"},` +
		`"chat":{"id":77,"first_name":"سالم","type":"private"},"date":1763874000,"text":"` + text + `","entities":[` +
		strings.TrimSuffix(strings.Repeat(`{"offset":0,"length":30,"type":"text_link","url":"https://example.com/?p=1"},`, 12), ",") + `]}}`
}

func serveReplies(b *testing.B) string {
	answer := replyTo(strings.Repeat("عنوان الخبر من أخبار اليوم\\n", 12))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/getMe") {
			_, _ = io.WriteString(w, `{"ok":true,"result":{"id":123456,"is_bot":true,"username":"news_bot"}}`)
			return
		}
		_, _ = io.WriteString(w, answer)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// canned answers without a socket, so that only the client's work is left.
type canned struct{ answer string }

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	_, _ = io.Copy(io.Discard, r.Body)
	_ = r.Body.Close()
	body := c.answer
	if strings.HasSuffix(r.URL.Path, "/getMe") {
		body = `{"ok":true,"result":{"id":123456,"is_bot":true,"username":"news_bot"}}`
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body)), Header: http.Header{}, Request: r}, nil
}

func BenchmarkSend(b *testing.B) {
	answer := canned{replyTo(strings.Repeat("عنوان الخبر من أخبار اليوم\\n", 12))}
	for _, wire := range []string{"stub", "loopback"} {
		b.Run("adapter/"+wire, func(b *testing.B) {
			config := telegram.Config{Token: token, Log: slog.New(slog.DiscardHandler), Rate: 200}
			if config.Transport = answer; wire == "loopback" {
				config.Transport, config.ServerURL = nil, serveReplies(b)
			}
			a, err := telegram.New(b.Context(), config)
			if err != nil {
				b.Fatal(err)
			}
			m := digest()
			parallel(b, func() error { _, err := a.Send(b.Context(), m); return err })
		})
		b.Run("library/"+wire, func(b *testing.B) {
			options := []library.Option{library.WithHTTPClient(time.Minute, &http.Client{Transport: answer})}
			if wire == "loopback" {
				options = []library.Option{library.WithServerURL(serveReplies(b))}
			}
			l, err := library.New(token, options...)
			if err != nil {
				b.Fatal(err)
			}
			m := digest()
			parallel(b, func() error { return libraryLoop(b, l, m) })
		})
	}
}

// libraryLoop is what a program without the adapter does.
func libraryLoop(b *testing.B, l *library.Bot, m bots.Message) error {
	var text strings.Builder
	var entities []models.MessageEntity
	for _, s := range m.Text {
		if s.Link != "" {
			entities = append(entities, models.MessageEntity{Type: "text_link", Offset: 0, Length: 30, URL: s.Link})
		}
		text.WriteString(s.Text)
	}
	_, err := l.SendMessage(b.Context(), &library.SendMessageParams{
		ChatID: 77, Text: text.String(), Entities: entities,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: library.True()},
		ReplyMarkup: models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{
			{{Text: "المزيد", CallbackData: "more"}, {Text: "الأقسام", CallbackData: "sections"}},
			{{Text: "الموقع", URL: "https://example.com"}},
		}},
	})
	return err
}

func parallel(b *testing.B, send func() error) {
	b.ReportAllocs()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := send(); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
