package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/cmd/wire"
)

var tokenText = regexp.MustCompile(`nashra_\d+_[\w-]{43}`)

// TestTokensWithoutProgram: made, listed and revoked while nothing runs; shown
// once, and never in a log.
func TestTokensWithoutProgram(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.refused(exitProblem, []string{"tokens", "add", "cms", "--scope", "pull"}, "no database")
		s.founded()
		if out := s.must("tokens", "list"); !strings.Contains(out, "There are no tokens") {
			t.Errorf("the list: %s", out)
		}
		out := s.must("tokens", "add", "cms", "--scope", "pull,alert", "--sections", "weather", "--rate", "30/min", "--expires", "2099-01-31")
		token := tokenText.FindString(out)
		if token == "" || strings.Count(out, "nashra_") != 1 {
			t.Fatalf("the token: %s", out)
		}
		list := s.must("tokens", "list")
		if want := regexp.MustCompile(`cms +alert,pull +weather +30/min +2099-01-31 +never`); !want.MatchString(list) || strings.Contains(list, "nashra_") {
			t.Errorf("the list: %s", list)
		}
		s.refused(exitProblem, []string{"tokens", "add", "cms", "--scope", "pull"}, "a token called cms already")
		s.refused(exitProblem, []string{"tokens", "add", "x", "--scope", "everything"}, `"everything" is no scope: pull, propose, alert, status`)
		s.refused(exitProblem, []string{"tokens", "add", "x", "--scope", "pull", "--sections", "sport"}, `no section called "sport"`)
		s.refused(exitProblem, []string{"tokens", "add", "x", "--scope", "pull", "--expires", "1999-01-01"}, "is over")
		s.refused(exitUsage, []string{"tokens", "add", "x", "--scope", "pull", "--rate", "fast"}, "60/min")
		s.refused(exitUsage, []string{"tokens", "add", "x"}, "--scope")
		s.refused(exitProblem, []string{"tokens", "revoke", "x"}, `no token called "x"`)
		s.must("tokens", "revoke", "cms")
		s.refused(exitProblem, []string{"tokens", "revoke", "cms"}, "no token")
	})
}

// TestTokenIsMasked: a token in an error or in an address does not get into the
// log.
func TestTokenIsMasked(t *testing.T) {
	token := "nashra_12_" + strings.Repeat("aB-_", 10) + "abc"
	var out bytes.Buffer
	log := newLog(&out, &wire.Plan{})
	log.Info("asked "+token, "url", "http://x/?token="+token, "err", io.EOF, "any", struct{ T string }{token})
	if got := out.String(); strings.Contains(got, "aB-_") || strings.Count(got, "***") != 3 {
		t.Errorf("the log is %s", got)
	}
	if got := mask("@nashra_test_bot and nashra_12_short"); strings.Contains(got, "***") {
		t.Errorf("masked without a reason: %s", got)
	}
}

// TestAPIBesideRunningProgram: a token that the running program made opens its
// API over TCP, an alert that is posted twice reaches a reader once, and a
// revoked token is of no use at once.
func TestAPIBesideRunningProgram(t *testing.T) {
	s := loopback(t)
	address := freeAddress(t)
	s.write("nashra.yaml", "api: {listen: \""+address+"\"}\n"+s.read("nashra.yaml"))
	p := s.start()
	s.answers(p)
	weather, _ := s.reader("weather")
	if _, err := weather.Wait(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	token := tokenText.FindString(s.must("tokens", "add", "cms", "--scope", "alert,status"))
	call := func(method, path, body string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "k")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(text)
	}
	if status, text := call("GET", "/v1/status", ""); status != 200 || !strings.Contains(text, `"network":"telegram"`) || strings.Contains(text, "1000000001") {
		t.Errorf("the status: %d %s", status, text)
	}
	for _, path := range []string{"/v1/import", "/v1/control", "/v1/reload", "/v1/backup", "/v1/tokens"} {
		if status, text := call("POST", path, "{}"); status != 404 {
			t.Errorf("%s of the control socket is reached: %d %s", path, status, text)
		}
	}
	const body = `{"words": "إغلاق الطريق بسبب جريان الوادي", "everyone": true, "force": ["night"]}`
	first, said1 := call("POST", "/v1/alerts", body)
	again, said2 := call("POST", "/v1/alerts", body)
	if first != 201 || again != 201 || said1 != said2 {
		t.Errorf("said %d %s, then %d %s", first, said1, again, said2)
	}
	if _, err := weather.WaitFor(t.Context(), func([]telegramtest.Message) bool { return said(weather, "الوادي") > 0 }); err != nil {
		t.Fatal(err)
	}
	if list := s.must("tokens", "list"); !strings.Contains(list, time.Now().UTC().Format("2006-01-")) {
		t.Errorf("the last use is not kept: %s", list)
	}
	s.must("tokens", "revoke", "cms")
	if status, _ := call("GET", "/v1/status", ""); status != 401 {
		t.Errorf("a revoked token was told %d", status)
	}
	if code := p.stop(); code != exitOK || said(weather, "الوادي") != 1 || strings.Contains(p.log.String(), token) {
		t.Errorf("exit %d, %d alerts\n%s", code, said(weather, "الوادي"), p.log)
	}
}

// TestAPIAddressTaken: the mistake is named before anything runs.
func TestAPIAddressTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s := loopback(t)
	s.write("nashra.yaml", "api: {listen: \""+l.Addr().String()+"\"}\n"+s.read("nashra.yaml"))
	s.refused(exitProblem, []string{"run"}, "api.listen: another program listens at "+l.Addr().String()+" already")
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
