package sqlite_test

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"strconv"
	"strings"
	"testing"

	driver "modernc.org/sqlite"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestTakePlan holds the plan of the queries that run for every chunk: each
// arm seeks its way by a key, and nothing sorts but the few rows that were
// found.
func TestTakePlan(t *testing.T) {
	s := open(t)
	args := make([]any, 12)
	for name, tt := range map[string]struct {
		query string
		arms  int
		by    string
	}{
		"everyone": {sqlite.TakeAll(news.Broadcast{Kind: news.Breaking}), 1, "SEARCH s USING INDEX subscriber_active (account=? AND channel=? AND id>? AND id<?)"},
		"digest":   {sqlite.TakeSections(3, false), 3, "SEARCH b USING PRIMARY KEY (section=? AND account=? AND channel=? AND subscriber>? AND subscriber<?)"},
		"single":   {sqlite.TakeSections(3, true), 3, "SEARCH b USING COVERING INDEX subscription_each (section=? AND account=? AND channel=? AND subscriber>? AND subscriber<?)"},
	} {
		t.Run(name, func(t *testing.T) {
			n := strings.Count(tt.query, "b.section = ") + 8
			if tt.arms == 1 {
				n = 7
			}
			plan := explain(t, s.DB(), tt.query, args[:n]...)
			if got := strings.Count(plan, tt.by); got != tt.arms {
				t.Errorf("%d arms go by %q, want %d:\n%s", got, tt.by, tt.arms, plan)
			}
			before := ""
			for line := range strings.Lines(plan) {
				if strings.HasPrefix(line, "SCAN s") || strings.HasPrefix(line, "SCAN b") {
					t.Errorf("it reads a whole table: %s", plan)
				}
				if strings.Contains(line, "TEMP B-TREE") && !strings.HasPrefix(before, "SCAN (subquery-") { // what an arm has found is small
					t.Errorf("it sorts more than it found: %s", plan)
				}
				before = line
			}
		})
	}
}

func explain(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}

// TestTakeCostsTheSame takes from the middle of few and of many readers, and
// counts the pages that SQLite looks at.
func TestTakeCostsTheSame(t *testing.T) {
	few, many := open(t), open(t)
	populate(t, few, 2_000)
	populate(t, many, 20_000)
	for name, b := range map[string]news.Broadcast{
		"digest":    {Kind: news.Digest, Slot: "morning", Date: "2025-11-23"},
		"breaking":  {Kind: news.Breaking},
		"single":    {Kind: news.Single},
		"everyone":  {Kind: news.Breaking, Audience: news.Audience{Everyone: true}},
		"important": {Kind: news.Breaking, Audience: news.Audience{Important: true}},
	} {
		if few, many := pagesOfTake(t, few, b), pagesOfTake(t, many, b); many > 2*few {
			t.Errorf("%s: taking 500 of 20000 looks at %d pages, of 2000 at %d", name, many, few)
		}
	}
}

func pagesOfTake(t *testing.T, s *sqlite.Store, b news.Broadcast) int {
	b.Words = "words"
	if !b.Audience.Everyone {
		b.Audience.Sections = []news.Slug{"s1", "s2", "s3"}
	}
	e, lane := publish(t, s, b)
	take := func() {
		c, err := s.Take(t.Context(), e, lane, 500)
		if err != nil || len(c.Recipients) != 500 {
			t.Fatalf("%d recipients, %v", len(c.Recipients), err)
		}
	}
	take()
	before := pages(t, s.DB())
	take()
	return pages(t, s.DB()) - before
}

func publish(t testing.TB, s *sqlite.Store, b news.Broadcast) (outbox.Epoch, outbox.LaneKey) {
	t.Helper()
	opened(t, s)
	id, err := s.Publish(t.Context(), digest.Publication{Broadcast: b, Accounts: []news.AccountID{"telegram:1"}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Own(t.Context(), "telegram:1")
	if err != nil {
		t.Fatal(err)
	}
	return e, outbox.LaneKey{Broadcast: id, Account: "telegram:1"}
}

// opened opens the bot to the public.
func opened(t testing.TB, s *sqlite.Store) {
	t.Helper()
	if err := s.Opened(t.Context(), desk.Entry{Act: desk.ActOpen}); err != nil {
		t.Fatal(err)
	}
}

// populate writes n readers, each of them in two of four sections.
func populate(t testing.TB, s *sqlite.Store, n int) {
	t.Helper()
	for _, query := range []string{
		"INSERT INTO account (id, name) VALUES (1, 'telegram:1')",
		"INSERT INTO slot (bit, name) VALUES (0, 'morning')",
		"INSERT INTO section (id, slug) VALUES (1, 's1'), (2, 's2'), (3, 's3'), (4, 's4')",
		`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ` + strconv.Itoa(n) + `)
			INSERT INTO subscriber (account, chat, kind, channel, pace, slots, follows, breaking, quiet, paused, floor, seq, joined)
			SELECT 1, 1000000 + i, 'private', 0, 'each', 1, 's1,s2', 1, 0, 0, 0, 0, 1 FROM n`,
		`INSERT INTO subscription SELECT 1 + (id + d) % 4, 1, 0, id, 0, 7 FROM subscriber, (SELECT 0 AS d UNION ALL SELECT 1) ORDER BY 1, 2, 3, 4`,
	} {
		if _, err := s.DB().ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
}

// pages returns how many pages the writing connection has looked at.
func pages(t *testing.T, db *sql.DB) (n int) {
	t.Helper()
	c, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	err = c.Raw(func(raw any) error {
		raw = raw.(interface{ Unwrap() sqldriver.Conn }).Unwrap()
		for _, op := range []driver.DBStatusOp{driver.DBStatusCacheHit, driver.DBStatusCacheMiss} {
			now, _, err := raw.(driver.DBStatus).Status(op, false)
			if err != nil {
				return err
			}
			n += now
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// BenchmarkTake takes chunks of 500 out of 200,000 readers in three sections
// and records them.
func BenchmarkTake(b *testing.B) {
	s, err := sqlite.Open(b.Context(), b.TempDir()+"/nashra.db", sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	populate(b, s, 200_000)
	var e outbox.Epoch
	var lane outbox.LaneKey
	n := 0
	for b.Loop() {
		if n == 0 {
			e, lane = publish(b, s, news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Sections: []news.Slug{"s1", "s2", "s3"}}})
		}
		c, err := s.Take(b.Context(), e, lane, 500)
		if err != nil {
			b.Fatal(err)
		}
		if n = len(c.Recipients); n == 0 {
			continue
		}
		receipts := make([]outbox.Receipt, n)
		for i, to := range c.Recipients {
			receipts[i] = outbox.Receipt{Subscriber: to.ID, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"12345"}}
		}
		err = s.Record(b.Context(), e, outbox.Results{Chunks: []outbox.ChunkResult{{ID: c.ID, Receipts: outbox.EncodeReceipts(receipts), Counts: map[news.Outcome]int{news.Sent: n}, Closed: true}}})
		if err != nil {
			b.Fatal(err)
		}
	}
}
