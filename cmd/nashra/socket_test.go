package main

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// loopback is a scene with a control socket: in real time, with a short path
// for it.
func loopback(t *testing.T) *scene {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "nashra")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := newScene(t, ownSite)
	s.env.Socket = true
	config := s.read("nashra.yaml")
	s.dir = dir
	s.write("nashra.yaml", config)
	return s
}

// answers returns when the program answers at its socket.
func (s *scene) answers(p *program) {
	s.t.Helper()
	p.log.wait(s.t, "connected")
	ctx, cancel := context.WithTimeout(s.t.Context(), longWait)
	defer cancel()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		if s.call("status") == exitOK && strings.HasPrefix(s.out.String(), "running") {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			s.t.Fatalf("no answer:\n%s%s\n%s", &s.out, &s.errs, p.log)
		}
	}
}

// TestBesideRunningProgram: what the commands do while the program runs.
func TestBesideRunningProgram(t *testing.T) {
	s := loopback(t)
	s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{3}})
	p := s.start()
	s.answers(p)
	if info, err := os.Stat(s.path("nashra.db.sock")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the control socket: %v %v", info, err)
	}
	weather, row := s.reader("weather")
	if _, err := weather.Wait(t.Context(), 1); err != nil { // the welcome: a reader by now
		t.Fatal(err)
	}
	s.write("readers.csv", head+row+"\n"+strings.Replace(row, ",100000001,", ",100000009,", 1)+"\n")
	if out := s.must("subscribers", "import", s.path("readers.csv")); out != "1 reader added.\n1 left out: there already.\n" {
		t.Errorf("the import: %s", out)
	}
	if out := s.must("alert", "إغلاق الطريق بسبب جريان الوادي", "--everyone"); !strings.Contains(out, "is on its way. How it arrives: nashra deliveries ") {
		t.Errorf("the alert: %s", out)
	}
	arrived, cancel := context.WithTimeout(t.Context(), longWait)
	defer cancel()
	if _, err := weather.WaitFor(arrived, func([]telegramtest.Message) bool { return said(weather, "الوادي") == 1 }); err != nil {
		t.Fatal(err)
	}
	s.refused(exitProblem, []string{"alert", "خبر", "--sections", "sport"}, `there is no section called "sport"`)
	s.refused(exitProblem, []string{"resume", "99"}, "99")
	s.must("pause")
	s.must("resume")
	s.must("backup", s.path("copy.db"))
	s.must("deliveries")
	if out := s.must("stats"); !strings.Contains(out, "المشتركون: مشترك") {
		t.Errorf("the numbers: %s", out)
	}
	if out := s.must("preview"); !strings.Contains(out, "morning") {
		t.Errorf("the preview: %s", out)
	}
	if out := s.must("check"); !strings.Contains(out, "✓ program: running, version dev (process "+pid()+")") {
		t.Errorf("the check: %s", out)
	}
	s.refused(exitProblem, []string{"run"}, "already (process "+pid()+")")
	s.refused(exitProblem, []string{"restore", s.path("copy.db")}, "stop it first")
	if code := p.stop(); code != exitOK {
		t.Errorf("exit %d\n%s", code, p.log)
	}
	if out := s.must("status"); !strings.HasPrefix(out, "not running\n") {
		t.Errorf("the status: %s", out)
	}
	// A socket that a killed program left behind stops nobody.
	s.write("nashra.db.sock", "")
	s.answers(s.start())
}
