package sqlite_test

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

var update = flag.Bool("update", false, "write schema.sql anew")

// TestSchema holds the schema of a new database against schema.sql, which is
// the place to read it.
func TestSchema(t *testing.T) {
	got := schema(t, open(t).DB())
	if *update {
		if err := os.WriteFile("schema.sql", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(golden) {
		t.Errorf("schema.sql is not the schema; run the test with -update and look at the difference")
	}
}

func schema(t *testing.T, db *sql.DB) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		b.WriteString(text + ";\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestMigrate opens a file of every earlier schema, with rows in it, and finds
// today's schema and the same reader, article and broadcast.
func TestMigrate(t *testing.T) {
	steps, err := sqlite.Steps()
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= steps; n++ {
		t.Run(fmt.Sprintf("from %d", n), func(t *testing.T) {
			path := old(t, fmt.Sprintf("testdata/v%d.sql", n))
			s := openAt(t, path, sqlite.Options{})
			if schema(t, s.DB()) != schema(t, open(t).DB()) {
				t.Error("the schema is not that of a new database")
			}
			c, err := s.Chat(t.Context(), "telegram:1", "1001")
			if err != nil || c.Reader.ID != 5 || c.Reader.Follows[1] != "jobs" || c.Reader.Slots[0] != "morning" {
				t.Errorf("reader %+v, %v", c.Reader, err)
			}
			latest, err := s.Latest(t.Context(), nil, 5)
			if err != nil || len(latest) != 1 || latest[0].Title != "ريح شديدة" {
				t.Errorf("articles %+v, %v", latest, err)
			}
			kept, err := s.Kept(t.Context(), "telegram:1", "1001")
			if err != nil || kept.Receipts != 1 || kept.Replies != 1 || len(kept.Consent) != 1 {
				t.Errorf("kept %+v, %v", kept, err)
			}
			had, err := s.Had(t.Context(), 5, latest[0].Arrived)
			if err != nil || !had[latest[0].ID] {
				t.Errorf("had %v, %v", had, err)
			}
			if written, err := s.HasWritten(t.Context(), "telegram:1", "1001"); err != nil || !written {
				t.Errorf("who agreed in the chat has written: %v, %v", written, err)
			}
			if c.Reader.Important || !c.Reader.Breaking {
				t.Errorf("who had all breaking news has %+v", c.Reader)
			}
			for important, want := range map[bool]int{false: 1, true: 2} {
				if n < 7 {
					want = 2 // nobody had chosen yet
				}
				b := news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Sections: []news.Slug{"jobs"}, Important: important}}
				e, lane := publish(t, s, b)
				taken, err := s.Take(t.Context(), e, lane, 10)
				if err != nil || len(taken.Recipients) != want {
					t.Errorf("important %v: %d recipients, want %d (%v)", important, len(taken.Recipients), want, err)
				}
			}
		})
	}
}

// old makes a database of a dump.
func old(t *testing.T, dump string) (path string) {
	t.Helper()
	text, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "old.db")
	raw(t, path, string(text))
	return path
}

// raw runs SQL in a file without opening it as a store.
func raw(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	made := func(t *testing.T, query string) string {
		path := filepath.Join(t.TempDir(), "nashra.db")
		s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		raw(t, path, query)
		return path
	}
	for name, tt := range map[string]struct {
		path     func(t *testing.T) string
		readOnly bool
		want     error
	}{
		"a newer schema":           {func(t *testing.T) string { return made(t, "PRAGMA user_version = 999") }, false, sqlite.ErrNewer},
		"a newer schema, reading":  {func(t *testing.T) string { return made(t, "PRAGMA user_version = 999") }, true, sqlite.ErrNewer},
		"an older schema, reading": {func(t *testing.T) string { return made(t, "PRAGMA user_version = 0; PRAGMA user_version = -1") }, true, sqlite.ErrOlder},
		"another program's file": {func(t *testing.T) string {
			p := filepath.Join(t.TempDir(), "x")
			raw(t, p, "CREATE TABLE x (y)")
			return p
		}, false, sqlite.ErrForeign},
		"no database at all":         {func(t *testing.T) string { return text(t, strings.Repeat("no database\n", 100)) }, false, sqlite.ErrForeign},
		"a damaged file":             {damaged, false, sqlite.ErrDamaged},
		"a missing file, reading":    {func(t *testing.T) string { return filepath.Join(t.TempDir(), "x") }, true, os.ErrNotExist},
		"a folder that is not there": {func(t *testing.T) string { return filepath.Join(t.TempDir(), "x", "y") }, false, os.ErrNotExist},
	} {
		t.Run(name, func(t *testing.T) {
			path := tt.path(t)
			before, _ := os.ReadFile(path)
			s, err := sqlite.Open(t.Context(), path, sqlite.Options{ReadOnly: tt.readOnly})
			if !errors.Is(err, tt.want) || s != nil {
				t.Fatalf("opened with %v, want %v", err, tt.want)
			}
			if !strings.Contains(err.Error(), path) {
				t.Errorf("%v does not name the file", err)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func text(t *testing.T, s string) string {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// damaged makes a database with readers and overwrites a page in the middle.
func damaged(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "nashra.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	populate(t, s, 2000)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(make([]byte, 8192), info.Size()/2/4096*4096); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestConnections proves that every connection has its pragmas, and that the
// file is its owner's alone.
func TestConnections(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%20?#.db")
	s := openAt(t, path, sqlite.Options{})
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "cache_size": "-16000", "query_only": "0"} {
		var got string
		if err := s.DB().QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", pragma, got, want, err)
		}
	}
	if n := s.DB().Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections write", n)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", suffix, info, err)
		}
	}
	reading := openAt(t, path, sqlite.Options{ReadOnly: true})
	if _, err := reading.Overview(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := reading.Commit(t.Context(), talk.Commit{Account: "telegram:1", Chat: "1", Kind: news.Private}); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("a reading store wrote: %v", err)
	}
}
