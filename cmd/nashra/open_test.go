package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// TestOpenFromTheServer: a new bot is closed, and says so wherever one looks,
// with what to do; what is sent meanwhile does not reach readers later.
func TestOpenFromTheServer(t *testing.T) {
	const closed = "not open to the public"
	bubble(t, func(t *testing.T, s *scene) {
		s.closed = true
		s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{3}})
		s.refused(exitProblem, []string{"editors", "open"}, "no database")
		s.founded()
		chat, row := s.reader("news")
		s.write("readers.csv", head+row+"\n")
		s.must("subscribers", "import", s.path("readers.csv"))
		s.must("alert", "قبل الفتح", "--everyone")
		p := s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		p.stop()
		if got := p.said.String(); !strings.Contains(got, closed) || !strings.Contains(got, "nashra editors open") {
			t.Errorf("the start says\n%s", got)
		}
		for _, command := range []string{"status", "check"} {
			if got := s.must(command); !strings.Contains(got, closed) || !strings.Contains(got, "nashra editors open") {
				t.Errorf("%s says\n%s", command, got)
			}
		}
		if out := s.must("editors", "open"); !strings.Contains(out, "open to the public") {
			t.Errorf("the command says\n%s", out)
		}
		for _, command := range []string{"status", "check"} {
			if got := s.must(command); strings.Contains(got, closed) {
				t.Errorf("%s says\n%s", command, got)
			}
		}
		s.must("alert", "بعد الفتح", "--everyone")
		p = s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := p.said.String(); strings.Contains(got, closed) {
			t.Errorf("the start of an open one says\n%s", got)
		}
		if before, after := said(chat, "قبل الفتح"), said(chat, "بعد الفتح"); before != 0 || after != 1 {
			t.Errorf("the reader got %d messages of before and %d of after the opening", before, after)
		}
	})
}

// TestOpenBesideRunningProgram: the running program opens, and knows it.
func TestOpenBesideRunningProgram(t *testing.T) {
	s := loopback(t)
	s.closed = true
	p := s.start()
	s.answers(p)
	if got := s.must("status"); !strings.Contains(got, "not open to the public") {
		t.Errorf("status says\n%s", got)
	}
	s.must("editors", "open")
	if got := s.must("status"); strings.Contains(got, "not open to the public") {
		t.Errorf("status says\n%s", got)
	}
}
