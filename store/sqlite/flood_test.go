package sqlite_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestFloodPlans holds the plans of what is asked at every proposal and at every
// look of the desk: neither reads the proposals of all time.
func TestFloodPlans(t *testing.T) {
	db := open(t).DB()
	for query, wants := range map[string][]string{
		sqlite.Rationed: {"SEARCH proposal USING COVERING INDEX proposal_source (source=? AND quiet=? AND made>? AND made<?)"},
		sqlite.Floods:   {"SCAN p USING INDEX proposal_quiet", "SEARCH n USING PRIMARY KEY (thing=?)"},
	} {
		plan := explain(t, db, query, make([]any, strings.Count(query, "?"))...)
		for _, want := range wants {
			if !strings.Contains(plan, want) || strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("want %q:\n%s", want, plan)
			}
		}
	}
}
