package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

var clientPromises = map[string]func(*house){
	"a client is kept as it was made, and is no editor": func(h *house) {
		until := h.now.Add(48 * time.Hour)
		made := h.enroll("cms", until)
		c, hash, err := h.Client(h.ctx, made.ID)
		h.must(err)
		want(h, "name", c.Name, "cms")
		want(h, "role", c.Role, desk.Machine)
		wantList(h, "scopes", c.Scopes, []desk.Scope{desk.ScopeAlert, desk.ScopePull})
		wantList(h, "sections", c.Sections, []news.Slug{"news"})
		want(h, "rate", c.PerMinute, 7)
		want(h, "until", c.Until.Equal(until), true)
		want(h, "hash", string(hash), "hash of cms")
		as, err := h.Editor(h.ctx, made.ID)
		h.must(err)
		wantList(h, "scopes of the actor", as.Scopes, c.Scopes)
		want(h, "until, of the actor", as.Until.Equal(until), true)
		roster, err := h.Roster(h.ctx)
		h.must(err)
		want(h, "editors", len(roster), 0)
		h.must(h.Came(h.ctx, made.ID, "2026-11-23"))
		h.enroll("bms", time.Time{})
		all, err := h.Clients(h.ctx)
		h.must(err)
		want(h, "clients", len(all), 2)
		want(h, "the first by name", all[0].Name, "bms")
		want(h, "used", all[1].Used, "2026-11-23")
		_, err = h.Enrolled(h.ctx, desk.Client{Editor: desk.Editor{Name: "cms"}}, []byte("x"), h.by(desk.Editor{}))
		h.wantErr("the name again", err, desk.ErrTaken)
	},
	"a client that is removed is gone at once": func(h *house) {
		c := h.enroll("cms", time.Time{})
		d, err := h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Key: "k", Form: desk.FormAlert, By: c.ID, State: desk.Counting, Version: 1, Due: h.now}, Entry: h.by(c.Editor)})
		h.must(err)
		again, err := h.Keyed(h.ctx, "k")
		h.must(err)
		want(h, "the draft of the key", again.ID, d.ID)
		_, err = h.Asked(h.ctx, c.ID, "k", []byte("1"), h.now, h.now.Add(-time.Hour))
		h.must(err)
		dropped, err := h.Removed(h.ctx, c.ID, h.by(desk.Editor{}))
		h.must(err)
		want(h, "dropped", len(dropped) == 1 && dropped[0].State == desk.Dropped, true)
		_, _, err = h.Client(h.ctx, c.ID)
		h.wantErr("the client", err, desk.ErrNobody)
		_, err = h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Form: desk.FormAlert, By: c.ID, State: desk.Counting, Version: 1}, Entry: h.by(c.Editor)})
		h.wantErr("what it writes", err, desk.ErrNobody)
		_, err = h.Suggested(h.ctx, desk.Proposal{Kind: desk.ProposeByHand, Key: "k9", By: c.ID}, nil, h.by(c.Editor))
		h.wantErr("what it proposes", err, desk.ErrNobody)
		waiting, err := h.Waiting(h.ctx)
		h.must(err)
		want(h, "proposals", len(waiting), 0)
		_, err = h.Keyed(h.ctx, "k9")
		h.wantErr("a key of nothing", err, desk.ErrNone)
		h.enroll("cms", time.Time{}) // the name is free
	},
	"a countdown is not written while all is frozen": func(h *house) {
		c := h.enroll("cms", time.Time{})
		_, err := h.Froze(h.ctx, h.by(desk.Editor{}), nil)
		h.must(err)
		_, err = h.Wrote(h.ctx, desk.Move{Draft: desk.Draft{Form: desk.FormAlert, By: c.ID, State: desk.Counting, Version: 1}, Entry: h.by(c.Editor)})
		h.wantErr("a countdown", err, desk.ErrFrozen)
	},
	"words are proposed once for each key": func(h *house) {
		c := h.enroll("cms", time.Time{})
		p := desk.Proposal{
			Kind: desk.ProposeByHand, Key: "k", By: c.ID, Made: h.now, Expires: h.now.Add(time.Hour), Article: news.Article{Title: "w"},
			Content: desk.Content{Words: "w", Sections: []news.Slug{"news", "jobs"}},
		}
		letters := []desk.Letter{{Seat: desk.Seat{Account: tg, Chat: "1"}, Message: news.Say(news.T("see " + desk.ProposalMark))}}
		first, err := h.Suggested(h.ctx, p, letters, h.by(c.Editor))
		h.must(err)
		second, err := h.Suggested(h.ctx, p, letters, h.by(c.Editor))
		h.must(err)
		want(h, "the second", second.ID, first.ID)
		p.Key = "k2"
		third, err := h.Suggested(h.ctx, p, nil, h.by(c.Editor))
		h.must(err)
		want(h, "with another key", third.ID != first.ID, true)
		got, err := h.Proposal(h.ctx, first.ID)
		h.must(err)
		want(h, "by", got.By, c.ID)
		wantList(h, "sections", got.Content.Sections, p.Content.Sections)
		log, err := h.Log(h.ctx, 0, 100)
		h.must(err)
		want(h, "entries", len(log), 4) // the opening, enroll, and two proposals
	},
	"a request is answered once": func(h *house) {
		c, other := h.enroll("cms", time.Time{}), h.enroll("other", time.Time{})
		ask := func(c desk.Client, hash string, at time.Time) (web.Answer, error) {
			return h.Asked(h.ctx, c.ID, "k", []byte(hash), at, at.Add(-48*time.Hour))
		}
		for range 2 { // the second time after a crash
			a, err := ask(c, "1", h.now)
			h.must(err)
			want(h, "not answered yet", a.Status, 0)
		}
		_, err := ask(c, "2", h.now)
		h.wantErr("another request", err, web.ErrOtherRequest)
		h.must(h.AnswerKept(h.ctx, c.ID, "k", web.Answer{Status: 201, Body: []byte("{}\n")}))
		a, err := ask(c, "1", h.now.Add(47*time.Hour))
		h.must(err)
		want(h, "status", a.Status, 201)
		want(h, "body", string(a.Body), "{}\n")
		a, err = ask(other, "2", h.now)
		h.must(err)
		want(h, "somebody else's key", a.Status, 0)
		h.must(h.AnswerKept(h.ctx, other.ID, "k", web.Answer{}))
		_, err = ask(other, "3", h.now)
		h.must(err) // the key is free
		a, err = ask(c, "4", h.now.Add(49*time.Hour))
		h.must(err)
		want(h, "after two days", a.Status, 0)
	},
}

// enroll writes a client.
func (h *house) enroll(name string, until time.Time) desk.Client {
	h.Helper()
	c, err := h.Enrolled(h.ctx, desk.Client{
		Editor:    desk.Editor{Name: name, Sections: []news.Slug{"news"}, Scopes: []desk.Scope{desk.ScopeAlert, desk.ScopePull}, Until: until, Joined: h.now},
		PerMinute: 7,
	}, []byte("hash of "+name), h.by(desk.Editor{}))
	h.must(err)
	return c
}
