package storetest

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

var outboxPromises = map[string]func(*house){
	"who a broadcast is for": func(h *house) {
		digest := h.join("1", reader("news"))
		each := reader("news")
		each.Pace = news.PaceEach
		all := h.join("2", each)
		breaking := reader("news")
		breaking.Pace = news.PaceBreaking
		alerts := h.join("3", breaking)
		calm := reader("news")
		calm.Breaking = false
		quiet := h.join("4", calm)
		other := h.join("5", reader("jobs"))
		choosy := reader("news")
		choosy.Important = true
		chosen := h.join("6", choosy)
		choosy.Breaking = false
		none := h.join("7", choosy)
		noon := morning()
		noon.Slot = "noon"
		important, everyone := alert(), alert()
		important.Audience.Important, everyone.Audience.Everyone = true, true
		both := everyone
		both.Audience.Important = true
		for _, c := range []struct {
			what string
			b    news.Broadcast
			want []news.SubscriberID
		}{
			{"breaking", alert(), []news.SubscriberID{digest, all, alerts}},
			{"single", news.Broadcast{Kind: news.Single}, []news.SubscriberID{all}},
			{"important", important, []news.SubscriberID{digest, all, alerts, chosen}},
			{"digest", morning(), []news.SubscriberID{digest, all, quiet, chosen, none}},
			{"digest of another slot", noon, nil},
			{"everyone who wants any", everyone, []news.SubscriberID{digest, all, alerts, other}},
			{"everyone, and important", both, []news.SubscriberID{digest, all, alerts, other, chosen}},
		} {
			wantList(h, c.what, h.walk(people(h.publish(c.b, "news", "nobody")), 2), c.want)
		}
	},
	"once, whatever they follow": func(h *house) {
		var ids []news.SubscriberID
		for i := range 7 {
			ids = append(ids, h.join(news.ChatID(strconv.Itoa(i)), reader([]news.Slug{"news", "jobs", "culture"}[i%3], "poetry")))
		}
		for n := 1; n < 9; n++ {
			wantList(h, "everybody once", h.walk(people(h.publish(morning(), "news", "poetry", "jobs", "culture")), n), ids)
		}
	},
	"joiners and new followers are left out": func(h *house) {
		id := h.join("1", reader("news"))
		h.join("2", reader("jobs"))
		b := h.publish(morning(), "news")
		h.join("3", reader("news"))
		h.edit("2", func(r *news.Reader) { r.Follows = append(r.Follows, "news") })
		wantList(h, "recipients", h.walk(people(b), 10), []news.SubscriberID{id})
		everyone := alert()
		everyone.Audience.Everyone = true
		b = h.publish(everyone)
		h.say(talk.Commit{Chat: "1", Leave: "stop"})
		h.join("1", reader("news"))
		want(h, "everyone but who came back since", len(h.walk(people(b), 10)), 2)
	},
	"unticking one section loses no other": func(h *house) {
		id := h.join("1", reader("news"))
		b := h.publish(morning(), "news", "weather")
		h.edit("1", func(r *news.Reader) { r.Follows = []news.Slug{"weather"} })
		wantList(h, "recipients", h.walk(people(b), 10), []news.SubscriberID{id})
	},
	"leavers and the paused are left out": func(h *house) {
		h.join("1", reader("news"))
		h.join("2", reader("news"))
		back := reader("news")
		back.Paused, back.PausedUntil = true, time.Now().Add(-time.Hour)
		id := h.join("3", back)
		for _, everyone := range []bool{false, true} {
			b := alert()
			b.Audience.Everyone = everyone
			broadcast := h.publish(b, "news")
			h.say(talk.Commit{Chat: "1", Leave: "stop"})
			h.edit("2", func(r *news.Reader) { r.Paused = true })
			wantList(h, "recipients", h.walk(people(broadcast), 10), []news.SubscriberID{id})
			h.edit("2", func(r *news.Reader) { r.PausedUntil = time.Now().Add(time.Hour) })
			wantList(h, "recipients", h.walk(people(h.publish(b, "news")), 10), []news.SubscriberID{id})
		}
	},
	"a recipient is the reader as is": func(h *house) {
		r := reader("news", "jobs")
		r.Kind, r.Quiet, r.Important, r.Floor = news.Group, true, true, 12
		id := h.join("-1", r)
		c := h.take(h.own(), people(h.publish(morning(), "news")), 10)
		if len(c.Recipients) != 1 {
			h.Fatalf("%d recipients", len(c.Recipients))
		}
		got := c.Recipients[0]
		wantList(h, "follows", got.Follows, r.Follows)
		if got.ID != id || got.Chat != "-1" || got.Kind != news.Group || !got.Quiet || !got.Important || got.Off || got.Floor != 12 {
			h.Errorf("recipient %+v", got)
		}
	},
	"channels have lanes of their own": func(h *house) {
		set := h.settings()
		set.Channels = []store.ChannelReader{{Account: tg, Chat: "@news", Sections: []news.Slug{"news"}, Pace: news.PaceDigest, Slots: []news.Slot{"morning"}, Breaking: true}}
		h.must(h.Settings(h.ctx, set))
		h.must(h.Settings(h.ctx, set)) // as often as the program starts
		id := h.join("1", reader("news"))
		b := h.publish(morning(), "news")
		wantList(h, "people", h.walk(people(b), 10), []news.SubscriberID{id})
		want(h, "state while channels wait", h.state(b), news.Running)
		lane := people(b)
		lane.Channels = true
		c := h.take(h.own(), lane, 10)
		if len(c.Recipients) != 1 || c.Recipients[0].Chat != "@news" || c.Recipients[0].Kind != news.Channel {
			h.Fatalf("channels %+v", c.Recipients)
		}
		set.Channels = nil
		h.must(h.Settings(h.ctx, set))
		lane.Broadcast = h.publish(morning(), "news")
		wantList(h, "channels that are no longer named", h.walk(lane, 10), nil)
	},
	"an old owner is fenced": func(h *house) {
		h.join("1", reader("news"))
		b := h.publish(morning(), "news")
		old := h.own()
		c := h.take(old, people(b), 10)
		e := h.own()
		if e.N <= old.N {
			h.Errorf("epoch %d after %d", e.N, old.N)
		}
		for what, err := range map[string]error{
			"take":   func() error { _, err := h.Take(h.ctx, old, people(b), 10); return err }(),
			"reopen": func() error { _, err := h.Reopen(h.ctx, old); return err }(),
			"record": h.Record(h.ctx, old, outbox.Results{At: h.now, Halted: "x", Chunks: []outbox.ChunkResult{closed(c, nil)}}),
			"nobody": h.Record(h.ctx, outbox.Epoch{Account: "telegram:9"}, outbox.Results{At: h.now}),
		} {
			if !errors.Is(err, outbox.ErrFenced) {
				h.Errorf("%s: %v", what, err)
			}
		}
		chunks, err := h.Reopen(h.ctx, e)
		h.must(err)
		want(h, "chunks still open", len(chunks), 1)
		o, err := h.Overview(h.ctx)
		h.must(err)
		want(h, "halted", len(o.Halted), 0)
		h.record(e, outbox.Results{Halted: "the token was revoked"})
		o, err = h.Overview(h.ctx)
		h.must(err)
		want(h, "halted", o.Halted[tg], "the token was revoked")
	},
	"an open chunk is read again": func(h *house) {
		var ids []news.SubscriberID
		for i := range 5 {
			ids = append(ids, h.join(news.ChatID(strconv.Itoa(i)), reader("news")))
		}
		b := h.publish(morning(), "news")
		e := h.own()
		h.finish(e, h.take(e, people(b), 1))
		c := h.take(e, people(b), 3)
		packed := outbox.EncodeReceipts([]outbox.Receipt{{Subscriber: ids[1], Outcome: news.Sent, Version: 1}})
		h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{{ID: c.ID, Receipts: packed, Counts: map[news.Outcome]int{news.Sent: 1}}}})
		h.say(talk.Commit{Chat: "2", Leave: "stop"})
		chunks, err := h.Reopen(h.ctx, h.own())
		h.must(err)
		if len(chunks) != 1 {
			h.Fatalf("%d chunks, want the open one", len(chunks))
		}
		got := chunks[0]
		wantList(h, "recipients", recipientIDs(got), []news.SubscriberID{ids[1], ids[3]})
		want(h, "receipts", string(got.Receipts), string(packed))
		if got.ID != c.ID || got.Lane != c.Lane || got.Lo != c.Lo || got.Hi != c.Hi {
			h.Errorf("chunk %+v, want %+v", got, c)
		}
		wantList(h, "the rest", h.walk(people(b), 10), ids[4:])
	},
	"what others sent is told": func(h *house) {
		articles := h.arrive("news", "news", "jobs")
		var ids []news.SubscriberID
		for i := range 6 {
			ids = append(ids, h.join(news.ChatID(strconv.Itoa(i)), reader("news")))
		}
		e := h.own()
		send := func(b news.Broadcast, item news.ArticleID, n int) news.BroadcastID {
			b.Items = []news.Item{{Article: item, Section: "news"}}
			id := h.publish(b, "news")
			for {
				c := h.take(e, people(id), n)
				if len(c.Recipients) == 0 {
					return id
				}
				h.record(e, outbox.Results{Variants: []outbox.Variant{{Broadcast: id, Version: 1, Articles: []news.ArticleID{item}, Parts: 1}}})
				h.finish(e, c)
			}
		}
		stale := alert()
		stale.Published = h.now.Add(-3 * time.Hour)
		send(stale, articles[0], 2)
		send(alert(), articles[2], 2)
		other := send(alert(), articles[0], 2)
		b := morning()
		b.Items, b.Since = []news.Item{{Article: articles[0], Section: "news"}, {Article: articles[1], Section: "news"}}, h.now.Add(-time.Hour)
		id := h.publish(b, "news")
		h.finish(e, h.take(e, people(id), 3))
		c := h.take(e, people(id), 10)
		var had []news.SubscriberID
		for _, one := range c.Had {
			want(h, "broadcast", one.Broadcast, other)
			if len(one.Variants) != 1 || !slices.Equal(one.Variants[0].Articles, articles[:1]) {
				h.Errorf("variants %+v", one.Variants)
			}
			receipts, err := outbox.DecodeReceipts(one.Receipts)
			h.must(err)
			for _, r := range receipts {
				had = append(had, r.Subscriber)
			}
		}
		wantList(h, "readers of the overlapping chunks", had, ids[2:])
		h.record(e, outbox.Results{Retries: []outbox.Retry{{Lane: people(id), Subscriber: ids[5], Due: h.now}}})
		due, err := h.Due(h.ctx, tg, h.now, 10)
		h.must(err)
		if len(due) != 1 || len(due[0].Had) != 1 || due[0].Had[0].Broadcast != other {
			h.Errorf("retries %+v", due)
		}
	},
	"lanes are told most urgent first": func(h *house) {
		first, second := h.publish(morning(), "news"), h.publish(morning(), "news")
		urgent := h.publish(alert(), "news")
		lanes, err := h.Lanes(h.ctx, tg)
		h.must(err)
		var got []news.BroadcastID
		for _, l := range lanes {
			want(h, "broadcast", l.Broadcast.ID, l.Key.Broadcast)
			want(h, "state", l.State, news.Running)
			if !l.Key.Channels {
				got = append(got, l.Key.Broadcast)
			}
		}
		want(h, "lanes", len(lanes), 6)
		wantList(h, "order", got, []news.BroadcastID{urgent, first, second})
		lanes, err = h.Lanes(h.ctx, "telegram:2")
		h.must(err)
		want(h, "lanes of another account", len(lanes), 0)
	},
}

func recipientIDs(c outbox.Chunk) (ids []news.SubscriberID) {
	for _, r := range c.Recipients {
		ids = append(ids, r.ID)
	}
	return ids
}
