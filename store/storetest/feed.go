package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

var feedPromises = map[string]func(*house){
	"memory is kept whole": func(h *house) {
		m, err := h.Memory(h.ctx, "site", "https://site.example/feed")
		h.must(err)
		want(h, "memory of an address never asked", m, feed.Memory{})
		wrote := feed.Memory{
			ETag: `W/"1"`, LastModified: "Mon, 02 Jan 2006 15:04:05 GMT", FullAt: h.now, CheckedAt: h.now.Add(time.Second),
			Failures: 3, RetryAt: h.now.Add(time.Hour), Status: feed.Blocked, Problem: "the guard turns us away",
		}
		h.must(h.Remember(h.ctx, "site", "https://site.example/feed", wrote))
		m, err = h.Memory(h.ctx, "site", "https://site.example/feed")
		h.must(err)
		want(h, "memory", m, wrote)
		wrote.ETag, wrote.Failures = "", 0
		h.must(h.Remember(h.ctx, "site", "https://site.example/feed", wrote))
		m, err = h.Memory(h.ctx, "site", "https://site.example/feed")
		h.must(err)
		want(h, "memory written again", m, wrote)
	},
	"nobody gets the archive": func(h *house) {
		pull := func(complete bool, key string) feed.Taken {
			taken, err := h.Pulled(h.ctx, feed.Pull{Source: "new", At: h.now, Complete: complete,
				Articles: []news.Article{{Key: key, Title: key, Section: "news", Urgent: true}}, Due: h.now})
			h.must(err)
			return taken
		}
		for i, c := range []struct {
			complete bool
			archive  int
		}{{false, 1}, {false, 1}, {true, 1}, {false, 0}, {true, 0}} {
			taken := pull(c.complete, string(rune('a'+i)))
			want(h, "archive", taken.Archive, c.archive)
			want(h, "new", len(taken.New), 1-c.archive)
			want(h, "default", taken.Default, 1)
		}
		window, err := h.Window(h.ctx, 0, time.Time{})
		h.must(err)
		want(h, "articles of the archive in a window", len(window), 0)
		urgent, err := h.Store.Urgent(h.ctx)
		h.must(err)
		want(h, "urgent", len(urgent), 2)
		latest, err := h.Latest(h.ctx, nil, 10)
		h.must(err)
		want(h, "latest", len(latest), 5)
	},
	"a changed article changes in place": func(h *house) {
		a := news.Article{
			Key: "wp:1", URL: "https://site.example/1", ShortURL: "https://site.example/?p=1", Title: "ريح", Lead: "lead", Body: "one\n\ntwo",
			Image: "https://site.example/1.jpg", Author: "author", Categories: []news.Category{{ID: 3, Slug: "s", Name: "طقس", Tag: true}},
			Published: h.now.Add(-time.Hour), Modified: h.now, Section: "weather", Matched: true, Form: news.Check, Urgent: true,
		}
		pull := func(at time.Time) feed.Taken {
			taken, err := h.Pulled(h.ctx, feed.Pull{Source: "site", At: at, Articles: []news.Article{a}, Complete: true})
			h.must(err)
			return taken
		}
		first := pull(h.now)
		want(h, "new", len(first.New), 1)
		again := pull(h.now.Add(time.Minute))
		want(h, "new again", len(again.New)+again.Changed, 0)
		a.Title, a.Section, a.Categories = "ريح شديدة", "oman", nil
		changed := pull(h.now.Add(time.Hour))
		want(h, "changed", changed.Changed, 1)
		want(h, "new when changed", len(changed.New), 0)
		read, err := h.Articles(h.ctx, []news.ArticleID{999, first.New[0]})
		h.must(err)
		if len(read) != 1 {
			h.Fatalf("%d articles, want the one that is there", len(read))
		}
		got := read[0]
		want(h, "id", got.ID, first.New[0])
		want(h, "title", got.Title, a.Title)
		want(h, "section", got.Section, a.Section)
		want(h, "body", got.Body, a.Body)
		want(h, "published", got.Published, a.Published)
		want(h, "arrived", got.Arrived, h.now)
		want(h, "form", got.Form, a.Form)
		want(h, "source", got.Source, "site")
		want(h, "categories", len(got.Categories), 0)
	},
	"known keys are of the source": func(h *house) {
		h.arrive("news")
		known, err := h.Known(h.ctx, "site", []string{"b", "x"})
		h.must(err)
		want(h, "known", known["b"], true)
		want(h, "unknown", known["x"], false)
		known, err = h.Known(h.ctx, "other", []string{"b"})
		h.must(err)
		want(h, "of another source", known["b"], false)
	},
	"two articles with one key are one": func(h *house) {
		taken, err := h.Pulled(h.ctx, feed.Pull{Source: "site", At: h.now, Articles: []news.Article{
			{Key: "k", Title: "first", Section: "news"}, {Key: "k", Title: "second", Section: "news"}}})
		h.must(err)
		want(h, "new", len(taken.New), 1)
		read, err := h.Articles(h.ctx, taken.New)
		h.must(err)
		want(h, "title", read[0].Title, "second")
	},
	"an article that becomes urgent waits once": func(h *house) {
		pull := func(urgent bool) {
			_, err := h.Pulled(h.ctx, feed.Pull{Source: "site", At: h.now, Due: h.now, Articles: []news.Article{
				{Key: "k", Title: "t", Section: "news", Urgent: urgent}}})
			h.must(err)
		}
		waiting := func() []digest.Urgent {
			urgent, err := h.Store.Urgent(h.ctx)
			h.must(err)
			return urgent
		}
		pull(false)
		want(h, "waiting at first", len(waiting()), 0)
		pull(true)
		want(h, "waiting when it became urgent", len(waiting()), 1)
		h.must(h.Settle(h.ctx, waiting()[0].Article.ID, false))
		pull(true)
		pull(false)
		pull(true)
		want(h, "waiting again after it was settled", len(waiting()), 0)
	},
	"an article becomes urgent once": func(h *house) {
		a := news.Article{Key: "k", Title: "t", Section: "news"}
		var id news.ArticleID
		for i, c := range []struct{ urgent, waits bool }{{false, false}, {true, true}, {true, true}, {false, false}, {true, false}} {
			a.Urgent, a.Lead = c.urgent, string(rune('a'+i))
			taken, err := h.Pulled(h.ctx, feed.Pull{Source: "site", At: h.now, Due: h.now.Add(time.Minute), Articles: []news.Article{a}})
			h.must(err)
			if i == 0 {
				id = taken.New[0]
			}
			if i == 3 {
				h.must(h.Store.Settle(h.ctx, id, false))
			}
			urgent, err := h.Store.Urgent(h.ctx)
			h.must(err)
			want(h, "on the list after pull "+a.Lead, len(urgent) == 1, c.waits)
		}
	},
	"urgent articles without a due time are ordinary": func(h *house) {
		_, err := h.Pulled(h.ctx, feed.Pull{Source: "site", At: h.now, Articles: []news.Article{{Key: "k", Title: "t", Section: "news", Urgent: true}}})
		h.must(err)
		urgent, err := h.Store.Urgent(h.ctx)
		h.must(err)
		want(h, "waiting", len(urgent), 0)
		fresh, err := h.Fresh(h.ctx)
		h.must(err)
		want(h, "fresh", len(fresh), 1)
	},
}
