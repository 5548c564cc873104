package telegram_test

import (
	"errors"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

// first is the first command that a phone shows.
func first(c *telegramtest.Chat) string {
	menu := c.View().Menu
	if len(menu) == 0 {
		return ""
	}
	return menu[0].Command
}

// TestAnnounceTo: one chat shows a menu of its own, in whatever language its
// phone is, until it is taken away.
func TestAnnounceTo(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	if err := a.Announce(t.Context(), []bots.Command{{Name: "sections", Text: "الأقسام"}}); err != nil {
		t.Fatal(err)
	}
	arab := w.server.AddUser(telegramtest.User{FirstName: "سالم", Language: "ar"})
	other := w.server.AddUser(telegramtest.User{FirstName: "Nur", Language: "en"})
	salim, nur := arab.Start(w.bot, ""), other.Start(w.bot, "")
	desk := []bots.Command{{Name: "alert", Text: "خبر عاجل"}, {Name: "sections", Text: "الأقسام"}}
	for _, c := range []*telegramtest.Chat{salim, nur} {
		if err := a.AnnounceTo(t.Context(), id2chat(c.ID()), desk); err != nil {
			t.Fatal(err)
		}
		if got := first(c); got != "alert" {
			t.Errorf("the chat shows %q", got)
		}
		if err := a.AnnounceTo(t.Context(), id2chat(c.ID()), nil); err != nil {
			t.Fatal(err)
		}
		if got := first(c); got != "sections" {
			t.Errorf("afterwards the chat shows %q", got)
		}
	}
	if err := a.AnnounceTo(t.Context(), id2chat(salim.ID()), desk); err != nil || first(nur) != "sections" {
		t.Errorf("the other chat shows %q, %v", first(nur), err)
	}
	for _, chat := range []news.ChatID{"99", "-1001234567890", "@omannews", "x"} {
		if err := a.AnnounceTo(t.Context(), chat, desk); !errors.Is(err, bots.ErrMissing) {
			t.Errorf("the chat %s gives %v", chat, err)
		}
	}
	if err := a.AnnounceTo(t.Context(), id2chat(salim.ID()), []bots.Command{{Name: "أقسام", Text: "x"}}); !errors.Is(err, bots.ErrRejected) {
		t.Errorf("a name of no command gives %v", err)
	}
}
