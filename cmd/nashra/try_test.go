package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

func TestTry(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.site.Publish(feedtest.Post{Title: "أمطار على الحجر", Excerpt: "تهطل الليلة.", Content: "<p>نص.</p>", Categories: []int{3}, Image: "/rain.jpg"})
		s.site.Publish(feedtest.Post{Title: "قصيدة", Content: "<p>بيت.<br>وبيت.</p>", Categories: []int{4}})
		s.golden("try.txt", s.must("try", "https://news.example"))
		s.golden("try.jsonl", s.must("try", "https://news.example/", "--json"))
		s.write("nashra.yaml", strings.Replace(s.read("nashra.yaml"), "match: {categories: [poetry]}", "match: {sources: [site]}", 1))
		if out := s.must("try", "https://news.example/feed/"); !strings.Contains(out, `poetry (source "site")`) {
			t.Errorf("another address of a configured site:\n%s", out)
		}
		s.site.Misbehave(feedtest.API, feedtest.Closed())
		if out := s.must("try", "https://news.example"); !strings.Contains(out, "read as feed") {
			t.Errorf("a site with a closed API:\n%s", out)
		}
	})
}

// TestTryKeys holds what programs rely on: one object a line, every key there.
func TestTryKeys(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		for range 3 {
			s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{5}})
		}
		s.site.Misbehave(feedtest.API, feedtest.Undated())
		lines := bufio.NewScanner(strings.NewReader(s.must("try", "https://news.example", "--json")))
		n := 0
		for ; lines.Scan(); n++ {
			var got map[string]any
			if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"id", "title", "link", "section", "section_why", "published", "lead", "image", "warnings"} {
				if _, ok := got[key]; !ok {
					t.Errorf("%q is missing in %s", key, lines.Text())
				}
			}
			if len(got) != 9 || got["published"] != "" || len(got["warnings"].([]any)) == 0 {
				t.Errorf("an article without a date: %s", lines.Text())
			}
		}
		if n != 3 {
			t.Errorf("%d lines of 3", n)
		}
	})
}

func TestTryFile(t *testing.T) {
	const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>
<item><title>%</title><link>https://n.example/1</link><pubDate>Mon, 12 Jan 2026 12:00:00 GMT</pubDate></item></channel></rss>`
	bubble(t, func(t *testing.T, s *scene) {
		t.Chdir(s.dir)
		_ = os.Remove(s.path("nashra.yaml"))
		try := func(args ...string) int {
			s.out.Reset()
			s.errs.Reset()
			return run(t.Context(), s.env, append([]string{"try"}, args...))
		}
		s.write("a.xml", strings.Replace(rss, "%", "\xce\xc8\xd1", 1)) // in Windows-1256
		if code := try("a.xml", "--json", "--content-type", "text/xml; charset=windows-1256"); code != exitOK {
			t.Fatalf("exit %d: %s", code, &s.errs)
		}
		want := `{"id":"https://n.example/1","title":"خبر","link":"https://n.example/1","section":"","section_why":"no configuration","published":"2026-01-12T12:00:00Z","lead":"","image":"","warnings":[]}`
		if got := strings.TrimSpace(s.out.String()); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		s.env.Stdin = strings.NewReader(strings.Replace(rss, "%", "خبر", 1))
		if code := try("-"); code != exitOK || !strings.Contains(s.out.String(), "1. خبر") {
			t.Errorf("standard input: exit %d\n%s%s", code, &s.out, &s.errs)
		}
		s.write("page.html", "<!DOCTYPE html><html><body>no feed</body></html>")
		s.write("huge.xml", strings.Repeat(" ", largestFile+1))
		for _, c := range []struct {
			args []string
			code int
			word string
		}{
			{[]string{"page.html"}, exitProblem, "page.html"},
			{[]string{"huge.xml"}, exitProblem, "larger than 10 MB"},
			{[]string{"none.xml"}, exitProblem, "there is no file none.xml"},
			{[]string{"https://news.example", "--content-type", "text/xml"}, exitUsage, "for files"},
			{[]string{"a.xml", "--config", "none.yaml"}, exitProblem, "no configuration at none.yaml"},
		} {
			if code := try(c.args...); code != c.code || !strings.Contains(s.errs.String(), c.word) {
				t.Errorf("try %v: exit %d, %s", c.args, code, &s.errs)
			}
		}
	})
}

// TestTryTrouble: each kind of trouble has its sentence.
func TestTryTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		fault feedtest.Fault
		code  int
		words string
	}{
		"50 MB":        {feedtest.Huge(50 << 20), exitProblem, "larger than"},
		"no end":       {feedtest.Timeout(), exitProblem, "no answer in time"},
		"in circles":   {feedtest.RedirectLoop(), exitProblem, "in circles"},
		"to ourselves": {feedtest.Redirect("http://127.0.0.1/secret"), exitProblem, "private address"},
		"HTML":         {feedtest.HTML(), exitProblem, "web page"},
		"garbage":      {feedtest.Garbage(), exitProblem, "opens in a browser"},
		"blocked":      {feedtest.Challenge(), exitProblem, "guard turns us away"},
		"closed":       {feedtest.Unavailable(0), exitProblem, "503"},
		"empty":        {feedtest.Empty(), exitOK, "no articles in it"},
		"no titles":    {feedtest.Untitled(), exitOK, "! "},
		"one number":   {feedtest.SameID(), exitOK, "another article is called wp:7, too"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *scene) {
				for range 2 {
					s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{3}})
				}
				s.site.Misbehave(feedtest.All, c.fault)
				s.refused(c.code, []string{"try", "https://news.example"}, c.words)
			})
		})
	}
}
