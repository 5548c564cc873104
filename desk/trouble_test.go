package desk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

const one, two news.AccountID = "telegram:1", "whatsapp:2"

// colleague hires somebody on the other network, and returns what says which
// chats have heard something since.
func (w *world) colleague() (hears func() string) {
	w.Helper()
	code, err := w.desk.Invite(w.ctx, 0, desk.Chief, nil, "هدى")
	w.must(err)
	_, _, err = w.desk.Claim(w.ctx, desk.Seat{Account: two, Chat: "2"}, code, "")
	w.must(err)
	seen := map[news.AccountID]outbox.ReplyID{}
	return func() string {
		var heard []string
		for _, account := range []news.AccountID{one, two} {
			letters, err := w.store.Replies(w.ctx, account, seen[account], 10)
			w.must(err)
			for _, l := range letters {
				heard, seen[account] = append(heard, string(l.Chat)), l.ID
			}
		}
		return strings.Join(heard, " ")
	}
}

// Who was told since nobody on duty could be hears of what becomes of it, and of
// its end; of the next trouble only those on duty hear.
func TestWhoWasToldHearsTheEnd(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	hears := w.colleague()
	w.must(w.desk.Keep(w.ctx, salim.ID, salim.ID, []desk.Watch{{}}))
	lost := true
	w.desk.Works = func(id news.AccountID) bool { return id != one || !lost }
	for _, step := range []struct {
		state string
		lost  bool
		heard string
	}{
		{"revoked", true, "2"}, {"revoked", true, ""}, {"revoked", false, ""}, {"restricted", false, "1 2"}, {"", false, "1 2"}, {"", false, ""}, {"revoked", false, "1"}, {"", false, "1"},
	} {
		lost = step.lost
		w.must(w.desk.Report(w.ctx, desk.Trouble{Thing: "account telegram:1", State: step.state, What: "ما حدث"}))
		if got := hears(); got != step.heard {
			t.Errorf("of %q hear %q, want %q", step.state, got, step.heard)
		}
	}
}

// What is over by the time that an account can bring it is told over those that
// bring it now, once, and otherwise when it is over.
func TestPassingTrouble(t *testing.T) {
	away := desk.Trouble{Thing: "network telegram:1", State: "unreachable", What: "تعذر الوصول", Passing: true}
	back := desk.Trouble{Thing: "network telegram:1", What: "عاد الوصول"}
	for name, c := range map[string]struct {
		here  [][]news.AccountID // the accounts that are there at each report
		heard []string           // and who hears of it then
	}{
		"over the other network":            {[][]news.AccountID{{two}, {two}, {one, two}}, []string{"2", "", "1 2"}},
		"nobody before it is over":          {[][]news.AccountID{{}, {}, {one, two}}, []string{"", "", "1 2"}},
		"late, when the other is back":      {[][]news.AccountID{{}, {two}, {two}, {}, {one, two}}, []string{"", "2", "", "", "1 2"}},
		"not again when the other goes too": {[][]news.AccountID{{two}, {}, {two}, {one, two}}, []string{"2", "", "", "1 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.hire(desk.Chief, "1")
			hears := w.colleague()
			var there []news.AccountID
			w.desk.Reaches = func(id news.AccountID) bool { return slices.Contains(there, id) }
			for i := range c.here {
				trouble := away
				if i == len(c.here)-1 {
					trouble = back
				}
				there = c.here[i]
				w.must(w.desk.Report(w.ctx, trouble))
				if got := hears(); got != c.heard[i] {
					t.Errorf("at report %d %q hear of it, want %q", i+1, got, c.heard[i])
				}
			}
		})
	}
}
