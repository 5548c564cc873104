package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// frozenPromises are about the time in which nothing is sent.
var frozenPromises = map[string]func(*house){
	"nothing moves while all is frozen": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d, other := h.wrote(e, ""), h.wrote(e, "")
		d.State, d.Due = desk.Counting, h.now
		d = h.step(e, d)
		back, err := h.Froze(h.ctx, h.by(e), nil)
		h.must(err)
		want(h, "given back", len(back), 1)
		want(h, "as version", back[0].Version, d.Version+1)
		for _, state := range []desk.State{desk.Counting, desk.Publishing} {
			other.State = state
			_, err = h.Moved(h.ctx, desk.Move{Draft: other, Entry: h.by(e)})
			h.wantErr("to "+string(state), err, desk.ErrFrozen)
		}
		h.must(h.Thawed(h.ctx, h.by(e), nil))
		h.step(e, other)
	},
	"what runs stands still with the freeze": func(h *house) {
		h.join("1", reader("news"))
		over, running := h.publish(alert(), "news"), h.publish(alert(), "news")
		h.must(h.Control(h.ctx, over, news.Stopped))
		_, err := h.Froze(h.ctx, h.order(desk.ActFreeze, 0), nil)
		h.must(err)
		want(h, "what ran", h.state(running), news.Paused)
		want(h, "what was over", h.state(over), news.Stopped)
		h.wantErr("one that goes on", h.Control(h.ctx, running, news.Running), desk.ErrFrozen)
		h.wantErr("all that go on", h.Control(h.ctx, 0, news.Running), desk.ErrFrozen)
		_, err = h.TryAgain(h.ctx, running)
		h.wantErr("trying again", err, desk.ErrFrozen)
		h.must(h.Thawed(h.ctx, h.order(desk.ActThaw, 0), nil))
		want(h, "after the thaw", h.state(running), news.Paused)
		h.must(h.Control(h.ctx, running, news.Running))
		want(h, "once somebody resumes it", h.state(running), news.Running)
	},
	"what is published into a freeze stands still": func(h *house) {
		h.join("1", reader("news"))
		id := h.publish(alert(), "news")
		d := h.wrote(h.hire(desk.Chief, "1"), "")
		_, err := h.Froze(h.ctx, h.order(desk.ActFreeze, 0), nil)
		h.must(err)
		over, err := h.Correct(h.ctx, news.Amendment{Original: id, Words: "right"})
		h.must(err)
		p := digest.Publication{Broadcast: news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Everyone: true}}, Accounts: []news.AccountID{tg}}
		printed, _, err := h.Print(h.ctx, desk.Key{Draft: d.ID, Version: 1}, p)
		h.must(err)
		for what, id := range map[string]news.BroadcastID{"a correction": over, "a draft": printed, "what comes by itself": h.publish(morning(), "news")} {
			want(h, what, h.state(id), news.Paused)
		}
		lanes, err := h.Lanes(h.ctx, tg)
		h.must(err)
		for _, l := range lanes {
			want(h, "a lane", l.State, news.Paused)
		}
	},
	"what a freeze has paused is known until it goes on": func(h *house) {
		h.join("1", reader("news"))
		stalled := func() (ids []news.BroadcastID) {
			all, err := h.Stalled(h.ctx, h.now)
			h.must(err)
			for _, one := range all {
				ids = append(ids, one.Broadcast)
			}
			return ids
		}
		lasting := func(b news.Broadcast) news.BroadcastID {
			b.Expires = h.now.Add(time.Hour)
			return h.publish(b, "news")
		}
		byHand, before := lasting(alert()), lasting(morning())
		h.must(h.Control(h.ctx, before, news.Paused)) // by a person, who knows
		first, other := lasting(morning()), lasting(morning())
		d := h.wrote(h.hire(desk.Chief, "1"), "")
		d.State, d.Broadcast = desk.Sending, byHand
		h.must(second(h.Moved(h.ctx, desk.Move{Draft: d, Entry: h.order(desk.ActPublish, byHand)})))
		h.must(second(h.Froze(h.ctx, h.order(desk.ActFreeze, 0), nil)))
		during := lasting(morning())
		h.wantErr("while frozen", second(h.Unstalled(h.ctx, h.order(desk.ActResume, 0))), desk.ErrFrozen)
		h.must(h.Thawed(h.ctx, h.order(desk.ActThaw, 0), nil))
		wantList(h, "stalled", stalled(), []news.BroadcastID{byHand, first, other, during})
		h.must(h.Control(h.ctx, other, news.Running))
		h.must(h.Control(h.ctx, other, news.Paused)) // by a person again
		h.must(h.Held(h.ctx, true, h.order(desk.ActHold, 0), nil))
		h.wantErr("while held", second(h.Unstalled(h.ctx, h.order(desk.ActResume, 0))), desk.ErrHeld)
		h.must(h.Held(h.ctx, false, h.order(desk.ActRelease, 0), nil))
		done, err := h.Unstalled(h.ctx, h.order(desk.ActResume, 0))
		h.must(err)
		want(h, "resumed", len(done), 2)
		for id, state := range map[news.BroadcastID]news.State{byHand: news.Paused, before: news.Paused, first: news.Running, other: news.Paused, during: news.Running} {
			want(h, "the state", h.state(id), state)
		}
		wantList(h, "stalled at last", stalled(), []news.BroadcastID{byHand})
		h.now = h.now.Add(2 * time.Hour)
		want(h, "what could go on after its time", len(stalled()), 0)
	},
	"a switch is told once": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		d.State, d.Due, d.Confirmed = desk.Counting, h.now, e.ID
		h.step(e, d)
		letter := []desk.Letter{{Seat: desk.Seat{Account: tg, Chat: "1"}, Message: news.Say(news.T("word"))}}
		told := func(what string, n int) {
			all, err := h.Replies(h.ctx, tg, 0, 100)
			h.must(err)
			want(h, "letters after "+what, len(all), n)
		}
		for range 2 {
			h.must(second(h.Froze(h.ctx, h.by(e), func(counting, moving []desk.Draft) []desk.Letter {
				want(h, "told of countdowns", len(counting), 1)
				want(h, "as they were", counting[0].Confirmed, e.ID)
				want(h, "told of others", len(moving), 0)
				return letter
			})))
		}
		told("the freeze", 1)
		for range 2 {
			h.must(h.Thawed(h.ctx, h.by(e), letter))
		}
		told("the thaw", 2)
		for range 2 {
			h.must(h.Held(h.ctx, true, h.by(e), letter))
		}
		told("the hold", 3)
		for range 2 {
			h.must(h.Held(h.ctx, false, h.by(e), letter))
		}
		told("the release", 4)
	},
}
