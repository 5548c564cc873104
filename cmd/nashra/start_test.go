package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
)

func pid() string { return strconv.Itoa(os.Getpid()) }

func TestRunStopsWhenAsked(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		p := s.start()
		p.log.wait(t, "connected")
		began := time.Now()
		if code := p.stop(); code != exitOK {
			t.Errorf("exit %d\n%s", code, p.log)
		}
		if took := time.Since(began); took > patience {
			t.Errorf("it took %s to stop", took)
		}
		if said := p.log.String(); strings.Contains(said, sampleToken) || !strings.Contains(said, "msg=stopped") {
			t.Errorf("the log:\n%s", said)
		}
	})
}

func TestRunRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(s *scene)
		words []string
	}{
		"a second one":  {func(s *scene) { s.start().log.wait(s.t, "connected") }, []string{"already (process " + pid() + ")", "stop it first"}},
		"no token":      {func(s *scene) { delete(s.secrets, wire.TokenName) }, []string{wire.TokenName}},
		"bad token":     {func(s *scene) { s.secrets[wire.TokenName] = "123" }, []string{wire.TokenName}},
		"a mistake":     {func(s *scene) { s.setting("colour: red") }, []string{"nashra.yaml:21: there is no setting called \"colour\""}},
		"a newer file":  {func(s *scene) { s.newer() }, []string{"newer version", "older backup"}},
		"another file":  {func(s *scene) { s.write("nashra.db", strings.Repeat("no database ", 200)) }, []string{"nashra.db"}},
		"a long socket": {func(s *scene) { s.env.Socket = true; s.setting("database: " + strings.Repeat("long", 30) + ".db") }, []string{"shorter path"}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *scene) {
				c.spoil(s)
				s.refused(exitProblem, []string{"run"}, c.words...)
			})
		})
	}
}

// TestRunWithRevokedToken: nothing is sent, nothing is lost, and it is said.
func TestRunWithRevokedToken(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.bot.Revoke()
		p := s.start()
		p.log.wait(t, "this account can send nothing any more")
		synctest.Wait()
		if code := p.stop(); code != exitOK {
			t.Errorf("exit %d\n%s", code, p.log)
		}
	})
}

func TestReload(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		p := s.start()
		p.log.wait(t, "connected")
		good := s.read("nashra.yaml")
		s.write("nashra.yaml", strings.Replace(good, "slug: poetry", "slug: Poetry", 1)+"colour: red\n")
		s.hangup <- os.Interrupt
		p.log.wait(t, "the configuration is refused, the old one stays")
		s.write("nashra.yaml", good+"  - slug: sports\n    name: رياضة\n")
		s.hangup <- os.Interrupt
		p.log.wait(t, "the configuration was read again")
		synctest.Wait()
	})
}

// The level of the log is that of the newest configuration.
func TestReloadLogLevel(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.setting("log: {level: error}")
		p := s.start()
		synctest.Wait()
		quiet := s.read("nashra.yaml")
		s.write("nashra.yaml", strings.Replace(quiet, "level: error", "level: info", 1))
		s.hangup <- os.Interrupt
		p.log.wait(t, "the configuration was read again")
		if strings.Contains(p.log.String(), "level=INFO msg=running") {
			t.Errorf("it was not quiet before:\n%s", p.log)
		}
		s.write("nashra.yaml", quiet)
		s.hangup <- os.Interrupt
		synctest.Wait()
		if got := p.log.String(); strings.Count(got, "the configuration was read again") != 1 {
			t.Errorf("it is not quiet again:\n%s", got)
		}
	})
}

func TestLogFormats(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.setting("log: {format: json, level: debug}")
		p := s.start()
		p.log.wait(t, `"msg":"connected"`)
	})
}
