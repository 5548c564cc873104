package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// editorPromises are about who sits at the desk.
var editorPromises = map[string]func(*house){
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
}
