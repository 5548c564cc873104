package desk_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// asked has an editor confirm an alert to everybody that needs a second person.
func (w *world) waits(by desk.EditorID, words string) desk.Draft {
	w.Helper()
	w.setup.Second = true
	d, err := w.desk.Write(w.ctx, by, "", desk.Content{Words: words, Everyone: true})
	w.must(err)
	_, err = w.desk.Confirm(w.ctx, by, d.ID, w.look(by, d.ID).Draft.Version)
	w.must(err)
	return w.is(d.ID, desk.Second)
}

// TestStopWordSparesWhatWaits says a stop word while a colleague's draft waits
// for a second person: it is theirs to lose, and one's own comes first.
func TestStopWordSparesWhatWaits(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	own := w.draft(huda.ID, "مسودة هدى")
	theirs := w.waits(salim.ID, "للجميع")
	got, err := w.desk.StopLive(w.ctx, huda.ID)
	if w.must(err); got.ID != own.ID {
		t.Errorf("stopped %d, want one's own, %d", got.ID, own.ID)
	}
	_, err = w.desk.StopLive(w.ctx, huda.ID) // she has not had it before her
	w.refused(err, desk.NothingLive)
	w.is(theirs.ID, desk.Second)

	own = w.draft(huda.ID, "مسودة أخرى")
	w.look(huda.ID, theirs.ID)
	got, err = w.desk.StopLive(w.ctx, huda.ID)
	if w.must(err); got.ID != own.ID {
		t.Errorf("stopped %d, want one's own, %d", got.ID, own.ID)
	}
	got, err = w.desk.StopLive(w.ctx, huda.ID) // now the word means what she looked at
	w.must(err)
	if back := w.is(theirs.ID, desk.Drafting); got.ID != theirs.ID || back.Version != theirs.Version+1 || back.Confirmed != 0 {
		t.Errorf("given back as %+v", back)
	}
	w.look(salim.ID, theirs.ID) // and nothing is lost
	_, err = w.desk.Confirm(w.ctx, salim.ID, theirs.ID, theirs.Version+1)
	w.must(err)
	w.pass(time.Hour)
	w.tick()
	w.is(theirs.ID, desk.Second)
	got, err = w.desk.StopLive(w.ctx, salim.ID) // one's own is dropped, as ever
	w.must(err)
	w.is(got.ID, desk.Dropped)
}
