package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// chainPromises are about an alert and everything over it.
var chainPromises = map[string]func(*house){
	"a chain has one newest": func(h *house) {
		e := h.hire(desk.Chief, "1")
		root := h.wrote(e, "")
		root.State, root.Broadcast = desk.Sending, h.publish(alert(), "news")
		root = h.step(e, root)
		var over []desk.Draft
		for range 2 {
			d, err := h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Form: desk.FormCorrection, State: desk.Counting, Version: 1, Root: root.ID, Base: root.ID}, Entry: h.by(e)})
			h.must(err)
			d.State = desk.Publishing
			over = append(over, d)
		}
		h.step(e, over[0])
		_, err := h.Moved(h.ctx, desk.Move{Draft: over[1], Entry: h.by(e)})
		h.wantErr("the second", err, desk.ErrOvertaken)
		root, err = h.Draft(h.ctx, root.ID)
		h.must(err)
		want(h, "the newest", root.Latest, over[0].ID)
	},
	"what is decided at once is the newest, or is not written": func(h *house) {
		e := h.hire(desk.Chief, "1")
		root := h.wrote(e, "")
		root.State, root.Broadcast = desk.Sending, h.publish(alert(), "news")
		root = h.step(e, root)
		decree := func(form desk.Form, base desk.DraftID) (desk.Draft, error) {
			return h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Form: form, State: desk.Publishing, Version: 1, Root: root.ID, Base: base}, Entry: h.by(e)})
		}
		first, err := decree(desk.FormTypo, root.ID)
		h.must(err)
		_, err = decree(desk.FormCorrection, root.ID)
		h.wantErr("over an old text", err, desk.ErrOvertaken)
		gone, err := decree(desk.FormWithdrawal, first.ID)
		h.must(err)
		_, err = decree(desk.FormCorrection, gone.ID)
		h.wantErr("over a withdrawal", err, desk.ErrOvertaken)
		chain, err := h.Chain(h.ctx, root.ID)
		h.must(err)
		want(h, "the chain", len(chain), 3)
		want(h, "the newest", chain[0].Latest, gone.ID)
		want(h, "withdrawn", chain[0].Withdrawn, true)
	},
	"an alert is found by anything of its chain": func(h *house) {
		article := h.arrive("weather")[0]
		auto := alert()
		auto.Items, auto.Published = []news.Item{{Article: article, Section: "weather"}}, h.now
		auto.Audience.Sections = []news.Slug{"weather", "news"}
		id, err := h.Publish(h.ctx, digest.Publication{Broadcast: auto, Auto: true, Accounts: []news.AccountID{tg}})
		h.must(err)
		found, err := h.Alerted(h.ctx, id)
		h.must(err)
		articles, err := h.Articles(h.ctx, []news.ArticleID{article})
		h.must(err)
		want(h, "its words", found.Words, articles[0].Title)
		want(h, "its article", found.Article, article)
		want(h, "its section", found.Section, "weather")
		want(h, "by itself", found.Auto, true)
		want(h, "its draft", found.Draft, 0)
		d, err := h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Key: "k", Form: desk.FormAlert, State: desk.Sending, Version: 1, Broadcast: id}, Entry: h.by(desk.Editor{})})
		h.must(err)
		over, err := h.Correct(h.ctx, news.Amendment{Original: id, Words: "right"})
		h.must(err)
		found, err = h.Alerted(h.ctx, over)
		h.must(err)
		want(h, "its number", found.Broadcast, id)
		want(h, "its words now", found.Words, "right")
		want(h, "its draft now", found.Draft, d.ID)
		all, err := h.Alerts(h.ctx, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "alerts", len(all), 1)
		want(h, "the draft of one", all[0].Draft, d.ID)
		_, err = h.Alerted(h.ctx, h.publish(news.Broadcast{Kind: news.Single, Items: auto.Items}, "weather"))
		h.wantErr("what is no alert", err, desk.ErrNone)
		_, err = h.Alerted(h.ctx, over+100)
		h.wantErr("what is not there", err, desk.ErrNone)
	},
}
