package feed_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// FuzzDecode reads whatever a stranger sends. What comes out is sound: see
// sound.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/feeds/*l")
	if err != nil {
		f.Fatal(err)
	}
	json, _ := filepath.Glob("testdata/feeds/*.json")
	for _, name := range append(files, json...) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "text/xml; charset=utf-8")
	}
	f.Add([]byte("<rss><channel><item><title>x</title><link>javascript:x</link><guid>https://a.example/?p=1</guid></item></channel></rss>"), "text/xml; charset=windows-1256")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		in, err := feed.InspectData(data, contentType, feed.Source{Name: "x", URL: "https://news.example/feed/", TrustPrefix: true})
		if err != nil {
			if !utf8.ValidString(err.Error()) {
				t.Errorf("error is no text: %q", err)
			}
			return
		}
		for _, r := range in.Records {
			sound(t, r.Article, r.Usable)
		}
	})
}

// FuzzText puts a stranger's markup where a title and a text go.
func FuzzText(f *testing.F) {
	for _, s := range []string{"<p>نص</p>", "<table><tr><td>أ</td></tr></table>", "&#x202e;", "<ul><li><ol><li>", "<pre>\n<figure>", "<svg><p>", "&rlm", "\u200f\ufdd0"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		cdata := func(s string) string {
			return "<![CDATA[" + strings.ReplaceAll(s, "]]>", "") + "]]>"
		}
		doc := `<rss version="2.0"><channel><item><link>https://news.example/1</link><title>` + cdata(title) + `</title><description>` + cdata(body) + `</description></item></channel></rss>`
		in, err := feed.InspectData([]byte(doc), "", feed.Source{Name: "x"})
		if err != nil {
			return
		}
		for _, r := range in.Records {
			sound(t, r.Article, r.Usable)
		}
	})
}

// sound checks what every article promises: valid text without controls and
// direction marks, lines and paragraphs as documented, http(s) addresses, and
// for a usable one a key, an address and a title.
func sound(t *testing.T, a news.Article, usable bool) {
	t.Helper()
	lines := map[string]string{"title": a.Title, "author": a.Author, "lead": a.Lead}
	for _, c := range a.Categories {
		lines["category "+c.Name] = c.Name
	}
	for name, s := range lines {
		if strings.ContainsAny(s, "\n\r\t") {
			t.Errorf("%s has more than one line: %q", name, s)
		}
	}
	lines["body"] = strings.ReplaceAll(a.Body, "\n", "")
	for name, s := range lines {
		if !utf8.ValidString(s) || strings.ContainsFunc(s, forbidden) || s != strings.TrimSpace(s) && name != "body" {
			t.Errorf("%s is not clean: %q", name, s)
		}
	}
	if strings.Contains(a.Body, "\n\n\n") || a.Body != strings.TrimSpace(a.Body) {
		t.Errorf("body is not tidy: %q", a.Body)
	}
	for _, link := range []string{a.URL, a.ShortURL, a.Image} {
		if link == "" {
			continue
		}
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsFunc(link, forbidden) {
			t.Errorf("link %q", link)
		}
	}
	if usable && (a.Title == "" || a.URL == "" || a.Key == "") {
		t.Errorf("usable without title, address or key: %+v", a)
	}
}

func forbidden(r rune) bool {
	return unicode.IsControl(r) || r == '\u061c' || r == '\ufeff' || r == '\u200e' || r == '\u200f' || r == '\u200b' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r >= 0xfdd0 && r <= 0xfdef
}
