package storetest

import (
	"errors"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

var digestPromises = map[string]func(*house){
	"a window is what arrived": func(h *house) {
		ids := h.arrive("news", "weather", "jobs")
		window, err := h.Window(h.ctx, ids[0], h.now)
		h.must(err)
		wantList(h, "behind the first", articleIDs(window), ids[1:])
		window, err = h.Window(h.ctx, 0, h.now.Add(time.Millisecond))
		h.must(err)
		want(h, "since later", len(window), 0)
	},
	"an edition goes out once": func(h *house) {
		b := news.Broadcast{Kind: news.Digest, Slot: "morning", Date: "2025-11-23", Words: "w", To: 7, Published: h.now}
		first, err := h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg}})
		h.must(err)
		if _, err = h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg}}); !errors.Is(err, digest.ErrPublished) {
			h.Errorf("published twice: %v", err)
		}
		b.Slot, b.To = "evening", 9
		second, err := h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg}})
		h.must(err)
		b.Date, b.Slot, b.To = "2025-11-24", "morning", 11
		third, err := h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg}})
		h.must(err)
		if first >= second || second >= third {
			h.Errorf("ids %d, %d, %d do not rise", first, second, third)
		}
		last, err := h.Editions(h.ctx)
		h.must(err)
		want(h, "morning", last["morning"], digest.Edition{Slot: "morning", Date: "2025-11-24", To: 11, Published: h.now})
		want(h, "evening", last["evening"], digest.Edition{Slot: "evening", Date: "2025-11-23", To: 9, Published: h.now})
		want(h, "slots", len(last), 2)
	},
	"an article goes out once as each kind": func(h *house) {
		id := h.arrive("news")[0]
		item := []news.Item{{Article: id, Section: "news"}}
		single := digest.Publication{Broadcast: news.Broadcast{Kind: news.Single, Items: item}, Auto: true, Accounts: []news.AccountID{tg}}
		_, err := h.Publish(h.ctx, single)
		h.must(err)
		if _, err = h.Publish(h.ctx, single); !errors.Is(err, digest.ErrPublished) {
			h.Errorf("published twice: %v", err)
		}
		fresh, err := h.Fresh(h.ctx)
		h.must(err)
		want(h, "fresh", len(fresh), 0)
		breaking := digest.Publication{Broadcast: news.Broadcast{Kind: news.Breaking, Items: item, Published: h.now}, Auto: true, Accounts: []news.AccountID{tg}}
		_, err = h.Publish(h.ctx, breaking)
		h.must(err)
		breaking.Auto = false
		for range 2 { // by hand as often as one likes
			_, err = h.Publish(h.ctx, breaking)
			h.must(err)
		}
		auto := func(since time.Time) (n int) {
			sent, err := h.Alerts(h.ctx, since)
			h.must(err)
			for _, a := range sent {
				if a.Auto {
					n++
				}
			}
			return n
		}
		want(h, "automatic breaking news", auto(h.now), 1)
		want(h, "later breaking news", auto(h.now.Add(time.Second)), 0)
	},
	"an empty edition is done at once": func(h *house) {
		id, err := h.Publish(h.ctx, digest.Publication{Broadcast: news.Broadcast{Kind: news.Digest, Slot: "noon", Date: "2025-11-23"}, Accounts: []news.AccountID{tg}})
		h.must(err)
		want(h, "state", h.state(id), news.Done)
		lanes, err := h.Lanes(h.ctx, tg)
		h.must(err)
		want(h, "lanes", len(lanes), 0)
		last, err := h.Editions(h.ctx)
		h.must(err)
		want(h, "date", last["noon"].Date, "2025-11-23")
	},
	"a broadcast is read back whole": func(h *house) {
		b := news.Broadcast{
			Kind: news.Digest, Version: 1, Slot: "noon", Date: "2025-11-23", Items: []news.Item{{Article: 2, Section: "news"}, {Article: 1, Section: "jobs"}},
			Words: "w", Link: "https://l.example", Audience: news.Audience{Sections: []news.Slug{"news", "jobs"}}, Silent: true,
			From: 1, To: 5, Since: h.now.Add(-time.Hour), Published: h.now, Expires: h.now.Add(time.Hour), State: news.Running,
		}
		var err error
		b.ID, err = h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg}})
		h.must(err)
		got, err := h.Broadcast(h.ctx, b.ID)
		h.must(err)
		if got.Asof == 0 {
			h.Error("it has no moment of publication")
		}
		b.Asof = got.Asof
		wantList(h, "items", got.Items, b.Items)
		wantList(h, "audience", got.Audience.Sections, b.Audience.Sections)
		got.Items, b.Items, got.Audience, b.Audience = nil, nil, news.Audience{}, news.Audience{}
		wantBroadcast(h, got, b)
		if _, err := h.Broadcast(h.ctx, 999); !errors.Is(err, store.ErrNone) {
			h.Errorf("an unknown one: %v", err)
		}
	},
	"urgent articles wait": func(h *house) {
		pull := func(key string, due time.Time) news.ArticleID {
			taken, err := h.Pulled(h.ctx, feed.Pull{Source: "site", At: h.now, Due: due, Articles: []news.Article{{Key: key, Title: key, Section: "news", Urgent: due != (time.Time{})}}})
			h.must(err)
			return taken.New[0]
		}
		late, soon := pull("late", h.now.Add(2*time.Minute)), pull("soon", h.now.Add(time.Minute))
		plain := pull("plain", time.Time{})
		urgent, err := h.Store.Urgent(h.ctx)
		h.must(err)
		if len(urgent) != 2 || urgent[0].Article.ID != soon || urgent[1].Article.ID != late || !urgent[0].Due.Equal(h.now.Add(time.Minute)) {
			h.Fatalf("urgent list %+v", urgent)
		}
		fresh, err := h.Fresh(h.ctx)
		h.must(err)
		wantList(h, "fresh", articleIDs(fresh), []news.ArticleID{plain})
		edition := morning()
		edition.To = plain
		h.publish(edition, "news")
		h.must(h.Store.Settle(h.ctx, soon, true))
		h.must(h.Store.Settle(h.ctx, late, false))
		window, err := h.Window(h.ctx, 0, h.now)
		h.must(err)
		wantList(h, "window", articleIDs(window), []news.ArticleID{late, soon, plain})
		window, err = h.Window(h.ctx, plain, h.now)
		h.must(err)
		wantList(h, "window behind the edition that they waited through", articleIDs(window), []news.ArticleID{late, soon})
		read, err := h.Articles(h.ctx, []news.ArticleID{soon, late})
		h.must(err)
		want(h, "still urgent", read[0].Urgent, true)
		want(h, "urgent no more", read[1].Urgent, false)
		h.must(h.Hold(h.ctx, []news.ArticleID{plain, soon}))
		fresh, err = h.Fresh(h.ctx)
		h.must(err)
		wantList(h, "fresh after holding", articleIDs(fresh), []news.ArticleID{late})
	},
	"what a reader had": func(h *house) {
		id, other := h.join("1", reader("news")), h.join("2", reader("news"))
		articles := h.arrive("news", "news")
		b := morning()
		b.Items = []news.Item{{Article: articles[0], Section: "news"}, {Article: articles[1], Section: "news"}}
		broadcast := h.publish(b, "news")
		e := h.own()
		c := h.take(e, people(broadcast), 10)
		h.record(e, outbox.Results{
			Variants: []outbox.Variant{{Broadcast: broadcast, Version: 1, N: 0, Articles: articles[:1], Parts: 1}, {Broadcast: broadcast, Version: 1, N: 1, Articles: articles, Parts: 1}},
			Chunks: []outbox.ChunkResult{closed(c, []outbox.Receipt{
				{Subscriber: id, Outcome: news.Unknown, Version: 1, Variant: 1}, {Subscriber: other, Outcome: news.Failed, Version: 1, Variant: 1}})},
		})
		for _, tt := range []struct {
			reader news.SubscriberID
			since  time.Time
			want   int
		}{{id, h.now, 2}, {id, h.now.Add(time.Second), 0}, {other, h.now, 0}, {999, h.now, 0}} {
			had, err := h.Store.Had(h.ctx, tt.reader, tt.since)
			h.must(err)
			want(h, "had", len(had), tt.want)
		}
	},
}

func articleIDs(articles []news.Article) (ids []news.ArticleID) {
	for _, a := range articles {
		ids = append(ids, a.ID)
	}
	return ids
}

func wantBroadcast(h *house, got, want news.Broadcast) {
	h.Helper()
	if got.ID != want.ID || got.Kind != want.Kind || got.Version != want.Version || got.Slot != want.Slot || got.Date != want.Date ||
		got.Words != want.Words || got.Link != want.Link || got.Silent != want.Silent || got.From != want.From || got.To != want.To ||
		!got.Since.Equal(want.Since) || !got.Published.Equal(want.Published) || !got.Expires.Equal(want.Expires) || got.State != want.State {
		h.Errorf("broadcast %+v, want %+v", got, want)
	}
}
