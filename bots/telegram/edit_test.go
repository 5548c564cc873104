package telegram_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

func TestEditText(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	r, err := a.Send(t.Context(), bots.Message{
		Chat: w.Chat(0), Text: news.T("قبل"), Buttons: [][]news.Button{{{Label: "نعم", Data: "yes"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	after, err := a.Edit(t.Context(), r.ID, bots.Message{Chat: w.Chat(0), Text: news.B("بعد"), Preview: "https://example.com/1"})
	if err != nil || after.ID != r.ID {
		t.Fatalf("Edit gives %+v, %v", after, err)
	}
	if m := w.newest(); m.Text != "بعد" || len(m.Entities) != 1 || len(m.Buttons) != 0 || !m.Preview.Large || m.Edits != 1 {
		t.Errorf("it stands as %+v", m)
	}
}

// jpeg is how a photo starts.
const jpeg = "\xff\xd8\xff"

// A photo stays a photo, and a text takes one if it can be had.
func TestEditKeepsTheForm(t *testing.T) {
	const link, other = "https://example.com/p.jpg", "https://example.com/q.jpg"
	text := bots.Message{Text: news.T("نص")}
	photo := bots.Message{Text: news.T("نص"), Media: news.PhotoAt(link)}
	tests := []struct {
		name        string
		before      bots.Message
		after       bots.Message
		media       bool
		photo       string // the photo's address afterwards
		preview     string
		cannotBeHad bool
	}{
		{"text to text", text, bots.Message{Text: news.T("جديد")}, false, "", "", false},
		{"photo to other words", photo, bots.Message{Text: news.T("جديد"), Media: news.PhotoAt(link)}, true, link, "", false},
		{"photo to another", photo, bots.Message{Text: news.T("جديد"), Media: news.PhotoAt(other)}, true, other, "", false},
		{"photo to text", photo, bots.Message{Text: news.T("جديد")}, true, link, "", false},
		{"text to photo", text, bots.Message{Text: news.T("جديد"), Media: news.PhotoAt(link)}, true, link, "", false},
		{"text to one that cannot be had", text, bots.Message{Text: news.T("جديد"), Media: news.PhotoAt(other)}, false, "", other, true},
		{"photo to one that cannot be had", photo, bots.Message{Text: news.T("جديد"), Media: news.PhotoAt(other)}, true, link, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, telegram.Config{})
			w.server.Fetch = func(url string) (telegramtest.File, error) {
				if url == other && tt.cannotBeHad {
					return telegramtest.File{}, errors.New("404")
				}
				return telegramtest.File{Type: "image/jpeg", Data: []byte(jpeg + url)}, nil
			}
			a := w.adapter()
			tt.before.Chat, tt.after.Chat = w.Chat(0), w.Chat(0)
			r, err := a.Send(t.Context(), tt.before)
			if err != nil {
				t.Fatal(err)
			}
			after, err := a.Edit(t.Context(), r.ID, tt.after)
			if err != nil || after.ID != r.ID {
				t.Fatalf("Edit gives %+v, %v", after, err)
			}
			m := w.newest()
			if m.Text != "جديد" || (m.Media != nil) != tt.media || m.Preview.URL != tt.preview {
				t.Fatalf("it stands as %+v with media %+v", m, m.Media)
			}
			if tt.media {
				f, _ := w.server.File(m.Media.FileID)
				if string(f.Data) != jpeg+tt.photo || after.Media == "" {
					t.Errorf("the photo is %q, the receipt %+v", f.Data, after)
				}
			}
		})
	}
}

func TestEditWhatIsGone(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	for _, id := range []news.MessageID{"424242", "none"} {
		if _, err := a.Edit(t.Context(), id, bots.Message{Chat: w.Chat(0), Text: news.T("نص")}); !errors.Is(err, bots.ErrGone) {
			t.Errorf("editing message %q gives %v", id, err)
		}
	}
}

func TestDelete(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	now := time.Date(2025, 11, 23, 7, 0, 0, 0, time.UTC)
	w.server.Now = func() time.Time { return now }
	a := w.adapter()
	r, err := a.Send(t.Context(), bots.Message{Chat: w.Chat(0), Text: news.T("نص")})
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(49 * time.Hour)
	if err := a.Delete(t.Context(), w.Chat(0), r.ID); !errors.Is(err, bots.ErrTooLate) {
		t.Errorf("two days later, Delete gives %v", err)
	}
	if _, err := a.Edit(t.Context(), r.ID, bots.Message{Chat: w.Chat(0), Text: news.T("سُحب")}); err != nil {
		t.Errorf("Edit has no time limit, and yet %v", err)
	}
	if err := a.Delete(t.Context(), w.Chat(0), "424242"); err != nil {
		t.Errorf("deleting nothing gives %v", err)
	}
	if err := a.Delete(t.Context(), w.Chat(0), "none"); !errors.Is(err, bots.ErrRejected) {
		t.Errorf("deleting no message gives %v", err)
	}
}

func TestAdmin(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	boss, reader := w.readers[0], w.readers[1]
	stranger := w.server.AddUser(telegramtest.User{})
	group := w.server.AddSupergroup("الأخبار", boss)
	group.Add(w.bot, boss)
	group.Add(reader, boss)
	id := func(n int64) news.UserID { return news.UserID(fmt.Sprint(n)) }
	chat := news.ChatID(fmt.Sprint(group.ID()))
	tests := []struct {
		name string
		chat news.ChatID
		user news.UserID
		want bool
	}{
		{"the creator", chat, id(boss.ID()), true},
		{"a member", chat, id(reader.ID()), false},
		{"somebody else", chat, id(stranger.ID()), false},
		{"the group itself", chat, id(group.ID()), true},
		{"a channel", chat, "-1009999999999", false},
		{"in a topic", chat + "/5", id(boss.ID()), true},
		{"at home", id2chat(reader.ID()), id(reader.ID()), true},
		{"at somebody else's", id2chat(reader.ID()), id(boss.ID()), false},
	}
	for _, tt := range tests {
		if got, err := a.Admin(t.Context(), tt.chat, tt.user); err != nil || got != tt.want {
			t.Errorf("%s: %v, %v; want %v", tt.name, got, err, tt.want)
		}
	}
	group.Promote(reader, boss, telegramtest.Rights{})
	if got, err := a.Admin(t.Context(), chat, id(reader.ID())); err != nil || !got {
		t.Errorf("an administrator now: %v, %v", got, err)
	}
	w.server.Break(telegramtest.Fault{Method: "getChatMember", Error: telegramtest.ServerError()})
	if _, err := a.Admin(t.Context(), chat, id(reader.ID())); err == nil {
		t.Error("nobody knows, and yet there is no error")
	}
}

func id2chat(n int64) news.ChatID { return news.ChatID(fmt.Sprint(n)) }

func TestAnnounce(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	menu := []bots.Command{{Name: "sections", Text: "الأقسام"}, {Name: "stop", Text: "إيقاف الرسائل"}}
	w.server.Break(telegramtest.Fault{Method: "setMyCommands", Error: telegramtest.TooManyRequests(3)})
	var retry *bots.RetryError
	if err := a.Announce(t.Context(), menu); !errors.As(err, &retry) {
		t.Errorf("one menu of four was refused: %v", err)
	}
	if n := w.server.Count("setMyCommands"); n != 3 {
		t.Errorf("%d menus were set beside the refused one", n)
	}
	if err := a.Announce(t.Context(), menu); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []string{"default", "all_group_chats"} {
		for _, language := range []string{"", "ar"} {
			if got := w.bot.Menu(scope, language); len(got) != 2 || got[0].Command != "sections" || got[1].Description != "إيقاف الرسائل" {
				t.Errorf("the menu of %s for %q is %+v", scope, language, got)
			}
		}
	}
	for _, c := range []bots.Command{{Name: "أقسام", Text: "x"}, {Name: "Sections", Text: "x"}, {Name: "x"}} {
		if err := a.Announce(t.Context(), []bots.Command{c}); !errors.Is(err, bots.ErrRejected) {
			t.Errorf("the command %+v gives %v", c, err)
		}
	}
}
