package feed

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestBearable(t *testing.T) {
	deep := strings.Repeat("<x>", 300)
	feed := func(s string) string { return "<rss><channel>" + s + "</channel></rss>" }
	spaces := func(n int) (s string) {
		for i := range n {
			s += fmt.Sprintf(" xmlns:n%d='n'", i)
		}
		return "<x" + s + ">"
	}
	for in, want := range map[string]error{
		deep:                                      errDepth,
		"<![CDATA[" + deep + "]]>":                nil,
		"<!--" + deep:                             nil,
		strings.Repeat("<x>\n</x>", 300):          nil,
		strings.Repeat("<x/>", 300):               nil,
		strings.Repeat("<br></a><a>", 300):        nil,
		strings.Repeat("<a ", 1000000):            nil,
		`<!D "<!--">` + deep:                      errDepth, // a comment within a directive is none
		strings.Repeat(`<a b="/>">`, 300):         errDepth, // nor is this the end of the element
		strings.Repeat(`<a b='>'>`, 300):          errDepth,
		"<![cdata[ ]]>" + deep:                    nil, // neither can read it
		strings.Repeat("<x/>", maxParts):          errHeavy,
		strings.Repeat("<item/>", maxEntries):     nil,
		strings.Repeat("<entry/>", 50_000):        errHeavy,
		"<x" + strings.Repeat(" a=b", 300):        nil, // it does not end
		"<x" + strings.Repeat(" a=b", 300) + ">":  errHeavy,
		spaces(150):                               errHeavy,
		spaces(90):                                nil,
		strings.Repeat("<x xmlns:n='n'/>", 9_000): nil,
		"<x>" + strings.Repeat("a", 1<<20) + strings.Repeat("<y/>b", 2000): errHeavy,
		`<?xml version="1.0" encoding="utf-16"?>` + deep:                   errLabel,
		spaces(90) + strings.Repeat("<y/>", 100_000):                       errHeavy,
	} {
		if err := bearable(feed(in)); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, want %v", in, err, want)
		}
	}
	if err := bearable(feed("") + deep); err != nil {
		t.Errorf("behind the end, where nobody reads: %v", err)
	}
}

// TestDeepFeed reads what was made to look flat to whoever only searches for
// brackets. A stack that overflows ends the program, so gofeed must not be
// shown it: neither whole nor in the items of a feed that is broken before.
func TestDeepFeed(t *testing.T) {
	const depth = 20_000
	item := func(open string) string {
		return `<item><!D "<!--"><title>x</title><link>https://news.example/1</link><x:a>` +
			strings.Repeat(open, depth) + strings.Repeat("</a>", depth) + `</x:a></item>`
	}
	for name, doc := range map[string]string{
		"directive": `<rss version="2.0"><channel>` + item("<a>") + `</channel></rss>`,
		"quoted":    `<rss version="2.0"><channel>` + item(`<a b="/>">`) + `</channel></rss>`,
		"broken":    `<rss version="2.0"><channel><a b=&></oops>` + item("<a>") + `</channel></rss>`,
	} {
		doc, err := decodeFeed([]byte(doc), "", "https://news.example/feed/", time.UTC)
		if len(doc.drafts) > 0 {
			t.Errorf("%s: read as %d articles, %v", name, len(doc.drafts), err)
		}
	}
}

// TestBase reads links that are relative to xml:base, and a document that is
// small and would be put before, and read for, all of its links.
func TestBase(t *testing.T) {
	const address = "https://cdn.example/feed.xml"
	honest := `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/ar/"><title>x</title>` +
		`<entry><title>t</title><link href="1.html"/><content type="html">&lt;img src="/1.jpg"&gt;</content></entry></feed>`
	doc, err := decodeFeed([]byte(honest), "", address, time.UTC)
	if err != nil || len(doc.drafts) != 1 {
		t.Fatalf("%+v, %v", doc, err)
	}
	a, _, ok := doc.drafts[0].article(Source{Name: "x"})
	if !ok || a.URL != "https://news.example/ar/1.html" || a.Image != "https://news.example/1.jpg" {
		t.Errorf("%+v", a)
	}
	var bold strings.Builder
	for i := range 400 {
		fmt.Fprintf(&bold, "<b a%d>", i)
	}
	content := "<p>" + bold.String() + "</p>" + strings.Repeat("<p>x</p>", 10_000)
	for name, item := range map[string]string{
		"html":  `<entry><content type="html"><![CDATA[` + content + `]]></content></entry>`,
		"links": `<entry>` + strings.Repeat(`<link href="a"/>`, 20_000) + `</entry>`,
	} {
		for _, attr := range []string{`xml:base="https://news.example/` + strings.Repeat("a", 3_000) + `"`, `xml:base`, `xmlns:q="http://www.w3.org/XML/1998/namespace" q:base = "https://news.example/` + strings.Repeat("a", 3_000) + `"`} {
			doc := `<feed xmlns="http://www.w3.org/2005/Atom" ` + attr + `>` + item + `</feed>`
			if cost := allocated(func() { _, _ = decodeFeed([]byte(doc), "", address, time.UTC) }) >> 20; cost > 60 {
				t.Errorf("%s, %.40s: %d MB of %d KB", name, attr, cost, len(doc)>>10)
			}
		}
	}
}
