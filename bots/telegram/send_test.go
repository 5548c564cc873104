package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

// newest is the newest message of the bot's in reader 0's chat.
func (w *world) newest() telegramtest.Message {
	w.t.Helper()
	sent := w.chats[0].FromBots()
	if len(sent) == 0 {
		w.t.Fatal("nothing was sent")
	}
	return sent[len(sent)-1]
}

func TestSendShows(t *testing.T) {
	const link = "https://example.com/1"
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	asked := w.readers[0].SendText(w.chats[0], "الأخبار")
	r, err := a.Send(t.Context(), bots.Message{
		Chat:    w.Chat(0),
		Text:    news.Join(news.B("عنوان"), news.T("\nنص "), news.L("رابط", link)),
		Preview: link,
		Buttons: [][]news.Button{{{Label: "الطقس", Data: "weather", On: true}, {Label: "الموقع", URL: link}}},
		Silent:  true,
		Reply:   news.MessageID(fmt.Sprint(asked)),
	})
	if err != nil {
		t.Fatal(err)
	}
	m := w.newest()
	if string(r.ID) != fmt.Sprint(m.ID) || r.Media != "" {
		t.Errorf("the receipt is %+v for message %d", r, m.ID)
	}
	if m.Text != "عنوان\nنص رابط" || len(m.Entities) != 2 || m.Entities[0].Type != "bold" || m.Entities[1].URL != link {
		t.Errorf("the text is %q with %+v", m.Text, m.Entities)
	}
	if !m.Silent || m.ReplyTo != asked || m.Keyboard != nil {
		t.Errorf("silent %v, answers %d, keyboard %v", m.Silent, m.ReplyTo, m.Keyboard)
	}
	if p := m.Preview; p.URL != link || !p.Large || !p.Above || p.Disabled {
		t.Errorf("the preview is %+v", p)
	}
	if row := m.Buttons[0]; row[0].Text != "الموقع" || row[1].Text != "\u2713 الطقس" || row[1].Data != "weather" || row[0].CopyText != nil {
		t.Errorf("the buttons are %+v", row)
	}

	if _, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.L("رابط", link)}); err != nil {
		t.Fatal(err)
	}
	if p := w.newest().Preview; !p.Disabled {
		t.Errorf("without Preview there is one: %+v", p)
	}
}

func TestSendIgnoresAMissingReply(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	for _, reply := range []news.MessageID{"999999", "no number"} {
		if _, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.T("خبر"), Reply: reply}); err != nil {
			t.Errorf("answering %q: %v", reply, err)
		}
	}
}

// What Telegram refuses a message for is left out, and nothing else.
func TestSendGoesWithout(t *testing.T) {
	full := bots.Message{
		Text:    news.B("خبر"),
		Preview: "https://example.com/1",
		Buttons: [][]news.Button{{{Label: "نعم", Data: "yes"}}},
	}
	tests := []struct {
		refused string
		missing func(m telegramtest.Message) bool
	}{
		{"can't parse entities: offset 5", func(m telegramtest.Message) bool { return len(m.Entities) == 0 && len(m.Buttons) == 1 }},
		{"BUTTON_DATA_INVALID", func(m telegramtest.Message) bool { return len(m.Buttons) == 0 && len(m.Entities) == 1 }},
		{"WEBPAGE_URL_INVALID", func(m telegramtest.Message) bool { return m.Preview.Disabled && len(m.Entities) == 1 }},
	}
	for _, tt := range tests {
		t.Run(tt.refused, func(t *testing.T) {
			w := newWorld(t, telegram.Config{})
			a := w.adapter()
			m := full
			m.Chat = w.Chat(0)
			w.server.Break(telegramtest.Fault{Method: "sendMessage", Error: refusal(400, "Bad Request: "+tt.refused)})
			if _, err := a.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			if m := w.newest(); !tt.missing(m) {
				t.Errorf("it arrived as %+v", m)
			}
			// Once only: what is refused twice is refused.
			w.server.Break(telegramtest.Fault{Method: "sendMessage", Times: 2, Error: refusal(400, "Bad Request: "+tt.refused)})
			if _, err := a.Send(t.Context(), m); !errors.Is(err, bots.ErrRejected) {
				t.Errorf("refused twice, the error is %v", err)
			}
		})
	}
}

func TestSendRejectsWithoutACall(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	calls := len(w.server.Calls())
	if _, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.T(" \n")}); !errors.Is(err, bots.ErrRejected) {
		t.Errorf("an empty message gives %v", err)
	}
	if _, err := a.Send(t.Context(), bots.Message{Chat: "no chat", Text: news.T("خبر")}); !errors.Is(err, bots.ErrMissing) {
		t.Errorf("a chat of another network gives %v", err)
	}
	if n := len(w.server.Calls()); n != calls {
		t.Errorf("%d calls were made", n-calls)
	}
}

func TestSendNeedsAMessageID(t *testing.T) {
	for _, body := range []string{`{"ok":true,"result":null}`, `{"ok":true}`, `{"ok":true,"result":true}`, `{"ok":tr`, telegramtest.BadGateway} {
		w := newWorld(t, telegram.Config{})
		a := w.adapter()
		w.server.Break(telegramtest.Fault{Method: "sendMessage", Body: body})
		if r, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.T("خبر")}); !errors.Is(err, bots.ErrUnknown) {
			t.Errorf("the answer %.20q gives %+v, %v", body, r, err)
		}
	}
}

func TestPhotos(t *testing.T) {
	const link = "https://example.com/p.jpg"
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	m := bots.Message{Chat: w.Chat(0), Media: news.PhotoAt(link), Text: news.B("عنوان")}
	first, err := a.Send(t.Context(), m)
	if err != nil || first.Media == "" {
		t.Fatalf("Send gives %+v, %v", first, err)
	}
	if s := w.newest(); s.Media == nil || s.Media.Kind != "photo" || s.Text != "عنوان" || len(s.Entities) != 1 {
		t.Errorf("it arrived as %+v", s)
	}
	// By address or by reference, Telegram does not fetch it again.
	for _, photo := range []string{link, first.Media} {
		m.Media = news.PhotoAt(photo)
		if r, err := a.Send(t.Context(), m); err != nil || r.Media == "" {
			t.Errorf("Send gives %+v, %v", r, err)
		}
		if s := w.newest(); s.Media == nil || s.Media.FileID != w.chats[0].FromBots()[0].Media.FileID {
			t.Errorf("another photo arrived: %+v", s.Media)
		}
	}
	fetched := 0
	for _, c := range w.server.Calls() {
		if strings.HasPrefix(c.Params["photo"], "http") {
			fetched++
		}
	}
	if fetched != 1 {
		t.Errorf("Telegram was told to fetch it %d times", fetched)
	}
}

// A photo that cannot be had becomes the preview of a text, and Telegram is
// not asked for it by every reader of a broadcast.
func TestPhotoThatCannotBeHad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const link = "https://example.com/p.jpg"
		w := newWorld(t, telegram.Config{})
		w.server.Fetch = func(string) (telegramtest.File, error) { return telegramtest.File{}, errors.New("404") }
		a := w.adapter()
		m := bots.Message{Chat: w.Chat(0), Media: news.PhotoAt(link), Text: news.T("عنوان")}
		for range 3 {
			r, err := a.Send(t.Context(), m)
			if err != nil || r.Media != "" || r.ID == "" {
				t.Errorf("Send gives %+v, %v", r, err)
			}
			if s := w.newest(); s.Media != nil || s.Text != "عنوان" || s.Preview.URL != link || !s.Preview.Large {
				t.Errorf("it arrived as %+v", s)
			}
		}
		photos := 0
		for _, c := range w.server.Calls() {
			if c.Method == "sendPhoto" {
				photos++
			}
		}
		if photos != 1 {
			t.Errorf("Telegram was asked for the photo %d times", photos)
		}
		time.Sleep(2 * time.Minute) // of the bubble
		w.server.Fetch = nil
		if r, err := a.Send(t.Context(), m); err != nil || r.Media == "" {
			t.Errorf("later, Send gives %+v, %v", r, err)
		}
	})
}

// One group without photos does not take them from the others.
func TestPhotoInAChatWithoutPhotos(t *testing.T) {
	const link = "https://example.com/p.jpg"
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	w.server.Break(telegramtest.Fault{Method: "sendPhoto", Error: refusal(400, "Bad Request: not enough rights to send photos to the chat")})
	for reader, photo := range []bool{false, true} {
		r, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(reader), Media: news.PhotoAt(link), Text: news.T("عنوان")})
		if err != nil || (r.Media != "") != photo {
			t.Errorf("reader %d: Send gives %+v, %v", reader, r, err)
		}
	}
}

// A photo that Telegram cannot fetch is uploaded by one message; the others
// wait for it and use what Telegram has then.
func TestPhotoIsUploadedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const link = "https://example.com/p.jpg"
		fetched := 0
		w := newWorld(t, telegram.Config{Fetch: func(_ context.Context, url string) ([]byte, error) {
			fetched++
			return []byte(jpeg + url), nil
		}})
		w.server.Fetch = func(string) (telegramtest.File, error) { return telegramtest.File{}, errors.New("403") }
		a := w.adapter()
		// The upload itself needs two tries: its reader must be fresh.
		w.server.Break(telegramtest.Fault{Method: "sendPhoto", Skip: 5, Error: refusal(400, "Bad Request: BUTTON_DATA_INVALID")})
		var sends sync.WaitGroup
		for range 5 {
			sends.Go(func() {
				r, err := a.Send(t.Context(), bots.Message{
					Chat: w.Chat(0), Media: news.PhotoAt(link), Text: news.T("عنوان"),
					Buttons: [][]news.Button{{{Label: "نعم", Data: "yes"}}},
				})
				if err != nil || r.Media == "" {
					t.Errorf("Send gives %+v, %v", r, err)
				}
			})
		}
		sends.Wait()
		files := map[string]bool{}
		for _, m := range w.chats[0].FromBots() {
			if m.Media == nil {
				t.Fatalf("it arrived as %+v", m)
			}
			files[m.Media.FileID] = true
			if f, ok := w.server.File(m.Media.FileID); !ok || !strings.HasSuffix(string(f.Data), link) {
				t.Errorf("the file is %q", f.Data)
			}
		}
		if fetched != 1 || len(files) != 1 {
			t.Errorf("fetched %d times, uploaded %d times", fetched, len(files))
		}
	})
}

func TestTopics(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	forum := w.server.AddForum("الأخبار", w.readers[0])
	forum.Add(w.bot, w.readers[0])
	topic := forum.AddTopic("الطقس")
	chat := news.ChatID(fmt.Sprintf("%d/%d", forum.ID(), topic))
	if _, err := a.Send(t.Context(), bots.Message{Chat: chat, Text: news.T("صحو")}); err != nil {
		t.Fatal(err)
	}
	if sent := forum.FromBots(); len(sent) != 1 || sent[0].Thread != topic {
		t.Errorf("it arrived as %+v", sent)
	}
	forum.CloseTopic(topic)
	if _, err := a.Send(t.Context(), bots.Message{Chat: chat, Text: news.T("غائم")}); !errors.Is(err, bots.ErrSuspended) {
		t.Errorf("a closed topic gives %v", err)
	}
	forum.DeleteTopic(topic)
	if _, err := a.Send(t.Context(), bots.Message{Chat: chat, Text: news.T("ماطر")}); !errors.Is(err, bots.ErrGone) {
		t.Errorf("a deleted topic gives %v", err)
	}
}

func TestChannelByName(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	channel := w.server.AddChannel("الأخبار", "omannews", w.readers[0])
	channel.Promote(w.bot, w.readers[0], telegramtest.AllRights())
	if _, err := a.Send(t.Context(), bots.Message{Chat: "@omannews", Text: news.T("خبر")}); err != nil {
		t.Fatal(err)
	}
	channel.Promote(w.bot, w.readers[0], telegramtest.Rights{})
	if _, err := a.Send(t.Context(), bots.Message{Chat: "@omannews", Text: news.T("خبر")}); !errors.Is(err, bots.ErrSuspended) {
		t.Errorf("without the right to post, the error is %v", err)
	}
}
