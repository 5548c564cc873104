package telegramtest_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

const token = "123456:AAtesttesttesttesttesttesttesttest"

// echo answers every text and every button.
func echo(ctx context.Context, b *tg.Bot, u *models.Update) {
	switch {
	case u.CallbackQuery != nil:
		_, _ = b.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{
			CallbackQueryID: u.CallbackQuery.ID, Text: "تم " + u.CallbackQuery.Data,
		})
	case u.Message != nil && u.Message.Text != "":
		_, _ = b.SendMessage(ctx, &tg.SendMessageParams{
			ChatID: u.Message.Chat.ID, Text: "<b>" + u.Message.Text + "</b>", ParseMode: models.ParseModeHTML,
			ReplyMarkup: models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
				{Text: "نعم", CallbackData: "yes"}, {Text: "الموقع", URL: "https://example.com"},
			}}},
		})
	}
}

func TestLibraryClientPollsTenMinutesInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &telegramtest.Server{}
		account := server.AddBot(token, "news_bot")
		bot, err := tg.New(token, tg.WithHTTPClient(time.Minute, server.Client(0)), tg.WithDefaultHandler(echo))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); bot.Start(ctx) }()

		reader := server.AddUser(telegramtest.User{FirstName: "سالم", Language: "ar"})
		start := time.Now()
		chat := reader.Start(account, "sport")
		for minute := range 10 {
			time.Sleep(time.Minute)
			reader.SendText(chat, "مرحبا")
			if _, err := chat.Wait(ctx, minute+2); err != nil {
				t.Fatal(err)
			}
		}
		if gone := time.Since(start); gone != 10*time.Minute {
			t.Errorf("took %v of the bubble's time", gone)
		}
		seen := chat.FromBots()
		first := seen[0]
		if first.Text != "/start sport" || len(first.Entities) != 2 || first.Buttons[0][0].Data != "yes" ||
			first.Buttons[0][1].URL != "https://example.com/" {
			t.Errorf("first answer: %+v", first)
		}
		toast, err := reader.PressButton(ctx, chat, first.ID, "yes")
		if err != nil || toast.Text != "تم yes" {
			t.Errorf("toast %+v, %v", toast, err)
		}
		cancel()
		<-done
		server.Close()
	})
}

func TestLibraryClientOnLoopback(t *testing.T) {
	server := &telegramtest.Server{}
	defer server.Close()
	account := server.AddBot(token, "news_bot")
	listener := httptest.NewServer(server)
	defer listener.Close()
	bot, err := tg.New(token, tg.WithServerURL(listener.URL), tg.WithDefaultHandler(echo))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	done := make(chan struct{})
	go func() { defer close(done); bot.Start(ctx) }()
	reader := server.AddUser(telegramtest.User{})
	chat := reader.Start(account, "")
	seen, err := chat.Wait(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(seen[0].Text, "/start") {
		t.Errorf("saw %q", seen[0].Text)
	}
	cancel()
	<-done
}
