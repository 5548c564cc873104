package desk_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// trial reports whether a draft has become a broadcast for editors alone.
func (w *world) trial(id desk.DraftID) bool {
	w.Helper()
	d := w.is(id, desk.Sending)
	b, err := w.store.Broadcast(w.ctx, d.Broadcast)
	w.must(err)
	return b.Trial
}

func TestOpen(t *testing.T) {
	w := newClosed(t)
	told := false
	w.desk.Opened = func() { told = true }
	owner, chief := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1")
	w.refused(w.desk.Open(w.ctx, chief.ID), desk.NotYours)
	d := w.draft(owner.ID, "خبر")
	if p := w.look(owner.ID, d.ID); !p.Closed || told {
		t.Error("the preview does not say that readers are not sent to")
	}
	w.must(w.desk.Open(w.ctx, owner.ID))
	if p := w.look(owner.ID, d.ID); p.Closed || !told {
		t.Error("the bot is open")
	}
	if s, err := w.desk.Standing(w.ctx); err != nil || !s.Open || s.Frozen || s.Held {
		t.Errorf("%+v %v", s, err)
	}
	if w.send(owner.ID, d.ID); w.trial(d.ID) {
		t.Error("after the opening it still goes to editors alone")
	}
}

// TestSeenAsATrial: what was looked at and confirmed before the opening never
// reaches readers by that confirmation, however the two fall together.
func TestSeenAsATrial(t *testing.T) {
	ready := func(t *testing.T, second bool) (*world, desk.Editor, desk.Draft) {
		w := newClosed(t)
		w.setup.Second = second
		salim := w.hire(desk.Chief, "1")
		d, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "خبر", Everyone: true})
		w.must(err)
		return w, salim, w.look(salim.ID, d.ID).Draft
	}
	opens := func(w *world) { w.must(w.desk.Open(w.ctx, 0)) }
	t.Run("seen", func(t *testing.T) {
		w, salim, d := ready(t, false)
		opens(w)
		_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, d.Version)
		w.refused(err, desk.Opened)
		if w.send(salim.ID, d.ID); w.trial(d.ID) {
			t.Error("seen again, it is a trial still")
		}
	})
	t.Run("counting", func(t *testing.T) {
		w, salim, d := ready(t, false)
		_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, d.Version)
		w.must(err)
		opens(w)
		w.pass(time.Minute)
		w.tick()
		if back := w.is(d.ID, desk.Drafting); back.Version == d.Version || len(w.printed()) > 0 {
			t.Errorf("it went out, or its buttons live: %+v", back)
		}
		if letters, err := w.store.Replies(w.ctx, "telegram:1", 0, 10); err != nil || len(letters) != 1 || letters[0].Chat != "1" {
			t.Errorf("its author was told %v, %v", letters, err)
		}
	})
	t.Run("scheduled", func(t *testing.T) {
		w, salim, d := ready(t, false)
		c := d.Content
		c.At = w.now.Add(time.Hour)
		d, err := w.desk.Edit(w.ctx, salim.ID, d.ID, d.Version, c)
		w.must(err)
		w.look(salim.ID, d.ID)
		_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, d.Version)
		w.must(err)
		opens(w)
		w.pass(time.Hour)
		w.tick()
		w.is(d.ID, desk.Drafting)
	})
	t.Run("confirmed by the first of two", func(t *testing.T) {
		w, salim, d := ready(t, true)
		huda := w.hire(desk.Chief, "2")
		_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, d.Version)
		w.must(err)
		opens(w)
		_, err = w.desk.Confirm(w.ctx, huda.ID, d.ID, d.Version)
		w.refused(err, desk.Opened)
		seen := w.look(huda.ID, d.ID).Draft
		if seen.Version == d.Version || seen.Confirmed != 0 {
			t.Errorf("the first confirmation still counts: %+v", seen)
		}
		next, err := w.desk.Confirm(w.ctx, huda.ID, d.ID, seen.Version)
		w.must(err)
		if next.State != desk.Second {
			t.Errorf("one person was enough: %s", next.State)
		}
	})
	t.Run("decided, and the press dies", func(t *testing.T) {
		w, salim, d := ready(t, false)
		_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, d.Version)
		w.must(err)
		dying := true
		w.press.die = func() error {
			if dying {
				return errKilled
			}
			return nil
		}
		w.pass(time.Minute)
		if _, err := w.desk.Once(w.ctx); err == nil {
			t.Fatal("the press did not die")
		}
		w.is(d.ID, desk.Publishing)
		opens(w)
		dying = false
		w.start()
		w.tick()
		if !w.trial(d.ID) {
			t.Error("what was decided for editors alone went to the public")
		}
	})
}

// TestCorrectingATrial: its correction goes where it went, and the preview says
// so, after the opening, too.
func TestCorrectingATrial(t *testing.T) {
	w := newClosed(t)
	salim := w.hire(desk.Chief, "1")
	d := w.send(salim.ID, w.draft(salim.ID, "خبر").ID)
	w.must(w.desk.Open(w.ctx, 0))
	fix, err := w.desk.Correct(w.ctx, salim.ID, "", d.ID, "خبر آخر", false)
	w.must(err)
	if p := w.look(salim.ID, fix.ID); !p.Closed {
		t.Error("the preview of its correction speaks of the public")
	}
	if w.send(salim.ID, fix.ID); !w.trial(fix.ID) {
		t.Error("the correction is for the public")
	}
}

// TestWarningsAfterTheOpening: readers had none of the trials.
func TestWarningsAfterTheOpening(t *testing.T) {
	w := newClosed(t)
	salim := w.hire(desk.Chief, "1")
	w.send(salim.ID, w.draft(salim.ID, "إغلاق الطريق").ID)
	again := w.draft(salim.ID, "إغلاق الطريق")
	same := func() bool {
		for _, warning := range w.look(salim.ID, again.ID).Warnings {
			if warning.Kind == desk.WarnSame {
				return true
			}
		}
		return false
	}
	if !same() {
		t.Error("before the opening nobody warns of the same alert")
	}
	w.must(w.desk.Open(w.ctx, 0))
	if same() {
		t.Error("readers are said to have had a trial")
	}
}

// TestAlertFromTheServerBeforeTheOpening goes to editors alone as well.
func TestAlertFromTheServerBeforeTheOpening(t *testing.T) {
	w := newClosed(t)
	id, err := w.desk.Send(w.ctx, desk.Alert{Words: "خبر", Sections: []news.Slug{"weather"}})
	w.must(err)
	if b, err := w.store.Broadcast(w.ctx, id); err != nil || !b.Trial {
		t.Errorf("%+v, %v", b, err)
	}
}
