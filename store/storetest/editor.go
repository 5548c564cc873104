package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// editorPromises are about who sits at the desk.
var editorPromises = map[string]func(*house){
	"a code seats somebody once": func(h *house) {
		seat := desk.Seat{Account: tg, Chat: "50"}
		h.must(h.Invited(h.ctx, desk.Invitation{Hash: []byte("a"), Role: desk.Chief, Name: "x", Expires: h.now.Add(time.Hour)}, h.by(desk.Editor{})))
		_, _, err := h.Claimed(h.ctx, desk.Claimant{Hash: []byte("a"), Seat: seat, At: h.now.Add(2 * time.Hour)})
		h.wantErr("a late code", err, desk.ErrCode)
		e := h.hire(desk.Chief, "51")
		want(h, "role", e.Role, desk.Chief)
		_, _, err = h.Claimed(h.ctx, desk.Claimant{Hash: []byte("51"), Seat: seat, At: h.now})
		h.wantErr("a code twice", err, desk.ErrCode)
		_, err = h.Seated(h.ctx, seat)
		h.wantErr("a stranger", err, desk.ErrNobody)
	},
	"who signs is an editor, as was looked at": func(h *house) {
		owner, e := h.hire(desk.Owner, "0"), h.hire(desk.Chief, "1")
		d := h.wrote(e, "")
		changed := e
		changed.Role = desk.Reporter
		_, _, err := h.Promoted(h.ctx, desk.Promotion{Editor: changed, Entry: h.by(owner), Keeps: func(desk.Draft) bool { return true }})
		h.must(err)
		_, err = h.Moved(h.ctx, desk.Move{Draft: d, Entry: h.by(e)})
		h.wantErr("with an old role", err, desk.ErrChanged)
		dropped, err := h.Removed(h.ctx, e.ID, h.by(owner))
		h.must(err)
		want(h, "dropped", len(dropped), 1)
		h.wantErr("one who is gone", h.Logged(h.ctx, h.by(e)), desk.ErrNobody)
		_, err = h.Removed(h.ctx, owner.ID, h.by(owner))
		h.wantErr("the last owner", err, desk.ErrLastOwner)
	},
	"who is changed keeps what they may, and nothing else": func(h *house) {
		owner, e := h.hire(desk.Owner, "0"), h.hire(desk.Chief, "1")
		ready := func(section news.Slug) desk.Draft {
			d := h.wrote(owner, "")
			d.State, d.Due, d.Seen, d.Sure, d.Confirmed, d.Sections = desk.Scheduled, h.now.Add(time.Hour), 1, 1, e.ID, []news.Slug{section}
			return h.step(owner, d)
		}
		lost, kept := ready("news"), ready("jobs")
		e.Sections = []news.Slug{"jobs"}
		p := desk.Promotion{Editor: e, Entry: h.by(owner), Keeps: func(d desk.Draft) bool { return d.Sections[0] == "jobs" }}
		p.Letters = []desk.Letter{{Seat: e.Seats[0], Message: news.Say(news.T("jobs"))}}
		now, back, err := h.Promoted(h.ctx, p)
		h.must(err)
		wantList(h, "sections", now.Sections, e.Sections)
		want(h, "taken back", len(back) == 1 && back[0].ID == lost.ID && back[0].State == desk.Drafting && back[0].Version == lost.Version+1, true)
		d, err := h.Draft(h.ctx, kept.ID)
		h.must(err)
		want(h, "what they may send", d.State, desk.Scheduled)
		letters, err := h.Replies(h.ctx, tg, 0, 10)
		h.must(err)
		want(h, "letters", len(letters), 1)
		_, _, err = h.Promoted(h.ctx, p)
		h.wantErr("as they were", err, desk.ErrChanged)
	},
	"who takes another role by a code keeps what they may, and nothing else": func(h *house) {
		owner, e := h.hire(desk.Owner, "0"), h.hire(desk.Chief, "1")
		var lost, kept desk.Draft
		for section, d := range map[news.Slug]*desk.Draft{"news": &lost, "jobs": &kept} {
			*d = h.wrote(owner, "")
			d.State, d.Due, d.Seen, d.Sure, d.Confirmed, d.Sections = desk.Scheduled, h.now.Add(time.Hour), 1, 1, e.ID, []news.Slug{section}
			*d = h.step(owner, *d)
		}
		h.must(h.Invited(h.ctx, desk.Invitation{Hash: []byte("a"), Role: desk.Chief, Sections: []news.Slug{"jobs"}, Expires: h.now.Add(time.Hour)}, h.by(owner)))
		as := desk.Editor{}
		now, back, err := h.Claimed(h.ctx, desk.Claimant{Hash: []byte("a"), Seat: e.Seats[0], At: h.now, Keeps: func(next desk.Editor, d desk.Draft) bool {
			as = next
			return d.Sections[0] == "jobs"
		}})
		h.must(err)
		want(h, "the same person", now.ID, e.ID)
		wantList(h, "sections", as.Sections, []news.Slug{"jobs"})
		want(h, "taken back", len(back) == 1 && back[0].ID == lost.ID && back[0].State == desk.Drafting && back[0].Version == lost.Version+1, true)
		d, err := h.Draft(h.ctx, kept.ID)
		h.must(err)
		want(h, "what they may send", d.State, desk.Scheduled)
	},
	"a desk keeps an owner, and owners' codes go with them": func(h *house) {
		owner := h.hire(desk.Owner, "0")
		less := owner
		less.Role = desk.Chief
		demote := func() error {
			_, _, err := h.Promoted(h.ctx, desk.Promotion{Editor: less, Entry: h.by(desk.Editor{}), Keeps: func(desk.Draft) bool { return true }})
			return err
		}
		h.wantErr("demoted by the server", demote(), desk.ErrLastOwner)
		h.must(h.Invited(h.ctx, desk.Invitation{Hash: []byte("a"), Role: desk.Chief, Expires: h.now.Add(time.Hour)}, h.by(owner)))
		_, _, err := h.Claimed(h.ctx, desk.Claimant{Hash: []byte("a"), Seat: owner.Seats[0], At: h.now})
		h.wantErr("demoted by a code", err, desk.ErrLastOwner)
		h.hire(desk.Owner, "1")
		h.must(demote())
		_, _, err = h.Claimed(h.ctx, desk.Claimant{Hash: []byte("a"), Seat: desk.Seat{Account: tg, Chat: "2"}, At: h.now})
		h.wantErr("the code of one who was an owner", err, desk.ErrCode)
	},
}
