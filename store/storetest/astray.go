package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// astrayPromises are about corrections of copies whose account is lost.
var astrayPromises = map[string]func(*house){
	"who has a wrong copy of a lost account is told elsewhere":             toldElsewhere(true),
	"and who has one of an account that is lost while they are being told": toldElsewhere(false),
	"a typo is nothing to tell elsewhere, a withdrawal is": func(h *house) {
		id, b := h.misled()
		h.must(h.AccountLost(h.ctx, wa))
		typo := h.amend(h.Correct, news.Amendment{Original: b, Words: "right", Silent: true})
		want(h, "a typo", len(h.dueOf(typo, tg, time.Hour)), 0)
		c := h.amend(h.Correct, news.Amendment{Original: b, Words: "right."})
		h.settleAt(tg, h.dueOf(c, tg, time.Hour)[0], news.Sent)
		typo = h.amend(h.Correct, news.Amendment{Original: b, Words: "right!", Silent: true})
		want(h, "a typo of what was told", len(h.dueOf(typo, tg, time.Hour)), 0)
		w := h.amend(h.Withdraw, news.Amendment{Original: b})
		due := h.dueOf(w, tg, time.Hour)
		want(h, "a withdrawal", len(due), 1)
		want(h, "its reader", due[0].Recipient.ID, id)
		wantList(h, "what told of the correction", due[0].Trail, []news.MessageID{"7"})
	},
	"a network that the alert did not go by tells of its correction": func(h *house) {
		id, _ := h.misled()
		b := alert()
		b.Words, b.Published, b.Audience.Sections = "words", h.now, []news.Slug{"news"}
		alone, err := h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{wa}})
		h.must(err)
		wantList(h, "recipients", h.walkAt(wa, alone), []news.SubscriberID{id})
		h.must(h.AccountLost(h.ctx, wa))
		c := h.amend(h.Correct, news.Amendment{Original: alone, Words: "right"})
		due := h.dueOf(c, tg, time.Hour)
		want(h, "retries", len(due), 1)
		want(h, "the reader", due[0].Recipient.ID, id)
		h.settleAt(tg, due[0], news.Sent)
		h.must(h.AccountBack(h.ctx, wa))
		wantList(h, "the walk on the account that is back", h.walkAt(wa, c), []news.SubscriberID{id})
		h.recordAt(wa, outbox.Results{Ended: []outbox.LaneKey{lane(c, wa)}})
		want(h, "the correction", h.state(c), news.Done)
	},
	"who needs nothing from elsewhere is not told there": func(h *house) {
		_, b := h.misled()
		h.joinAt(talk.Address{Account: wa, Chat: "8@lid"}, reader("news")) // not linked
		h.join("2", reader("news"))
		h.linkChats(talk.Address{Account: tg, Chat: "2"}, talk.Address{Account: wa, Chat: "7@lid"}, "news") // without a copy
		first := h.amend(h.Correct, news.Amendment{Original: b, Words: "right"})
		e, err := h.Own(h.ctx, wa)
		h.must(err)
		c := h.take(e, lane(first, wa), 10)
		right := c.Prior[0]
		right.Version = 2
		h.record(e, outbox.Results{
			Chunks: []outbox.ChunkResult{closed(c, []outbox.Receipt{{Subscriber: right.Subscriber, Outcome: news.Sent, Version: 2, Changed: true}})},
			Late:   []outbox.LateReceipt{{Lane: lane(b, wa), Receipt: right}},
		})
		h.must(h.AccountLost(h.ctx, wa))
		want(h, "of what is right", len(h.dueOf(first, tg, time.Hour)), 0)
		second := h.amend(h.Correct, news.Amendment{Original: b, Words: "right."})
		want(h, "of what is wrong again", len(h.dueOf(second, tg, time.Hour)), 1)
		h.must(h.AccountBack(h.ctx, wa))
		due := h.dueOf(second, tg, time.Hour)
		want(h, "a retry after the account is back", len(due), 1)
		want(h, "and has nothing to say", due[0].Astray || due[0].Prior.Subscriber != 0, false)
	},
}

// misled is a reader with two chats who got an alert on WhatsApp.
func (h *house) misled() (news.SubscriberID, news.BroadcastID) {
	h.Helper()
	id := h.join("1", reader("news"))
	h.link("news")
	b := h.both(alert(), "news")
	e, err := h.Own(h.ctx, wa)
	h.must(err)
	c := h.take(e, lane(b, wa), 10)
	h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, []outbox.Receipt{
		{Subscriber: id, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"3EB0"}},
	})}})
	return id, b
}

// dueOf are the retries of one broadcast.
func (h *house) dueOf(id news.BroadcastID, account news.AccountID, after time.Duration) (out []outbox.Retry) {
	h.Helper()
	for _, r := range h.due(account, after) {
		if r.Lane.Broadcast == id {
			out = append(out, r)
		}
	}
	return out
}

func toldElsewhere(lostFirst bool) func(*house) {
	return func(h *house) {
		id, b := h.misled()
		if lostFirst {
			h.must(h.AccountLost(h.ctx, wa))
		}
		c := h.amend(h.Correct, news.Amendment{Original: b, Words: "right"})
		h.must(h.AccountLost(h.ctx, wa))
		want(h, "at once", len(h.dueOf(c, tg, 0)), 0)
		due := h.dueOf(c, tg, 2*time.Minute)
		want(h, "retries", len(due), 1)
		r := due[0]
		want(h, "the reader", r.Recipient.ID, id)
		want(h, "the chat", r.Recipient.Chat, telegramChat.Chat)
		want(h, "of another account", r.Astray, true)
		want(h, "the wrong version", r.Prior.Version, 1)
		want(h, "messages to change", len(r.Prior.IDs), 0)
		want(h, "heard of it", r.Recipient.Heard, false)
		h.settleAt(tg, r, news.Sent)
		h.must(h.AccountLost(h.ctx, wa))
		want(h, "retries for who was told", len(h.dueOf(c, tg, time.Hour)), 0)
		h.must(h.AccountBack(h.ctx, wa))
		got := h.takeAt(wa, c)
		wantList(h, "on the account that is back", recipientIDs(got), []news.SubscriberID{id})
		want(h, "heard of it there", got.Recipients[0].Heard, true)
	}
}
