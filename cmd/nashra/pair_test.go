package main

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// pairNumber is the bot's; no country has its code.
const pairNumber = "99900000001"

// onWhatsApp gives the scene a WhatsApp, and the newsroom a number on it.
func (s *scene) onWhatsApp(own string) *whatsapptest.Server {
	s.t.Helper()
	network := whatsapptest.New(whatsapptest.Config{Number: own, Now: time.Now})
	s.t.Cleanup(func() {
		network.Close()
		if c := network.Complaints(); len(c) > 0 {
			s.t.Errorf("the network complains: %q", c)
		}
	})
	s.env.WhatsApp = network.Client()
	s.write("nashra.yaml", s.read("nashra.yaml")+"whatsapp:\n  number: \"+"+pairNumber+"\"\n")
	return network
}

// typist is a person before the terminal who types the code that appears there
// on the phone.
type typist struct {
	io.Writer
	network *whatsapptest.Server
	codes   int
	err     error
}

var codeShape = regexp.MustCompile(`\b[0-9A-Z]{4}-[0-9A-Z]{4}\b`)

func (p *typist) Write(b []byte) (int, error) {
	if code := codeShape.FindString(string(b)); code != "" {
		p.codes++
		p.err = errors.Join(p.err, p.network.EnterCode(code))
	}
	return p.Writer.Write(b)
}

// pair links the number by a code that is typed on its phone. It is tried
// again: this network can close a connection before the last word is out.
func (s *scene) pair(network *whatsapptest.Server) (said string) {
	s.t.Helper()
	person := &typist{Writer: &s.out, network: network}
	s.env.Stdout = person
	defer func() { s.env.Stdout = &s.out }()
	for range 5 {
		if s.call("pair", "whatsapp", "--phone", "+"+network.Number()) == exitOK {
			break
		}
	}
	if !network.Paired() || person.codes == 0 || person.err != nil {
		s.t.Fatalf("not paired after %d codes: %v\n%s%s", person.codes, person.err, &s.out, &s.errs)
	}
	return s.out.String()
}

// The number is linked by a code, in words that a person understands; once is
// enough, and the program runs with the session.
func TestPairByCode(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.refused(exitProblem, []string{"pair", "whatsapp"}, "the configuration names no WhatsApp number")
		network := s.onWhatsApp(pairNumber)
		s.refused(exitProblem, []string{"whatsapp", "channels"}, "must be paired")
		said := s.pair(network)
		for _, words := range []string{
			"+" + pairNumber + " must be the bot's own", "Nobody is told yet", "Link with phone number instead",
			"The number is linked. Start the program with: nashra run",
		} {
			if !strings.Contains(said, words) {
				t.Errorf("the command does not say %q:\n%s", words, said)
			}
		}
		if again := s.must("pair", "whatsapp"); !strings.Contains(again, "The number is linked already.") {
			t.Errorf("a second time it says\n%s", again)
		}
		if strings.Contains(s.errs.String(), network.Number()) || codeShape.MatchString(s.errs.String()) {
			t.Errorf("the log holds the number or the code:\n%s", &s.errs)
		}
		p := s.start()
		salim := network.NewReader(whatsapptest.Person{Name: "سالم"})
		salim.Send("مرحبا")
		if _, err := salim.WaitMessages(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		// The session has one owner.
		s.refused(exitProblem, []string{"pair", "whatsapp"}, "already (process "+pid()+")", "stop it first", "owner's chat")
		s.refused(exitProblem, []string{"whatsapp", "channels"}, "stop it first")
		if code := p.stop(); code != exitOK {
			t.Errorf("exit %d\n%s", code, p.log)
		}
	})
}

// A QR code fits an ordinary terminal, and stands in a picture that nobody else
// may open. Without a phone the command gives up.
func TestPairByQR(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		network := s.onWhatsApp(pairNumber)
		s.refused(exitProblem, []string{"pair", "whatsapp", "--for", "90s", "--png", s.path("code.png")}, "no phone has answered within 1m30s")
		screens := strings.Split(s.out.String(), "\x1b[2J\x1b[H")
		if len(screens) != 4 { // the words before, and codes of 60, 20 and 20 seconds
			t.Errorf("%d codes were shown in 90 seconds", len(screens)-1)
		}
		colours := regexp.MustCompile("\x1b\\[[0-9;]*m")
		for _, screen := range screens[1:] {
			lines := strings.Split(strings.TrimRight(colours.ReplaceAllString(screen, ""), "\n"), "\n")
			if len(lines) < 15 || len(lines) >= terminalRows {
				t.Errorf("a code takes %d lines of %d", len(lines), terminalRows)
			}
			for _, line := range lines {
				if n := utf8.RuneCountInString(line); n > terminalColumns {
					t.Errorf("a line of a code takes %d columns: %q", n, line)
				}
			}
		}
		f, err := os.Open(s.path("code.png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := png.Decode(f); err != nil {
			t.Errorf("the picture: %v", err)
		}
		if info, err := f.Stat(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the picture may be opened by %v, %v", info.Mode(), err)
		}
		if network.Paired() {
			t.Error("it is paired, and nobody has scanned anything")
		}
	})
}

// A phone with another number than that of the configuration is refused, and
// changes nothing.
func TestPairAnotherNumber(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		network := s.onWhatsApp("99900000077")
		person := &typist{Writer: &s.out, network: network}
		s.env.Stdout = person
		s.refused(exitProblem, []string{"pair", "whatsapp", "--phone", "+99900000077"}, "the phone has another number than the configuration")
		if network.Paired() || person.err != nil {
			t.Errorf("paired %v, %v", network.Paired(), person.err)
		}
	})
}

// Some accounts are asked for a passkey: its options are printed, and the line
// that a browser made of them is read.
func TestPasskey(t *testing.T) {
	for name, c := range map[string]struct {
		typed, want, wrong string
	}{
		"pasted":          {"  {\"id\":\"a2V5\"}\n", `{"id":"a2V5"}`, ""},
		"without an end":  {`{"id":"a2V5"}`, `{"id":"a2V5"}`, ""},
		"nobody is there": {"", "", "EOF"},
		"only one line":   {"{}\nmore\n", "{}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			s := &session{env: env{Stdin: strings.NewReader(c.typed), Stdout: &out}}
			got, err := passkey(t.Context(), s, []byte(`{"challenge":"Y2hhbGxlbmdl"}`))
			if string(got) != c.want || (err != nil) != (c.wrong != "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("read %q, %v", got, err)
			}
			if !strings.Contains(out.String(), `parseRequestOptionsFromJSON({"challenge":"Y2hhbGxlbmdl"})`) {
				t.Errorf("the options are not in\n%s", &out)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	silent, end := io.Pipe()
	defer end.Close()
	if _, err := passkey(ctx, &session{env: env{Stdin: silent, Stdout: io.Discard}}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever does not answer ends with %v", err)
	}
}

// The channels of the number: listed, made, and found by their link.
func TestWhatsAppChannels(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		network := s.onWhatsApp(pairNumber)
		s.pair(network)
		if said := s.must("whatsapp", "channels"); said != "The number has no channels yet.\n" {
			t.Errorf("without channels it says\n%s", said)
		}
		if made := s.must("whatsapp", "channels", "--create", "عاشق عُمان", "--description", "أخبار"); !strings.Contains(made, "عاشق عُمان") {
			t.Errorf("of a new channel it says\n%s", made)
		}
		own := network.Newsletters()[0]
		theirs := network.NewNewsletter("الطقس", "", whatsapptest.RoleSubscriber)
		listed := s.must("whatsapp", "channels")
		for _, words := range []string{"عاشق عُمان\n  " + own.JID().String(), "the bot may publish\n  " + own.Link(), "الطقس", "follows it only\n  " + theirs.Link()} {
			if !strings.Contains(listed, words) {
				t.Errorf("the list has no %q:\n%s", words, listed)
			}
		}
		if found := s.must("whatsapp", "channels", "--find", theirs.Link()); !strings.Contains(found, theirs.JID().String()) {
			t.Errorf("by its link is found\n%s", found)
		}
		s.refused(exitProblem, []string{"whatsapp", "channels", "--find", "https://whatsapp.com/channel/none"}, "find a channel")
	})
}
