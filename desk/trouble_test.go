package desk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// What is over by the time that an account can bring it is told over those that
// bring it now, once, and otherwise when it is over.
func TestPassingTrouble(t *testing.T) {
	const one, two news.AccountID = "telegram:1", "whatsapp:2"
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
			code, err := w.desk.Invite(w.ctx, 0, desk.Chief, nil, "هدى")
			w.must(err)
			_, err = w.desk.Claim(w.ctx, desk.Seat{Account: two, Chat: "2"}, code, "")
			w.must(err)
			var there []news.AccountID
			w.desk.Reaches = func(id news.AccountID) bool { return slices.Contains(there, id) }
			seen := map[news.AccountID]outbox.ReplyID{}
			for i := range c.here {
				trouble := away
				if i == len(c.here)-1 {
					trouble = back
				}
				there = c.here[i]
				w.must(w.desk.Report(w.ctx, trouble))
				var heard []string
				for _, account := range []news.AccountID{one, two} {
					letters, err := w.store.Replies(w.ctx, account, seen[account], 10)
					w.must(err)
					for _, l := range letters {
						heard, seen[account] = append(heard, string(l.Chat)), l.ID
					}
				}
				if got := strings.Join(heard, " "); got != c.heard[i] {
					t.Errorf("at report %d %q hear of it, want %q", i+1, got, c.heard[i])
				}
			}
		})
	}
}
