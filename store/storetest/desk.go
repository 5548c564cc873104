package storetest

import (
	"errors"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// by signs for an editor; the zero Editor is the server.
func (h *house) by(e desk.Editor) desk.Entry {
	return desk.Entry{At: h.now, By: e.ID, Name: e.Name, Act: "test", Revision: e.Revision}
}

func (h *house) hire(role desk.Role, chat news.ChatID) desk.Editor {
	h.Helper()
	h.must(h.Invited(h.ctx, desk.Invitation{Hash: []byte(chat), Role: role, Name: string(chat), Expires: h.now.Add(time.Hour)}, desk.Entry{At: h.now}))
	e, _, err := h.Claimed(h.ctx, desk.Claimant{Hash: []byte(chat), Seat: desk.Seat{Account: tg, Chat: chat}, At: h.now})
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
