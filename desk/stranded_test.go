package desk_test

import (
	"testing"

	"github.com/nashra-bot/nashra/desk"
)

// TestStopWordPassesByWhatIsStranded says a stop word while an alert waits for an
// account that is lost: the word means one's own draft, and the alert its number.
func TestStopWordPassesByWhatIsStranded(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	sent := w.send(salim.ID, w.draft(salim.ID, "عاجل").ID)
	w.is(sent.ID, desk.Sending)
	live := func(want desk.DraftID) {
		t.Helper()
		got, ok, err := w.desk.Live(w.ctx, huda.ID)
		if w.must(err); got.ID != want || ok != (want != 0) {
			t.Errorf("the word means %d, want %d", got.ID, want)
		}
	}
	own := w.draft(huda.ID, "مسودة هدى")
	live(sent.ID)
	w.must(w.store.AccountLost(w.ctx, "telegram:1"))
	live(own.ID)
	_, err := w.desk.Stop(w.ctx, huda.ID, own.ID)
	w.must(err)
	live(0)
	w.must(w.store.AccountBack(w.ctx, "telegram:1"))
	live(sent.ID)
	w.must(w.store.AccountLost(w.ctx, "telegram:1"))
	_, err = w.desk.Stop(w.ctx, huda.ID, sent.ID)
	w.must(err)
	w.is(sent.ID, desk.Stopped)
}
