package sqlite_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestTidyPlan holds that what is old is found by when it was, and removed by
// its key: nothing that is kept is read for it.
func TestTidyPlan(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		query, by string
		more      int // arguments
	}{
		"events":        {sqlite.PurgeEvents, "SEARCH inbound USING COVERING INDEX inbound_at (at<?)", 2},
		"conversations": {sqlite.PurgeMemos, "SEARCH memo USING COVERING INDEX memo_at (at<?)", 2},
		"files":         {sqlite.PurgeFiles, "SEARCH file USING INDEX file_used (used<?)", 3},
	} {
		plan := explain(t, s.DB(), c.query, make([]any, c.more)...)
		if !strings.Contains(plan, c.by) {
			t.Errorf("%s: not by %q:\n%s", name, c.by, plan)
		}
		for _, table := range []string{"inbound", "memo", "file", "s"} {
			if strings.Contains(plan, "SCAN "+table+"\n") {
				t.Errorf("%s: it reads a whole table:\n%s", name, plan)
			}
		}
	}
}

// TestPublishIsFlat publishes a digest in a new database and in a used one.
func TestPublishIsFlat(t *testing.T) {
	fresh, used := open(t), open(t)
	populate(t, fresh, 10)
	populate(t, used, 20_000)
	for _, query := range []string{
		"INSERT INTO memo SELECT account, chat, x'7b7d', 1 FROM subscriber",
		"INSERT INTO inbound SELECT account, 'k' || id, 1 FROM subscriber",
	} {
		if _, err := used.DB().ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	cost := func(s *sqlite.Store) int {
		publish(t, s, news.Broadcast{Kind: news.Digest, Slot: "morning", Date: "2025-11-23", Words: "w"})
		before := pages(t, s.DB())
		publish(t, s, news.Broadcast{Kind: news.Digest, Slot: "morning", Date: "2025-11-24", Words: "w"})
		return pages(t, s.DB()) - before
	}
	if a, b := cost(fresh), cost(used); b > 2*a {
		t.Errorf("publishing looks at %d pages of a used database, of a new one at %d", b, a)
	}
}

// TestArrivalPlan holds that who has left after an alert is found by when they
// left: a report of three months asks once for each alert.
func TestArrivalPlan(t *testing.T) {
	plan := explain(t, open(t).DB(), sqlite.Arrival, 1)
	if want := "SEARCH subscriber USING COVERING INDEX subscriber_gone (gone>? AND gone<?)"; !strings.Contains(plan, want) {
		t.Errorf("not by %q:\n%s", want, plan)
	}
}

// TestAudiencePlan holds that an audience is counted by one index alone, in its
// order: a preview is looked at again and again.
func TestAudiencePlan(t *testing.T) {
	s := open(t)
	for welcome, want := range map[string]string{
		" AND s.breaking = 1 AND s.important = 0": "SEARCH s USING COVERING INDEX subscriber_wishes (account=? AND breaking=? AND important=?)",
		" AND s.breaking = 1":                     "SEARCH s USING COVERING INDEX subscriber_wishes (account=? AND breaking=?)",
	} {
		plan := explain(t, s.DB(), sqlite.Wishes+welcome+" GROUP BY account.id, s.important, s.follows", 1)
		if !strings.Contains(plan, want) || strings.Contains(plan, "TEMP B-TREE FOR GROUP") {
			t.Errorf("not by %q alone:\n%s", want, plan)
		}
	}
}
