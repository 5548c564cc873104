package desk_test

import (
	"errors"
	"testing"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// failed sends an alert, whose one copy fails, to its end.
func (w *world) failed(by desk.EditorID) desk.Draft {
	w.Helper()
	w.readers(1)
	d := w.send(by, w.draft(by, "خبر").ID)
	e, err := w.store.Own(w.ctx, "telegram:1")
	w.must(err)
	lane := outbox.LaneKey{Broadcast: d.Broadcast, Account: "telegram:1"}
	c, err := w.store.Take(w.ctx, e, lane, 10)
	w.must(err)
	all := []outbox.Receipt{{Subscriber: c.Recipients[0].ID, Outcome: news.Failed, Version: 1}}
	w.must(w.store.Record(w.ctx, e, outbox.Results{At: w.now, Chunks: []outbox.ChunkResult{done(c, all)}, Ended: []outbox.LaneKey{lane}}))
	w.tick()
	return w.is(d.ID, desk.Done)
}

// runs reports whether anything of a draft is sent.
func (w *world) runs(d desk.Draft) bool {
	w.Helper()
	b, err := w.store.Broadcast(w.ctx, d.Broadcast)
	w.must(err)
	return b.State == news.Running
}

// What failed is tried again, but not while all is frozen, not what was
// withdrawn, and not what somebody stops at that moment.
func TestRetry(t *testing.T) {
	t.Run("again", func(t *testing.T) {
		w := newWorld(t)
		salim := w.hire(desk.Chief, "1")
		d := w.failed(salim.ID)
		if n, err := w.desk.Retry(w.ctx, salim.ID, d.ID); err != nil || n != 1 || !w.runs(d) {
			t.Errorf("%d copies are tried again (%v)", n, err)
		}
	})
	t.Run("frozen", func(t *testing.T) {
		w := newWorld(t)
		salim := w.hire(desk.Chief, "1")
		d := w.failed(salim.ID)
		w.meddle = func() { w.must(w.desk.Freeze(w.ctx, salim.ID)) } // in between
		_, err := w.desk.Retry(w.ctx, salim.ID, d.ID)
		w.refused(err, desk.Frozen)
		_, err = w.desk.Retry(w.ctx, salim.ID, d.ID) // and after
		w.refused(err, desk.Frozen)
		if w.runs(d) {
			t.Error("it is sent while all is frozen")
		}
	})
	t.Run("withdrawn", func(t *testing.T) {
		w := newWorld(t)
		salim := w.hire(desk.Chief, "1")
		d := w.failed(salim.ID)
		gone, err := w.desk.Withdraw(w.ctx, salim.ID, "", d.ID, "")
		w.must(err)
		w.send(salim.ID, gone.ID)
		_, err = w.desk.Retry(w.ctx, salim.ID, d.ID)
		w.refused(err, desk.Withdrawn)
		if _, err := w.store.TryAgain(w.ctx, d.Broadcast); !errors.Is(err, news.ErrFinal) || w.runs(d) {
			t.Errorf("what was withdrawn is sent to who has not got it (%v)", err)
		}
	})
	t.Run("stopped in between", func(t *testing.T) {
		w := newWorld(t)
		salim := w.hire(desk.Chief, "1")
		d := w.failed(salim.ID)
		step := 0
		w.meddle = func() {
			if step++; step == 2 { // the draft is sent again, its copies are not yet
				_, err := w.desk.Stop(w.ctx, salim.ID, d.ID)
				w.must(err)
			}
		}
		_, err := w.desk.Retry(w.ctx, salim.ID, d.ID)
		w.refused(err, desk.TooLate)
		w.is(d.ID, desk.Stopped)
		if w.runs(d) {
			t.Error("it was stopped and is sent")
		}
	})
}

// What goes on at the moment of a freeze does not go on.
func TestResumedIntoAFreeze(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	d := w.send(salim.ID, w.draft(salim.ID, "خبر").ID)
	_, err := w.desk.Pause(w.ctx, salim.ID, d.ID)
	w.must(err)
	w.meddle = func() { w.must(w.desk.Freeze(w.ctx, salim.ID)) }
	_, err = w.desk.Resume(w.ctx, salim.ID, d.ID)
	w.refused(err, desk.Frozen)
	w.tick()
	w.is(d.ID, desk.Paused)
	if w.runs(d) {
		t.Error("it is sent while all is frozen")
	}
}

// A process that dies in the middle of a freeze has frozen everything.
func TestFreezeIsWhole(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	d := w.send(salim.ID, w.draft(salim.ID, "خبر").ID)
	w.press.die = func() error { return errKilled }
	if err := w.desk.Freeze(w.ctx, salim.ID); !errors.Is(err, errKilled) {
		t.Fatalf("it went on: %v", err)
	}
	if w.runs(d) {
		t.Error("it is sent while all is frozen")
	}
	if err := w.store.Control(w.ctx, d.Broadcast, news.Running); !errors.Is(err, desk.ErrFrozen) || errors.Is(err, store.ErrOver) {
		t.Errorf("it can go on: %v", err)
	}
}
