package storetest

import (
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// draftPromises are about what is drafted, and that it is printed once.
var draftPromises = map[string]func(*house){
	"an event makes one draft": func(h *house) {
		e := h.hire(desk.Chief, "1")
		first, second := h.wrote(e, "k"), h.wrote(e, "k")
		want(h, "the second draft", second.ID, first.ID)
		log, err := h.Log(h.ctx, 0, 100)
		h.must(err)
		want(h, "entries", len(log), 4) // the opening, invite, claim, write
	},
	"a draft moves from its newest revision": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		d.Version, d.Words = 2, "two"
		next := h.step(e, d)
		want(h, "words", next.Words, "two")
		_, err := h.Moved(h.ctx, desk.Move{Draft: d, Entry: h.by(e)})
		h.wantErr("an old revision", err, desk.ErrChanged)
		versions, err := h.Versions(h.ctx, d.ID)
		h.must(err)
		want(h, "versions", len(versions), 2)
		want(h, "the first", versions[0].Words, "one")
		live, err := h.Desk(h.ctx)
		h.must(err)
		want(h, "on the desk", len(live), 1)
		next.State = desk.Dropped
		h.step(e, next)
		live, err = h.Desk(h.ctx)
		h.must(err)
		want(h, "on the desk after all", len(live), 0)
	},
	"a draft that stops takes its broadcast with it": func(h *house) {
		e := h.hire(desk.Chief, "1")
		_, id, epoch := h.told(5) // one has failed
		d := h.wrote(e, "")
		d.State, d.Broadcast = desk.Sending, id
		d = h.step(e, d)
		d.State = desk.Paused
		d = h.step(e, d)
		want(h, "paused", h.state(id), news.Paused)
		d.State = desk.Sending
		d = h.step(e, d)
		want(h, "a draft alone resumes nothing", h.state(id), news.Paused)
		h.must(h.Control(h.ctx, id, news.Running))
		h.record(epoch, outbox.Results{Ended: []outbox.LaneKey{people(id), {Broadcast: id, Account: tg, Channels: true}}})
		want(h, "at its end", h.state(id), news.Done)
		d.State = desk.Stopped
		h.step(e, d)
		want(h, "stopped after its end", h.state(id), news.Done)
		_, err := h.TryAgain(h.ctx, id)
		h.wantErr("tried again", err, news.ErrFinal)
	},
	"a draft is printed once, whoever asks": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		p := digest.Publication{Broadcast: news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Everyone: true}}, Accounts: []news.AccountID{tg}}
		var wg sync.WaitGroup
		ids := make([]news.BroadcastID, 8)
		for i := range ids {
			wg.Go(func() {
				id, _, err := h.Print(h.ctx, desk.Key{Draft: d.ID, Version: 1}, p)
				if err != nil {
					h.Error(err)
				}
				ids[i] = id
			})
		}
		wg.Wait()
		for _, id := range ids {
			want(h, "the number", id, ids[0])
		}
		id, fresh, err := h.Print(h.ctx, desk.Key{Draft: d.ID, Version: 2}, p)
		h.must(err)
		want(h, "another version is fresh", fresh && id != ids[0], true)
	},
	"what an alert is about is had by who got it": func(h *house) {
		id := h.join("1", reader("news"))
		article := h.arrive("news")[0]
		known, err := h.Linked(h.ctx, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "articles", len(known), 1)
		want(h, "its section", known[0].Section, "news")
		item := news.Item{Article: article, Section: "news"}
		d := h.wrote(h.hire(desk.Chief, "1"), "")
		first := h.publish(news.Broadcast{Kind: news.Single, Items: []news.Item{item}}, "jobs")
		h.walk(people(first), 1)
		p := digest.Publication{Broadcast: news.Broadcast{Kind: news.Breaking, Words: "w", Items: []news.Item{item}, Audience: news.Audience{Everyone: true}}, Accounts: []news.AccountID{tg}}
		b, _, err := h.Print(h.ctx, desk.Key{Draft: d.ID, Version: 1}, p)
		h.must(err)
		e := h.own()
		c := h.take(e, people(b), 10)
		want(h, "what keeps words from a reader", len(c.Had), 0)
		sent := closed(c, []outbox.Receipt{{Subscriber: id, Outcome: news.Unknown, Version: 1}})
		h.record(e, outbox.Results{
			Chunks:   []outbox.ChunkResult{sent},
			Variants: []outbox.Variant{{Broadcast: b, Version: 1, Articles: []news.ArticleID{article}, Parts: 1}},
		})
		had, err := h.Had(h.ctx, id, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "the reader has it", had[article], true)
		edition := morning()
		edition.Items, edition.Since = []news.Item{item}, h.now.Add(-time.Hour)
		c = h.take(e, people(h.publish(edition, "news")), 10)
		want(h, "the digest knows", len(c.Had) == 1 && c.Had[0].Broadcast == b, true)
	},
}
