package storetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

var rhythmPromises = map[string]func(*house){
	"an edition goes out as it was decided, or not": func(h *house) {
		e := h.hire(desk.Chief, "1")
		b := news.Broadcast{Kind: news.Digest, Slot: "morning", Date: "2025-11-24", Words: "w", Intro: "i"}
		publish := func(revision int) (news.BroadcastID, error) {
			return h.Publish(h.ctx, digest.Publication{Broadcast: b, Revision: revision, Accounts: []news.AccountID{tg}})
		}
		ed, err := h.Decided(h.ctx, desk.Edition{Slot: "morning", Date: "2025-11-24", Hold: true}, nil, h.by(e))
		h.must(err)
		for _, old := range []int{ed.Revision - 1, ed.Revision} { // the second is held
			_, err = publish(old)
			h.wantErr("what was not decided", err, digest.ErrDecided)
		}
		ed.Hold = false
		ed, err = h.Decided(h.ctx, ed, nil, h.by(e))
		h.must(err)
		id, err := publish(ed.Revision)
		h.must(err)
		got, err := h.Broadcast(h.ctx, id)
		h.must(err)
		want(h, "the introduction", got.Intro, "i")
		_, err = h.Decided(h.ctx, ed, nil, h.by(e))
		h.wantErr("a decision afterwards", err, desk.ErrOut)
		_, err = publish(ed.Revision)
		h.wantErr("a second time", err, digest.ErrPublished)
	},
	"what was left out stays out": func(h *house) {
		e := h.hire(desk.Chief, "1")
		decide := func(slot news.Slot, date news.Date, drop, pin []news.ArticleID) {
			_, err := h.Decided(h.ctx, desk.Edition{Slot: slot, Date: date, Drop: drop, Pin: pin}, nil, h.by(e))
			h.must(err)
		}
		decide("noon", "2025-11-23", []news.ArticleID{1}, nil)
		decide("evening", "2025-11-24", []news.ArticleID{2, 3}, nil)
		decide("morning", "2025-11-25", []news.ArticleID{4}, []news.ArticleID{3, 5})
		decide("evening", "2025-11-26", []news.ArticleID{6}, nil)
		d, err := h.Decision(h.ctx, "morning", "2025-11-25", "2025-11-24")
		h.must(err)
		slices.Sort(d.Drop)
		wantList(h, "left out", d.Drop, []news.ArticleID{2, 4})
		wantList(h, "first", d.Pin, []news.ArticleID{3, 5})
		want(h, "revision", d.Revision, 1)
		d, err = h.Decision(h.ctx, "", "", "2025-11-23")
		h.must(err)
		slices.Sort(d.Drop)
		wantList(h, "of any", d.Drop, []news.ArticleID{1, 2, 3, 4, 6})
	},
	"a look before the slot comes once, and kills no decision": func(h *house) {
		e := h.hire(desk.Chief, "1")
		ed, err := h.Decided(h.ctx, desk.Edition{Slot: "morning", Date: "2025-11-24", Intro: "i"}, nil, h.by(e))
		h.must(err)
		seat := desk.Seat{Account: tg, Chat: "1"}
		l := desk.Look{Thing: desk.LookEdition, At: h.now, Ref: ed.Ref(), Items: []news.ArticleID{7, 5}}
		letters := []desk.Letter{{Seat: seat, Message: news.Say(news.T("look"))}}
		for n := range 2 {
			fresh, err := h.Showed(h.ctx, l, []desk.Seat{seat}, letters)
			h.must(err)
			want(h, "fresh", fresh, n == 0)
			l.Items = nil
		}
		got, ok, err := h.Looking(h.ctx, seat, desk.LookEdition)
		h.must(err)
		want(h, "there is a look", ok, true)
		wantList(h, "its items", got.Items, []news.ArticleID{7, 5})
		want(h, "its edition", got.Ref, ed.Ref())
		now, err := h.Edition(h.ctx, "morning", "2025-11-24")
		h.must(err)
		want(h, "shown", now.Shown, true)
		want(h, "revision", now.Revision, ed.Revision)
		want(h, "introduction", now.Intro, "i")
		_, ok, err = h.Looking(h.ctx, desk.Seat{Account: tg, Chat: "2"}, desk.LookEdition)
		h.must(err)
		want(h, "a look elsewhere", ok, false)
		_, err = h.Showed(h.ctx, desk.Look{Thing: desk.LookShift, At: h.now.Add(time.Second), Back: "x"}, []desk.Seat{seat}, nil)
		h.must(err)
		got, _, err = h.Looking(h.ctx, seat, desk.LookShift)
		h.must(err)
		want(h, "another thing", got.Back, "x")
	},
	"exceptions of the calendar are kept until they are over or taken back": func(h *house) {
		e := h.hire(desk.Chief, "1")
		friday := desk.Shift{Name: "الجمعة", Slot: "morning", From: "2025-11-28", At: "09:00", Weekdays: []time.Weekday{time.Friday, time.Saturday}}
		ramadan := desk.Shift{Name: "رمضان", Slot: "evening", From: "2025-11-24", To: "2025-11-30", Off: true}
		h.must(h.Shifted(h.ctx, []desk.Shift{friday, ramadan}, h.by(e)))
		all, err := h.Shifts(h.ctx, "2025-11-30")
		h.must(err)
		if len(all) != 2 || all[0].ID <= all[1].ID {
			h.Fatalf("the exceptions, newest first: %+v", all)
		}
		wantList(h, "the days of one for every day", all[0].Weekdays, nil)
		wantList(h, "the days of a weekly one", all[1].Weekdays, friday.Weekdays)
		all[0].ID, all[1].ID = 0, 0
		want(h, "the newer one", fmt.Sprint(all[0]), fmt.Sprint(ramadan))
		want(h, "the older one", fmt.Sprint(all[1]), fmt.Sprint(friday))
		all, err = h.Shifts(h.ctx, "2025-12-01")
		h.must(err)
		want(h, "those that are not over", len(all), 1)
		h.must(h.Unshifted(h.ctx, "الجمعة", h.by(e)))
		h.wantErr("taken back twice", h.Unshifted(h.ctx, "الجمعة", h.by(e)), desk.ErrNone)
		all, err = h.Shifts(h.ctx, "2025-12-01")
		h.must(err)
		want(h, "those that are left", len(all), 0)
	},
}
