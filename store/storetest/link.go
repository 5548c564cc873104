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
	"who has written is known, until they are forgotten": func(h *house) {
		written := func(at talk.Address) bool {
			yes, err := h.HasWritten(h.ctx, at.Account, at.Chat)
			h.must(err)
			return yes
		}
		imported := another(whatsappChat.Chat, "news")
		imported.Account = wa
		_, err := h.Import(h.ctx, h.now, []store.Subscriber{imported})
		h.must(err)
		want(h, "an import", written(whatsappChat), false)
		want(h, "somebody unknown", written(telegramChat), false)
		h.join("1", reader("news"))
		want(h, "who joined", written(telegramChat), true)
		h.must(second(h.Commit(h.ctx, talk.Commit{Account: wa, At: h.now, Chat: whatsappChat.Chat, Kind: news.Private})))
		want(h, "an import who wrote", written(whatsappChat), true)
		h.say(talk.Commit{Chat: "1", Leave: "stop"})
		want(h, "who has left", written(telegramChat), true)
		h.say(talk.Commit{Chat: "1", Forget: true})
		want(h, "who was forgotten", written(telegramChat), false)
	},
	"both chats of a linked reader have written": func(h *house) {
		h.join("1", reader("news"))
		h.joinAt(whatsappChat, reader("jobs"))
		h.link("news", "jobs")
		for _, at := range []talk.Address{telegramChat, whatsappChat} {
			yes, err := h.HasWritten(h.ctx, at.Account, at.Chat)
			h.must(err)
			want(h, string(at.Account), yes, true)
		}
	},
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
	"what is on its way comes once, by the new chat": func(h *house) {
		id := h.join("1", reader("news"))
		h.join("2", reader("news"))
		b := h.both(alert(), "news")
		h.link("news")
		wantList(h, "by the old chat", h.takenBy(people(b)), []news.SubscriberID{id + 1})
		wantList(h, "taken by the new one", h.takenBy(lane(b, wa)), nil)
		due := h.due(wa, 0)
		want(h, "retries at once", len(due), 0)
		due = h.due(wa, 2*time.Minute)
		want(h, "retries", len(due), 1)
		want(h, "its reader", due[0].Recipient.ID, id)
		want(h, "its chat", due[0].Recipient.Chat, whatsappChat.Chat)
		h.settleAt(wa, due[0], news.Sent)
		h.delivered(b, wa, id)
	},
	"what is for everybody comes once, too": func(h *house) {
		id := h.join("1", reader("news"))
		h.joinAt(whatsappChat, reader("news"))
		b := alert()
		b.Audience.Everyone = true
		everybody := h.both(b)
		h.link("news")
		wantList(h, "by the old chat", h.takenBy(people(everybody)), nil)
		wantList(h, "taken by the new one", h.takenBy(lane(everybody, wa)), nil)
		due := h.due(wa, 2*time.Minute)
		want(h, "retries", len(due), 1)
		want(h, "their reader", due[0].Recipient.ID, id)
	},
	"what came already comes no more": func(h *house) {
		h.join("1", reader("news"))
		b := h.both(alert(), "news")
		e := h.own()
		h.finish(e, h.take(e, people(b), 10))
		h.link("news")
		want(h, "retries", len(h.due(wa, time.Hour)), 0)
		wantList(h, "by the new chat", h.takenBy(lane(b, wa)), nil)
	},
	"what was in flight is waited for": func(h *house) {
		id := h.join("1", reader("news"))
		b := h.both(alert(), "news")
		e := h.own()
		flying := h.take(e, people(b), 10)
		h.link("news")
		want(h, "retries while it flies", len(h.due(wa, 2*time.Minute)), 0)
		h.finish(e, flying)
		due := h.due(wa, 2*time.Minute)
		want(h, "retries after it landed", len(due), 1)
		want(h, "its reader", due[0].Recipient.ID, 0)
		h.settleAt(wa, due[0], news.Left)
		h.delivered(b, tg, id)
	},
	"what was dropped in the old chat is sent in the new one": func(h *house) {
		id := h.join("1", reader("news"))
		b := h.both(alert(), "news")
		e := h.own()
		c := h.take(e, people(b), 10)
		h.link("news")
		h.record(e, outbox.Results{
			Chunks:  []outbox.ChunkResult{closed(c, []outbox.Receipt{{Subscriber: id, Outcome: news.Deferred, Version: 1}})},
			Retries: []outbox.Retry{{Lane: people(b), Subscriber: id, Due: h.now, Variant: -1, Reason: "changed"}},
		})
		old, err := h.Due(h.ctx, tg, h.now, 10)
		h.must(err)
		want(h, "old retries", len(old), 1)
		want(h, "their reader", old[0].Recipient.ID, 0)
		due := h.due(wa, 2*time.Minute)
		want(h, "new retries", len(due), 1)
		want(h, "their reader", due[0].Recipient.ID, id)
	},
	"an article is not told twice on two networks": func(h *house) {
		id, other := h.join("1", reader("news")), h.joinAt(whatsappChat, reader("news"))
		arrived := h.arrive("news")
		first := alert()
		first.Items = []news.Item{{Article: arrived[0], Section: "news"}}
		a := h.both(first, "news")
		e := h.own()
		c := h.take(e, people(a), 10)
		h.record(e, outbox.Results{Variants: []outbox.Variant{{Broadcast: a, Version: 1, Articles: arrived, Parts: 1}}})
		h.finish(e, c)
		h.link("news")
		next := morning()
		next.Items = first.Items
		b := h.both(next, "news")
		c = h.takeAt(wa, b)
		want(h, "recipients", len(c.Recipients), 1)
		had := map[news.ArticleID]bool{}
		for _, one := range c.Had {
			h.must(outbox.Outcomes(one.Receipts, func(r outbox.Receipt) {
				if r.Subscriber == id && r.Outcome == news.Sent {
					for _, article := range one.Variants[r.Variant].Articles {
						had[article] = true
					}
				}
			}))
		}
		want(h, "had it", had[arrived[0]], true)
		read, err := h.Had(h.ctx, id, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "had it, when asked", read[arrived[0]], true)
		want(h, "the ids", id != other, true)
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
