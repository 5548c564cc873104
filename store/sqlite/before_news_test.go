package sqlite

import (
	"path/filepath"
	"testing"
	"time"
)

// A broadcast whose article has another number in the backup is left out, and
// spoils no restore.
func TestTakeOverNewsWithoutItsArticle(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "n.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.write(t.Context(), "test", func(t2 tx) error {
		columns := []string{"id", "kind", "version", "slot", "date", "items", "words", "link", "audience", "silent", "auto", "article", "window_from", "window_to", "asof", "since", "published", "expires", "state"}
		row := func(id int, kind, slot string, article any) []any {
			return []any{id, kind, 1, slot, "2026-11-27", "[]", "", "", "{}", 0, 1, article, 0, 0, 0, 0, 0, 0, "done"}
		}
		return t2.takeOverNews(newsBefore{broadcasts: copied{columns, [][]any{row(8, "breaking", "", 77), row(9, "digest", "noon", nil)}}}, time.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	last, err := s.Editions(t.Context())
	if err != nil || last["noon"].Date != "2026-11-27" {
		t.Errorf("the last editions are %v, %v", last, err)
	}
}
