package storetest

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

var amendPromises = map[string]func(*house){
	"a correction walks the wrong receipts": func(h *house) {
		ids, id, e := h.told(6)
		c := h.amend(h.Correct, news.Amendment{Original: id, Words: "right"})
		h.say(talk.Commit{Chat: "b", Leave: "stop"})
		h.edit("c", func(r *news.Reader) { r.Paused = true })
		h.join("late", reader("news"))
		got := h.take(e, people(c), 10)
		// The second has left and the third is paused; the fifth failed and the
		// sixth may have arrived.
		wantList(h, "recipients", recipientIDs(got), []news.SubscriberID{ids[0], ids[1], ids[2], ids[3], ids[5]})
		want(h, "the one who left is marked", got.Recipients[1].Gone, true)
		want(h, "others are not", got.Recipients[0].Gone || got.Recipients[2].Gone, false)
		for i, r := range got.Prior {
			if r.Subscriber != got.Recipients[i].ID || r.Version != 1 {
				h.Errorf("prior %+v of %d", r, got.Recipients[i].ID)
			}
		}
		want(h, "the end", len(h.take(e, people(c), 10).Recipients), 0)
		again, err := h.Reopen(h.ctx, e)
		h.must(err)
		if len(again) != 1 || len(again[0].Prior) != 5 {
			h.Errorf("reopened %+v", again)
		}
	},
	"everybody reads the newest text": func(h *house) {
		_, id, _ := h.told(2)
		c := h.amend(h.Correct, news.Amendment{Original: id, Words: "right", Link: "https://site.example/2"})
		b, err := h.Broadcast(h.ctx, id)
		h.must(err)
		if b.Version != 2 || b.Words != "right" || b.Link != "https://site.example/2" || b.Original != 0 {
			h.Errorf("the original is %+v", b)
		}
		b, err = h.Broadcast(h.ctx, c)
		h.must(err)
		if b.Kind != news.Correction || b.Version != 2 || b.Original != id || b.Words != "right" || b.Was != "words" || b.Slot != "" {
			h.Errorf("the correction is %+v", b)
		}
		lanes, err := h.Lanes(h.ctx, tg)
		h.must(err)
		for _, l := range lanes {
			if l.Key.Broadcast == c && (l.Root == nil || l.Root.Broadcast.Words != "right" || l.Root.Loud != 2) {
				h.Errorf("the lane's original is %+v", l.Root)
			}
		}
		typo := h.amend(h.Correct, news.Amendment{Original: c, Version: 2, Words: "right.", Silent: true})
		want(h, "the correction before it", h.state(c), news.Stopped)
		lanes, err = h.Lanes(h.ctx, tg)
		h.must(err)
		for _, l := range lanes {
			if l.Key.Broadcast == typo && (l.Broadcast.Original != id || l.Root.Loud != 2 || l.Broadcast.Version != 3) {
				h.Errorf("the typo's lane is %+v over %+v", l, l.Root)
			}
		}
	},
	"an edited copy is found by the next correction": func(h *house) {
		ids, id, e := h.told(2)
		first := h.amend(h.Correct, news.Amendment{Original: id, Words: "2"})
		c := h.take(e, people(first), 10)
		var done []outbox.Receipt
		var late []outbox.LateReceipt
		for _, r := range c.Prior {
			r.Version = 2
			late = append(late, outbox.LateReceipt{Lane: people(id), Receipt: r})
			done = append(done, outbox.Receipt{Subscriber: r.Subscriber, Outcome: news.Sent, Version: 2, Changed: true})
		}
		h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, done)}, Late: late, Ended: []outbox.LaneKey{people(first), {Broadcast: first, Account: tg, Channels: true}}})
		want(h, "state", h.state(first), news.Done)
		reach, err := h.Reach(h.ctx, first)
		h.must(err)
		want(h, "reach", reach, news.Reach{Copies: 2, Changed: 2})
		second := h.amend(h.Correct, news.Amendment{Original: first, Words: "3"})
		reach, err = h.Reach(h.ctx, second)
		h.must(err)
		want(h, "before it has begun", reach, news.Reach{Copies: 2, Waiting: 2})
		got := h.take(e, people(second), 10)
		wantList(h, "recipients", recipientIDs(got), ids)
		want(h, "what they have", got.Prior[0].Version, 2)
	},
	"a withdrawal knows what its corrections told": func(h *house) {
		ids, id, e := h.told(3)
		for n, words := range []string{"2", "3"} {
			over := h.amend(h.Correct, news.Amendment{Original: id, Words: words})
			c := h.take(e, people(over), 10)
			var done []outbox.Receipt
			for i, to := range c.Recipients {
				r := outbox.Receipt{Subscriber: to.ID, Outcome: news.Sent, Version: n + 2, Changed: true}
				if i != 1 {
					r.IDs = []news.MessageID{news.MessageID(rune('x' + n))}
				}
				done = append(done, r)
			}
			if len(c.Trails) != 0 {
				h.Errorf("a correction was given the trails %v", c.Trails)
			}
			h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, done)}})
		}
		w := h.amend(h.Withdraw, news.Amendment{Original: id})
		want := func(what string, got []news.MessageID, ids ...news.MessageID) {
			h.Helper()
			wantList(h, what, got, ids)
		}
		for _, c := range []outbox.Chunk{h.take(e, people(w), 10), h.reopened(e)} {
			if len(c.Trails) != 3 {
				h.Fatalf("trails %v", c.Trails)
			}
			want("the first", c.Trails[0], "x", "y")
			want("who was told nothing", c.Trails[1])
			want("the third", c.Trails[2], "x", "y")
		}
		h.record(e, outbox.Results{Retries: []outbox.Retry{{Lane: people(w), Subscriber: ids[2], Part: 1, Variant: 0, Due: h.now}}})
		due, err := h.Due(h.ctx, tg, h.now, 10)
		h.must(err)
		if len(due) != 1 {
			h.Fatalf("due %+v", due)
		}
		want("of a retry", due[0].Trail, "x", "y")
	},
	"a copy that failed in part is wrong, too": func(h *house) {
		ids, id, e := h.told(3)
		half := outbox.Receipt{Subscriber: ids[1], Outcome: news.Failed, Version: 1, IDs: []news.MessageID{"8"}}
		h.record(e, outbox.Results{Late: []outbox.LateReceipt{{Lane: people(id), Receipt: half}}})
		n, err := h.TryAgain(h.ctx, id)
		h.must(err)
		want(h, "tried again", n, 1)
		due := h.due(tg, time.Hour)
		want(h, "retries", len(due), 1)
		want(h, "the next part", due[0].Part, 1)
		c := h.amend(h.Correct, news.Amendment{Original: id, Words: "right"})
		reach, err := h.Reach(h.ctx, c)
		h.must(err)
		want(h, "while it waits", reach.Waiting, 3)
		h.record(e, outbox.Results{
			Late:    []outbox.LateReceipt{{Lane: people(id), Receipt: half}},
			Settled: []outbox.RetryKey{{Lane: people(id), Subscriber: ids[1]}},
		})
		got := h.take(e, people(c), 10)
		wantList(h, "recipients", recipientIDs(got), ids)
		wantList(h, "what of it arrived", got.Prior[1].IDs, half.IDs)
		n, err = h.TryAgain(h.ctx, id)
		h.must(err)
		want(h, "tried again with the old text there", n, 0)
	},
	"a decision is published once": func(h *house) {
		_, id, _ := h.told(1)
		a := news.Amendment{Original: id, Key: "3/1", Version: 1, Words: "right"}
		c := h.amend(h.Correct, a)
		want(h, "the same key", h.amend(h.Correct, a), c)
		a.Key = "4/1"
		_, err := h.Correct(h.ctx, a)
		want(h, "over an old text", errors.Is(err, news.ErrOvertaken), true)
		w := h.amend(h.Withdraw, news.Amendment{Original: c, Key: "5/1", Words: "line"})
		want(h, "the same withdrawal", h.amend(h.Withdraw, news.Amendment{Original: id, Key: "5/1"}), w)
		a.Key, a.Version = "6/1", 0
		_, err = h.Correct(h.ctx, a)
		want(h, "after it was withdrawn", errors.Is(err, news.ErrFinal), true)
		b, err := h.Broadcast(h.ctx, w)
		h.must(err)
		want(h, "its line", b.Words, "line")
		_, err = h.TryAgain(h.ctx, id)
		want(h, "trying a withdrawn one again", errors.Is(err, news.ErrFinal), true)
	},
	"what was withdrawn, or overtaken, is not tried again": func(h *house) {
		_, id, e := h.told(5) // one has failed
		ended := func(id news.BroadcastID) {
			h.record(e, outbox.Results{Ended: []outbox.LaneKey{people(id), {Broadcast: id, Account: tg, Channels: true}}})
		}
		ended(id)
		want(h, "the alert", h.state(id), news.Done)
		failing := func(over news.BroadcastID) {
			c := h.take(e, people(over), 10)
			var all []outbox.Receipt
			for _, to := range c.Recipients {
				all = append(all, outbox.Receipt{Subscriber: to.ID, Outcome: news.Failed, Version: 2})
			}
			h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, all)}})
			ended(over)
		}
		first := h.amend(h.Correct, news.Amendment{Original: id, Words: "2"})
		failing(first)
		second := h.amend(h.Correct, news.Amendment{Original: id, Words: "3"})
		failing(second)
		_, err := h.TryAgain(h.ctx, first)
		h.wantErr("an older correction", err, news.ErrFinal)
		n, err := h.TryAgain(h.ctx, second)
		h.must(err)
		want(h, "copies of the newest", n, 4)
		w := h.amend(h.Withdraw, news.Amendment{Original: id})
		for _, one := range []news.BroadcastID{id, second} {
			_, err = h.TryAgain(h.ctx, one)
			h.wantErr("what was withdrawn", err, news.ErrFinal)
		}
		failing(w)
		n, err = h.TryAgain(h.ctx, w)
		h.must(err)
		want(h, "copies to withdraw", n, 4)
	},
}

// reopened is the one chunk that is open.
func (h *house) reopened(e outbox.Epoch) outbox.Chunk {
	h.Helper()
	all, err := h.Reopen(h.ctx, e)
	h.must(err)
	if len(all) != 1 {
		h.Fatalf("reopened %+v", all)
	}
	return all[0]
}

// amend corrects or withdraws.
func (h *house) amend(how func(context.Context, news.Amendment) (news.BroadcastID, error), a news.Amendment) news.BroadcastID {
	h.Helper()
	id, err := how(h.ctx, a)
	h.must(err)
	return id
}

// told publishes an alert and has it sent to n readers: the fifth copy failed,
// the sixth may have arrived. The chat names are a, b, c and so on.
func (h *house) told(n int) (ids []news.SubscriberID, id news.BroadcastID, e outbox.Epoch) {
	h.Helper()
	for i := range n {
		ids = append(ids, h.join(news.ChatID(string(rune('a'+i))), reader("news")))
	}
	id = h.publish(alert(), "news")
	e = h.own()
	c := h.take(e, people(id), 100)
	var receipts []outbox.Receipt
	for i, to := range c.Recipients {
		r := outbox.Receipt{Subscriber: to.ID, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"7"}}
		switch i {
		case 4:
			r.Outcome, r.IDs = news.Failed, nil
		case 5:
			r.Outcome, r.IDs = news.Unknown, nil
		}
		receipts = append(receipts, r)
	}
	h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, receipts)}})
	return ids, id, e
}
