package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// An old backup gives nobody back the rights that were taken from them since:
// no editor, no program of the newsroom.
func TestRestoreKeepsEditorsOut(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "nashra.db"), filepath.Join(dir, "backup.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	by := func(a desk.Act) desk.Entry { return desk.Entry{At: now, Name: "server", Act: a} }
	seats := map[string]desk.Seat{"stays": {Account: "telegram:1", Chat: "10"}, "goes": {Account: "telegram:1", Chat: "11"}}
	ids := map[string]desk.EditorID{}
	for _, name := range []string{"stays", "goes"} {
		if err := s.Invited(t.Context(), desk.Invitation{Hash: []byte(name), Role: desk.Chief, Name: name, Expires: now.Add(time.Hour)}, by(desk.ActInvite)); err != nil {
			t.Fatal(err)
		}
		ed, _, err := s.Claimed(t.Context(), desk.Claimant{Hash: []byte(name), Seat: seats[name], At: now})
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = ed.ID
	}
	client, err := s.Enrolled(t.Context(), desk.Client{Editor: desk.Editor{Name: "cms", Role: desk.Machine, Joined: now, Scopes: desk.Scopes()}, PerMinute: 60}, []byte("hash"), by(desk.ActEnroll))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	for _, id := range []desk.EditorID{ids["goes"], client.ID} {
		if _, err := s.Removed(t.Context(), id, by(desk.ActRemove)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	done, err := sqlite.Restore(t.Context(), backup, path)
	if err != nil || done.Removed != 2 {
		t.Fatalf("restored %+v, %v", done, err)
	}
	s = openAt(t, path, sqlite.Options{})
	if _, err := s.Seated(t.Context(), seats["goes"]); !errors.Is(err, desk.ErrNobody) {
		t.Errorf("who was removed sits again: %v", err)
	}
	if _, _, err := s.Client(t.Context(), client.ID); !errors.Is(err, desk.ErrNobody) {
		t.Errorf("a revoked token is good again: %v", err)
	}
	if ed, err := s.Seated(t.Context(), seats["stays"]); err != nil || ed.ID != ids["stays"] {
		t.Errorf("who was not removed is gone: %+v, %v", ed, err)
	}
}
