package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestProposalsAreKept migrates a file with proposals from before each draft had
// its own: headlines, words and numbers stay, and nothing is proposed again.
func TestProposalsAreKept(t *testing.T) {
	dump, err := os.ReadFile("testdata/v19.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	raw(t, path, string(dump))
	raw(t, path, `INSERT INTO proposal (id, kind, article, title, of, made, expires, body, source) VALUES
			(3, 'correction', 1, 'right', 1, 1, 9, '{"title":"right"}', 'site'),
			(4, 'correction', 1, 'right' || char(10) || '2', 2, 1, 9, '{"title":"right"}', 'site'),
			(7, 'hand', 0, 'key', 0, 1, 9, '{}', '');
		INSERT INTO suggestion VALUES (7, 1, '{"words":"by hand"}')`)
	s := openAt(t, path, sqlite.Options{})
	for id, of := range map[desk.ProposalID]desk.DraftID{3: 1, 4: 2} {
		p, err := s.Proposal(t.Context(), id)
		if err != nil || p.Of != of || p.Article.Title != "right" {
			t.Errorf("%d is %+v, %v", id, p, err)
		}
		p.Article.ID, p.Made, p.Expires = 1, time.UnixMilli(2), time.UnixMilli(10)
		if again, fresh, err := s.Proposed(t.Context(), p, nil, desk.Ration{}); err != nil || fresh || again.ID != id {
			t.Errorf("%d is proposed again as %d: %v, %v", id, again.ID, fresh, err)
		}
	}
	p, err := s.Proposal(t.Context(), 7)
	if err != nil || p.By != 1 || p.Content.Words != "by hand" {
		t.Errorf("a client's is %+v, %v", p, err)
	}
	p.Key, p.Made = "another", time.UnixMilli(2)
	if next, fresh, err := s.Proposed(t.Context(), p, nil, desk.Ration{}); err != nil || !fresh || next.ID != 8 {
		t.Errorf("the next is %d, %v, %v", next.ID, fresh, err)
	}
}
