package storetest

import (
	"errors"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

var talkPromises = map[string]func(*house){
	"a reader is kept whole": func(h *house) {
		r := news.Reader{
			Kind: news.Group, Pace: news.PaceEach, Slots: []news.Slot{"morning", "evening"}, Follows: []news.Slug{"weather", "jobs"},
			Breaking: true, Quiet: true, Paused: true, PausedUntil: h.now.Add(time.Hour), Floor: 42,
		}
		r.ID = h.join("-100", r)
		r.Account, r.Chat, r.Joined = tg, "-100", h.now
		for range 2 {
			c, err := h.Chat(h.ctx, tg, "-100")
			h.must(err)
			wantReader(h, c.Reader, r)
			r.Paused, r.PausedUntil, r.Pace, r.Follows, r.Slots = true, time.Time{}, news.PaceBreaking, nil, nil
			h.say(talk.Commit{Chat: "-100", Kind: news.Group, Reader: &r})
		}
		other, err := h.Chat(h.ctx, "telegram:2", "-100")
		h.must(err)
		want(h, "reader of another account", other.Reader.ID, 0)
	},
	"an event is handled once": func(h *house) {
		c := talk.Commit{Account: tg, Key: "u1", At: h.now, Chat: "1", Kind: news.Private, Memo: []byte("asked"), Replies: []talk.Reply{{Message: news.Say(news.T("hi"))}}}
		_, err := h.Commit(h.ctx, c)
		h.must(err)
		c.Memo = nil
		if _, err := h.Commit(h.ctx, c); !errors.Is(err, talk.ErrSeen) {
			h.Errorf("handled twice: %v", err)
		}
		chat, err := h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "memo", string(chat.Memo), "asked")
		replies, err := h.Replies(h.ctx, tg, 0, 10)
		h.must(err)
		want(h, "replies", len(replies), 1)
		c.Account = "telegram:2"
		_, err = h.Commit(h.ctx, c)
		h.must(err)
	},
	"a joiner begins with the current window": func(h *house) {
		old := h.arrive("news")
		c, err := h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "reader before", c.Reader.ID, 0)
		h.now = h.now.Add(25 * time.Hour)
		today := h.arrive("news", "jobs")
		h.join("1", reader("news"))
		c, err = h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "floor before the first edition", c.Reader.Floor, old[0])
		b := morning()
		b.To = today[0]
		h.publish(b, "news")
		h.join("2", reader("news"))
		c, err = h.Chat(h.ctx, tg, "2")
		h.must(err)
		want(h, "floor behind an edition", c.Reader.Floor, today[0])
	},
	"leaving keeps the choices": func(h *house) {
		id := h.join("1", reader("news", "jobs"))
		done := h.say(talk.Commit{Chat: "1", Leave: "stop", Replies: []talk.Reply{{Message: news.Say(news.T("bye"))}}})
		want(h, "dropped", done, talk.Committed{Dropped: id})
		c, err := h.Chat(h.ctx, tg, "1")
		h.must(err)
		want(h, "left", c.Left, true)
		want(h, "id of one who left", c.Reader.ID, 0)
		wantList(h, "follows", c.Reader.Follows, []news.Slug{"news", "jobs"})
		wantList(h, "readers while away", h.walk(people(h.publish(morning(), "news", "jobs")), 10), nil)
		want(h, "the id on return", h.join("1", c.Reader), id)
		wantList(h, "readers after the return", h.walk(people(h.publish(morning(), "news", "jobs")), 10), []news.SubscriberID{id})
		kept, err := h.Kept(h.ctx, tg, "1")
		h.must(err)
		want(h, "consents", len(kept.Consent), 2)
		want(h, "receipts", kept.Receipts, 1)
		want(h, "replies", kept.Replies, 1)
	},
	"choices read before leaving do not bring back": func(h *house) {
		r := reader("news")
		r.ID = h.join("1", r)
		h.say(talk.Commit{Chat: "1", Leave: "stop"})
		want(h, "reader", h.say(talk.Commit{Chat: "1", Reader: &r}).Reader, 0)
		wantList(h, "recipients", h.walk(people(h.publish(morning(), "news")), 10), nil)
	},
	"forgetting is whole and lasts": func(h *house) {
		id := h.join("1", reader("news"))
		h.say(talk.Commit{Chat: "1", Memo: []byte("m"), Replies: []talk.Reply{{Message: news.Say(news.T("hi"))}}})
		done := h.say(talk.Commit{Chat: "1", Forget: true, Replies: []talk.Reply{{Message: news.Say(news.T("gone"))}}})
		want(h, "dropped", done, talk.Committed{Dropped: id})
		c, err := h.Chat(h.ctx, tg, "1")
		h.must(err)
		if c.Left || c.Memo != nil || c.Reader.Chat != "" {
			h.Errorf("chat %+v after forgetting", c)
		}
		kept, err := h.Kept(h.ctx, tg, "1")
		h.must(err)
		want(h, "consents", len(kept.Consent), 0)
		want(h, "replies: the last word", kept.Replies, 1)
		r := reader("news")
		r.Account, r.Chat = tg, "1"
		bring := func() store.Imported {
			imported, err := h.Import(h.ctx, h.now, []store.Subscriber{{Reader: r}})
			h.must(err)
			return imported
		}
		want(h, "import", bring(), store.Imported{Forgotten: 1})
		r.Account = "telegram:2"
		want(h, "import for another account of the network", bring(), store.Imported{Forgotten: 1})
		back := h.join("1", reader("news"))
		if back <= id {
			h.Errorf("the new reader has the id %d, the old one had %d", back, id)
		}
		want(h, "import after they wrote again", bring(), store.Imported{Added: 1})
	},
	"a moved chat keeps its reader": func(h *house) {
		id := h.join("-1", reader("news"))
		done := h.say(talk.Commit{Chat: "-1", Moved: "-100", Memo: []byte("m"), Replies: []talk.Reply{{Message: news.Say(news.T("hi"))}}})
		want(h, "committed", done, talk.Committed{Reader: id})
		c, err := h.Chat(h.ctx, tg, "-100")
		h.must(err)
		want(h, "reader", c.Reader.ID, id)
		want(h, "memo", string(c.Memo), "m")
		replies, err := h.Replies(h.ctx, tg, 0, 10)
		h.must(err)
		want(h, "the reply's chat", replies[0].Chat, "-100")
	},
	"two readers of one chat become one": func(h *house) {
		old, young := h.join("-1", reader("news")), h.join("-100", reader("jobs"))
		done := h.say(talk.Commit{Chat: "-1", Moved: "-100"})
		want(h, "committed", done, talk.Committed{Reader: old, Dropped: young})
		wantList(h, "recipients", h.walk(people(h.publish(morning(), "jobs", "news")), 10), []news.SubscriberID{old})
		c, err := h.Chat(h.ctx, tg, "-100")
		h.must(err)
		wantList(h, "follows", c.Reader.Follows, []news.Slug{"news", "jobs"})
	},
	"a reader who had left does not take another's place": func(h *house) {
		h.join("-1", reader("news"))
		young := h.join("-100", reader("jobs"))
		h.say(talk.Commit{Chat: "-1", Leave: "removed"})
		want(h, "committed", h.say(talk.Commit{Chat: "-1", Moved: "-100"}).Reader, young)
		wantList(h, "recipients", h.walk(people(h.publish(morning(), "jobs")), 10), []news.SubscriberID{young})
		wantList(h, "recipients of what the other followed", h.walk(people(h.publish(morning(), "news")), 10), nil)
	},
	"a list brings nobody back by another address": func(h *house) {
		h.join("1@lid", reader("news"))
		h.say(talk.Commit{Chat: "1@lid", Leave: "stop"})
		h.join("2@lid", reader("news"))
		h.say(talk.Commit{Chat: "2@lid", Forget: true})
		h.join("3@lid", reader("news"))
		for i, phone := range []news.ChatID{"+1", "+2", "+3", "+4"} {
			r := reader("jobs")
			r.Account, r.Chat, r.Kind = tg, phone, news.Private
			imported, err := h.Import(h.ctx, h.now, []store.Subscriber{{Reader: r, Consent: "asked"}})
			h.must(err)
			want(h, "added", imported.Added, 1)
			h.say(talk.Commit{Chat: phone, Moved: news.ChatID(fmt.Sprintf("%d@lid", i+1))})
		}
		for chat, active := range map[news.ChatID]bool{"1@lid": false, "2@lid": false, "3@lid": true, "4@lid": true, "+1": false, "+2": false} {
			c, err := h.Chat(h.ctx, tg, chat)
			h.must(err)
			want(h, "active "+string(chat), c.Reader.ID != 0, active)
		}
	},
	"a group leaves with its topics, and with no other's": func(h *house) {
		for _, chat := range []news.ChatID{"-100", "-100/7", "-100/12", "-1001", "-1001/7", "-10"} {
			h.join(chat, reader("news"))
		}
		h.say(talk.Commit{Chat: "-100", Leave: "removed", Topics: "removed"})
		for chat, left := range map[news.ChatID]bool{"-100": true, "-100/7": true, "-100/12": true, "-1001": false, "-1001/7": false, "-10": false} {
			c, err := h.Chat(h.ctx, tg, chat)
			h.must(err)
			want(h, "left "+string(chat), c.Left, left)
		}
		h.say(talk.Commit{Chat: "-1001", Topics: "removed"}) // by who is no reader, or not alone
		c, err := h.Chat(h.ctx, tg, "-1001/7")
		h.must(err)
		want(h, "the topic of one who stays", c.Left, true)
	},
	"latest and counts": func(h *house) {
		ids := h.arrive("news", "jobs", "news")
		latest, err := h.Latest(h.ctx, []news.Slug{"news"}, 1)
		h.must(err)
		wantList(h, "latest", articleIDs(latest), ids[2:])
		latest, err = h.Latest(h.ctx, []news.Slug{}, 5)
		h.must(err)
		want(h, "latest of no section", len(latest), 0)
		latest, err = h.Latest(h.ctx, nil, 2)
		h.must(err)
		wantList(h, "latest of all", articleIDs(latest), []news.ArticleID{ids[2], ids[1]})
		counts, err := h.Counts(h.ctx, h.now)
		h.must(err)
		want(h, "count of news", counts["news"], 2)
		want(h, "count of jobs", counts["jobs"], 1)
	},
}

func wantReader(h *house, got, want news.Reader) {
	h.Helper()
	wantList(h, "slots", got.Slots, want.Slots)
	wantList(h, "follows", got.Follows, want.Follows)
	if got.ID != want.ID || got.Account != want.Account || got.Chat != want.Chat || got.Kind != want.Kind || got.Pace != want.Pace ||
		got.Breaking != want.Breaking || got.Quiet != want.Quiet || got.Paused != want.Paused ||
		!got.PausedUntil.Equal(want.PausedUntil) || got.Floor != want.Floor || !got.Joined.Equal(want.Joined) {
		h.Errorf("reader %+v, want %+v", got, want)
	}
}
