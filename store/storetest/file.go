package storetest

import (
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// keep stores a file that was sent in at a time, and returns how it is named.
func (h *house) keep(letter string, at time.Time) news.Media {
	h.Helper()
	sum := strings.Repeat(letter, 64)
	h.must(h.Attached(h.ctx, desk.File{Sum: sum, Kind: news.MediaDocument, MIME: "application/pdf"}, []byte("%PDF-"+letter), at))
	return news.Media{Kind: news.MediaDocument, Ref: news.FileRef(sum), Name: "تقرير.pdf", MIME: "application/pdf"}
}

// keeps fails unless a file is there, or not.
func (h *house) keeps(what string, m news.Media, there bool) {
	h.Helper()
	sum, _ := news.FileSum(m.Ref)
	data, err := h.AttachmentData(h.ctx, sum)
	if !there {
		h.wantErr(what, err, desk.ErrNone)
		return
	}
	h.must(err)
	want(h, what, string(data), "%PDF-"+sum[:1])
}

var filePromises = map[string]func(*house){
	"a file is kept once": func(h *house) {
		m := h.keep("a", h.now)
		h.keep("a", h.now)
		sum, _ := news.FileSum(m.Ref)
		f, err := h.Attachment(h.ctx, sum)
		h.must(err)
		want(h, "file", f, desk.File{Sum: sum, Kind: news.MediaDocument, MIME: "application/pdf", Size: 6})
		h.keeps("its content", m, true)
		_, err = h.Attachment(h.ctx, strings.Repeat("f", 64))
		h.wantErr("another", err, desk.ErrNone)
	},
	"a broadcast keeps its medium": func(h *house) {
		b := alert()
		b.Media = h.keep("a", h.now)
		id := h.publish(b, "news")
		got, err := h.Broadcast(h.ctx, id)
		h.must(err)
		want(h, "medium", got.Media, b.Media)
		lanes, err := h.Lanes(h.ctx, tg)
		h.must(err)
		want(h, "the lane's", lanes[0].Broadcast.Media, b.Media)
		over, err := h.Correct(h.ctx, news.Amendment{Original: id, Words: "right", At: h.now})
		h.must(err)
		correction, err := h.Broadcast(h.ctx, over)
		h.must(err)
		want(h, "the correction's", correction.Media, news.Media{})
		got, err = h.Broadcast(h.ctx, id)
		h.must(err)
		want(h, "the corrected one's", got.Media, b.Media)
	},
	"files go with the receipts": func(h *house) {
		long := h.now.Add(-50 * time.Hour)
		unused, sent, drafted, dropped, young := h.keep("a", long), h.keep("b", long), h.keep("c", long), h.keep("d", long), h.keep("e", h.now)
		b := alert()
		b.Media, b.Published = sent, h.now.Add(-30*time.Hour)
		h.publish(b, "news")
		e := h.hire(desk.Chief, "1")
		for i, m := range []news.Media{drafted, dropped} {
			d := desk.Draft{By: e.ID, Form: desk.FormAlert, State: desk.Drafting, Version: 1, Content: desk.Content{Words: "one", Media: m}, Made: h.now, Touched: h.now}
			d, err := h.Wrote(h.ctx, desk.Move{Draft: d, Entry: h.by(e)})
			h.must(err)
			if i == 1 {
				d.State = desk.Dropped
				h.step(e, d)
			}
		}
		set := h.settings()
		set.Purge = 40 * time.Hour
		h.must(h.Settings(h.ctx, set))
		h.must(h.Tidy(h.ctx))
		h.keeps("nobody's", unused, false)
		h.keeps("a young broadcast's", sent, true)
		h.keeps("an open draft's", drafted, true)
		h.keeps("a dropped draft's", dropped, false)
		h.keeps("a young one", young, true)
	},
	"a large file comes back whole": func(h *house) {
		data := slices.Repeat([]byte("0123456789abcdef"), 1<<16)
		sum := strings.Repeat("9", 64)
		h.must(h.Attached(h.ctx, desk.File{Sum: sum, Kind: news.MediaVideo, MIME: "video/mp4"}, data, h.now))
		got, err := h.AttachmentData(h.ctx, sum)
		h.must(err)
		want(h, "whole", slices.Equal(got, data), true)
	},
}
