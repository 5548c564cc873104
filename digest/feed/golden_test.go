package feed_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads every document of testdata/feeds and compares what comes
// of it with the .golden file beside it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/feeds/*.*ml")
	if err != nil {
		t.Fatal(err)
	}
	more, _ := filepath.Glob("testdata/feeds/*.json")
	for _, name := range append(files, more...) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(data)
			golden := name + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func describe(data []byte) string {
	source := feed.Source{Name: "x", URL: "https://source.example/feed/", Zone: time.FixedZone("", 4*3600), TrustPrefix: true}
	in, err := feed.InspectData(data, "text/xml", source)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "kind: %s\n", in.Kind)
	for _, w := range in.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	for _, r := range in.Records {
		a := r.Article
		fmt.Fprintf(&b, "\nkey: %s\nusable: %v\nurl: %s\n", a.Key, r.Usable, a.Link())
		if !a.Published.IsZero() {
			fmt.Fprintf(&b, "published: %s\n", a.Published.UTC().Format(time.RFC3339))
		}
		if !a.Modified.IsZero() {
			fmt.Fprintf(&b, "modified: %s\n", a.Modified.UTC().Format(time.RFC3339))
		}
		for _, line := range []struct{ key, value string }{
			{"title", a.Title}, {"lead", a.Lead}, {"body", strings.ReplaceAll(a.Body, "\n", "\n      ")}, {"image", a.Image}, {"author", a.Author},
		} {
			if line.value != "" {
				fmt.Fprintf(&b, "%s: %s\n", line.key, line.value)
			}
		}
		if a.Urgent {
			b.WriteString("urgent\n")
		}
		for _, c := range a.Categories {
			fmt.Fprintf(&b, "category: %+v\n", c)
		}
		for _, w := range r.Warnings {
			fmt.Fprintf(&b, "warning: %s\n", w)
		}
	}
	return b.String()
}
