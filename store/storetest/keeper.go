package storetest

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

var keeperPromises = map[string]func(*house){
	"a broadcast is controlled": func(h *house) {
		h.join("1", reader("news"))
		first, second := h.publish(morning(), "news"), h.publish(alert(), "news")
		h.must(h.Control(h.ctx, 0, news.Paused))
		want(h, "first", h.state(first), news.Paused)
		want(h, "second", h.state(second), news.Paused)
		e := h.own()
		c := h.take(e, people(second), 10)
		want(h, "taken from a paused lane", len(c.Recipients), 1)
		h.must(h.Control(h.ctx, first, news.Running))
		want(h, "first again", h.state(first), news.Running)
		h.must(h.Control(h.ctx, second, news.Stopped))
		want(h, "second stopped", h.state(second), news.Stopped)
		lanes, err := h.Lanes(h.ctx, tg)
		h.must(err)
		want(h, "lanes", len(lanes), 2)
		chunks, err := h.Reopen(h.ctx, e)
		h.must(err)
		want(h, "open chunks", len(chunks), 0)
		want(h, "taken from a stopped lane", len(h.take(e, people(second), 10).Recipients), 0)
		h.finish(e, c) // what was on its way
		wantDeliveries(h, second, map[news.SubscriberID]news.Outcome{c.Lo: news.Sent})
		want(h, "second still", h.state(second), news.Stopped)
		if err := h.Control(h.ctx, second, news.Running); !errors.Is(err, store.ErrOver) {
			h.Errorf("run a stopped one: %v", err)
		}
		if err := h.Control(h.ctx, 999, news.Paused); !errors.Is(err, store.ErrNone) {
			h.Errorf("pause an unknown one: %v", err)
		}
		if err := h.Control(h.ctx, first, news.Done); err == nil {
			h.Error("a broadcast was said to be done")
		}
		if err := h.Deliveries(h.ctx, 999, nil); !errors.Is(err, store.ErrNone) {
			h.Errorf("deliveries of an unknown one: %v", err)
		}
	},
	"what is exported can be imported": func(h *house) {
		r := reader("news", "jobs")
		r.Quiet, r.Paused = true, true
		h.join("1", r)
		h.join("2", reader("gone"))
		h.join("3", reader("news"))
		h.say(talk.Commit{Chat: "3", Leave: "stop"})
		var all []store.Subscriber
		h.must(h.Export(h.ctx, func(s store.Subscriber) error { all = append(all, s); return nil }))
		want(h, "exported", len(all), 2)
		if all[0].Consent == "" || all[0].Chat != "1" || all[1].Chat != "2" {
			h.Errorf("exported %+v", all)
		}
		all = append(all, store.Subscriber{Reader: reader("news")})
		if done, err := h.Import(h.ctx, h.now, append([]store.Subscriber{another("9", "jobs")}, all...)); err == nil || done != (store.Imported{}) {
			h.Errorf("a reader without a chat was imported: %v", done)
		}
		all[2] = another("3", "news")
		all = append(all, another("9", "jobs"))
		done, err := h.Import(h.ctx, h.now, all)
		h.must(err)
		want(h, "imported", done, store.Imported{Added: 1, There: 2, Left: 1})
		c, err := h.Chat(h.ctx, tg, "9")
		h.must(err)
		wantList(h, "recipients", h.walk(people(h.publish(morning(), "jobs")), 10), []news.SubscriberID{c.Reader.ID})
		stop := errors.New("enough")
		if err := h.Export(h.ctx, func(store.Subscriber) error { return stop }); !errors.Is(err, stop) {
			h.Errorf("export: %v", err)
		}
	},
	"the overview counts": func(h *house) {
		id := h.join("1", reader("news", "jobs"))
		h.join("2", reader("news"))
		h.say(talk.Commit{Chat: "2", Leave: "stop", Replies: []talk.Reply{{Message: news.Say(news.T("bye"))}}})
		h.arrive("news", "jobs")
		b := h.publish(morning(), "news")
		h.record(h.own(), outbox.Results{Retries: []outbox.Retry{{Lane: people(b), Subscriber: id, Due: h.now}}})
		h.must(h.Remember(h.ctx, "site", "https://site.example/feed", feed.Memory{Status: feed.OK, OKAt: h.now}))
		o, err := h.Overview(h.ctx)
		h.must(err)
		want(h, "readers", o.Readers[tg], 1)
		want(h, "of news", o.Sections["news"], 1)
		want(h, "of jobs", o.Sections["jobs"], 1)
		want(h, "articles", o.Articles, 2)
		want(h, "waiting", o.Waiting, 2)
		want(h, "running", o.Running, 1)
		for what, c := range map[string]struct {
			accounts []news.AccountID
			want     int
		}{"all readers": {nil, 1}, "of the account": {[]news.AccountID{tg}, 1}, "of another": {[]news.AccountID{"telegram:2"}, 0}, "of both": {[]news.AccountID{"telegram:2", tg}, 1}} {
			n, err := h.Readers(h.ctx, c.accounts...)
			h.must(err)
			want(h, what, n, c.want)
		}
		running, err := h.Store.Running(h.ctx)
		h.must(err)
		want(h, "running, by itself", running, 1)
		h.must(h.Alive(h.ctx))
		if len(o.Sources) != 1 || o.Sources[0].Source != "site" || !o.Sources[0].OKAt.Equal(h.now) {
			h.Errorf("sources %+v", o.Sources)
		}
	},
	"nothing waits of what was stopped": func(h *house) {
		id := h.join("1", reader("news"))
		h.arrive("news")
		b := h.publish(morning(), "news")
		e := h.own()
		h.must(h.Control(h.ctx, b, news.Stopped))
		h.record(e, outbox.Results{Retries: []outbox.Retry{{Lane: people(b), Subscriber: id, Due: h.now}}}) // it was on its way
		o, err := h.Overview(h.ctx)
		h.must(err)
		want(h, "waiting", o.Waiting, 0)
	},
	"receipts go when they are old": func(h *house) {
		id := h.join("1", reader("news"))
		article := h.arrive("news")[0]
		e := h.own()
		send := func(published time.Time) news.BroadcastID {
			b := morning()
			b.Items, b.Published = []news.Item{{Article: article, Section: "news"}}, published
			sent := h.publish(b, "news")
			h.finish(e, h.take(e, people(sent), 10))
			h.record(e, outbox.Results{Ended: []outbox.LaneKey{people(sent), {Broadcast: sent, Account: tg, Channels: true}}})
			return sent
		}
		old, young := send(time.Now().Add(-50*time.Hour)), send(time.Now().Add(-30*time.Hour))
		stuck := h.publish(news.Broadcast{Kind: news.Breaking, Published: time.Now().Add(-50 * time.Hour)}, "news")
		set := h.settings()
		set.Purge = 40 * time.Hour
		h.must(h.Settings(h.ctx, set))
		h.must(h.Tidy(h.ctx))
		wantDeliveries(h, old, map[news.SubscriberID]news.Outcome{})
		wantDeliveries(h, young, map[news.SubscriberID]news.Outcome{id: news.Sent})
		want(h, "one that never ended", h.state(stuck), news.Stopped)
		want(h, "the old one", h.state(old), news.Done)
		progress, err := h.Progress(h.ctx, 10)
		h.must(err)
		want(h, "broadcasts", len(progress), 3)
		want(h, "the old one's count", progress[2].Counts[news.Sent], 1)
	},
	"what was said long ago is forgotten": func(h *house) {
		group := reader("news")
		group.Kind = news.Group
		said := func(chat news.ChatID, kind news.ChatKind, ago time.Duration) {
			h.Helper()
			h.must(second(h.Commit(h.ctx, talk.Commit{Account: tg, At: time.Now().Add(-ago), Key: "of " + string(chat), Chat: chat, Kind: kind, Memo: []byte("m")})))
		}
		h.join("1", reader("news"))
		h.join("2", reader("news"))
		h.join("-1", group)
		for chat, ago := range map[news.ChatID]time.Duration{"1": 50 * time.Hour, "2": 30 * time.Hour, "3": 50 * time.Hour, "4": 30 * time.Hour} {
			said(chat, news.Private, ago)
		}
		said("-1", news.Group, 50*time.Hour)
		said("-2", news.Group, 50*time.Hour)
		for i := range 1200 { // more than are removed at a time
			said(news.ChatID(strconv.Itoa(1000+i)), news.Private, 60*time.Hour)
		}
		set := h.settings()
		set.Purge = 40 * time.Hour
		h.must(h.Settings(h.ctx, set))
		h.must(h.Tidy(h.ctx))
		for chat, want := range map[news.ChatID]string{"1": "", "2": "m", "3": "", "4": "m", "-1": "m", "-2": "", "1000": "", "2199": ""} {
			c, err := h.Chat(h.ctx, tg, chat)
			h.must(err)
			if string(c.Memo) != want {
				h.Errorf("of %s is kept %q, want %q", chat, c.Memo, want)
			}
			_, err = h.Commit(h.ctx, talk.Commit{Account: tg, At: time.Now(), Key: "of " + string(chat), Chat: chat, Kind: news.Private})
			if young := chat == "2" || chat == "4"; errors.Is(err, talk.ErrSeen) != young || !young && err != nil {
				h.Errorf("what %s said, said again: %v", chat, err)
			}
		}
	},
	"settings keep what readers chose": func(h *house) {
		h.join("1", reader("jobs"))
		set := h.settings()
		set.Slots = []news.Slot{"evening", "night"}
		set.Tree = news.NewTree([]news.Section{{Slug: "news"}})
		h.must(h.Settings(h.ctx, set))
		c, err := h.Chat(h.ctx, tg, "1")
		h.must(err)
		wantList(h, "follows", c.Reader.Follows, []news.Slug{"jobs"})
		wantList(h, "slots, in the new order", c.Reader.Slots, []news.Slot{"evening", "morning"})
	},
	"a backup is a whole store": func(h *house) {
		h.join("1", reader("news"))
		path := filepath.Join(h.TempDir(), "copy")
		h.must(h.Backup(h.ctx, path))
		if err := h.Backup(h.ctx, path); !errors.Is(err, fs.ErrExist) {
			h.Errorf("over a file that exists: %v", err)
		}
		files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
		h.must(err)
		dot, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
		h.must(err)
		wantList(h, "files", append(files, dot...), []string{path})
	},
	"a note is kept for its account until it is forgotten": func(h *house) {
		note := func(account news.AccountID) string {
			v, err := h.Note(h.ctx, account, "k")
			h.must(err)
			return string(v)
		}
		want(h, "at first", note(tg), "")
		h.must(h.Noted(h.ctx, tg, "k", []byte("one")))
		h.must(h.Noted(h.ctx, tg, "k", []byte("two")))
		h.must(h.Noted(h.ctx, tg, "other", []byte("three")))
		want(h, "kept", note(tg), "two")
		want(h, "of another account", note("whatsapp:1"), "")
		h.must(h.Noted(h.ctx, tg, "k", nil))
		want(h, "forgotten", note(tg), "")
	},
	"a long export is in order": func(h *house) {
		var all []store.Subscriber
		for i := range 1200 {
			all = append(all, another(news.ChatID(strconv.Itoa(i)), "news"))
		}
		_, err := h.Import(h.ctx, h.now, all)
		h.must(err)
		var got []news.SubscriberID
		h.must(h.Export(h.ctx, func(s store.Subscriber) error { got = append(got, s.ID); return nil }))
		want(h, "exported", len(got), len(all))
		want(h, "in order", slices.IsSorted(got), true)
		wantList(h, "taken", h.walk(people(h.publish(morning(), "news")), 500), got)
	},
}

func another(chat news.ChatID, follows ...news.Slug) store.Subscriber {
	r := reader(follows...)
	r.Account, r.Chat = tg, chat
	return store.Subscriber{Reader: r, Consent: "by mail, 2025"}
}
