package talk_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/store/sqlite"
)

var update = flag.Bool("update", false, "write the answers of the transcripts anew")

// TestTranscripts plays every conversation in testdata.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d transcripts, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			script, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := newPlayer(t, newMemory()).play(string(script))
			if got == string(script) {
				return
			}
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Error(difference(string(script), got))
		})
	}
}

// TestTranscriptsOnDisk plays them again on the program's own store.
func TestTranscriptsOnDisk(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			script, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "nashra.db"), sqlite.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.Pulled(t.Context(), feed.Pull{Source: "site", At: time.Unix(1, 0), Complete: true}); err != nil {
				t.Fatal(err)
			}
			if got := newPlayer(t, real{s, t}).play(string(script)); got != string(script) {
				t.Error(difference(string(script), got))
			}
		})
	}
}

// difference shows the first lines that differ, with what leads to them.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		if i >= len(w) || i >= len(g) || w[i] != g[i] {
			from := max(0, i-5)
			return "wanted:\n" + strings.Join(w[from:min(len(w), i+6)], "\n") + "\n\ngot:\n" + strings.Join(g[from:min(len(g), i+6)], "\n")
		}
	}
	return ""
}
