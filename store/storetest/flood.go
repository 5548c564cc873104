package storetest

import (
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// suggests has a source propose an article, and reports whether it got a letter
// of its own, by what is kept of it and by what waits to be sent.
func (h *house) suggests(source news.SourceID, article int, r desk.Ration) bool {
	h.Helper()
	waiting := func() int {
		all, err := h.Replies(h.ctx, tg, 0, 1000)
		h.must(err)
		return len(all)
	}
	before := waiting()
	p, fresh, err := h.Proposed(h.ctx, desk.Proposal{
		Kind: desk.ProposeBreaking, Made: h.now, Expires: h.now.Add(30 * time.Minute),
		Article: news.Article{ID: news.ArticleID(article), Source: source, Title: fmt.Sprint("title ", article)},
	}, []desk.Letter{{Seat: desk.Seat{Account: tg, Chat: "1"}, Message: news.Say(news.T("see " + desk.ProposalMark))}}, r)
	h.must(err)
	written := waiting() > before
	if !fresh || p.Quiet == written {
		h.Errorf("article %d of %s: new %v, quiet %v, a letter %v", article, source, fresh, p.Quiet, written)
	}
	return written
}

// floods are what got no letter, in a line each.
func (h *house) floods() (out []string) {
	h.Helper()
	all, err := h.Floods(h.ctx)
	h.must(err)
	for _, f := range all {
		out = append(out, fmt.Sprintf("%s %d since %s, told %v", f.Source, f.N, h.now.Sub(f.First), !f.Told.IsZero()))
	}
	return out
}

// floodPromises are about sites that propose more than anybody reads.
var floodPromises = map[string]func(*house){
	"beyond its ration a source's proposals get no letters": func(h *house) {
		ration := desk.Ration{Letters: 2, Within: time.Hour}
		for i := range 5 {
			want(h, fmt.Sprint("a letter for ", i), h.suggests("site", i+1, ration), i < 2)
		}
		want(h, "another source", h.suggests("other", 9, ration), true)
		want(h, "without a ration", h.suggests("site", 10, desk.Ration{}), true)
		all, err := h.Waiting(h.ctx)
		h.must(err)
		want(h, "all of them wait", len(all), 7)
		wantList(h, "floods", h.floods(), []string{"site 3 since 0s, told false"})

		h.now = h.now.Add(-24 * time.Hour) // a clock that was set back is no flood
		want(h, "before what was made", h.suggests("site", 11, ration), true)
		h.now = h.now.Add(25*time.Hour + time.Second)
		want(h, "after the hour", h.suggests("site", 12, ration), true)
	},
	"a flood is counted once, and no letter follows within the time": func(h *house) {
		ration := desk.Ration{Letters: 1, Within: time.Hour}
		for i := range 4 {
			h.suggests("site", i+1, ration)
		}
		h.suggests("other", 5, ration)
		h.must(h.Declined(h.ctx, 2, desk.Entry{At: h.now, Act: desk.ActDecline}))
		all, err := h.Floods(h.ctx)
		h.must(err)
		wantList(h, "floods", h.floods(), []string{"site 2 since 0s, told false"})
		told, err := h.Noticed(h.ctx, all[0].Thing(), all[0].State(), h.now, nil)
		h.must(err)
		want(h, "told", told, true)
		wantList(h, "floods that were told", h.floods(), nil)

		h.now = h.now.Add(59 * time.Minute)
		ration.Letters = 10
		want(h, "soon after it was told", h.suggests("site", 6, ration), false)
		wantList(h, "floods", h.floods(), []string{"site 1 since 0s, told true"})
		h.now = h.now.Add(time.Minute + time.Second)
		want(h, "later", h.suggests("site", 7, ration), true)
		_, err = h.Lapsed(h.ctx, h.now.Add(time.Hour))
		h.must(err)
		wantList(h, "floods that nobody waits for any more", h.floods(), nil)
	},
}
