package telegram_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
)

// listener notes events.
type listener struct {
	mu     sync.Mutex
	events []bots.Event
	handle func(e bots.Event) (bots.Answer, error)
}

func (l *listener) Handle(_ context.Context, e bots.Event) (bots.Answer, error) {
	l.mu.Lock()
	l.events = append(l.events, e)
	l.mu.Unlock()
	if l.handle == nil {
		return bots.Answer{}, nil
	}
	return l.handle(e)
}

func (l *listener) heard() []bots.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.events)
}

// brief is an event in one line: kind, media, text, data, start.
func brief(e bots.Event) string {
	s := string(e.Kind)
	for _, part := range []string{e.Media, e.Text, e.Data, e.Start} {
		if part != "" {
			s += " " + part
		}
	}
	return s
}

// run starts the adapter; the function it returns stops it and gives its error.
func run(t *testing.T, a bots.Adapter, h bots.Handler) func() error {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, h) }()
	t.Cleanup(cancel)
	return func() error { cancel(); return <-done }
}

func TestReceivePrivate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		l := &listener{}
		stop := run(t, w.adapter(), l)
		chat, reader := w.chats[0], w.readers[0]
		reader.SendText(chat, "/start weather")
		id := reader.SendText(chat, "/مساعدة من فضلك")
		reader.SendPhoto(chat, "صورة الوادي")
		reader.SendVoice(chat)
		reader.SendSticker(chat, "👍")
		reader.SendLocation(chat, 23.6, 58.5)
		reader.Send(chat, telegramtest.Draft{Text: "منقول", Forwarded: "جريدة"})
		if err := reader.Edit(chat, id, "/مساعدة"); err != nil {
			t.Fatal(err)
		}
		reader.Block(w.bot)
		reader.Unblock(w.bot)
		synctest.Wait()
		want := []string{
			"wrote /start weather weather", "wrote /مساعدة من فضلك", "sent photo صورة الوادي", "sent voice",
			"sent sticker", "sent location", "sent forward منقول", "sent edit /مساعدة", "removed", "added",
		}
		var got []string
		for _, e := range l.heard() {
			got = append(got, brief(e))
			if e.Account != "telegram:123456" || e.Chat != w.Chat(0) || e.ChatKind != news.Private ||
				e.From != news.UserID(w.Chat(0)) || e.Language != "ar" || (e.Name == "قارئ") != (e.Kind == bots.Wrote || e.Kind == bots.Sent) || !strings.HasPrefix(e.Key, "u:") || e.Time.IsZero() {
				t.Errorf("the event says %+v", e)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("heard %q,\nwant %q", got, want)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if n := w.bot.Pending(); n != 0 {
			t.Errorf("%d updates are not acknowledged", n)
		}
	})
}

func TestReceiveGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		w.bot.ReadEverything()
		a := w.adapter()
		boss, reader := w.readers[0], w.readers[1]
		group := w.server.AddForum("الأخبار", boss)
		l := &listener{}
		stop := run(t, a, l)
		group.Add(w.bot, boss)
		group.Add(reader, boss)
		group.Promote(w.bot, boss, telegramtest.Rights{})
		topic := group.AddTopic("الطقس")
		r, err := a.Send(t.Context(), bots.Message{
			Chat: news.ChatID(fmt.Sprintf("%d/%d", group.ID(), topic)), Text: news.T("هل؟"),
			Buttons: [][]news.Button{{{Label: "نعم", Data: "yes"}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		sent := group.FromBots()[0].ID
		reader.SendText(group, "كلام لا يعني أحدا")
		reader.Send(group, telegramtest.Draft{Text: "@news_bot، الطقس", Thread: topic})
		reader.SendText(group, "/help@news_bot")
		reader.SendText(group, "/help@other_bot")
		reader.Send(group, telegramtest.Draft{Text: "جواب", ReplyTo: sent, Thread: topic})
		reader.SendPhoto(group, "صورة فقط")
		if _, err := reader.PressButton(t.Context(), group, sent, "yes"); err != nil {
			t.Error(err)
		}
		group.Remove(w.bot, boss)
		synctest.Wait()
		whole := news.ChatID(fmt.Sprint(group.ID()))
		part := news.ChatID(fmt.Sprintf("%d/%d", group.ID(), topic))
		want := []string{
			string(whole) + " added", string(part) + " wrote الطقس", string(whole) + " wrote /help",
			string(part) + " wrote جواب", string(part) + " pressed yes", string(whole) + " removed",
		}
		var got []string
		for _, e := range l.heard() {
			got = append(got, string(e.Chat)+" "+brief(e))
			if e.ChatKind != news.Group || e.Addressed != (e.Kind == bots.Wrote || e.Kind == bots.Pressed) {
				t.Errorf("the event says %+v", e)
			}
			if (e.Quoted == "هل؟") != (e.Text == "جواب") {
				t.Errorf("%+v replies to %q", e, e.Quoted)
			}
			if e.Kind == bots.Pressed && e.Message != r.ID {
				t.Errorf("pressed under %q, want %q", e.Message, r.ID)
			}
		}
		if slices.Sort(got); !slices.Equal(got, sorted(want)) {
			t.Errorf("heard %q,\nwant %q", got, want)
		}
		if strings.Contains(fmt.Sprintf("%+v", l.heard()), "كلام") {
			t.Error("talk that is not for the bot was passed on")
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func sorted(s []string) []string { s = slices.Clone(s); slices.Sort(s); return s }

func TestReceiveMigration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		a := w.adapter()
		group := w.server.AddGroup("الأخبار", w.readers[0])
		group.Add(w.bot, w.readers[0])
		l := &listener{}
		stop := run(t, a, l)
		super := group.Migrate()
		synctest.Wait()
		from, to := news.ChatID(fmt.Sprint(group.ID())), news.ChatID(fmt.Sprint(super.ID()))
		moves := 0
		for _, e := range l.heard() {
			if e.Kind != bots.Moved {
				continue
			}
			moves++
			if e.Chat != from || e.To != to {
				t.Errorf("%s moved to %s, want %s to %s", e.Chat, e.To, from, to)
			}
		}
		if moves == 0 {
			t.Error("nobody was told of the move")
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestChannelsAreNotHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		channel := w.server.AddChannel("الأخبار", "omannews", w.readers[0])
		l := &listener{}
		stop := run(t, w.adapter(), l)
		synctest.Wait()
		channel.Promote(w.bot, w.readers[0], telegramtest.AllRights())
		w.readers[0].SendText(channel, "/stop")
		synctest.Wait()
		if got := l.heard(); len(got) != 1 || got[0].Kind != bots.Added || got[0].ChatKind != news.Channel {
			t.Errorf("heard %+v", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}
