package storetest

import (
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// tells commits what becomes of a tip of chat 70.
func (h *house) tells(event string, tip talk.Tip) {
	h.Helper()
	_, err := h.Commit(h.ctx, talk.Commit{Account: tg, Key: event, At: h.now, Chat: "70", Kind: news.Private, Tip: &tip})
	h.must(err)
}

// lends keeps what is in the file of a tip.
func (h *house) lends(e desk.Editor, id desk.TipID, sum string) error {
	return h.Lend(h.ctx, id, desk.File{Sum: sum, Kind: news.MediaVoice, MIME: "audio/ogg"}, []byte("OggS"+sum), h.by(e))
}

// lent fails unless what is lent is there, or not.
func (h *house) lent(what, sum string, there bool) {
	h.Helper()
	data, err := h.AttachmentData(h.ctx, sum)
	if !there {
		h.wantErr(what, err, desk.ErrNone)
		return
	}
	h.must(err)
	want(h, what, string(data), "OggS"+sum)
}

var tipFilePromises = map[string]func(*house){
	"a tip keeps where its file is": func(h *house) {
		f := desk.TipFile{Ref: "AgAC-1", Kind: news.MediaPhoto, Size: 7}
		h.tells("e1", talk.Tip{Do: talk.TipTold, Key: "k1", Words: "one", File: f})
		h.tells("e2", talk.Tip{Do: talk.TipHeld, Key: "k2", File: desk.TipFile{Ref: "AgAC-2", Kind: news.MediaVideo}, Forward: true})
		h.tells("e3", talk.Tip{Do: talk.TipMeant, Key: "k2"})
		h.tells("e4", talk.Tip{Do: talk.TipTold, Key: "k3", Words: "three"})
		tips, err := h.Tipped(h.ctx)
		h.must(err)
		f.Account = tg
		want(h, "tips", len(tips), 3)
		want(h, "told", tips[0].File, f)
		want(h, "held, and meant", tips[1].File, desk.TipFile{Account: tg, Ref: "AgAC-2", Kind: news.MediaVideo})
		want(h, "without one", tips[2].File, desk.TipFile{})
		kept, err := h.Kept(h.ctx, tg, "70")
		h.must(err)
		want(h, "files", kept.Files, 2)
		want(h, "of tips", kept.Tips, 3)
	},
	"what is in a tip's file is kept for a while, and no longer than the tip": func(h *house) {
		e := h.hire(desk.Chief, "1")
		for _, key := range []string{"k1", "k2", "k3"} {
			h.tells("e"+key, talk.Tip{Do: talk.TipTold, Key: key, File: desk.TipFile{Ref: key, Kind: news.MediaVoice}})
		}
		tips, err := h.Tipped(h.ctx)
		h.must(err)
		_, err = h.Lent(h.ctx, tips[0].ID)
		h.wantErr("before", err, desk.ErrNone)
		h.must(h.lends(e, tips[0].ID, "a"))
		got, err := h.Lent(h.ctx, tips[0].ID)
		h.must(err)
		want(h, "what is kept", got, desk.File{Sum: "a", Kind: news.MediaVoice, MIME: "audio/ogg", Size: 5})
		h.lent("its content", "a", true)
		_, err = h.Attachment(h.ctx, "a")
		h.wantErr("as an alert's", err, desk.ErrNone)
		h.must(h.lends(e, tips[0].ID, "b"))
		h.lent("what was there before", "a", false)
		h.lent("what took its place", "b", true)
		lentAt := h.now
		h.now = h.now.Add(time.Minute)
		h.must(h.lends(e, tips[1].ID, "c"))
		n, err := h.Forgot(h.ctx, lentAt.Add(-time.Hour), lentAt.Add(-time.Hour), h.now)
		h.must(err)
		want(h, "tips that were forgotten with old files", n, 0)
		h.lent("an old one", "b", false)
		h.lent("a newer one", "c", true)
		n, err = h.Forgot(h.ctx, h.now, h.now, lentAt)
		h.must(err)
		want(h, "old tips", n, 3)
		h.lent("one whose tip is old", "c", false)
		h.wantErr("of a tip that is gone", h.lends(e, tips[0].ID, "d"), desk.ErrNone)
	},
	"a tip's file is forgotten with its reader": func(h *house) {
		e := h.hire(desk.Chief, "1")
		h.tells("e1", talk.Tip{Do: talk.TipTold, Key: "k1", File: desk.TipFile{Ref: "r", Kind: news.MediaVoice}})
		tips, err := h.Tipped(h.ctx)
		h.must(err)
		h.must(h.lends(e, tips[0].ID, "a"))
		_, err = h.Commit(h.ctx, talk.Commit{Account: tg, At: h.now, Chat: "70", Kind: news.Private, Forget: true})
		h.must(err)
		h.lent("its content", "a", false)
		_, err = h.Tip(h.ctx, tips[0].ID)
		h.wantErr("the tip", err, desk.ErrNone)
	},
	"only an editor is lent a file, and none that is held": func(h *house) {
		e := h.hire(desk.Chief, "1")
		h.tells("e1", talk.Tip{Do: talk.TipTold, Key: "k1", File: desk.TipFile{Ref: "r", Kind: news.MediaVoice}})
		h.tells("e2", talk.Tip{Do: talk.TipHeld, Key: "k2", File: desk.TipFile{Ref: "r", Kind: news.MediaVoice}})
		tips, err := h.Tipped(h.ctx)
		h.must(err)
		old := e
		old.Revision--
		h.wantErr("with rights of before", h.lends(old, tips[0].ID, "a"), desk.ErrChanged)
		h.wantErr("held", h.lends(e, tips[0].ID+1, "a"), desk.ErrNone)
		h.lent("after both", "a", false)
		h.must(h.lends(e, tips[0].ID, "a"))
	},
}
