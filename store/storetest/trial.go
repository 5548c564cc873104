package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// trialPromises are about a bot that is not open to the public yet.
var trialPromises = map[string]func(*house){
	"before the opening everything is for editors alone": func(h *house) {
		each := reader("news")
		each.Pace = news.PaceEach
		h.join("1", each)
		h.join("2", reader("news"))
		group := each
		group.Kind = news.Group
		h.join("-3", group)
		id := h.join("4", each)
		other := h.join("5", reader("jobs"))
		h.hire(desk.Owner, "4")
		h.hire(desk.Reporter, "5")
		h.hire(desk.Chief, "6") // who is no reader
		everyone := alert()
		everyone.Audience.Everyone = true
		for _, c := range []struct {
			what string
			b    news.Broadcast
			want []news.SubscriberID
		}{
			{"breaking", alert(), []news.SubscriberID{id}},
			{"single", news.Broadcast{Kind: news.Single}, []news.SubscriberID{id}},
			{"digest", morning(), []news.SubscriberID{id}},
			{"everyone", everyone, []news.SubscriberID{id, other}},
		} {
			published := h.publish(c.b, "news", "weather")
			wantList(h, c.what, h.walk(people(published), 1), c.want)
			wantList(h, c.what+" in channels", h.walk(outbox.LaneKey{Broadcast: published, Account: tg, Channels: true}, 10), nil)
			b, err := h.Broadcast(h.ctx, published)
			h.must(err)
			want(h, c.what+" says so", b.Trial, true)
		}
	},
	"configured channels get nothing before the opening": func(h *house) {
		s := h.settings()
		s.Channels = []store.ChannelReader{{Account: tg, Chat: "@one", Pace: news.PaceEach, Sections: []news.Slug{"news"}, Breaking: true}}
		h.must(h.Settings(h.ctx, s))
		channels := func() int {
			return len(h.walk(outbox.LaneKey{Broadcast: h.publish(alert(), "news"), Account: tg, Channels: true}, 10))
		}
		want(h, "before", channels(), 0)
		h.open()
		want(h, "after", channels(), 1)
	},
	"an audience is counted as it is taken": func(h *house) {
		h.join("1", reader("news", "jobs"))
		h.join("2", reader("weather"))
		e := h.hire(desk.Owner, "1")
		count := func(a news.Audience) int {
			c, err := h.Audience(h.ctx, a, []news.Platform{news.Telegram})
			h.must(err)
			return c[0].Readers
		}
		want(h, "before it is open", count(news.Audience{Everyone: true}), 1)
		want(h, "of another section", count(news.Audience{Sections: []news.Slug{"weather"}}), 0)
		h.must(h.Opened(h.ctx, h.by(e)))
		want(h, "when it is open", count(news.Audience{Everyone: true}), 2)
	},
	"a linked editor is an editor on both networks": func(h *house) {
		id := h.join("1", reader("news"))
		h.joinAt(whatsappChat, reader("news"))
		h.hire(desk.Owner, "1")
		h.link("news")
		wantList(h, "by the other chat", h.walkAt(wa, h.both(alert(), "news")), []news.SubscriberID{id})
	},
	"what ran at the opening does not reach the public": func(h *house) {
		public := h.join("1", reader("news"))
		editor := h.join("2", reader("news"))
		e := h.hire(desk.Owner, "2")
		before := h.publish(alert(), "news")
		h.must(h.Opened(h.ctx, h.by(e)))
		wantList(h, "begun before", h.walk(people(before), 10), []news.SubscriberID{editor})
		after := h.publish(alert(), "news")
		wantList(h, "begun after", h.walk(people(after), 10), []news.SubscriberID{public, editor})
		b, err := h.Broadcast(h.ctx, after)
		h.must(err)
		want(h, "a trial", b.Trial, false)
	},
	"what was decided before the opening is a trial": func(h *house) {
		h.join("1", reader("news"))
		h.open()
		b := alert()
		b.Trial = true
		wantList(h, "recipients", h.walk(people(h.publish(b, "news")), 10), nil)
		b.Words, b.Audience.Sections = "words", []news.Slug{"news"}
		id, _, err := h.Print(h.ctx, desk.Key{Draft: 1, Version: 1}, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg}})
		h.must(err)
		wantList(h, "recipients of a printed one", h.walk(people(id), 10), nil)
	},
	"a draft that was seen as a trial does not go out to the public": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		d.State, d.Trial = desk.Counting, true
		d = h.step(e, d)
		h.open()
		d.State = desk.Publishing
		_, err := h.Moved(h.ctx, desk.Move{Draft: d, Entry: h.by(e)})
		h.wantErr("its end", err, desk.ErrOpened)
	},
	"a correction of a trial follows its copies": func(h *house) {
		h.join("1", reader("news"))
		editor := h.join("2", reader("news"))
		e := h.hire(desk.Owner, "2")
		id := h.publish(alert(), "news")
		epoch := h.own()
		h.finish(epoch, h.take(epoch, people(id), 10))
		h.must(h.Opened(h.ctx, h.by(e)))
		fix, err := h.Correct(h.ctx, news.Amendment{Original: id, Words: "right", At: h.now})
		h.must(err)
		wantList(h, "corrected", h.walk(people(fix), 10), []news.SubscriberID{editor})
		b, err := h.Broadcast(h.ctx, fix)
		h.must(err)
		want(h, "a trial", b.Trial, true)
		a, err := h.Arrived(h.ctx, id)
		h.must(err)
		want(h, "said of its arrival", a.Trial, true)
		alerts, err := h.Alerts(h.ctx, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "said among the alerts", len(alerts) == 1 && alerts[0].Trial, true)
	},
	"a retry of a trial is for who is an editor still": func(h *house) {
		id := h.join("1", reader("news"))
		e := h.hire(desk.Chief, "1")
		b := h.publish(alert(), "news")
		epoch := h.own()
		c := h.take(epoch, people(b), 10)
		h.record(epoch, outbox.Results{
			Chunks:  []outbox.ChunkResult{closed(c, []outbox.Receipt{{Subscriber: id, Outcome: news.Deferred, Version: 1}})},
			Retries: []outbox.Retry{{Lane: people(b), Subscriber: id, Variant: -1, Due: h.now}},
		})
		due := func() news.SubscriberID {
			all, err := h.Due(h.ctx, tg, h.now, 10)
			h.must(err)
			want(h, "retries", len(all), 1)
			return all[0].Recipient.ID
		}
		want(h, "of an editor", due(), id)
		_, err := h.Removed(h.ctx, e.ID, desk.Entry{At: h.now})
		h.must(err)
		want(h, "of a former one", due(), 0)
	},
	"who joined before the opening is not sent the past": func(h *house) {
		editor := h.join("1", reader("news"))
		e := h.hire(desk.Owner, "1")
		old := h.arrive("news", "news")
		h.join("2", reader("news"))
		b := morning()
		b.Items, b.To = []news.Item{{Article: old[0], Section: "news"}}, old[1]
		wantList(h, "the edition before", h.walk(people(h.publish(b, "news")), 10), []news.SubscriberID{editor})
		late := h.join("3", reader("news"))
		h.must(h.Opened(h.ctx, h.by(e)))
		last, err := h.Editions(h.ctx)
		h.must(err)
		window, err := h.Window(h.ctx, last["morning"].To, h.now.Add(-24*time.Hour))
		h.must(err)
		want(h, "left of the window", len(window), 0)
		fresh := h.arrive("news")
		next := morning()
		next.Items, next.From, next.To = []news.Item{{Article: fresh[0], Section: "news"}}, old[1], fresh[0]
		epoch := h.own()
		c := h.take(epoch, people(h.publish(next, "news")), 10)
		want(h, "recipients of the next", len(c.Recipients), 3)
		want(h, "the floor of the last to join", c.Recipients[2].ID == late && c.Recipients[2].Floor == old[1], true)
	},
}
