package storetest

import (
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// brings publishes articles, and has whoever takes part get those of them that
// are held.
func (h *house) brings(b news.Broadcast, all []news.ArticleID, held ...news.ArticleID) news.BroadcastID {
	h.Helper()
	for _, id := range all {
		b.Items = append(b.Items, news.Item{Article: id, Section: "news"})
	}
	id := h.publish(b, "news")
	e, lane := h.own(), people(id)
	c := h.take(e, lane, 100)
	var receipts []outbox.Receipt
	for _, to := range c.Recipients {
		receipts = append(receipts, outbox.Receipt{Subscriber: to.ID, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"7"}})
	}
	h.record(e, outbox.Results{
		Chunks:   []outbox.ChunkResult{closed(c, receipts)},
		Variants: []outbox.Variant{{Broadcast: id, Version: 1, N: 0, Articles: held, Parts: 1}},
	})
	return id
}

// renames gives an article of the site another headline.
func (h *house) renames(id news.ArticleID, title string) news.Article {
	h.Helper()
	all, err := h.Articles(h.ctx, []news.ArticleID{id})
	h.must(err)
	all[0].Title = title
	_, err = h.Pulled(h.ctx, feed.Pull{Source: "site", At: h.now, Complete: true, Articles: all})
	h.must(err)
	return all[0]
}

// carrying is what has brought an article, in a line each.
func (h *house) carrying(id news.ArticleID) (out []string) {
	h.Helper()
	all, err := h.Carrying(h.ctx, id, h.now.Add(-48*time.Hour))
	h.must(err)
	for _, c := range all {
		out = append(out, fmt.Sprintf("%s %s %s %s", c.Kind, c.Slot, c.Date, c.Words))
	}
	return out
}

// carriedPromises are about articles that went out and were no alerts.
var carriedPromises = map[string]func(*house){
	"what brought an article keeps the headline that it had": func(h *house) {
		h.join("1", news.Reader{Kind: news.Private, Pace: news.PaceEach, Follows: []news.Slug{"news"}, Breaking: true})
		h.join("2", reader("news"))
		ids := h.arrive("news", "news", "news")
		h.brings(news.Broadcast{Kind: news.Single}, ids[:1], ids[0])
		b := morning()
		b.Date = "2025-11-23"
		h.brings(b, ids, ids[:2]...)
		h.publish(news.Broadcast{Kind: news.Single, Items: []news.Item{{Article: ids[2]}}}, "news") // reaches nobody yet
		h.renames(ids[0], "right")
		wantList(h, "the first", h.carrying(ids[0]), []string{"single   title", "digest morning 2025-11-23 title"})
		wantList(h, "the second", h.carrying(ids[1]), []string{"digest morning 2025-11-23 title"})
		wantList(h, "one that nobody's digest held", h.carrying(ids[2]), nil)

		brought, err := h.Brought(h.ctx, "site", h.now.Add(-48*time.Hour))
		h.must(err)
		wantList(h, "brought", brought, []desk.Brought{{Article: ids[2]}, {Article: ids[1]}, {Article: ids[0], Changed: true}})
		brought, err = h.Brought(h.ctx, "other", h.now.Add(-48*time.Hour))
		h.must(err)
		wantList(h, "of another source", brought, nil)
		brought, err = h.Brought(h.ctx, "site", h.now.Add(time.Hour))
		h.must(err)
		wantList(h, "later", brought, nil)
	},
	"what was withdrawn brings nothing, and what is corrected says the right thing": func(h *house) {
		h.join("1", news.Reader{Kind: news.Private, Pace: news.PaceEach, Follows: []news.Slug{"news"}, Breaking: true})
		ids := h.arrive("news", "news")
		gone := h.brings(news.Broadcast{Kind: news.Single}, ids[:1], ids[0])
		right := h.brings(news.Broadcast{Kind: news.Single}, ids[1:], ids[1])
		h.amend(h.Withdraw, news.Amendment{Original: gone})
		h.amend(h.Correct, news.Amendment{Original: right, Words: "right"})
		h.renames(ids[1], "right")
		wantList(h, "withdrawn", h.carrying(ids[0]), nil)
		wantList(h, "corrected", h.carrying(ids[1]), []string{"single   right"})
		brought, err := h.Brought(h.ctx, "site", h.now.Add(-48*time.Hour))
		h.must(err)
		want(h, "one that was corrected has changed", brought[0].Changed, false)
		h.renames(ids[1], "right again")
		brought, err = h.Brought(h.ctx, "site", h.now.Add(-48*time.Hour))
		h.must(err)
		want(h, "one that changes after it was corrected", brought[0].Changed, true)
	},
	"a change is proposed once for what it is about": func(h *house) {
		h.join("2", reader("news"))
		ids := h.arrive("news")
		h.brings(morning(), ids, ids...)
		a := h.renames(ids[0], "right")
		propose := func(kind desk.ProposalKind, of desk.DraftID) (desk.ProposalID, bool) {
			h.Helper()
			p, fresh, err := h.Proposed(h.ctx, desk.Proposal{Kind: kind, Article: a, Of: of, Made: h.now, Expires: h.now.Add(time.Hour)}, nil, desk.Ration{})
			h.must(err)
			return p.ID, fresh
		}
		first, fresh := propose(desk.ProposeCorrection, 1)
		want(h, "the first", fresh, true)
		second, fresh := propose(desk.ProposeCorrection, 2)
		want(h, "another draft", fresh, true)
		for of, id := range map[desk.DraftID]desk.ProposalID{1: first, 2: second} {
			again, fresh := propose(desk.ProposeCorrection, of)
			want(h, "again", again == id && !fresh, true)
		}
		again, fresh := propose(desk.ProposeEdition, 0)
		want(h, "a digest, after that", again == first && !fresh, true)
		brought, err := h.Brought(h.ctx, "site", h.now.Add(-48*time.Hour))
		h.must(err)
		want(h, "changed, once it is proposed", brought[0].Changed, false)
		_, fresh = propose(desk.ProposeEditionGone, 0)
		want(h, "that it is gone", fresh, true)
	},
	"breaking news that two feeds bring is proposed once": func(h *house) {
		propose := func(source news.SourceID, id news.ArticleID, url, title string) bool {
			h.Helper()
			_, fresh, err := h.Proposed(h.ctx, desk.Proposal{
				Kind: desk.ProposeBreaking, Made: h.now, Expires: h.now.Add(time.Hour), Article: news.Article{ID: id, Source: source, Title: title, URL: url},
			}, nil, desk.Ration{})
			h.must(err)
			return fresh
		}
		want(h, "the first", propose("site/news", 1, "https://site.example/1", "one"), true)
		want(h, "by another feed", propose("site/weather", 2, "https://site.example/1", "one"), false)
		want(h, "another article", propose("site/weather", 3, "https://site.example/2", "one"), true)
		want(h, "another headline at the same address", propose("site/weather", 7, "https://site.example/1", "two"), true)
		want(h, "without an address", propose("site/weather", 4, "", "one"), true)
		want(h, "another one without", propose("site/weather", 5, "", "one"), true)
		h.now = h.now.Add(25 * time.Hour)
		want(h, "a day later", propose("site/news", 6, "https://site.example/1", "one"), true)
	},
}
