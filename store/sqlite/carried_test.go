package sqlite_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestCarriedPlans holds the plans of what is asked at every visit to a site:
// both go by keys from the few broadcasts of two days, or from the article, and
// neither looks at a chunk of receipts.
func TestCarriedPlans(t *testing.T) {
	db := open(t).DB()
	for query, wants := range map[string][]string{
		sqlite.Brought: {
			"SEARCH b USING INDEX broadcast_published (published>?)", "SEARCH i USING PRIMARY KEY (article=? AND broadcast=?)",
			"SEARCH a USING INTEGER PRIMARY KEY", "SEARCH lane EXISTS USING PRIMARY KEY (broadcast=?)", "SEARCH p USING", "(kind=? AND article=? AND title=?)",
		},
		sqlite.Carrying: {
			"SEARCH i USING PRIMARY KEY (article=?)", "SEARCH b USING INTEGER PRIMARY KEY", "SEARCH v USING PRIMARY KEY (broadcast=?)",
			"SEARCH w USING INDEX broadcast_published (published>?)", "SEARCH lane EXISTS USING PRIMARY KEY (broadcast=?)",
		},
		sqlite.LinkQuery: {"SEARCH proposal USING INDEX proposal_link (link=? AND made>? AND made<?)"},
	} {
		plan := explain(t, db, query, make([]any, strings.Count(query, "?"))...)
		for _, want := range wants {
			if !strings.Contains(plan, want) {
				t.Errorf("want %q:\n%s", want, plan)
			}
		}
		for line := range strings.Lines(plan) {
			if strings.HasPrefix(line, "SCAN") && !strings.Contains(line, "VIRTUAL TABLE") || strings.Contains(line, "chunk") {
				t.Errorf("it reads a whole table:\n%s", plan)
			}
		}
	}
}
