package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/store"
)

var update = flag.Bool("update", false, "write the golden files again")

// sampleToken has the shape of a token; it opens nothing anywhere.
const sampleToken = "1000000001:test-test-test-test-test-test-test"

// publicSite and ownSite are addresses of the scene's site. A public one is
// asked politely, once a second, which costs nothing in a bubble.
const (
	publicSite = "https://news.example"
	ownSite    = "http://127.0.0.1"
)

const sampleConfig = `newsroom:
  name: عاشق عُمان
  description: بوابة عُمانية للأخبار.
sources:
  - name: site
    url: %s/
    breaking: auto
telegram: {}
sections:
  - slug: news
    name: أخبار
    match: {categories: [news]}
    sections:
      - slug: weather
        name: الطقس
        match: {categories: [weather]}
  - slug: poetry
    name: شعر
    form: poem
    match: {categories: [poetry]}
`

// scene is a machine with a configuration, a site and a Telegram, on which
// commands are called.
type scene struct {
	t       *testing.T
	dir     string
	site    *feedtest.Site
	network *telegramtest.Server
	bot     *telegramtest.Bot
	secrets map[string]string
	env     env
	hangup  chan os.Signal
	closed  bool // nobody opens the bot to the public
	out     bytes.Buffer
	errs    bytes.Buffer
}

// newScene makes one without control socket, which works in a bubble, too.
func newScene(t *testing.T, base string) *scene {
	t.Helper()
	s := &scene{t: t, dir: t.TempDir(), hangup: make(chan os.Signal), secrets: map[string]string{wire.TokenName: sampleToken}}
	s.site = &feedtest.Site{Base: base, Name: "عاشق عُمان", Now: time.Now}
	for _, c := range []feedtest.Category{
		{ID: 2, Slug: "news", Name: "أخبار"}, {ID: 3, Slug: "weather", Name: "الطقس", Parent: 2},
		{ID: 4, Slug: "poetry", Name: "شعر"}, {ID: 5, Slug: "urgent", Name: "عاجل"},
	} {
		s.site.AddCategory(c)
	}
	s.network = &telegramtest.Server{Now: time.Now}
	t.Cleanup(s.network.Close)
	s.bot = s.network.AddBot(sampleToken, "nashra_test_bot")
	s.env = env{
		Stdin: strings.NewReader(""), Stdout: &s.out, Stderr: &s.errs, Now: time.Now,
		Sources: s.site.Client().Transport, Network: telegramtest.Transport{Handler: s.network},
		Secret: func(name string) (string, error) {
			if v, ok := s.secrets[name]; ok {
				return v, nil
			}
			return "", fmt.Errorf("%w: set %s", wire.ErrNoSecret, name)
		},
		Hangup: func() <-chan os.Signal { return s.hangup },
	}
	s.write("nashra.yaml", fmt.Sprintf(sampleConfig, base))
	return s
}

func (s *scene) path(name string) string { return filepath.Join(s.dir, name) }

func (s *scene) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) read(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(s.path(name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

// call calls one command and returns its exit code.
func (s *scene) call(args ...string) int {
	s.t.Helper()
	s.out.Reset()
	s.errs.Reset()
	return run(s.t.Context(), s.env, append([]string{"--config", s.path("nashra.yaml")}, args...))
}

// must calls a command that has to work, and returns what it printed.
func (s *scene) must(args ...string) string {
	s.t.Helper()
	if code := s.call(args...); code != exitOK {
		s.t.Fatalf("nashra %s: exit %d\n%s%s", strings.Join(args, " "), code, s.out.String(), s.errs.String())
	}
	return s.out.String()
}

// refused calls a command that has to fail with code, and checks that it says
// each of words.
func (s *scene) refused(code int, args []string, words ...string) {
	s.t.Helper()
	got := s.call(args...)
	said := s.out.String() + s.errs.String()
	if got != code {
		s.t.Errorf("nashra %s: exit %d, want %d\n%s", strings.Join(args, " "), got, code, said)
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			s.t.Errorf("nashra %s does not say %q:\n%s", strings.Join(args, " "), w, said)
		}
	}
}

// program is a running `nashra run`.
type program struct {
	log  *logBuffer
	said *logBuffer // on its standard output
	stop func() (code int)
}

// start runs the program until stop, which the test's end calls, too.
func (s *scene) start() *program {
	s.t.Helper()
	s.opens()
	ctx, cancel := context.WithCancel(s.t.Context())
	p := &program{log: &logBuffer{changed: make(chan struct{})}, said: &logBuffer{changed: make(chan struct{})}}
	e := s.env
	e.Stdout, e.Stderr = p.said, p.log
	done := make(chan int, 1)
	go func() { done <- run(ctx, e, []string{"run", "--config", s.path("nashra.yaml")}) }()
	p.stop = sync.OnceValue(func() int {
		cancel()
		return <-done
	})
	s.t.Cleanup(func() { p.stop() })
	return p
}

// opens has the bot open to the public before it runs, as most tests need it.
// What is not to be opened is left for the run to refuse.
func (s *scene) opens() {
	s.t.Helper()
	plan, err := wire.LoadConfig(s.path("nashra.yaml"))
	if s.closed || err != nil {
		return
	}
	st, err := store.Open(s.t.Context(), plan.Database, store.Options{Now: s.env.Now})
	if err != nil {
		return
	}
	if err := errors.Join(st.Opened(s.t.Context(), desk.Entry{At: s.env.Now(), Act: desk.ActOpen}), st.Close()); err != nil {
		s.t.Fatal(err)
	}
}

// logBuffer is a log that can be waited for.
type logBuffer struct {
	mu      sync.Mutex
	text    bytes.Buffer
	changed chan struct{}
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.changed)
	l.changed = make(chan struct{})
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// longWait is how long tests wait for what has to come: a machine may be busy
// with other things, and it is no matter of speed.
const longWait = 3 * time.Minute

// wait returns when words are in the log.
func (l *logBuffer) wait(t *testing.T, words string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), longWait)
	defer cancel()
	for {
		l.mu.Lock()
		seen, changed := strings.Contains(l.text.String(), words), l.changed
		l.mu.Unlock()
		if seen {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			t.Fatalf("the log never said %q:\n%s", words, l)
		}
	}
}

// golden compares what people read with a file. What differs from run to run
// is masked by pairs of old and new.
func (s *scene) golden(name, got string, masks ...string) {
	s.t.Helper()
	got = strings.NewReplacer(append(masks, s.dir, "DIR")...).Replace(got)
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		s.t.Fatal(err)
	}
	if string(want) != got {
		s.t.Errorf("%s is no longer what is printed; look at it, then go test -update:\n%s", file, got)
	}
}

// bubble runs a test on a scene of its own under a fake clock.
func bubble(t *testing.T, test func(t *testing.T, s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, publicSite)
		test(t, s)
	})
}
