package desk_test

import (
	"context"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// Each decision about a digest is made of the newest look at it, and none of
// one that has gone out.
func TestEditionIsDecided(t *testing.T) {
	w := newWorld(t)
	salim, narrow := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2", "jobs")
	at := desk.Ref{Slot: "morning", Date: "2025-11-24"}
	_, err := w.desk.HoldEdition(w.ctx, narrow.ID, at, true)
	w.refused(err, desk.OtherSection)
	for _, do := range []func(desk.Ref) (desk.Edition, error){
		func(r desk.Ref) (desk.Edition, error) { return w.desk.DropItem(w.ctx, salim.ID, r, 7, true) },
		func(r desk.Ref) (desk.Edition, error) { return w.desk.PinItem(w.ctx, salim.ID, r, 8, true) },
		func(r desk.Ref) (desk.Edition, error) { return w.desk.PinItem(w.ctx, salim.ID, r, 9, true) },
		func(r desk.Ref) (desk.Edition, error) {
			return w.desk.Introduce(w.ctx, salim.ID, r, " \u202eعيدكم مبارك ")
		},
		func(r desk.Ref) (desk.Edition, error) { return w.desk.HoldEdition(w.ctx, salim.ID, r, true) },
	} {
		ed, err := do(at)
		w.must(err)
		_, err = do(at)
		w.refused(err, desk.OldLook)
		at = ed.Ref()
	}
	ed, err := w.desk.Edition(w.ctx, "morning", "2025-11-24")
	w.must(err)
	if !ed.Hold || len(ed.Drop) != 1 || len(ed.Pin) != 2 || ed.Pin[0] != 9 || ed.Intro != "عيدكم مبارك" || ed.Ref() != at {
		t.Errorf("%+v", ed)
	}
	if other, err := w.desk.Edition(w.ctx, "morning", "2025-11-25"); err != nil || other.Hold || other.Slot != "morning" {
		t.Errorf("%+v %v", other, err)
	}

	out := desk.Ref{Slot: "morning", Date: "2025-11-25"}
	_, err = w.store.Publish(w.ctx, digest.Publication{Broadcast: news.Broadcast{Kind: news.Digest, Slot: out.Slot, Date: out.Date}})
	w.must(err)
	_, err = w.desk.HoldEdition(w.ctx, salim.ID, out, true)
	w.refused(err, desk.EditionOut)
}

// The calendar says which digests there are to decide about, and until when.
func TestEditionOfTheCalendar(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	end := w.now.Add(time.Hour)
	w.desk.Turn = func(slot news.Slot, _ news.Date) (time.Time, time.Time, bool) { return end, end, slot == "morning" }
	_, err := w.desk.HoldEdition(w.ctx, salim.ID, desk.Ref{Slot: "midnight", Date: "2025-11-24"}, true)
	w.refused(err, desk.NoSlot)
	ed, err := w.desk.HoldEdition(w.ctx, salim.ID, desk.Ref{Slot: "morning", Date: "2025-11-24"}, true)
	w.must(err)
	w.pass(time.Hour + time.Second)
	_, err = w.desk.HoldEdition(w.ctx, salim.ID, ed.Ref(), false)
	w.refused(err, desk.EditionOut)
}

// Those on duty have one look at a digest before its slot; what words about it
// mean is kept for each chat.
func TestLookAhead(t *testing.T) {
	w := newWorld(t)
	up := desk.Upcoming{
		Edition: desk.Edition{Slot: "morning", Date: "2025-11-23"}, At: w.now.Add(20 * time.Minute), Messages: map[news.Platform]news.Message{news.Telegram: news.Say(news.T("الموجز"))},
		Articles: []desk.Headline{{ID: 5}, {ID: 3}}, Out: []desk.Headline{{ID: 9}},
	}
	w.must(w.desk.ShowAhead(w.ctx, up)) // nobody is there
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	empty := up
	empty.Messages, empty.Date = nil, "2025-11-22"
	for range 3 {
		w.must(w.desk.ShowAhead(w.ctx, up))
		w.must(w.desk.ShowAhead(w.ctx, empty))
		w.pass(5 * time.Minute)
	}
	if got := w.letters(); len(got) != 4 { // two editors, a notice and the digest each, once
		t.Errorf("letters %q", got)
	}
	for _, e := range []desk.Editor{salim, huda} {
		l, err := w.desk.Looking(w.ctx, e.Seats[0])
		w.must(err)
		if id, err := l.Item(3); err != nil || id != 9 || l.Ref != up.Ref() {
			t.Errorf("looking at %+v (%v)", l, err)
		}
		_, err = l.Item(4)
		w.refused(err, desk.NoItem)
	}
	_, err := w.desk.Looking(w.ctx, desk.Seat{Account: "telegram:1", Chat: "77"})
	w.refused(err, desk.NoLook)
}

// The calendar is switched by what was confirmed, once, and for a while.
func TestCalendarIsSwitched(t *testing.T) {
	w := newWorld(t)
	salim, reporter := w.hire(desk.Chief, "1"), w.hire(desk.Reporter, "2")
	seat, turned := salim.Seats[0], 0
	w.desk.Turned = func(context.Context) { turned++ }
	shifts := []desk.Shift{{Name: "رمضان", Slot: "morning", From: "2026-02-18", To: "2026-03-19", At: "10:00"}}
	_, err := w.desk.Sketch(w.ctx, reporter.ID, reporter.Seats[0], shifts, "")
	w.refused(err, desk.NotYours)
	_, err = w.desk.Sketch(w.ctx, salim.ID, seat, []desk.Shift{{Slot: "morning", From: "2026-02-18", At: "25:00"}}, "")
	w.refused(err, desk.BadTime)
	_, err = w.desk.Sketch(w.ctx, salim.ID, seat, []desk.Shift{{Slot: "morning", From: "2026-02-16", To: "2026-02-19", Weekdays: []time.Weekday{time.Friday}, Off: true}}, "")
	w.refused(err, desk.BadTime) // no Friday among them
	_, err = w.desk.Switch(w.ctx, salim.ID, seat, 0)
	w.refused(err, desk.NoSketch)
	first, err := w.desk.Sketch(w.ctx, salim.ID, seat, shifts, "")
	w.must(err)
	w.pass(time.Second)
	second, err := w.desk.Sketch(w.ctx, salim.ID, seat, shifts, "")
	w.must(err)
	_, err = w.desk.Switch(w.ctx, salim.ID, seat, first)
	w.refused(err, desk.OldLook)
	_, err = w.desk.Switch(w.ctx, salim.ID, seat, second)
	w.must(err)
	_, err = w.desk.Switch(w.ctx, salim.ID, seat, second)
	w.refused(err, desk.NoSketch)
	if all, err := w.desk.Shifts(w.ctx); err != nil || len(all) != 1 || all[0].At != "10:00" || turned != 1 {
		t.Errorf("%+v %v, told %d times", all, err, turned)
	}
	_, err = w.desk.Sketch(w.ctx, salim.ID, seat, nil, "رمضان")
	w.must(err)
	w.pass(31 * time.Minute)
	_, err = w.desk.Switch(w.ctx, salim.ID, seat, 0)
	w.refused(err, desk.OldLook)
	_, err = w.desk.Sketch(w.ctx, salim.ID, seat, nil, "رمضان")
	w.must(err)
	_, err = w.desk.Switch(w.ctx, salim.ID, seat, 0)
	w.must(err)
	w.refused(w.desk.Unshift(w.ctx, salim.ID, "رمضان"), desk.NoSuch)
}
