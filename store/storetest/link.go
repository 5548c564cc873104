package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// wa is the account on the other network.
const wa news.AccountID = "whatsapp:1"

var (
	telegramChat = talk.Address{Account: tg, Chat: "1"}
	whatsappChat = talk.Address{Account: wa, Chat: "9@lid"}
)

var linkPromises = map[string]func(*house){
	"a code joins two readers": func(h *house) {
		old, young := h.join("1", reader("news")), h.joinAt(whatsappChat, reader("jobs"))
		done := h.link("news", "jobs")
		want(h, "committed", done, talk.Committed{Reader: old, Dropped: young, Was: tg, Now: wa})
		for _, at := range []talk.Address{telegramChat, whatsappChat} {
			c, err := h.Chat(h.ctx, at.Account, at.Chat)
			h.must(err)
			want(h, "reader", c.Reader.ID, old)
			want(h, "address", talk.Address{Account: c.Reader.Account, Chat: c.Reader.Chat}, whatsappChat)
			wantList(h, "others", c.Others, []talk.Address{telegramChat})
			wantList(h, "follows", c.Reader.Follows, []news.Slug{"news", "jobs"})
			kept, err := h.Kept(h.ctx, at.Account, at.Chat)
			h.must(err)
			want(h, "consents", len(kept.Consent), 2)
		}
		id := h.both(alert(), "jobs", "news")
		wantList(h, "by the other chat", h.walk(people(id), 10), nil)
		wantList(h, "by this one", h.walkAt(wa, id), []news.SubscriberID{old})
	},
	"a code is good once, in time, and for two": func(h *house) {
		r := reader("news")
		r.ID = h.join("1", r)
		give := talk.Commit{Chat: "1", Give: &talk.Code{Digits: "111111", Expires: h.now.Add(time.Minute)}}
		h.say(give)
		_, found, err := h.Offered(h.ctx, "111112", h.now)
		h.must(err)
		want(h, "another code", found, false)
		o, found, err := h.Offered(h.ctx, "111111", h.now)
		h.must(err)
		want(h, "found", found, true)
		want(h, "offered", o.Reader.ID, r.ID)
		_, found, err = h.Offered(h.ctx, "111111", h.now.Add(time.Minute))
		h.must(err)
		want(h, "found when its time is over", found, false)
		take := talk.Commit{Account: wa, At: h.now, Chat: "9@lid", Kind: news.Private, Take: "111111", Reader: &r}
		late := take
		late.At = h.now.Add(time.Minute)
		h.refused(late)
		h.must(second(h.Commit(h.ctx, take)))
		h.refused(take)
		h.say(give)
		take.Chat = "10@lid"
		h.refused(take)
		stranger, err := h.Chat(h.ctx, wa, "10@lid")
		h.must(err)
		want(h, "reader of a code that was no good", stranger.Reader.ID, 0)
	},
	"preferring goes there and back": func(h *house) {
		id := h.join("1", reader("news"))
		h.link("news")
		done := h.say(talk.Commit{Chat: "1", Prefer: telegramChat})
		want(h, "committed", done, talk.Committed{Reader: id, Was: wa, Now: tg})
		b := h.both(alert(), "news")
		wantList(h, "recipients on whatsapp", h.walkAt(wa, b), nil)
		wantList(h, "recipients on telegram", h.walk(people(b), 10), []news.SubscriberID{id})
	},
	"unlinking leaves one of the two": func(h *house) {
		id := h.join("1", reader("news"))
		h.link("news")
		h.say(talk.Commit{Chat: "1", Unlink: telegramChat})
		c, err := h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "left", c.Left, true)
		wantList(h, "choices", c.Reader.Follows, []news.Slug{"news"})
		c, err = h.Chat(h.ctx, wa, "9@lid")
		h.must(err)
		want(h, "reader", c.Reader.ID, id)
		want(h, "others", len(c.Others), 0)
		back := h.join("1", reader("jobs"))
		want(h, "another one now", back > id, true)
	},
	"stopping stops both, and either comes back": func(h *house) {
		id := h.join("1", reader("news"))
		h.link("news")
		h.say(talk.Commit{Chat: "1", Leave: "stop"})
		for _, at := range []talk.Address{telegramChat, whatsappChat} {
			c, err := h.Chat(h.ctx, at.Account, at.Chat)
			h.must(err)
			want(h, "left", c.Left, true)
		}
		want(h, "who comes back", h.join("1", reader("news")), id)
		c, err := h.Chat(h.ctx, wa, "9@lid")
		h.must(err)
		want(h, "where the news comes", c.Reader.Account, tg)
	},
	"a chat that is gone": func(h *house) {
		id := h.join("1", reader("news"))
		h.link("news")
		h.record(h.own(), outbox.Results{Left: []outbox.Leaving{{Chat: "1", Reason: "blocked"}}})
		c, err := h.Chat(h.ctx, wa, "9@lid")
		h.must(err)
		want(h, "reader where the news comes", c.Reader.ID, id)
		want(h, "others", len(c.Others), 0)
		h.now = h.now.Add(time.Second)
		h.recordAt(wa, outbox.Results{Left: []outbox.Leaving{{Subscriber: id, Reason: "blocked"}}})
		c, err = h.Chat(h.ctx, wa, "9@lid")
		h.must(err)
		want(h, "left", c.Left, true)
		b := h.both(alert(), "news")
		wantList(h, "recipients on telegram", h.walk(people(b), 10), nil)
	},
	"forgetting one chat is forgetting both": func(h *house) {
		h.join("1", reader("news"))
		h.link("news")
		h.say(talk.Commit{Chat: "1", Forget: true})
		for _, at := range []talk.Address{telegramChat, whatsappChat} {
			c, err := h.Chat(h.ctx, at.Account, at.Chat)
			h.must(err)
			want(h, "known", c.Left || c.Reader.ID != 0 || len(c.Others) > 0, false)
			r := reader("news")
			r.Account, r.Chat = at.Account, at.Chat
			imported, err := h.Import(h.ctx, h.now, []store.Subscriber{{Reader: r}})
			h.must(err)
			want(h, "import", imported, store.Imported{Forgotten: 1})
		}
	},
	"an import does not part two chats": func(h *house) {
		h.join("1", reader("news"))
		h.link("news")
		r := reader("news")
		r.Account, r.Chat = tg, "1"
		imported, err := h.Import(h.ctx, h.now, []store.Subscriber{{Reader: r}})
		h.must(err)
		want(h, "import", imported, store.Imported{There: 1})
	},
	"a further chat moves, and meets another reader": func(h *house) {
		id := h.join("1", reader("news"))
		h.link("news")
		young := h.join("100", reader("jobs"))
		done := h.say(talk.Commit{Chat: "1", Moved: "100"})
		want(h, "committed", done, talk.Committed{Reader: id, Dropped: young})
		c, err := h.Chat(h.ctx, tg, "100")
		h.must(err)
		want(h, "reader", c.Reader.ID, id)
		wantList(h, "follows", c.Reader.Follows, []news.Slug{"news", "jobs"})
		wantList(h, "others", c.Others, []talk.Address{{Account: tg, Chat: "100"}})
		c, err = h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "the old address", c.Reader.ID, 0)
		h.must(second(h.Commit(h.ctx, talk.Commit{Account: wa, At: h.now, Chat: "9@lid", Kind: news.Private, Moved: "10@lid"})))
		c, err = h.Chat(h.ctx, tg, "100")
		h.must(err)
		want(h, "where the news comes", c.Reader.Chat, "10@lid")
	},
	"while an account is lost the other chat gets the news": func(h *house) {
		alone := h.joinAt(talk.Address{Account: wa, Chat: "8@lid"}, reader("news"))
		id := h.join("1", reader("news"))
		h.link("news")
		before := h.both(alert(), "news")
		h.must(h.AccountLost(h.ctx, wa))
		h.must(h.AccountLost(h.ctx, wa))
		due := h.due(tg, 2*time.Minute)
		want(h, "retries of the unfinished", len(due), 1)
		want(h, "their reader", due[0].Recipient.ID, id)
		h.settleAt(tg, due[0], news.Sent)
		during := h.both(alert(), "news")
		wantList(h, "during, on telegram", h.walk(people(during), 10), []news.SubscriberID{id})
		h.must(h.AccountBack(h.ctx, wa))
		wantList(h, "before, on whatsapp", h.walkAt(wa, before), []news.SubscriberID{alone})
		wantList(h, "during, on whatsapp", h.walkAt(wa, during), []news.SubscriberID{alone})
		want(h, "retries", len(h.due(wa, time.Hour)), 0)
		after := h.both(alert(), "news")
		wantList(h, "after, on whatsapp", h.walkAt(wa, after), []news.SubscriberID{alone, id})
		wantList(h, "after, on telegram", h.walk(people(after), 10), nil)
	},
	"who chose a lost account waits for it elsewhere": func(h *house) {
		h.join("1", reader("news"))
		h.link("news")
		h.say(talk.Commit{Chat: "1", Prefer: telegramChat})
		h.must(h.AccountLost(h.ctx, wa))
		h.say(talk.Commit{Chat: "1", Prefer: whatsappChat})
		c, err := h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "where the news comes", c.Reader.Account, tg)
		h.must(h.AccountBack(h.ctx, wa))
		c, err = h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "where it comes when that is back", c.Reader.Account, wa)
	},
	"a lone receipt ahead of the cursor parts no chunk": func(h *house) {
		first := h.join("1", reader("news"))
		h.joinAt(talk.Address{Account: wa, Chat: "7@lid"}, reader("news"))
		h.joinAt(talk.Address{Account: wa, Chat: "8@lid"}, reader("news"))
		linked := h.join("2", reader("news"))
		h.joinAt(talk.Address{Account: wa, Chat: "6@lid"}, reader("news"))
		b := h.both(alert(), "news")
		h.linkChats(talk.Address{Account: tg, Chat: "2"}, whatsappChat, "news")
		due := h.due(wa, 2*time.Minute)
		want(h, "retries", len(due), 1)
		h.settleAt(wa, due[0], news.Sent)
		wantList(h, "the others", h.walkAt(wa, b), []news.SubscriberID{first + 1, first + 2, linked + 1})
		for _, id := range []news.SubscriberID{first + 1, first + 2, linked, linked + 1} {
			h.delivered(b, wa, id)
		}
		for _, chat := range []news.ChatID{"6@lid", "7@lid", "8@lid", whatsappChat.Chat} {
			kept, err := h.Kept(h.ctx, wa, chat)
			h.must(err)
			want(h, "receipts of "+string(chat), kept.Receipts, 1)
		}
	},
}
