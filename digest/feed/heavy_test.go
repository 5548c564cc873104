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

// TestHeavyText cleans texts of which one post would keep a processor busy for
// hours, or fill the memory. All are small enough to be taken in.
func TestHeavyText(t *testing.T) {
	tags := func(n int, format string) (s string) {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "#", strconv.Itoa(i)))
		}
		return b.String()
	}
	words := strings.Repeat("كلمة ", 5000)
	for name, markup := range map[string]string{
		"marks":      words + strings.Repeat("[…]", 150_000),
		"lists":      strings.Repeat("<ul><li>", 200) + words,
		"tables":     strings.Repeat("<table><tr><td>", 100) + words,
		"formatting": "<p>" + tags(400, "<b a#>") + "</p>" + strings.Repeat("<p>x</p>", 10_000),
		"hidden":     "<svg><title><p>" + tags(400, "<B\na#>") + "</p>" + strings.Repeat("<p>x</p>", 10_000),
		"gathered":   tags(10_000, "<html a#>") + words,
		"attributes": "<a" + tags(50_000, " a#") + ">" + strings.Repeat("<p>x</p>", 10_000),
		"spaces":     "<pre>" + strings.Repeat("\n ", 100_000) + "x",
		"entities":   strings.Repeat("&amp;", 100_000),
		"brackets":   strings.Repeat("<", 100_000),
	} {
		d := draft{content: markup, link: "https://news.example/1", title: "x"}
		var usable bool
		cost := allocated(func() { _, _, usable = d.article(Source{Name: "x"}) })
		t.Logf("%s: %d MB of %d KB", name, cost>>20, len(markup)>>10)
		if !usable || cost > 60<<20 {
			t.Errorf("%s: usable %v, %d MB of %d KB", name, usable, cost>>20, len(markup)>>10)
		}
	}
	page := "<html lang=ar>" + tags(400, "<b a#>") + strings.Repeat("<p>x</p>", 10_000) +
		`<link rel=alternate type="application/rss+xml" href=/feed/><a href="/category/news/">أخبار</a>`
	var p webPage
	cost := allocated(func() { p = readPage(Answer{URL: "https://news.example/", Body: []byte(page)}) })
	if p.language != "ar" || len(p.feeds) != 1 || len(p.categories) != 1 || cost > 60<<20 {
		t.Errorf("page: %+v, %d MB", p, cost>>20)
	}
}
