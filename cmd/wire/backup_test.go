package wire_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/store"
)

// Old backups go when there are enough new ones; files of others stay.
func TestBackupsRotate(t *testing.T) {
	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "n.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	folder := filepath.Join(t.TempDir(), "backups")
	now := time.Date(2026, 1, 1, 3, 30, 0, 0, time.UTC)
	b := wire.Backups{Store: st, Folder: folder, Keep: 3, Now: func() time.Time { return now }}
	for range 5 {
		if err := b.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		now = now.AddDate(0, 0, 1)
		if err := os.WriteFile(filepath.Join(folder, "nashra-notes.db"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := []string{"nashra-20260103-033000.db", "nashra-20260104-033000.db", "nashra-20260105-033000.db", "nashra-notes.db"}
	if !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	copied, err := store.Open(t.Context(), filepath.Join(folder, want[2]), store.Options{})
	if err != nil {
		t.Fatalf("the backup cannot be opened: %v", err)
	}
	copied.Close()

	now = now.AddDate(0, 0, -1) // the file of that moment is there already
	if err := b.Once(t.Context()); err == nil {
		t.Error("a backup was written over")
	}
}

// A heartbeat is left out when the program is not well, and no error tells its
// address.
func TestHeartbeat(t *testing.T) {
	const secret = "https://watch.example/ping/a-secret-name"
	beats := 0
	answer := http.StatusOK
	h := wire.Heartbeat{
		URL: secret, Alive: func(context.Context) error { return nil },
		HTTP: feedtest.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			beats++
			w.WriteHeader(answer)
		})},
	}
	if err := h.Once(t.Context()); err != nil || beats != 1 {
		t.Errorf("%d beats, %v", beats, err)
	}
	answer = http.StatusNotFound
	if err := h.Once(t.Context()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a refused heartbeat says %v", err)
	}
	beats = 0
	h.Alive = func(context.Context) error { return errors.New("the disk is full") }
	if err := h.Once(t.Context()); err == nil || beats != 0 {
		t.Errorf("%d beats of a program that is not well, %v", beats, err)
	}
	closed := httptest.NewServer(http.NotFoundHandler())
	h = wire.Heartbeat{URL: closed.URL + "/secret", Alive: func(context.Context) error { return nil }}
	closed.Close()
	if err := h.Once(t.Context()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a heartbeat that reached nobody says %v", err)
	}
}
