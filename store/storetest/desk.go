package storetest

import (
	"errors"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

var deskPromises = map[string]func(*house){
	"a code seats somebody once": func(h *house) {
		seat := desk.Seat{Account: tg, Chat: "50"}
		h.must(h.Invited(h.ctx, desk.Invitation{Hash: []byte("a"), Role: desk.Chief, Name: "x", Expires: h.now.Add(time.Hour)}, h.by(desk.Editor{})))
		_, err := h.Claimed(h.ctx, []byte("a"), seat, "", h.now.Add(2*time.Hour))
		h.wantErr("a late code", err, desk.ErrCode)
		e := h.hire(desk.Chief, "51")
		want(h, "role", e.Role, desk.Chief)
		_, err = h.Claimed(h.ctx, []byte("51"), seat, "", h.now)
		h.wantErr("a code twice", err, desk.ErrCode)
		_, err = h.Seated(h.ctx, seat)
		h.wantErr("a stranger", err, desk.ErrNobody)
	},
	"an event makes one draft": func(h *house) {
		e := h.hire(desk.Chief, "1")
		first, second := h.wrote(e, "k"), h.wrote(e, "k")
		want(h, "the second draft", second.ID, first.ID)
		log, err := h.Log(h.ctx, 0, 100)
		h.must(err)
		want(h, "entries", len(log), 4) // the opening, invite, claim, write
	},
	"a draft moves from its newest revision": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		d.Version, d.Words = 2, "two"
		next := h.step(e, d)
		want(h, "words", next.Words, "two")
		_, err := h.Moved(h.ctx, desk.Move{Draft: d, Entry: h.by(e)})
		h.wantErr("an old revision", err, desk.ErrChanged)
		versions, err := h.Versions(h.ctx, d.ID)
		h.must(err)
		want(h, "versions", len(versions), 2)
		want(h, "the first", versions[0].Words, "one")
		live, err := h.Desk(h.ctx)
		h.must(err)
		want(h, "on the desk", len(live), 1)
		next.State = desk.Dropped
		h.step(e, next)
		live, err = h.Desk(h.ctx)
		h.must(err)
		want(h, "on the desk after all", len(live), 0)
	},
	"who signs is an editor, as was looked at": func(h *house) {
		owner, e := h.hire(desk.Owner, "0"), h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		changed := e
		changed.Role = desk.Reporter
		_, err := h.Promoted(h.ctx, changed, h.by(owner))
		h.must(err)
		_, err = h.Moved(h.ctx, desk.Move{Draft: d, Entry: h.by(e)})
		h.wantErr("with an old role", err, desk.ErrChanged)
		dropped, err := h.Removed(h.ctx, e.ID, h.by(owner))
		h.must(err)
		want(h, "dropped", len(dropped), 1)
		h.wantErr("one who is gone", h.Logged(h.ctx, h.by(e)), desk.ErrNobody)
		_, err = h.Removed(h.ctx, owner.ID, h.by(owner))
		h.wantErr("the last owner", err, desk.ErrChanged)
	},
	"nothing moves while all is frozen": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d, other := h.wrote(e, ""), h.wrote(e, "")
		d.State, d.Due = desk.Counting, h.now
		d = h.step(e, d)
		back, err := h.Froze(h.ctx, h.by(e))
		h.must(err)
		want(h, "given back", len(back), 1)
		want(h, "as version", back[0].Version, d.Version+1)
		for _, state := range []desk.State{desk.Counting, desk.Publishing} {
			other.State = state
			_, err = h.Moved(h.ctx, desk.Move{Draft: other, Entry: h.by(e)})
			h.wantErr("to "+string(state), err, desk.ErrFrozen)
		}
		h.must(h.Thawed(h.ctx, h.by(e)))
		h.step(e, other)
	},
	"a draft is printed once, whoever asks": func(h *house) {
		e := h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		p := digest.Publication{Broadcast: news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Everyone: true}}, Accounts: []news.AccountID{tg}}
		var wg sync.WaitGroup
		ids := make([]news.BroadcastID, 8)
		for i := range ids {
			wg.Go(func() {
				id, _, err := h.Print(h.ctx, desk.Key{Draft: d.ID, Version: 1}, p)
				if err != nil {
					h.Error(err)
				}
				ids[i] = id
			})
		}
		wg.Wait()
		for _, id := range ids {
			want(h, "the number", id, ids[0])
		}
		id, fresh, err := h.Print(h.ctx, desk.Key{Draft: d.ID, Version: 2}, p)
		h.must(err)
		want(h, "another version is fresh", fresh && id != ids[0], true)
	},
	"what an alert is about is had by who got it": func(h *house) {
		id := h.join("1", reader("news"))
		article := h.arrive("news")[0]
		known, err := h.Linked(h.ctx, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "articles", len(known), 1)
		want(h, "its section", known[0].Section, "news")
		item := news.Item{Article: article, Section: "news"}
		d := h.wrote(h.hire(desk.Chief, "1"), "")
		first := h.publish(news.Broadcast{Kind: news.Single, Items: []news.Item{item}}, "jobs")
		h.walk(people(first), 1)
		p := digest.Publication{Broadcast: news.Broadcast{Kind: news.Breaking, Words: "w", Items: []news.Item{item}, Audience: news.Audience{Everyone: true}}, Accounts: []news.AccountID{tg}}
		b, _, err := h.Print(h.ctx, desk.Key{Draft: d.ID, Version: 1}, p)
		h.must(err)
		e := h.own()
		c := h.take(e, people(b), 10)
		want(h, "what keeps words from a reader", len(c.Had), 0)
		sent := closed(c, []outbox.Receipt{{Subscriber: id, Outcome: news.Unknown, Version: 1}})
		h.record(e, outbox.Results{
			Chunks:   []outbox.ChunkResult{sent},
			Variants: []outbox.Variant{{Broadcast: b, Version: 1, Articles: []news.ArticleID{article}, Parts: 1}},
		})
		had, err := h.Had(h.ctx, id, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "the reader has it", had[article], true)
		edition := morning()
		edition.Items, edition.Since = []news.Item{item}, h.now.Add(-time.Hour)
		c = h.take(e, people(h.publish(edition, "news")), 10)
		want(h, "the digest knows", len(c.Had) == 1 && c.Had[0].Broadcast == b, true)
	},
	"a chain has one newest": func(h *house) {
		e := h.hire(desk.Chief, "1")
		root := h.wrote(e, "")
		root.State, root.Broadcast = desk.Sending, h.publish(alert(), "news")
		root = h.step(e, root)
		var over []desk.Draft
		for range 2 {
			d, err := h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Form: desk.FormCorrection, State: desk.Counting, Version: 1, Root: root.ID, Base: root.ID}, Entry: h.by(e)})
			h.must(err)
			d.State = desk.Publishing
			over = append(over, d)
		}
		h.step(e, over[0])
		_, err := h.Moved(h.ctx, desk.Move{Draft: over[1], Entry: h.by(e)})
		h.wantErr("the second", err, desk.ErrOvertaken)
		root, err = h.Draft(h.ctx, root.ID)
		h.must(err)
		want(h, "the newest", root.Latest, over[0].ID)
	},
	"what is decided at once is the newest, or is not written": func(h *house) {
		e := h.hire(desk.Chief, "1")
		root := h.wrote(e, "")
		root.State, root.Broadcast = desk.Sending, h.publish(alert(), "news")
		root = h.step(e, root)
		decree := func(form desk.Form, base desk.DraftID) (desk.Draft, error) {
			return h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Form: form, State: desk.Publishing, Version: 1, Root: root.ID, Base: base}, Entry: h.by(e)})
		}
		first, err := decree(desk.FormTypo, root.ID)
		h.must(err)
		_, err = decree(desk.FormCorrection, root.ID)
		h.wantErr("over an old text", err, desk.ErrOvertaken)
		gone, err := decree(desk.FormWithdrawal, first.ID)
		h.must(err)
		_, err = decree(desk.FormCorrection, gone.ID)
		h.wantErr("over a withdrawal", err, desk.ErrOvertaken)
		chain, err := h.Chain(h.ctx, root.ID)
		h.must(err)
		want(h, "the chain", len(chain), 3)
		want(h, "the newest", chain[0].Latest, gone.ID)
		want(h, "withdrawn", chain[0].Withdrawn, true)
	},
	"an alert is found by anything of its chain": func(h *house) {
		article := h.arrive("weather")[0]
		auto := alert()
		auto.Items, auto.Published = []news.Item{{Article: article, Section: "weather"}}, h.now
		auto.Audience.Sections = []news.Slug{"weather", "news"}
		id, err := h.Publish(h.ctx, digest.Publication{Broadcast: auto, Auto: true, Accounts: []news.AccountID{tg}})
		h.must(err)
		found, err := h.Alerted(h.ctx, id)
		h.must(err)
		articles, err := h.Articles(h.ctx, []news.ArticleID{article})
		h.must(err)
		want(h, "its words", found.Words, articles[0].Title)
		want(h, "its article", found.Article, article)
		want(h, "its section", found.Section, "weather")
		want(h, "by itself", found.Auto, true)
		want(h, "its draft", found.Draft, 0)
		d, err := h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Key: "k", Form: desk.FormAlert, State: desk.Sending, Version: 1, Broadcast: id}, Entry: h.by(desk.Editor{})})
		h.must(err)
		over, err := h.Correct(h.ctx, news.Amendment{Original: id, Words: "right"})
		h.must(err)
		found, err = h.Alerted(h.ctx, over)
		h.must(err)
		want(h, "its number", found.Broadcast, id)
		want(h, "its words now", found.Words, "right")
		want(h, "its draft now", found.Draft, d.ID)
		all, err := h.Alerts(h.ctx, h.now.Add(-time.Hour))
		h.must(err)
		want(h, "alerts", len(all), 1)
		want(h, "the draft of one", all[0].Draft, d.ID)
		_, err = h.Alerted(h.ctx, h.publish(news.Broadcast{Kind: news.Single, Items: auto.Items}, "weather"))
		h.wantErr("what is no alert", err, desk.ErrNone)
		_, err = h.Alerted(h.ctx, over+100)
		h.wantErr("what is not there", err, desk.ErrNone)
	},
	"an audience is counted as it would be taken": func(h *house) {
		h.join("1", reader("news", "jobs"))
		h.join("2", reader("weather"))
		h.join("3", reader("jobs"))
		choosy, calm := reader("jobs"), reader("jobs")
		choosy.Important, calm.Breaking = true, false
		h.join("4", choosy)
		h.join("5", calm)
		count := func(a news.Audience) int {
			c, err := h.Audience(h.ctx, a, []news.Platform{news.Telegram, news.WhatsApp})
			h.must(err)
			want(h, "networks", len(c), 2)
			want(h, "on WhatsApp", c[1].Readers, 0)
			return c[0].Readers
		}
		want(h, "everybody", count(news.Audience{Everyone: true}), 3)
		want(h, "everybody, and important", count(news.Audience{Everyone: true, Important: true}), 4)
		want(h, "important", count(news.Audience{Sections: []news.Slug{"jobs"}, Important: true}), 3)
		want(h, "each once", count(news.Audience{Sections: []news.Slug{"news", "jobs"}}), 2)
		want(h, "weather", count(news.Audience{Sections: []news.Slug{"weather", "news"}}), 2)
		want(h, "a section nobody follows", count(news.Audience{Sections: []news.Slug{"poetry"}}), 0)
	},
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
		want(h, "told", stands("k1"), talk.Tellings{Told: 1, Waits: true})
		commit("e3", talk.Tip{Do: talk.TipHeld, Key: "k2", Words: "two", Forward: true})
		commit("e4", talk.Tip{Do: talk.TipHeld, Key: "k3", Words: "three", Forward: true})
		want(h, "in the place of an earlier one", stands("k2"), talk.Tellings{Told: 1})
		want(h, "held", stands("k3"), talk.Tellings{Told: 1, Held: true})
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
		gone, err := h.Forgot(h.ctx, h.now.Add(-time.Hour), h.now.Add(time.Minute))
		h.must(err)
		want(h, "unsaid and forgotten", gone, 1)
		want(h, "what is left", stands("k1"), talk.Tellings{Told: 2, Waits: true})
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
	"a notice is remembered": func(h *house) {
		state, at, err := h.Notice(h.ctx, "x")
		h.must(err)
		want(h, "before", state == "" && at.IsZero(), true)
		_, err = h.Noticed(h.ctx, "x", "bad", h.now, nil)
		h.must(err)
		state, at, err = h.Notice(h.ctx, "x")
		h.must(err)
		want(h, "after", state == "bad" && at.Equal(h.now), true)
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
		n, err := h.Forgot(h.ctx, h.now.Add(time.Second), h.now)
		h.must(err)
		want(h, "forgotten", n, 1)
	},
	"days are those of the zone": func(h *house) {
		zone := time.FixedZone("", 5*3600+1800)
		h.now = time.Date(2025, 11, 22, 18, 40, 0, 0, time.UTC) // the 23rd there
		h.join("1", reader("news"))
		r, err := h.Counted(h.ctx, "2025-11-22", "2025-11-24", zone)
		h.must(err)
		wantList(h, "days", r.Days, []desk.Day{{Date: "2025-11-22"}, {Date: "2025-11-23", Joined: 1}, {Date: "2025-11-24"}})
		want(h, "subscribers", r.Subscribers[news.Telegram], 1)
		want(h, "of a section", r.Sections["news"], 1)
	},
}

// by signs for an editor; the zero Editor is the server.
func (h *house) by(e desk.Editor) desk.Entry {
	return desk.Entry{At: h.now, By: e.ID, Name: e.Name, Act: "test", Revision: e.Revision}
}

func (h *house) hire(role desk.Role, chat news.ChatID) desk.Editor {
	h.Helper()
	h.must(h.Invited(h.ctx, desk.Invitation{Hash: []byte(chat), Role: role, Name: string(chat), Expires: h.now.Add(time.Hour)}, desk.Entry{At: h.now}))
	e, err := h.Claimed(h.ctx, []byte(chat), desk.Seat{Account: tg, Chat: chat}, "", h.now)
	h.must(err)
	return e
}

func (h *house) wrote(e desk.Editor, key string) desk.Draft {
	h.Helper()
	d, err := h.Wrote(h.ctx, desk.Move{
		Draft: desk.Draft{Key: key, Form: desk.FormAlert, By: e.ID, State: desk.Drafting, Version: 1, Content: desk.Content{Words: "one"}, Made: h.now},
		Entry: h.by(e),
	})
	h.must(err)
	return d
}

func (h *house) step(e desk.Editor, d desk.Draft) desk.Draft {
	h.Helper()
	out, err := h.Moved(h.ctx, desk.Move{Draft: d, Entry: h.by(e)})
	h.must(err)
	return out
}

func (h *house) wantErr(what string, err, want error) {
	h.Helper()
	if !errors.Is(err, want) {
		h.Errorf("%s: %v, want %v", what, err, want)
	}
}
