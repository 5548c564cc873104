package storetest

import (
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
}
