package outbox_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// bureau is the outbox with the real store, the real adapter and the real
// texts, before a Bot API server.
type bureau struct {
	*testing.T
	file    *sqlite.Store
	box     *outbox.Outbox
	server  *telegramtest.Server
	files   sync.Map     // what the adapter may upload, by its Ref
	fetched atomic.Int64 // of them
	phones  []*telegramtest.Phone
	chats   []*telegramtest.Chat
	close   func()
}

func inBureau(t *testing.T, readers int, story func(b *bureau)) {
	synctest.Test(t, func(t *testing.T) {
		server := &telegramtest.Server{}
		defer server.Close()
		bot := server.AddBot(bureauToken, "news_bot")
		b := &bureau{T: t, server: server}
		adapter := b.telegram()
		var err error
		if b.file, err = sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "nashra.db"), sqlite.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := b.file.Opened(t.Context(), desk.Entry{At: time.Now(), Act: desk.ActOpen}); err != nil {
			t.Fatal(err)
		}
		var list []sqlite.Subscriber
		for range readers {
			phone := server.AddUser(telegramtest.User{FirstName: "قارئ"})
			c := phone.Start(bot, "")
			b.phones = append(b.phones, phone)
			b.chats = append(b.chats, c)
			list = append(list, sqlite.Subscriber{Reader: news.Reader{
				Account: adapter.Account(), Chat: news.ChatID(fmt.Sprint(c.ID())), Kind: news.Private, Pace: news.PaceBreaking, Breaking: true,
			}})
		}
		if done, err := b.file.Import(t.Context(), time.Now(), list); err != nil || done.Added != readers {
			t.Fatalf("%+v, %v", done, err)
		}
		room := digest.Newsroom{Name: "عاشق عُمان", Zone: time.UTC, Tree: tree}
		b.box = &outbox.Outbox{
			Store: b.file, Adapter: adapter, Tree: func() news.Tree { return tree }, Secret: []byte("secret"), Now: time.Now, Log: quietLog(),
			Composer: &digest.Composer{Store: b.file, Newsroom: func() digest.Newsroom { return room }, Now: time.Now},
		}
		b.open()
		story(b)
		b.close()
		if err := b.file.Close(); err != nil {
			t.Error(err)
		}
	})
}

// telegram is the adapter as a start of the program makes it.
func (b *bureau) telegram() *telegram.Adapter {
	b.Helper()
	a, err := telegram.New(b.Context(), telegram.Config{
		Token: bureauToken, Log: quietLog(), Transport: telegramtest.Transport{Handler: b.server},
		Fetch: func(_ context.Context, ref string) ([]byte, error) {
			b.fetched.Add(1)
			data, _ := b.files.Load(ref)
			return data.([]byte), nil
		},
	})
	if err != nil {
		b.Fatal(err)
	}
	return a
}

func (b *bureau) open() {
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- b.box.Run(ctx) }()
	b.close = func() {
		stop()
		if err := <-done; err != nil {
			b.Error("Run:", err)
		}
	}
}

// rest lets a long time go by while nobody is at work.
func (b *bureau) rest(d time.Duration) {
	b.close()
	pass(d)
	b.open()
}

func (b *bureau) alert(account news.AccountID, words string) news.BroadcastID {
	b.Helper()
	a := alert(words)
	a.Published, a.Link = time.Now(), "https://news.example/?p=1"
	id, err := b.file.Publish(b.Context(), digest.Publication{Broadcast: a, Accounts: []news.AccountID{account}})
	if err != nil {
		b.Fatal(err)
	}
	b.box.Wake()
	pass(5 * time.Second)
	return id
}

func (b *bureau) amend(how func(context.Context, news.Amendment) (news.BroadcastID, error), a news.Amendment) news.Reach {
	b.Helper()
	id, err := how(b.Context(), a)
	if err != nil {
		b.Fatal(err)
	}
	b.box.Wake()
	pass(10 * time.Second)
	n, err := b.file.Reach(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// shows fails unless every chat shows messages that begin with these words.
func (b *bureau) shows(want ...string) {
	b.Helper()
	for i, c := range b.chats {
		var got []string
		for _, m := range c.FromBots() {
			head, _, _ := strings.Cut(m.Text, "\n")
			got = append(got, strings.TrimLeft(head, "\u200f"))
		}
		if !slices.Equal(got, want) {
			b.Errorf("chat %d shows %q, want %q", i, got, want)
		}
	}
}

const (
	bureauAccount = news.AccountID("telegram:123456")
	bureauToken   = "123456:AAtesttesttesttesttesttesttest_-9z"
)

func TestTelegramCorrections(t *testing.T) {
	inBureau(t, 5, func(b *bureau) {
		id := b.alert(bureauAccount, "الطريق مغلق حتى الرابعة صباحًا")
		b.shows("🔴 عاجل | الطريق مغلق حتى الرابعة صباحًا")
		n := b.amend(b.file.Correct, news.Amendment{Original: id, Words: "الطريق مغلق حتى الرابعة عصرًا"})
		if n != (news.Reach{Copies: 5, Changed: 5, Followed: 5}) {
			b.Errorf("%+v", n)
		}
		b.shows("🔴 عاجل | الطريق مغلق حتى الرابعة عصرًا", "✏️ تصحيح | الطريق مغلق حتى الرابعة عصرًا")
		for _, c := range b.chats {
			if m := c.FromBots()[1]; !strings.Contains(m.Text, "«الطريق مغلق حتى الرابعة صباحًا»") {
				b.Errorf("the correction does not say what was wrong: %q", m.Text)
			}
		}
		b.rest(100 * time.Hour) // a text of the bot's own can be edited at any age
		n = b.amend(b.file.Correct, news.Amendment{Original: id, Words: "الطريق مغلق حتى الرابعة عصرًا.", Silent: true})
		if n != (news.Reach{Copies: 5, Changed: 5}) {
			b.Errorf("%+v", n)
		}
		b.shows("🔴 عاجل | الطريق مغلق حتى الرابعة عصرًا.", "✏️ تصحيح | الطريق مغلق حتى الرابعة عصرًا")
	})
}

func TestTelegramWithdrawals(t *testing.T) {
	const line = "🚫 سُحب هذا الخبر، ونرجو عدم تداوله."
	for _, c := range []struct {
		age  time.Duration
		want []string
	}{
		{47 * time.Hour, []string{line}},
		{49 * time.Hour, []string{line, line}}, // the correction cannot be deleted any more
	} {
		t.Run(c.age.String(), func(t *testing.T) {
			inBureau(t, 4, func(b *bureau) {
				id := b.alert(bureauAccount, "خبر غير صحيح")
				b.amend(b.file.Correct, news.Amendment{Original: id, Words: "خبر غير صحيح أيضًا"})
				b.rest(c.age)
				if n := b.amend(b.file.Withdraw, news.Amendment{Original: id}); n != (news.Reach{Copies: 4, Changed: 4, Lined: 4}) {
					b.Errorf("%+v", n)
				}
				b.shows(c.want...)
			})
		})
	}
}

// A message that its reader has deleted can be neither edited nor taken back.
func TestTelegramMessagesThatAreGone(t *testing.T) {
	inBureau(t, 3, func(b *bureau) {
		id := b.alert(bureauAccount, "خطأ")
		for i, c := range b.chats {
			b.phones[i].Delete(c, c.FromBots()[0].ID)
		}
		n := b.amend(b.file.Correct, news.Amendment{Original: id, Words: "صواب"})
		if n != (news.Reach{Copies: 3, Followed: 3}) {
			b.Errorf("%+v", n)
		}
	})
}
