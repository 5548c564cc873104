package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// carryPromises are about what is on its way while a reader's chats become one.
var carryPromises = map[string]func(*house){
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
}
