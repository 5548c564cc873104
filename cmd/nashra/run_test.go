package main

import (
	"bytes"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/nashra-bot/nashra/cmd/wire"
)

func TestUsage(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		for _, args := range [][]string{{}, {"fly"}, {"run", "--fast"}, {"run", "away"}, {"pause", "x"}, {"subscribers"}, {"backup"}} {
			s.refused(exitUsage, args, "nashra: ", "nashra --help")
		}
		for _, args := range [][]string{{"--help"}, {"alert", "--help"}, {"subscribers", "import", "-h"}} {
			if out := s.must(args...); !strings.Contains(out, "Usage: nashra") {
				t.Errorf("%v: %s", args, out)
			}
		}
		if out := s.must("version"); !strings.Contains(out, "nashra dev\n") || !strings.Contains(out, "SQLite 3.") {
			t.Errorf("the version:\n%s", out)
		}
	})
}

// TestEverythingHasHelp holds that every command, argument and flag says what
// it is, in a sentence.
func TestEverythingHasHelp(t *testing.T) {
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	_ = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		help, name := "", ""
		switch n := node.(type) {
		case *kong.Flag:
			help, name = n.Help, "--"+n.Name
		case *kong.Value:
			help, name = n.Help, n.Name
		case *kong.Command: // an Argument is a Value, a Command a Node
			help, name = n.Help, n.Name
		}
		if name != "" && name != "--help" && !strings.HasSuffix(help, ".") && !strings.HasSuffix(help, ").") {
			t.Errorf("%s has the help %q", name, help)
		}
		return next(nil)
	})
}

// TestLogHidesTokens, whoever hands them in and however they are written.
func TestLogHidesTokens(t *testing.T) {
	escaped := strings.ReplaceAll(sampleToken, ":", "%3A")
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		log := newLog(&out, &wire.Plan{Config: wire.Config{Log: wire.LogConfig{Format: format}}, LogLevel: slog.LevelDebug})
		log = log.With("before", sampleToken).WithGroup("g")
		log.Info("message "+sampleToken,
			"text", "https://api.telegram.org/bot"+sampleToken+"/getMe",
			"escaped", escaped,
			"err", &url.Error{Op: "Get", URL: "https://x/bot" + sampleToken, Err: errors.New("no")},
			"struct", struct{ Secret string }{sampleToken},
			"list", []string{sampleToken},
			"bytes", []byte(sampleToken),
			"pointer", struct{ In *struct{ Secret string } }{&struct{ Secret string }{sampleToken}},
			slog.Group("deep", "url", &url.URL{Host: "x", Path: sampleToken}),
			"harmless", "12:30 and 40 characters of anything else, as it was written")
		secret := sampleToken[strings.Index(sampleToken, ":")+1:]
		if strings.Contains(out.String(), secret) {
			t.Errorf("%s shows the token:\n%s", format, &out)
		}
		if !strings.Contains(out.String(), "12:30 and 40 characters of anything else, as it was written") {
			t.Errorf("%s hides what is no token:\n%s", format, &out)
		}
	}
}
