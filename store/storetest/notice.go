package storetest

import ()

// noticePromises are about what editors on duty were told.
var noticePromises = map[string]func(*house){
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
}
