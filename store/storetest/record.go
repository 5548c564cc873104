package storetest

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

var recordPromises = map[string]func(*house){
	"a broadcast is done when nothing is left": func(h *house) {
		ids := []news.SubscriberID{h.join("1", reader("news")), h.join("2", reader("news"))}
		b := h.publish(morning(), "news")
		h.walk(outbox.LaneKey{Broadcast: b, Account: tg, Channels: true}, 10)
		e := h.own()
		c := h.take(e, people(b), 10)
		h.record(e, outbox.Results{Ended: []outbox.LaneKey{people(b)}})
		want(h, "with an open chunk", h.state(b), news.Running)
		retry := outbox.Retry{Lane: people(b), Subscriber: ids[1], Part: 1, IDs: []news.MessageID{"9"}, Variant: 2, Due: h.now, Attempts: 3, Reason: "unknown"}
		h.record(e, outbox.Results{
			Chunks: []outbox.ChunkResult{closed(c, []outbox.Receipt{
				{Subscriber: ids[0], Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"8"}}, {Subscriber: ids[1], Outcome: news.Deferred, Version: 1}})},
			Retries: []outbox.Retry{retry},
		})
		want(h, "with a retry", h.state(b), news.Running)
		due, err := h.Due(h.ctx, tg, h.now.Add(-time.Second), 10)
		h.must(err)
		want(h, "retries before they are due", len(due), 0)
		due, err = h.Due(h.ctx, tg, h.now, 10)
		h.must(err)
		if len(due) != 1 || due[0].Part != 1 || due[0].Variant != 2 || due[0].Attempts != 3 || due[0].Reason != "unknown" ||
			!slices.Equal(due[0].IDs, retry.IDs) || due[0].Recipient.ID != ids[1] || due[0].Lane != people(b) {
			h.Fatalf("retries %+v", due)
		}
		wantDeliveries(h, b, map[news.SubscriberID]news.Outcome{ids[0]: news.Sent, ids[1]: news.Deferred})
		h.record(e, outbox.Results{
			Late:    []outbox.LateReceipt{{Lane: people(b), Receipt: outbox.Receipt{Subscriber: ids[1], Outcome: news.Unknown, Version: 1}}},
			Settled: []outbox.RetryKey{{Lane: people(b), Subscriber: ids[1]}},
		})
		want(h, "with nothing left", h.state(b), news.Done)
		wantDeliveries(h, b, map[news.SubscriberID]news.Outcome{ids[0]: news.Sent, ids[1]: news.Unknown})
		progress, err := h.Progress(h.ctx, 1)
		h.must(err)
		if p := progress[0]; p.Broadcast != b || !p.Finished.Equal(h.now) || !maps.Equal(p.Counts, map[news.Outcome]int{news.Sent: 1, news.Unknown: 1}) {
			h.Errorf("progress %+v", p)
		}
	},
	"receipts come late to several chunks at once": func(h *house) {
		var ids []news.SubscriberID
		for i := range 6 {
			ids = append(ids, h.join(news.ChatID(strconv.Itoa(i+1)), reader("news")))
		}
		e := h.own()
		lates := map[news.BroadcastID][]outbox.LateReceipt{}
		for range 2 {
			b := h.publish(morning(), "news")
			for range 2 { // the last two readers are in no chunk
				c := h.take(e, people(b), 2)
				receipts := []outbox.Receipt{
					{Subscriber: c.Recipients[0].ID, Outcome: news.Deferred, Version: 1}, {Subscriber: c.Recipients[1].ID, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"1"}}}
				h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, receipts)}})
			}
			for i, o := range []news.Outcome{news.Sent, 0, news.Failed, 0, news.Unknown} {
				if o != 0 {
					lates[b] = append(lates[b], outbox.LateReceipt{Lane: people(b), Receipt: outbox.Receipt{Subscriber: ids[i], Outcome: o, Version: 1}})
				}
			}
			// The second receipt of a reader in one record is the one that counts.
			lates[b] = append(lates[b], outbox.LateReceipt{Lane: people(b), Receipt: outbox.Receipt{Subscriber: ids[4], Outcome: news.Sent, Version: 1}})
		}
		var all []outbox.LateReceipt
		for i := range 4 {
			for _, b := range slices.Sorted(maps.Keys(lates)) {
				all = append(all, lates[b][i])
			}
		}
		h.record(e, outbox.Results{Late: all})
		progress, err := h.Progress(h.ctx, 2)
		h.must(err)
		for _, p := range progress {
			wantDeliveries(h, p.Broadcast, map[news.SubscriberID]news.Outcome{
				ids[0]: news.Sent, ids[1]: news.Sent, ids[2]: news.Failed, ids[3]: news.Sent, ids[4]: news.Sent})
			if !maps.Equal(p.Counts, map[news.Outcome]int{news.Sent: 4, news.Failed: 1}) {
				h.Errorf("counts %v", p.Counts)
			}
		}
	},
	"who has left has no retry": func(h *house) {
		gone, away := h.join("1", reader("news")), h.join("2", reader("news"))
		forgot := h.join("3", reader("news"))
		b := h.publish(morning(), "news")
		h.walk(outbox.LaneKey{Broadcast: b, Account: tg, Channels: true}, 10)
		e := h.own()
		h.finish(e, h.take(e, people(b), 10))
		var retries []outbox.Retry
		for _, id := range []news.SubscriberID{gone, away, forgot} {
			retries = append(retries, outbox.Retry{Lane: people(b), Subscriber: id, Due: h.now})
		}
		h.record(e, outbox.Results{Retries: retries, Ended: []outbox.LaneKey{people(b)},
			Left: []outbox.Leaving{{Subscriber: gone, Reason: "blocked"}, {Chat: "2", Reason: "missing"}, {Chat: "unknown"}}})
		due, err := h.Due(h.ctx, tg, h.now, 10)
		h.must(err)
		want(h, "retries", len(due), 3)
		for _, r := range due {
			want(h, "a recipient is there", r.Recipient.ID != 0, r.Subscriber == forgot)
		}
		c, err := h.Chat(h.ctx, tg, "2")
		h.must(err)
		want(h, "left", c.Left, true)
		h.record(e, outbox.Results{Settled: []outbox.RetryKey{{Lane: people(b), Subscriber: gone}, {Lane: people(b), Subscriber: away}}})
		want(h, "with the last retry", h.state(b), news.Running)
		h.say(talk.Commit{Chat: "3", Forget: true})
		want(h, "when the last one is forgotten", h.state(b), news.Done)
	},
	"a move is recorded": func(h *house) {
		id := h.join("-1", reader("news"))
		e := h.own()
		h.record(e, outbox.Results{Moved: []outbox.Moving{{Subscriber: id, To: "-100"}, {From: "nobody", To: "-5"}}})
		want(h, "chat", h.take(e, people(h.publish(morning(), "news")), 10).Recipients[0].Chat, "-100")
		h.record(e, outbox.Results{Moved: []outbox.Moving{{From: "-100", To: "-200"}}})
		want(h, "chat", h.take(e, people(h.publish(morning(), "news")), 10).Recipients[0].Chat, "-200")
	},
	"variants are kept with their broadcast": func(h *house) {
		b := h.publish(morning(), "news")
		e := h.own()
		variants := []outbox.Variant{{Broadcast: b, Version: 1, N: 0, Articles: []news.ArticleID{3, 1}, Parts: 2}, {Broadcast: b, Version: 1, N: 1, Parts: 1}}
		h.record(e, outbox.Results{Variants: variants})
		h.record(e, outbox.Results{Variants: variants[:1]})
		lanes, err := h.Lanes(h.ctx, tg)
		h.must(err)
		got := lanes[0].Variants
		if len(got) != 2 || got[1].N != 1 || got[0].Parts != 2 || !slices.Equal(got[0].Articles, variants[0].Articles) {
			h.Errorf("variants %+v", got)
		}
		variants[0].Articles = []news.ArticleID{4}
		if err := h.Record(h.ctx, e, outbox.Results{At: h.now, Variants: variants[:1], Halted: "x"}); err == nil {
			h.Error("a variant changed what it holds")
		}
		o, err := h.Overview(h.ctx)
		h.must(err)
		want(h, "halted by a record that failed", len(o.Halted), 0)
	},
	"replies are told until they are done": func(h *house) {
		message := news.Message{Blocks: []news.Text{news.B("سطر")}, Buttons: [][]news.Button{{{Label: "l", Data: "d", On: true}}}, Silent: true}
		for i := range 3 {
			h.say(talk.Commit{Chat: news.ChatID(strconv.Itoa(i)), Kind: news.Group, Replies: []talk.Reply{{Message: message, Edit: "5"}}})
		}
		replies, err := h.Replies(h.ctx, tg, 0, 2)
		h.must(err)
		if len(replies) != 2 || replies[0].Chat != "0" || replies[0].Kind != news.Group || replies[0].Edit != "5" || !replies[0].Due.Equal(h.now) ||
			!replies[0].Message.Silent || replies[0].Message.Blocks[0].String() != "سطر" || replies[0].Message.Buttons[0][0] != message.Buttons[0][0] {
			h.Fatalf("replies %+v", replies)
		}
		rest, err := h.Replies(h.ctx, tg, replies[1].ID, 5)
		h.must(err)
		want(h, "the rest", len(rest), 1)
		later := h.now.Add(time.Minute)
		h.record(h.own(), outbox.Results{Replies: []outbox.ReplyResult{{ID: replies[0].ID, Done: true}, {ID: replies[1].ID, Part: 1, Due: later, Attempts: 2}}})
		left, err := h.Replies(h.ctx, tg, 0, 5)
		h.must(err)
		if len(left) != 2 || left[0].ID != replies[1].ID || left[0].Part != 1 || left[0].Attempts != 2 || !left[0].Due.Equal(later) {
			h.Errorf("replies %+v", left)
		}
	},
	"a stalled lane waits": func(h *house) {
		id := h.join("1", reader("news"))
		b := h.publish(morning(), "news")
		e := h.own()
		h.finish(e, h.take(e, people(b), 10))
		h.record(e, outbox.Results{Retries: []outbox.Retry{{Lane: people(b), Subscriber: id, Due: h.now}}, Stalled: []outbox.Stall{{Lane: people(b), Reason: "rejected"}}})
		look := func() (state news.State, due int) {
			lanes, err := h.Lanes(h.ctx, tg)
			h.must(err)
			retries, err := h.Due(h.ctx, tg, h.now, 5)
			h.must(err)
			return lanes[0].State, len(retries)
		}
		state, due := look()
		want(h, "state", state, news.Paused)
		want(h, "retries of a paused lane", due, 0)
		want(h, "broadcast", h.state(b), news.Running)
		h.must(h.Control(h.ctx, b, news.Running))
		state, due = look()
		want(h, "state", state, news.Running)
		want(h, "retries", due, 1)
	},
}

func wantDeliveries(h *house, b news.BroadcastID, wanted map[news.SubscriberID]news.Outcome) {
	h.Helper()
	got := map[news.SubscriberID]news.Outcome{}
	last := news.SubscriberID(0)
	h.must(h.Deliveries(h.ctx, b, func(d store.Delivery) error {
		if d.Subscriber <= last {
			h.Errorf("reader %d after %d", d.Subscriber, last)
		}
		last = d.Subscriber
		got[d.Subscriber] = d.Outcome
		return nil
	}))
	if !maps.Equal(got, wanted) {
		h.Errorf("deliveries %v, want %v", got, wanted)
	}
}
