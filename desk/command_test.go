package desk_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// The server pauses, resumes and stops without a draft; the log tells of it, and
// of nothing that was not done.
func TestCommand(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Owner, "1")
	id := w.itself(news.Breaking, w.arrive("سيول في نزوى"))
	w.must(w.desk.Command(w.ctx, 0, news.Paused))
	w.must(w.desk.Freeze(w.ctx, salim.ID))
	w.refused(w.desk.Command(w.ctx, id, news.Running), desk.Frozen)
	w.refused(w.desk.Command(w.ctx, 0, news.Running), desk.Frozen)
	if b, err := w.store.Broadcast(w.ctx, id); err != nil || b.State != news.Paused {
		t.Errorf("while all is frozen it is %s (%v)", b.State, err)
	}
	w.must(w.desk.Thaw(w.ctx, salim.ID))
	w.must(w.desk.Command(w.ctx, id, news.Running))
	w.must(w.desk.Command(w.ctx, id, news.Stopped))
	if err := w.desk.Command(w.ctx, id, news.Running); !errors.Is(err, store.ErrOver) {
		t.Errorf("what was stopped: %v", err)
	}
	if err := w.desk.Command(w.ctx, 999, news.Paused); !errors.Is(err, store.ErrNone) {
		t.Errorf("what is not there: %v", err)
	}
	if err := w.desk.Command(w.ctx, id, news.Done); err == nil {
		t.Error("a broadcast was said to be done")
	}
	for act, want := range map[desk.Act]int{desk.ActPause: 1, desk.ActResume: 1, desk.ActStop: 1} {
		all := w.logged(act)
		if len(all) != want || all[0].By != 0 || all[0].Name != "server" || (all[0].Broadcast == 0) != (all[0].About == "everything unfinished") {
			t.Errorf("the log says %+v", all)
		}
	}
}

// A log that is exported from a day on begins there, though the clock was set
// back once.
func TestExportSince(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Owner, "1")
	began := w.now
	day := func(n int) string { return began.AddDate(0, 0, n).Format(time.DateOnly) }
	for _, n := range []int{0, 3, 2, 3} {
		w.now = began.AddDate(0, 0, n)
		w.must(w.desk.Hold(w.ctx, salim.ID, day(n)))
	}
	for since, want := range map[string][]int{"": {0, 3, 2, 3}, day(0): {0, 3, 2, 3}, day(1): {3, 2, 3}, day(3): {3, 3}, day(9): nil} {
		var lines strings.Builder
		w.must(w.desk.Export(w.ctx, salim.ID, news.Date(since), &lines))
		var held, days []string
		for line := range strings.Lines(lines.String()) {
			var e desk.Entry
			w.must(json.Unmarshal([]byte(line), &e))
			if e.Act == desk.ActHold {
				held = append(held, e.About)
			}
		}
		for _, n := range want {
			days = append(days, day(n))
		}
		if !slices.Equal(held, days) {
			t.Errorf("since %q it tells of %v, want %v", since, held, days)
		}
	}
}
