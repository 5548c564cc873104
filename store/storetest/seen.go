package storetest

import (
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// seenPromises are about what a network says of messages on their way to
// readers' eyes. It names a message by the beginning of its id.
var seenPromises = map[string]func(*house){
	"each reader counts once": func(h *house) {
		b := h.alarm(7, 3)
		h.saw(sighting("2", "A2", false), sighting("5", "A5", true), sighting("2", "A2", false))
		h.counts("delivered and read", b, 2, 1)
		h.saw(sighting("2", "A2", false), sighting("5", "A5", false), sighting("5", "A5", true))
		h.counts("said again", b, 2, 1)
		h.saw(sighting("2", "A2", true), sighting("7", "A7", false), sighting("7", "A7", true))
		h.counts("with more", b, 3, 3)
	},
	"only of what somebody was sent": func(h *house) {
		b := h.alarm(5, 2)
		h.saw(sighting("1", "A2", true), sighting("3", "B3", true), sighting("nobody", "A1", true), sighting("4", "", true))
		h.counts("of others", b, 0, 0)
		missing, err := h.Seen(h.ctx, "telegram:9", h.now.Add(-time.Hour), []outbox.Sighting{sighting("1", "A1", true)})
		h.must(err)
		want(h, "missing on another account", len(missing), 0)
		h.counts("on another account", b, 0, 0)
	},
	"what has no receipt yet is missing": func(h *house) {
		id := h.join("1", reader("news"))
		b := h.publish(alert(), "news")
		e := h.own()
		c := h.take(e, people(b), 10)
		early := sighting("1", "A1", true)
		for range 2 {
			missing, err := h.Seen(h.ctx, tg, h.now.Add(-time.Hour), []outbox.Sighting{early, sighting("stranger", "A1", true)})
			h.must(err)
			wantList(h, "missing", missing, []outbox.Sighting{early})
		}
		h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, []outbox.Receipt{{Subscriber: id, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"A1/when"}}})}})
		missing, err := h.Seen(h.ctx, tg, h.now.Add(-time.Hour), []outbox.Sighting{early})
		h.must(err)
		want(h, "missing once it is there", len(missing), 0)
		h.counts("then", b, 1, 1)
	},
	"of the alerts of a time": func(h *house) {
		old := alert()
		old.Published = h.now.Add(-3 * time.Hour)
		b := h.alarmed(old, 2, 2)
		missing, err := h.Seen(h.ctx, tg, h.now.Add(-time.Hour), []outbox.Sighting{sighting("1", "A1", true)})
		h.must(err)
		want(h, "missing, of what is too old", len(missing), 0)
		h.counts("of what is too old", b, 0, 0)
		digest := h.sent(h.publish(morning(), "news"), "D", 10)
		h.saw(sighting("1", "D1", true))
		h.counts("of a digest", digest, 0, 0)
		h.counts("of an alert beside it", b, 0, 0)
	},
	"each alert by itself": func(h *house) {
		first := h.alarm(4, 3)
		second := h.sent(h.publish(alert(), "news"), "B", 3)
		h.saw(sighting("1", "A1", true), sighting("1", "B1", false), sighting("4", "B4", true), sighting("3", "A3", false))
		h.counts("the first", first, 2, 1)
		h.counts("the second", second, 2, 1)
	},
	"the sums outlive the receipts, and readers": func(h *house) {
		b := h.alarm(3, 2)
		h.saw(sighting("1", "A1", true), sighting("2", "A2", false))
		h.say(talk.Commit{Chat: "1", Forget: true})
		h.counts("when one is forgotten", b, 2, 1)
		h.saw(sighting("1", "A1", true), sighting("3", "A3", true))
		h.counts("of one who is forgotten, and of one who is there", b, 3, 2)
		set := h.settings()
		set.Purge = time.Nanosecond
		h.now = h.now.Add(time.Second)
		h.must(h.Settings(h.ctx, set))
		h.must(h.Tidy(h.ctx))
		h.counts("without receipts", b, 3, 2)
	},
}

func sighting(chat news.ChatID, name news.MessageID, read bool) outbox.Sighting {
	return outbox.Sighting{Chat: chat, Message: name, Read: read}
}

// alarm sends an alert to readers 1 to n, so many in a chunk. The id of each
// copy is A, the chat, and something that the network does not say again.
func (h *house) alarm(n, each int) news.BroadcastID {
	h.Helper()
	return h.alarmed(alert(), n, each)
}

func (h *house) alarmed(b news.Broadcast, n, each int) news.BroadcastID {
	h.Helper()
	for i := range n {
		h.join(news.ChatID(strconv.Itoa(i+1)), reader("news"))
	}
	return h.sent(h.publish(b, "news"), "A", each)
}

func (h *house) sent(b news.BroadcastID, mark string, each int) news.BroadcastID {
	h.Helper()
	e := h.own()
	for {
		c := h.take(e, people(b), each)
		if len(c.Recipients) == 0 {
			return b
		}
		var receipts []outbox.Receipt
		for _, to := range c.Recipients {
			receipts = append(receipts, outbox.Receipt{Subscriber: to.ID, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{news.MessageID(mark + string(to.Chat) + "/when")}})
		}
		h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, receipts)}})
	}
}

func (h *house) saw(seen ...outbox.Sighting) {
	h.Helper()
	_, err := h.Seen(h.ctx, tg, h.now.Add(-time.Hour), seen)
	h.must(err)
}

func (h *house) counts(what string, b news.BroadcastID, delivered, read int) {
	h.Helper()
	a, err := h.Arrived(h.ctx, b)
	h.must(err)
	want(h, what+": delivered", a.Delivered, delivered)
	want(h, what+": read", a.Read, read)
	all, err := h.Progress(h.ctx, 10)
	h.must(err)
	for _, p := range all {
		if p.Broadcast == b {
			want(h, what+": delivered, in the list", p.Delivered, delivered)
			want(h, what+": read, in the list", p.Read, read)
			return
		}
	}
	h.Errorf("%s: the list has no broadcast %d", what, b)
}
