package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/desk"
)

// entriesOf reads an exported log.
func entriesOf(t *testing.T, lines string) (all []desk.Entry) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		var e desk.Entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, e)
	}
	return all
}

// TestLogWithoutProgram: who did what in the chat and on the server, in order,
// with the version; that somebody looked is its last line.
func TestLogWithoutProgram(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.refused(exitProblem, []string{"editors", "log"}, "no database")
		s.founded()
		p := s.start()
		time.Sleep(5 * time.Second)
		if !s.claims(ownerCode.FindString(p.said.String())) {
			t.Fatal("the code made no owner")
		}
		p.stop()
		s.must("alert", "خبر", "--everyone")
		s.must("pause", "1")
		s.must("stop", "1")
		s.must("alert", "خبر ثان", "--everyone")
		s.must("correct", "2", "خبر ثانٍ")
		s.golden("editors-log.txt", regexp.MustCompile(`(:\d\d):\d\d`).ReplaceAllString(s.must("editors", "log"), "$1:00"))
		all := entriesOf(t, s.must("editors", "log", "--json"))
		if n := len(all); all[n-1].Act != desk.ActExport || all[n-2].Act != desk.ActExport || all[n-3].Act != desk.ActPublish || all[n-3].Broadcast != 3 {
			t.Errorf("its end is %+v", all[max(0, n-3):])
		}
		now := s.env.Now
		s.env.Now = func() time.Time { return now().Add(48 * time.Hour) }
		tomorrow := now().Add(24 * time.Hour).Format(time.DateOnly)
		if since := entriesOf(t, s.must("editors", "log", "--json", "--since", tomorrow)); len(since) != 1 || since[0].Act != desk.ActExport {
			t.Errorf("since tomorrow: %+v", since)
		}
		s.refused(exitProblem, []string{"editors", "log", "--since", "yesterday"}, "expected a day like 2027-01-31")
	})
}

// TestLogBesideRunningProgram: the running program shows it, and says what
// is wrong with a day.
func TestLogBesideRunningProgram(t *testing.T) {
	s := loopback(t)
	p := s.start()
	s.answers(p)
	phone := s.network.AddUser(telegramtest.User{FirstName: "سالم", Language: "ar"})
	chat := phone.Start(s.bot, "")
	phone.SendText(chat, ownerCode.FindString(p.said.String()))
	if _, err := chat.WaitFor(t.Context(), func([]telegramtest.Message) bool { return said(chat, "مالك") > 0 }); err != nil {
		t.Fatal(err)
	}
	s.must("pause")
	all := entriesOf(t, s.must("editors", "log", "--json"))
	var acts []string
	for _, e := range all {
		acts = append(acts, string(e.Act))
	}
	if got := strings.Join(acts, " "); !strings.HasSuffix(got, "claim pause export") {
		t.Errorf("the log tells of %s", got)
	}
	if out := s.must("editors", "log"); !regexp.MustCompile(`#1 +claim`).MatchString(out) || !strings.Contains(out, "everything unfinished") {
		t.Errorf("the table:\n%s", out)
	}
	s.refused(exitProblem, []string{"editors", "log", "--since", "yesterday"}, "expected a day like 2027-01-31")
}
