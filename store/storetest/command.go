package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

var commandPromises = map[string]func(*house){
	"a command and its entry are one": func(h *house) {
		h.join("1", reader("news"))
		first, second := h.publish(alert(), "news"), h.publish(alert(), "news")
		h.must(h.Commanded(h.ctx, 0, news.Paused, h.order(desk.ActPause, 0)))
		want(h, "the first", h.state(first), news.Paused)
		want(h, "the second", h.state(second), news.Paused)
		h.must(h.Commanded(h.ctx, first, news.Running, h.order(desk.ActResume, first)))
		want(h, "the first again", h.state(first), news.Running)
		h.must(h.Commanded(h.ctx, second, news.Stopped, h.order(desk.ActStop, second)))
		want(h, "the second at last", h.state(second), news.Stopped)
		wantList(h, "the log", h.acts(), []desk.Act{desk.ActOpen, desk.ActPause, desk.ActResume, desk.ActStop})
	},
	"what cannot be signed is not done": func(h *house) {
		h.join("1", reader("news"))
		id := h.publish(alert(), "news")
		e := h.order(desk.ActStop, id)
		e.By = 99
		h.wantErr("by nobody", h.Commanded(h.ctx, id, news.Stopped, e), desk.ErrNobody)
		want(h, "the broadcast", h.state(id), news.Running)
		h.wantErr("all, by nobody", h.Commanded(h.ctx, 0, news.Paused, e), desk.ErrNobody)
		want(h, "the broadcast still", h.state(id), news.Running)
	},
	"what cannot be done is not signed": func(h *house) {
		h.join("1", reader("news"))
		id := h.publish(alert(), "news")
		h.must(h.Commanded(h.ctx, id, news.Stopped, h.order(desk.ActStop, id)))
		h.wantErr("what is over", h.Commanded(h.ctx, id, news.Running, h.order(desk.ActResume, id)), store.ErrOver)
		h.wantErr("what is not there", h.Commanded(h.ctx, 999, news.Paused, h.order(desk.ActPause, 999)), store.ErrNone)
		if err := h.Commanded(h.ctx, 0, "asleep", h.order(desk.ActPause, 0)); err != nil {
			h.Errorf("nothing is unfinished: %v", err)
		}
		wantList(h, "the log", h.acts(), []desk.Act{desk.ActOpen, desk.ActStop, desk.ActPause})
	},
	"nothing is resumed while all is frozen": func(h *house) {
		h.join("1", reader("news"))
		id := h.publish(alert(), "news")
		_, err := h.Froze(h.ctx, h.order(desk.ActFreeze, 0), nil)
		h.must(err)
		h.must(h.Commanded(h.ctx, 0, news.Paused, h.order(desk.ActPause, 0)))
		for _, which := range []news.BroadcastID{0, id} {
			h.wantErr("resume", h.Commanded(h.ctx, which, news.Running, h.order(desk.ActResume, which)), desk.ErrFrozen)
		}
		want(h, "the broadcast", h.state(id), news.Paused)
		h.must(h.Thawed(h.ctx, h.order(desk.ActThaw, 0), nil))
		h.must(h.Commanded(h.ctx, id, news.Running, h.order(desk.ActResume, id)))
		want(h, "the broadcast again", h.state(id), news.Running)
	},
	"the log is read from a time on": func(h *house) {
		begin := h.now
		for i, after := range []time.Duration{0, time.Hour, 3 * time.Hour, 2 * time.Hour, 4 * time.Hour} { // the clock was set back once
			e := h.order(desk.ActExport, news.BroadcastID(i))
			e.At = begin.Add(after)
			h.must(h.Logged(h.ctx, e))
		}
		for _, tt := range []struct {
			since  time.Duration
			behind int64
		}{{-time.Hour, 0}, {0, 0}, {30 * time.Minute, 2}, {time.Hour, 2}, {2 * time.Hour, 3}, {3 * time.Hour, 3}, {3*time.Hour + time.Millisecond, 5}, {5 * time.Hour, 6}} {
			behind, err := h.LogSince(h.ctx, begin.Add(tt.since))
			h.must(err)
			want(h, "since "+tt.since.String()+" it is read behind", behind, tt.behind)
		}
		behind, err := h.LogSince(h.ctx, time.Time{})
		h.must(err)
		want(h, "from the beginning", behind, 0)
	},
}

// order is an entry of the server.
func (h *house) order(a desk.Act, id news.BroadcastID) desk.Entry {
	return desk.Entry{At: h.now, Name: desk.Server().Name, Act: a, Broadcast: id}
}

// acts are what the log tells of.
func (h *house) acts() (all []desk.Act) {
	h.Helper()
	log, err := h.Log(h.ctx, 0, 100)
	h.must(err)
	for _, e := range log {
		all = append(all, e.Act)
	}
	return all
}
