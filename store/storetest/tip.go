package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// tipPromises are about what readers tell, and what they hear back.
var tipPromises = map[string]func(*house){
	"a tip moves and is forgotten with its chat": func(h *house) {
		teller := desk.Teller{Seat: desk.Seat{Account: tg, Chat: "70"}, Name: "n"}
		_, _, err := h.Told(h.ctx, "k", desk.Tip{Words: "w", At: h.now}, teller)
		h.must(err)
		_, err = h.Commit(h.ctx, talk.Commit{Account: tg, At: h.now, Chat: "70", Kind: news.Private, Moved: "71"})
		h.must(err)
		waiting := func() int {
			tips, err := h.Tipped(h.ctx)
			h.must(err)
			return len(tips)
		}
		want(h, "waiting after the move", waiting(), 1)
		_, err = h.Commit(h.ctx, talk.Commit{Account: tg, At: h.now, Chat: "71", Kind: news.Private, Forget: true})
		h.must(err)
		want(h, "waiting after it was forgotten", waiting(), 0)
	},
	"a tip is told with its event, once": func(h *house) {
		at := desk.Seat{Account: tg, Chat: "70"}
		commit := func(key string, tip talk.Tip) {
			h.Helper()
			_, err := h.Commit(h.ctx, talk.Commit{Account: at.Account, Key: key, At: h.now, Chat: at.Chat, Kind: news.Private, Tip: &tip})
			h.must(err)
		}
		stands := func(key string) talk.Tellings {
			h.Helper()
			out, err := h.Tellings(h.ctx, at.Account, at.Chat, h.now.Add(-time.Hour), key)
			h.must(err)
			return out
		}
		commit("e1", talk.Tip{Do: talk.TipTold, Key: "k1", Words: "one"})
		commit("e2", talk.Tip{Do: talk.TipTold, Key: "k1", Words: "one"})
		want(h, "told", stands("k1"), talk.Tellings{Told: 1, There: true, Waits: true})
		commit("e3", talk.Tip{Do: talk.TipHeld, Key: "k2", Words: "two", Forward: true})
		commit("e4", talk.Tip{Do: talk.TipHeld, Key: "k3", Words: "three", Forward: true})
		want(h, "in the place of an earlier one", stands("k2"), talk.Tellings{Told: 1})
		want(h, "held", stands("k3"), talk.Tellings{Told: 1, There: true, Held: true})
		_, newest, err := h.TipsAfter(h.ctx, 0)
		h.must(err)
		_, err = h.Tip(h.ctx, newest+2)
		h.wantErr("what is held", err, desk.ErrNone)
		other, err := h.Tellings(h.ctx, at.Account, "71", h.now.Add(-time.Hour), "k3")
		h.must(err)
		want(h, "asked from another chat", other, talk.Tellings{})
		_, err = h.Commit(h.ctx, talk.Commit{Account: tg, Key: "x", At: h.now, Chat: "71", Kind: news.Private, Tip: &talk.Tip{Do: talk.TipMeant, Key: "k3"}})
		h.must(err)
		want(h, "meant by somebody else", stands("k3").Held, true)
		commit("e5", talk.Tip{Do: talk.TipNamed, Key: "k3", Name: "n"})
		commit("e6", talk.Tip{Do: talk.TipMeant, Key: "k3"})
		commit("e7", talk.Tip{Do: talk.TipNamed, Key: "k1", Name: "n"})
		tips, err := h.Tipped(h.ctx)
		h.must(err)
		want(h, "tips", len(tips), 2)
		want(h, "one who agreed", tips[0].From, "n")
		want(h, "one who was named while it was held", tips[1].From, "")
		want(h, "its words", tips[1].Words, "three")
		n, last, err := h.TipsAfter(h.ctx, newest)
		h.must(err)
		want(h, "what was meant is newer than what was told of", n == 2 && last > newest, true)
		kept, err := h.Kept(h.ctx, at.Account, at.Chat)
		h.must(err)
		want(h, "kept", kept.Tips, 2)
		commit("e8", talk.Tip{Do: talk.TipHeld, Key: "k4", Words: "four"})
		commit("e9", talk.Tip{Do: talk.TipDropped, Key: "k4"})
		commit("e10", talk.Tip{Do: talk.TipDropped, Key: "k1"})
		want(h, "dropped", stands("k4"), talk.Tellings{Told: 2})
		commit("e11", talk.Tip{Do: talk.TipHeld, Key: "k5", Words: "five"})
		gone, err := h.Forgot(h.ctx, h.now.Add(-time.Hour), h.now.Add(time.Minute), h.now)
		h.must(err)
		want(h, "unsaid and forgotten", gone, 1)
		want(h, "what is left", stands("k1"), talk.Tellings{Told: 2, There: true, Waits: true})
	},
	"nothing is written to who has left since": func(h *house) {
		e := h.hire(desk.Chief, "1")
		h.join("70", reader("news"))
		tell := func(key string) desk.TipID {
			id, _, err := h.Told(h.ctx, key, desk.Tip{Words: "w", At: h.now}, desk.Teller{Seat: desk.Seat{Account: tg, Chat: "70"}})
			h.must(err)
			return id
		}
		before := tell("a")
		h.now = h.now.Add(time.Minute)
		_, err := h.Commit(h.ctx, talk.Commit{Account: tg, At: h.now, Chat: "70", Kind: news.Private, Leave: "stop"})
		h.must(err)
		h.now = h.now.Add(time.Minute)
		after := tell("b")
		to, err := h.Answered(h.ctx, before, "closed", news.Say(news.T("thanks")), h.by(e))
		h.must(err)
		want(h, "told before they left", to, desk.Seat{})
		to, err = h.Answered(h.ctx, after, "closed", news.Say(news.T("thanks")), h.by(e))
		h.must(err)
		want(h, "told after they left", to.Chat, "70")
		letters, err := h.Replies(h.ctx, tg, 0, 10)
		h.must(err)
		want(h, "letters", len(letters), 1)
	},
	"a tip is answered once": func(h *house) {
		e := h.hire(desk.Chief, "1")
		id, fresh, err := h.Told(h.ctx, "k", desk.Tip{Words: "w", At: h.now}, desk.Teller{Seat: desk.Seat{Account: tg, Chat: "70"}, Name: "n"})
		h.must(err)
		want(h, "fresh", fresh, true)
		tip, err := h.Tip(h.ctx, id)
		h.must(err)
		want(h, "the name of one who did not agree", tip.From, "")
		to, err := h.Answered(h.ctx, id, "closed", news.Say(news.T("thanks")), h.by(e))
		h.must(err)
		want(h, "to", to.Chat, "70")
		_, err = h.Answered(h.ctx, id, "closed", news.Say(news.T("thanks")), h.by(e))
		h.wantErr("twice", err, desk.ErrChanged)
		letters, err := h.Replies(h.ctx, tg, 0, 10)
		h.must(err)
		want(h, "letters", len(letters), 1)
		n, err := h.Forgot(h.ctx, h.now.Add(time.Second), h.now, h.now)
		h.must(err)
		want(h, "forgotten", n, 1)
	},
}
