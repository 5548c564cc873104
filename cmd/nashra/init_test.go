package main

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

func TestInit(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		for i := range 3 {
			s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{2 + i}})
		}
		s.refused(exitProblem, []string{"init", "news.example"}, "is there already", "--force")
		s.golden("init.txt", s.must("init", "news.example", "--out", s.path("new.yaml")))
		text := s.read("new.yaml")
		for _, want := range []string{"name: عاشق عُمان", "kind: wordpress", "slug: weather", "form: poem", "the category عاجل"} {
			if !strings.Contains(text, want) {
				t.Errorf("the configuration lacks %q", want)
			}
		}
		s.must("init", "https://news.example", "--force")
		if s.read("nashra.yaml") != text {
			t.Error("--force did not write over the configuration")
		}
		// What it wrote is a configuration that works.
		if out := s.must("check"); !strings.Contains(out, "3 sections") {
			t.Errorf("the check says:\n%s", out)
		}
	})
}

func TestInitOfFeed(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{2}})
		s.site.Misbehave(feedtest.API, feedtest.Closed())
		s.must("init", "https://news.example", "--force")
		text := s.read("nashra.yaml")
		if strings.Count(text, "kind: feed") < 3 || !strings.Contains(text, "/category/") || !strings.Contains(text, "# Tried without success: ") {
			t.Errorf("the configuration of a site with a closed API:\n%s", text)
		}
	})
}

func TestInitFails(t *testing.T) {
	for name, c := range map[string]struct {
		fault feedtest.Fault
		words []string
	}{
		"unreachable": {feedtest.Cut(), []string{"https://news.example/", "opens in a browser"}},
		"HTML only":   {feedtest.HTML(), []string{"tried:", "opens in a browser"}},
		"blocked":     {feedtest.Challenge(), []string{"guard turns us away"}},
		"garbage":     {feedtest.Garbage(), []string{"news.example"}},
		"empty":       {feedtest.Respond(200, "text/html", ""), []string{"news.example"}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *scene) {
				before := s.read("nashra.yaml")
				s.site.Misbehave(feedtest.All, c.fault)
				s.refused(exitProblem, []string{"init", "https://news.example", "--force"}, c.words...)
				if s.read("nashra.yaml") != before {
					t.Error("the configuration was written over all the same")
				}
			})
		})
	}
	bubble(t, func(t *testing.T, s *scene) {
		s.refused(exitProblem, []string{"init", "ftp://news.example", "--out", s.path("x.yaml")}, "not an http address")
		s.refused(exitUsage, []string{"init"}, "<site>")
	})
}
