package main

import (
	"database/sql"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// dated is a site that says what time it has.
func (s *scene) dated(ahead time.Duration) {
	s.env.Sources = feedtest.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		s.site.ServeHTTP(w, r)
	})}
}

func TestCheckAllRight(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{3}})
		s.dated(0)
		s.golden("check.txt", maskDisk(s.must("check")))
		p := s.start()
		p.log.wait(t, "connected")
		s.golden("check-running.txt", maskDisk(s.must("check")), pid(), "PID")
	})
}

// maskDisk hides what differs from machine to machine.
func maskDisk(said string) string {
	lines := strings.Split(said, "\n")
	for i, line := range lines {
		if strings.Contains(line, " disk: ") {
			lines[i] = "✓ disk: …"
		}
		lines[i], _, _ = strings.Cut(lines[i], " (SQLite ")
	}
	return strings.Join(lines, "\n")
}

func TestCheckFinds(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(s *scene)
		words []string
	}{
		"no configuration": {func(s *scene) { _ = os.Remove(s.path("nashra.yaml")) }, []string{"✗ configuration", "nashra init"}},
		"wrong configuration": {func(s *scene) {
			s.write("nashra.yaml", strings.Replace(s.read("nashra.yaml"), "form: poem", "form: pome", 1))
		}, []string{"✗ configuration", "nashra.yaml:19: expected plain or poem or check, not \"pome\""}},
		"blocked":       {func(s *scene) { s.site.Misbehave(feedtest.All, feedtest.Challenge()) }, []string{"✗ source site", "guard turns us away", "User-Agent \"Nashra/"}},
		"unreachable":   {func(s *scene) { s.site.Misbehave(feedtest.All, feedtest.Cut()) }, []string{"✗ source site", "browser"}},
		"HTML":          {func(s *scene) { s.site.Misbehave(feedtest.All, feedtest.HTML()) }, []string{"✗ source site", "nashra init"}},
		"empty":         {func(s *scene) { s.site.Misbehave(feedtest.All, feedtest.Empty()) }, []string{"✗ source site", "nashra try"}},
		"clock ahead":   {func(s *scene) { s.dated(-5 * time.Minute) }, []string{"✗ clock", "ahead of", "timedatectl"}},
		"clock late":    {func(s *scene) { s.dated(time.Hour) }, []string{"✗ clock", "1h0m0s behind"}},
		"no token":      {func(s *scene) { delete(s.secrets, wire.TokenName) }, []string{"✗ telegram", wire.TokenName, "@BotFather"}},
		"no such token": {func(s *scene) { s.secrets[wire.TokenName] = "hello" }, []string{"✗ telegram", "has not the form"}},
		"revoked":       {func(s *scene) { s.bot.Revoke() }, []string{"✗ telegram", "/token"}},
		"no Telegram":   {func(s *scene) { s.network.Break(telegramtest.Fault{Cut: true, Times: -1}) }, []string{"✗ telegram", "api.telegram.org"}},
		"not our channel": {func(s *scene) {
			s.channel("@omannews", nil)
		}, []string{"✗ channel @omannews", "no administrator", "make @"}},
		"a channel without the right to post": {func(s *scene) {
			s.channel("@omannews", &telegramtest.Rights{Edit: true, Delete: true})
		}, []string{"✗ channel @omannews", "may not post", "give @"}},
		"a misspelt channel": {func(s *scene) {
			s.channel("@omannews", &telegramtest.Rights{Post: true})
			s.write("nashra.yaml", strings.Replace(s.read("nashra.yaml"), "@omannews", "@omannewz", 1))
		}, []string{"✗ channel @omannewz", "knows no such channel", "look at its name in telegram.channels"}},
		"readable by all": {func(s *scene) { s.founded(); _ = os.Chmod(s.path("nashra.db"), 0o644) }, []string{"✗ database", "chmod 600"}},
		"newer":           {func(s *scene) { s.newer() }, []string{"✗ database", "newer version"}},
		"foreign":         {func(s *scene) { s.write("nashra.db", strings.Repeat("no database ", 200)) }, []string{"✗ database"}},
		"no folder":       {func(s *scene) { s.setting("database: gone/nashra.db") }, []string{"✗ database", "make the folder"}},
		"open folder":     {func(s *scene) { _ = os.Chmod(s.dir, 0o777) }, []string{"✗ folder", "chmod o-w"}},
		"no heartbeat":    {func(s *scene) { s.setting("heartbeat: {}") }, []string{"✗ heartbeat", "HEARTBEAT_URL"}},
		"no webhook secret": {func(s *scene) {
			s.write("nashra.yaml", strings.Replace(s.read("nashra.yaml"), "telegram: {}", "telegram: {webhook: {url: \"https://bot.example/t\"}}", 1))
		}, []string{"✗ webhook", "TELEGRAM_WEBHOOK_SECRET"}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *scene) {
				s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{3}})
				c.spoil(s)
				s.refused(exitProblem, []string{"check"}, c.words...)
				if said := s.out.String(); strings.Contains(said, sampleToken) {
					t.Errorf("the token is shown:\n%s", said)
				}
			})
		})
	}
}

// channel is one that the configuration names, where the bot has these rights;
// nil: it is not in it.
func (s *scene) channel(name string, rights *telegramtest.Rights) {
	owner := s.network.AddUser(telegramtest.User{FirstName: "سالم"})
	c := s.network.AddChannel("قناة", strings.TrimPrefix(name, "@"), owner)
	if rights != nil {
		c.Promote(s.bot, owner, *rights)
	}
	s.write("nashra.yaml", strings.Replace(s.read("nashra.yaml"), "telegram: {}", "telegram: {channels: [{chat: \""+name+"\"}]}", 1))
}

// A bot that may post in its channel needs no other right.
func TestCheckChannel(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص.</p>", Categories: []int{3}})
		s.channel("@omannews", &telegramtest.Rights{Post: true})
		if said := s.must("check"); !strings.Contains(said, "✓ channel @omannews: the bot may post there") {
			t.Errorf("said\n%s", said)
		}
	})
}

// setting adds a line to the configuration.
func (s *scene) setting(line string) { s.write("nashra.yaml", s.read("nashra.yaml")+line+"\n") }

// founded makes the database by running for a while. It needs a bubble.
func (s *scene) founded() {
	s.t.Helper()
	p := s.start()
	p.log.wait(s.t, "connected")
	time.Sleep(30 * time.Second)
	synctest.Wait()
	if code := p.stop(); code != exitOK {
		s.t.Fatalf("exit %d\n%s", code, p.log)
	}
}

// newer makes a database of a version to come.
func (s *scene) newer() {
	s.t.Helper()
	s.founded()
	db, err := sql.Open("sqlite", s.path("nashra.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("PRAGMA user_version = 999"); err != nil {
		s.t.Fatal(err)
	}
}
