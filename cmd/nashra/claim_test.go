package main

import (
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

var ownerCode = regexp.MustCompile(`\d{4}-\d{4}-\d{4}`)

// claims sends a code in a chat, and reports whether it made an owner.
func (s *scene) claims(code string) bool {
	phone := s.network.AddUser(telegramtest.User{FirstName: "سالم", Language: "ar"})
	chat := phone.Start(s.bot, "")
	time.Sleep(5 * time.Second)
	phone.SendText(chat, code)
	time.Sleep(5 * time.Second)
	synctest.Wait()
	return said(chat, "مالك") == 1
}

// TestFirstOwner: the program says a code until somebody has used it, and never
// in its log; the server can make another one at any time.
func TestFirstOwner(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		p := s.start()
		time.Sleep(5 * time.Second)
		first := ownerCode.FindString(p.said.String())
		p.stop()
		p = s.start()
		time.Sleep(5 * time.Second)
		second := ownerCode.FindString(p.said.String())
		if first == "" || second == "" || strings.Contains(p.log.String(), second) {
			t.Fatalf("the codes are %q and %q; the log:\n%s", first, second, p.log)
		}
		if s.claims(first) {
			t.Error("the code of an earlier start still made an owner")
		}
		if !s.claims(second) {
			t.Error("the code made no owner")
		}
		if s.claims(second) {
			t.Error("the code worked twice")
		}
		p.stop()

		lost := ownerCode.FindString(s.must("editors", "claim"))
		p = s.start()
		time.Sleep(5 * time.Second)
		if got := p.said.String(); ownerCode.MatchString(got) {
			t.Errorf("there is an owner, and the program said\n%s", got)
		}
		if lost == "" || !s.claims(lost) {
			t.Errorf("the way back in is closed: %q", lost)
		}
	})
}

// TestClaimBesideRunningProgram: the running program makes the code.
func TestClaimBesideRunningProgram(t *testing.T) {
	s := loopback(t)
	p := s.start()
	s.answers(p)
	if out := s.must("editors", "claim"); !ownerCode.MatchString(out) {
		t.Errorf("the command said\n%s", out)
	}
}
