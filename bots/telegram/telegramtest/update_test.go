package telegramtest_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

func updates(t testing.TB, a answer) []models.Update {
	t.Helper()
	var list []models.Update
	if err := json.Unmarshal(a.Result, &list); err != nil {
		t.Fatalf("%s (%s): %v", a.Result, a.Description, err)
	}
	return list
}

func TestOffsetsConfirmUpdates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		for _, text := range []string{"أ", "ب", "ج"} {
			w.reader.SendText(w.private, text)
		}
		first := updates(t, call(t, w.Server, "getUpdates", "limit", "2"))
		if len(first) != 2 || first[0].Message.Text != "/start" || first[0].Message.Entities[0].Type != "bot_command" {
			t.Fatalf("first %+v", first)
		}
		rest := updates(t, call(t, w.Server, "getUpdates", "offset", num(first[1].ID+1)))
		if len(rest) != 2 || rest[0].Message.Text != "ب" || w.bot.Pending() != 2 {
			t.Fatalf("then %+v, %d pending", rest, w.bot.Pending())
		}
		last := updates(t, call(t, w.Server, "getUpdates", "offset", "-1"))
		if len(last) != 1 || last[0].Message.Text != "ج" || w.bot.Pending() != 1 {
			t.Errorf("offset -1 gave %+v, %d pending", last, w.bot.Pending())
		}
		w.bot.Redeliver(2)
		again := updates(t, call(t, w.Server, "getUpdates"))
		if len(again) != 3 || again[0].ID != first[1].ID || again[1].ID != rest[0].ID {
			t.Errorf("redelivered %+v", again)
		}
		// Asked again in a hurry, the server gives one at a time.
		if hasty := updates(t, call(t, w.Server, "getUpdates")); len(hasty) != 1 {
			t.Errorf("a hasty poll got %d updates", len(hasty))
		}
		call(t, w.Server, "getUpdates", "offset", num(again[2].ID+1))
		start := time.Now()
		if none := updates(t, call(t, w.Server, "getUpdates", "offset", num(again[2].ID+1), "timeout", "90")); len(none) != 0 {
			t.Errorf("got %+v", none)
		}
		if waited := time.Since(start); waited != 50*time.Second {
			t.Errorf("waited %v, want 50s", waited)
		}
	})
}

func TestSecondPollEndsTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		offset := num(updates(t, call(t, w.Server, "getUpdates"))[0].ID + 1)
		first := make(chan answer, 1)
		go func() { first <- call(t, w.Server, "getUpdates", "offset", offset, "timeout", "50") }()
		synctest.Wait()
		second := make(chan answer, 1)
		go func() { second <- call(t, w.Server, "getUpdates", "offset", offset, "timeout", "50") }()
		got := <-first
		if got.ErrorCode != 409 || got.Description != "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" {
			t.Errorf("first poll: %+v", got)
		}
		synctest.Wait()
		if got := call(t, w.Server, "setWebhook", "url", "https://hook.test/"); !got.OK {
			t.Error(got.Description)
		}
		if got := <-second; got.Description != "Conflict: terminated by setWebhook request" {
			t.Errorf("second poll: %+v", got)
		}
		if got := call(t, w.Server, "getUpdates"); !strings.HasPrefix(got.Description, "Conflict: can't use getUpdates method while webhook is active") {
			t.Errorf("poll beside a webhook: %+v", got)
		}
		w.Close()
	})
}

func TestGroupsTellBotsWhatIsForThem(t *testing.T) {
	w := newWorld(t)
	group := w.AddSupergroup("مجموعة", w.reader)
	group.Add(w.bot, w.reader)
	question := call(t, w.Server, "sendMessage", "chat_id", num(group.ID()), "text", "سؤال").id(t)
	drain := func() []models.Update {
		var all []models.Update
		offset := int64(0)
		for w.bot.Pending() > 0 {
			for _, u := range updates(t, call(t, w.Server, "getUpdates", "offset", num(offset))) {
				all, offset = append(all, u), u.ID+1
			}
			call(t, w.Server, "getUpdates", "offset", num(offset), "limit", "1", "timeout", "0")
		}
		return all
	}
	start := drain()
	if len(start) != 3 || start[1].MyChatMember == nil || start[1].MyChatMember.NewChatMember.Type != models.ChatMemberTypeMember ||
		len(start[2].Message.NewChatMembers) != 1 {
		t.Fatalf("told %+v of joining", start)
	}
	for text, want := range map[string]bool{
		"صباح الخير": false, "/help": true, "/help@news_bot": true, "/help@other_bot": false, "يا @news_bot": true,
	} {
		w.reader.SendText(group, text)
		if got := w.bot.Pending() == 1; got != want {
			t.Errorf("%q was told: %v", text, got)
		}
		drainOne(t, w)
	}
	id := 0
	for _, c := range question {
		id = id*10 + int(c-'0')
	}
	w.reader.Send(group, telegramtest.Draft{Text: "جواب", ReplyTo: id})
	if w.bot.Pending() != 1 {
		t.Error("a reply to the bot was not told")
	}
	drainOne(t, w)
	w.bot.ReadEverything()
	w.reader.SendText(group, "صباح الخير")
	if w.bot.Pending() != 1 {
		t.Error("privacy is off, yet nothing was told")
	}
}

// drainOne confirms whatever is queued, without waiting.
func drainOne(t testing.TB, w world) {
	t.Helper()
	call(t, w.Server, "setWebhook", "url", "https://hook.test/", "drop_pending_updates", "true")
	call(t, w.Server, "deleteWebhook", "drop_pending_updates", "true")
}

func TestAdminsHearOfMembersIfTheyAsk(t *testing.T) {
	w := newWorld(t)
	group := w.AddSupergroup("مجموعة", w.reader)
	group.Promote(w.bot, w.reader, telegramtest.Rights{})
	drainOne(t, w)
	guest := w.AddUser(telegramtest.User{})
	group.Add(guest, nil)
	if got := updates(t, call(t, w.Server, "getUpdates", "allowed_updates", `["chat_member"]`)); len(got) != 1 || got[0].ChatMember != nil {
		t.Errorf("not asked for, yet told %+v", got)
	}
	drainOne(t, w)
	group.Promote(guest, w.reader, telegramtest.Rights{Delete: true})
	got := updates(t, call(t, w.Server, "getUpdates"))
	if len(got) != 1 || got[0].ChatMember == nil || got[0].ChatMember.NewChatMember.Administrator == nil ||
		got[0].ChatMember.From.ID != 7 {
		t.Fatalf("told %+v", got)
	}
	drainOne(t, w)
	group.Demote(w.bot, w.reader)
	group.Demote(guest, w.reader)
	if n := w.bot.Pending(); n != 0 {
		t.Errorf("%d updates of a kind not asked for, or for a plain member", n)
	}
}

func TestUpdatesOfPeople(t *testing.T) {
	w := newWorld(t)
	drainOne(t, w)
	photo := w.reader.SendPhoto(w.private, "صورة /help")
	w.reader.SendSticker(w.private, "👍")
	w.reader.SendVoice(w.private)
	w.reader.SendLocation(w.private, 23.6, 58.5)
	w.reader.Send(w.private, telegramtest.Draft{Text: "منقول", Forwarded: "قناة"})
	if err := w.reader.Edit(w.private, photo, "صورة أخرى"); err != nil {
		t.Error(err)
	}
	w.reader.Block(w.bot)
	got := updates(t, call(t, w.Server, "getUpdates"))
	if len(got) != 7 {
		t.Fatalf("%d updates, want 7", len(got))
	}
	switch {
	case got[0].Message.Caption != "صورة /help" || len(got[0].Message.Photo) != 2 || len(got[0].Message.CaptionEntities) != 1,
		got[1].Message.Sticker.Emoji != "👍", got[2].Message.Voice == nil, got[3].Message.Location.Latitude != 23.6,
		got[4].Message.ForwardOrigin == nil, got[5].EditedMessage.Caption != "صورة أخرى",
		got[6].MyChatMember.NewChatMember.Type != models.ChatMemberTypeBanned:
		raw, _ := json.Marshal(got)
		t.Errorf("updates %s", raw)
	}
}

func TestButtons(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	w := newWorld(t)
	w.Now = func() time.Time { return now }
	drainOne(t, w)
	call(t, w.Server, "sendMessage", "chat_id", "7", "text", "اختر", "reply_markup",
		`{"inline_keyboard":[[{"text":"أ","callback_data":"a"}]]}`)
	message := w.private.FromBots()[0].ID
	if _, err := w.reader.Press(w.private, message, "z"); err == nil {
		t.Error("a button that isn't there could be pressed")
	}
	press, err := w.reader.Press(w.private, message, "a")
	if err != nil {
		t.Fatal(err)
	}
	query := updates(t, call(t, w.Server, "getUpdates"))[0].CallbackQuery
	if query.Data != "a" || query.Message.Message.ID != message || query.From.ID != 7 {
		t.Errorf("query %+v", query)
	}
	if press.Answered() {
		t.Error("answered before the bot did")
	}
	if got := call(t, w.Server, "answerCallbackQuery", "callback_query_id", query.ID, "text", strings.Repeat("أ", 201)); got.Description != "Bad Request: MESSAGE_TOO_LONG" {
		t.Errorf("long toast: %q", got.Description)
	}
	call(t, w.Server, "answerCallbackQuery", "callback_query_id", query.ID, "text", "تم", "show_alert", "true")
	if toast, err := press.Wait(t.Context()); err != nil || toast != (telegramtest.Toast{Text: "تم", Alert: true}) {
		t.Errorf("toast %+v, %v", toast, err)
	}
	if _, err = w.reader.Press(w.private, message, "a"); err != nil {
		t.Fatal(err)
	}
	late := updates(t, call(t, w.Server, "getUpdates", "offset", "-1"))[0].CallbackQuery.ID
	now = now.Add(time.Hour)
	if got := call(t, w.Server, "answerCallbackQuery", "callback_query_id", late); !strings.Contains(got.Description, "query is too old") {
		t.Errorf("late answer: %q", got.Description)
	}
}

func TestWebhookRetriesUntilAccepted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		start := time.Now()
		arrived := make(chan models.Update, 9)
		tries := 0
		w.Webhooks = telegramtest.Transport{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if tries++; tries <= 3 {
				rw.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			var u models.Update
			if err := json.NewDecoder(r.Body).Decode(&u); err != nil || r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s3cret" {
				t.Errorf("got %v with secret %q", err, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
			}
			arrived <- u
		})}
		call(t, w.Server, "setWebhook", "url", "https://hook.test/x", "secret_token", "s3cret")
		w.reader.SendText(w.private, "بعد")
		if u := <-arrived; u.Message.Text != "/start" || time.Since(start) != 7*time.Second {
			t.Errorf("%q arrived after %v, want 7s", u.Message.Text, time.Since(start))
		}
		if u := <-arrived; u.Message.Text != "بعد" {
			t.Errorf("then %q arrived", u.Message.Text)
		}
		synctest.Wait()
		got := call(t, w.Server, "getWebhookInfo")
		if !strings.Contains(string(got.Result), "503 Service Unavailable") || !strings.Contains(string(got.Result), `"pending_update_count":0`) {
			t.Errorf("webhook info %s", got.Result)
		}
		call(t, w.Server, "deleteWebhook")
		w.reader.SendText(w.private, "يُسأل عنه")
		if list := updates(t, call(t, w.Server, "getUpdates")); len(list) != 1 {
			t.Errorf("%d updates after the webhook, want 1", len(list))
		}
	})
}

func TestLibraryWebhookOnLoopback(t *testing.T) {
	var server telegramtest.Server
	account := server.AddBot(token, "news_bot")
	api := httptest.NewServer(&server)
	defer api.Close()
	defer server.Close()
	bot := library(t, tg.WithServerURL(api.URL), tg.WithDefaultHandler(echo), tg.WithWebhookSecretToken("s3cret"))
	hook := httptest.NewServer(bot.WebhookHandler())
	defer hook.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	done := make(chan struct{})
	go func() { defer close(done); bot.StartWebhook(ctx) }()
	if _, err := bot.SetWebhook(ctx, &tg.SetWebhookParams{URL: hook.URL, SecretToken: "s3cret"}); err != nil {
		t.Fatal(err)
	}
	chat := server.AddUser(telegramtest.User{}).Start(account, "x")
	if _, err := chat.Wait(ctx, 1); err != nil {
		t.Fatal(err)
	}
	info, err := bot.GetWebhookInfo(ctx)
	if err != nil || info.URL != hook.URL+"/" {
		t.Errorf("webhook info %+v, %v", info, err)
	}
	cancel()
	<-done
}
