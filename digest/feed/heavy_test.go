package feed

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// allocated returns how many bytes f asks memory for, in all: work that does
// not depend on the machine.
func allocated(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc) //nolint:gosec // far below
}

// TestHeavy reads documents of a few megabytes that would become hundreds in
// memory.
func TestHeavy(t *testing.T) {
	const n = 400_000
	for name, doc := range map[string]string{
		"posts":     "[" + strings.Repeat(`{"id":1},`, n) + `{"id":2}]`,
		"json feed": `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat("{},", n) + `{}]}`,
		"xml":       "<rss><channel>" + strings.Repeat("<x:a/>", n) + "</channel></rss>",
		"items":     "<rss><channel>" + strings.Repeat("<item/>", n) + "</channel></rss>",
	} {
		var err error
		cost := allocated(func() { _, err = InspectData([]byte(doc), "", Source{Name: "x", URL: "https://news.example/"}) })
		var p *Problem
		if !errors.As(err, &p) || p.Reason != "holds more than any feed does" {
			t.Errorf("%s: %v", name, err)
		}
		if cost > 100<<20 {
			t.Errorf("%s: %d MB for %d MB", name, cost>>20, len(doc)>>20)
		}
	}
}

func TestDecodePostsStops(t *testing.T) {
	var list strings.Builder
	for i := range maxItems + 100 {
		list.WriteString(`,{"id":` + strconv.Itoa(i+1) + `}`)
	}
	drafts, warnings, err := decodePosts([]byte("["+list.String()[1:]+"]"), "", time.UTC)
	if err != nil || len(drafts) != maxItems || len(warnings) != 1 {
		t.Errorf("%d drafts, %q, %v", len(drafts), warnings, err)
	}
	list.Reset()
	for i := range 100_000 {
		list.WriteString("," + strconv.Itoa(i+1))
	}
	drafts, _, err = decodePosts([]byte(`{"id":1,"categories":[`+list.String()[1:]+"]}"), "", time.UTC)
	if err != nil || len(drafts) != 1 || len(drafts[0].categories) != maxCategories {
		t.Errorf("%d drafts, %v", len(drafts), err)
	}
}
