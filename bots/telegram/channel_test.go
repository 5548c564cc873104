package telegram_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

// What the bot may do in a channel is what its posts meet there.
func TestPlace(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	boss := w.readers[0]
	channel := func(name string, prepare func(*telegramtest.Chat)) news.ChatID {
		c := w.server.AddChannel(name, name, boss)
		prepare(c)
		if name == "" {
			return news.ChatID(fmt.Sprint(c.ID()))
		}
		return news.ChatID("@" + name)
	}
	promote := func(r telegramtest.Rights) func(*telegramtest.Chat) {
		return func(c *telegramtest.Chat) { c.Promote(w.bot, boss, r) }
	}
	muted := w.server.AddSupergroup("مجموعة", boss)
	muted.Add(w.bot, boss)
	muted.Mute(w.bot, boss)
	group := w.server.AddSupergroup("مجموعة", boss)
	group.Add(w.bot, boss)
	for name, c := range map[string]struct {
		chat news.ChatID
		want telegram.Place
		err  error
	}{
		"all rights":       {channel("oman_all", promote(telegramtest.AllRights())), telegram.Place{Admin: true, Posts: true}, nil},
		"to post only":     {channel("oman_post", promote(telegramtest.Rights{Post: true})), telegram.Place{Admin: true, Posts: true}, nil},
		"all but to post":  {channel("oman_edit", promote(telegramtest.Rights{Edit: true, Delete: true, Pin: true})), telegram.Place{Admin: true}, nil},
		"never inside":     {channel("oman_none", func(*telegramtest.Chat) {}), telegram.Place{}, nil},
		"put out":          {channel("oman_out", func(c *telegramtest.Chat) { promote(telegramtest.AllRights())(c); c.Remove(w.bot, boss) }), telegram.Place{}, nil},
		"private, put out": {channel("", func(c *telegramtest.Chat) { promote(telegramtest.AllRights())(c); c.Remove(w.bot, boss) }), telegram.Place{}, bots.ErrGone},
		"private, deleted": {channel("", func(c *telegramtest.Chat) { promote(telegramtest.AllRights())(c); c.Delete() }), telegram.Place{}, bots.ErrGone},
		"deleted":          {channel("oman_gone", func(c *telegramtest.Chat) { promote(telegramtest.AllRights())(c); c.Delete() }), telegram.Place{}, bots.ErrMissing},
		"misspelt":         {"@oman_al", telegram.Place{}, bots.ErrMissing},
		"no name":          {"oman", telegram.Place{}, bots.ErrMissing},
		"a group":          {news.ChatID(fmt.Sprint(group.ID())), telegram.Place{Posts: true, Group: true}, nil},
		"a group, muted":   {news.ChatID(fmt.Sprint(muted.ID())), telegram.Place{Group: true}, nil},
	} {
		got, err := a.Place(t.Context(), c.chat)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %+v, %v; want %+v, %v", name, got, err, c.want, c.err)
		}
		_, sent := a.Send(t.Context(), bots.Message{Chat: c.chat, Text: news.T("خبر")})
		if (sent == nil) != c.want.Posts {
			t.Errorf("%s: a post there gives %v, and the place is %+v", name, sent, got)
		}
	}
	w.server.Break(telegramtest.Fault{Method: "getChatMember", Error: telegramtest.ServerError()})
	if _, err := a.Place(t.Context(), "@oman_all"); err == nil {
		t.Error("nobody knows, and yet there is no error")
	}
}

// Who may post only may also change and delete what it has posted.
func TestOwnPostsNeedNoFurtherRight(t *testing.T) {
	w := newWorld(t, telegram.Config{})
	a := w.adapter()
	c := w.server.AddChannel("قناة", "oman_news", w.readers[0])
	c.Promote(w.bot, w.readers[0], telegramtest.Rights{Post: true})
	sent, err := a.Send(t.Context(), bots.Message{Chat: "@oman_news", Text: news.T("خبر")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Edit(t.Context(), sent.ID, bots.Message{Chat: "@oman_news", Text: news.T("خبر مصحح")}); err != nil {
		t.Error(err)
	}
	if err := a.Delete(t.Context(), "@oman_news", sent.ID); err != nil {
		t.Error(err)
	}
}
