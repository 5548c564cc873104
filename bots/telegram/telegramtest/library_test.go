package telegramtest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

var png = []byte("\x89PNG\r\n\x1a\n and so on")

func TestUploadsOnceAndSendsByFileID(t *testing.T) {
	w := newWorld(t)
	other := w.AddUser(telegramtest.User{}).Start(w.bot, "")
	b := library(t, tg.WithHTTPClient(time.Minute, w.Client(0)))
	ctx := t.Context()
	sent, err := b.SendPhoto(ctx, &tg.SendPhotoParams{
		ChatID: 7, Photo: &models.InputFileUpload{Filename: "صورة.png", Data: bytes.NewReader(png)}, Caption: "صورة",
	})
	if err != nil {
		t.Fatal(err)
	}
	id := sent.Photo[len(sent.Photo)-1].FileID
	if _, err := b.SendPhoto(ctx, &tg.SendPhotoParams{ChatID: other.ID(), Photo: &models.InputFileString{Data: id}}); err != nil {
		t.Fatal(err)
	}
	if m := other.FromBots()[0]; m.Media.FileID != id || m.Media.Kind != "photo" {
		t.Errorf("shows %+v", m.Media)
	}
	if f, ok := w.File(id); !ok || !bytes.Equal(f.Data, png) || f.Name != "صورة.png" {
		t.Errorf("stored %+v", f)
	}
	file, err := b.GetFile(ctx, &tg.GetFileParams{FileID: id})
	if err != nil {
		t.Fatal(err)
	}
	response, err := w.Client(0).Get(b.FileDownloadLink(file))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if data, _ := io.ReadAll(response.Body); !bytes.Equal(data, png) {
		t.Errorf("downloaded %q", data)
	}
	if _, err := b.SendDocument(ctx, &tg.SendDocumentParams{ChatID: 7, Document: &models.InputFileString{Data: id}}); err == nil {
		t.Error("a photo was sent as a document")
	}
	_, err = b.SendPhoto(ctx, &tg.SendPhotoParams{ChatID: 7, Photo: &models.InputFileUpload{Filename: "a.png", Data: bytes.NewReader([]byte("text"))}})
	if err == nil || err.Error() != "bad request, Bad Request: IMAGE_PROCESS_FAILED" {
		t.Errorf("text as a photo: %v", err)
	}
	album, err := b.SendMediaGroup(ctx, &tg.SendMediaGroupParams{ChatID: 7, Media: []models.InputMedia{
		&models.InputMediaPhoto{Media: "attach://one.png", MediaAttachment: bytes.NewReader(png), Caption: "أ"},
		&models.InputMediaPhoto{Media: id},
	}})
	if err != nil || len(album) != 2 || album[0].MediaGroupID == "" || album[0].Caption != "أ" {
		t.Errorf("album %+v, %v", album, err)
	}
}

func TestFetchesWhatIsSentByURL(t *testing.T) {
	w := newWorld(t)
	w.Fetch = func(url string) (telegramtest.File, error) {
		switch url {
		case "https://x.om/good.png":
			return telegramtest.File{Name: "good.png", Data: png}, nil
		case "https://x.om/page.html":
			return telegramtest.File{Data: []byte("<html>")}, nil
		}
		return telegramtest.File{}, http.ErrMissingFile
	}
	for url, want := range map[string]string{
		"https://x.om/good.png":  "",
		"https://x.om/page.html": "Bad Request: wrong type of the web page content",
		"https://x.om/gone.png":  "Bad Request: failed to get HTTP URL content",
	} {
		if got := call(t, w.Server, "sendPhoto", "chat_id", "7", "photo", url); got.Description != want {
			t.Errorf("%s: %q, want %q", url, got.Description, want)
		}
	}
}

func TestLibraryAsksAboutChats(t *testing.T) {
	w := newWorld(t)
	b := library(t, tg.WithHTTPClient(time.Minute, w.Client(0)))
	ctx := t.Context()
	channel := w.AddChannel("قناة", "oman_news", w.reader)
	channel.Promote(w.bot, w.reader, telegramtest.Rights{Post: true})
	chat, err := b.GetChat(ctx, &tg.GetChatParams{ChatID: "@oman_news"})
	if err != nil || chat.ID != channel.ID() || chat.Title != "قناة" || chat.Type != models.ChatTypeChannel {
		t.Errorf("chat %+v, %v", chat, err)
	}
	member, err := b.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: channel.ID(), UserID: w.bot.ID()})
	if err != nil || member.Administrator == nil || !member.Administrator.CanPostMessages {
		t.Errorf("member %+v, %v", member, err)
	}
	stranger := w.AddUser(telegramtest.User{})
	member, err = b.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: channel.ID(), UserID: stranger.ID()})
	if err != nil || member.Type != models.ChatMemberTypeLeft {
		t.Errorf("stranger %+v, %v", member, err)
	}
	admins, err := b.GetChatAdministrators(ctx, &tg.GetChatAdministratorsParams{ChatID: channel.ID()})
	if err != nil || len(admins) != 2 || admins[0].Owner == nil {
		t.Errorf("admins %+v, %v", admins, err)
	}
	if _, err := b.PinChatMessage(ctx, &tg.PinChatMessageParams{ChatID: 7, MessageID: 1}); err != nil || w.private.View().Pinned != 1 {
		t.Errorf("pin: %v", err)
	}
	if _, err := b.SetMyName(ctx, &tg.SetMyNameParams{Name: "نشرة"}); err != nil || w.private.View().Title != "نشرة" {
		t.Errorf("name: %v", err)
	}
	for _, user := range []string{"7", "8"} {
		call(t, w.Server, "setMyCommands", "commands", `[{"command":"u`+user+`","description":"a"}]`,
			"scope", `{"type":"chat_member","chat_id":"@oman_news","user_id":`+user+`}`)
	}
	if menu := w.bot.Menu("chat_member:"+num(channel.ID())+":7", ""); len(menu) != 1 || menu[0].Command != "u7" {
		t.Errorf("menu of a member %+v", menu)
	}
	commands := []models.BotCommand{{Command: "help", Description: "مساعدة"}}
	scope := &models.BotCommandScopeChat{ChatID: 7}
	if _, err := b.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: commands, Scope: scope, LanguageCode: "ar"}); err != nil {
		t.Error(err)
	}
	if menu := w.bot.Menu("chat:7", "ar"); len(menu) != 1 || menu[0].Command != "help" {
		t.Errorf("menu %+v", menu)
	}
	got, err := b.GetMyCommands(ctx, &tg.GetMyCommandsParams{Scope: scope, LanguageCode: "ar"})
	if err != nil || len(got) != 1 {
		t.Errorf("commands %+v, %v", got, err)
	}
	if _, err := b.DeleteMyCommands(ctx, &tg.DeleteMyCommandsParams{Scope: scope, LanguageCode: "ar"}); err != nil || w.bot.Menu("chat:7", "ar") != nil {
		t.Errorf("delete commands: %v", err)
	}
}

func TestSeveralBotsAreApart(t *testing.T) {
	w := newWorld(t)
	second := w.AddBot("654321:AAtesttesttesttesttesttesttesttest", "other_bot")
	if got := w.reader.Private(second).Messages(); len(got) != 0 {
		t.Errorf("the second bot's chat shows %+v", got)
	}
	b, err := tg.New(second.Token(), tg.WithHTTPClient(time.Minute, w.Client(0)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendMessage(t.Context(), &tg.SendMessageParams{ChatID: 7, Text: "أ"}); err == nil {
		t.Error("a bot that nobody started could write")
	}
	w.reader.Start(second, "")
	sent, err := b.SendPhoto(t.Context(), &tg.SendPhotoParams{ChatID: 7, Photo: &models.InputFileString{Data: "https://x.om/1.png"}})
	if err != nil {
		t.Fatal(err)
	}
	const wrong = "Bad Request: wrong file identifier/HTTP URL specified"
	if got := call(t, w.Server, "sendPhoto", "chat_id", "7", "photo", sent.Photo[1].FileID); got.Description != wrong {
		t.Errorf("another bot's file id: %q", got.Description)
	}
	me, err := b.GetMe(t.Context())
	if err != nil || me.Username != "other_bot" || me.ID != second.ID() {
		t.Errorf("me %+v, %v", me, err)
	}
}

func TestAnyChatTakesManyCallersAtOnce(t *testing.T) {
	s := &telegramtest.Server{AnyChat: true, Limits: &telegramtest.Limits{PerSecond: 1 << 20}}
	account := s.AddBot(token, "news_bot")
	b := library(t, tg.WithHTTPClient(time.Minute, s.Client(0)))
	const callers, calls = 8, 50
	var group sync.WaitGroup
	for caller := range callers {
		group.Go(func() {
			for i := range calls {
				_, err := b.SendMessage(t.Context(), &tg.SendMessageParams{ChatID: caller*calls + i + 1, Text: "أ"})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	last := s.AddUser(telegramtest.User{ID: callers * calls}).Private(account)
	if _, err := last.Wait(ctx, 1); err != nil {
		t.Error(err)
	}
	group.Wait()
	if n := s.Count("sendMessage"); n != callers*calls || len(s.Calls()) != n {
		t.Errorf("%d calls counted, %d logged", n, len(s.Calls()))
	}
}

func TestLargeUploadsArePaced(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	s := &telegramtest.Server{AnyChat: true, Limits: &telegramtest.Limits{}, Now: func() time.Time { return now }}
	s.AddBot(token, "news_bot")
	b := library(t, tg.WithHTTPClient(time.Minute, s.Client(0)))
	send := func(chat, size int) error {
		_, err := b.SendPhoto(t.Context(), &tg.SendPhotoParams{ChatID: chat, Photo: &models.InputFileUpload{
			Filename: "a.png", Data: bytes.NewReader(append(bytes.Clone(png), make([]byte, size)...)),
		}})
		return err
	}
	for i := range 10 {
		if err := send(100+i, 200<<10); err != nil {
			t.Fatal(err)
		}
	}
	var flood *tg.TooManyRequestsError
	if err := send(200, 200<<10); !errors.As(err, &flood) || flood.RetryAfter != 60 {
		t.Errorf("the 11th: %v", err)
	}
	if err := send(200, 201<<10); err != nil {
		t.Errorf("another size: %v", err)
	}
}
