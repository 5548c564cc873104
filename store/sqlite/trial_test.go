package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestTrialPlan: before the opening a chunk is found from the few seats, however
// many readers wait already.
func TestTrialPlan(t *testing.T) {
	s := open(t)
	for name, n := range map[string]int{"everyone": 0, "sections": 3} {
		t.Run(name, func(t *testing.T) {
			args := make([]any, 7)
			if n > 0 {
				args = make([]any, 8+n)
			}
			plan := explain(t, s.DB(), sqlite.TakeTrial(news.Broadcast{Kind: news.Breaking}, n), args...)
			for line := range strings.Lines(plan) {
				if strings.HasPrefix(line, "SCAN") && !strings.HasPrefix(line, "SCAN seat") && !strings.HasPrefix(line, "SCAN found") {
					t.Errorf("it walks more than the seats: %s", plan)
				}
			}
			if !strings.Contains(plan, "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)") {
				t.Errorf("readers are not sought one by one:\n%s", plan)
			}
		})
	}
}

// TestOpenAfterRestore: a backup from before the opening does not close the bot.
func TestOpenAfterRestore(t *testing.T) {
	folder := t.TempDir()
	path, backup := filepath.Join(folder, "nashra.db"), filepath.Join(folder, "backup.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	for _, open := range []bool{false, true} {
		if open {
			s = openAt(t, path, sqlite.Options{})
			opened(t, s)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := sqlite.Restore(t.Context(), backup, path); err != nil {
			t.Fatal(err)
		}
		s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if now, err := s.Standing(t.Context()); err != nil || now.Open != open {
			t.Errorf("restored over an open one (%t) it is %+v, %v", open, now, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOpenWithReaders: a file of an earlier version that has readers is open,
// an empty one is not.
func TestOpenWithReaders(t *testing.T) {
	standing := func(path string) desk.Standing {
		now, err := openAt(t, path, sqlite.Options{}).Standing(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	if !standing(old(t, "testdata/v1.sql")).Open {
		t.Error("a bot that had readers is closed")
	}
	if standing(filepath.Join(t.TempDir(), "new.db")).Open {
		t.Error("a new bot is open")
	}
}
