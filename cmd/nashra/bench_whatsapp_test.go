package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

const (
	lineNumber   = "99900000001" // no country has its code
	lineAccount  = news.AccountID("whatsapp:" + lineNumber)
	linePeople   = 1000
	lineChannels = 400

	lineConfig = "newsroom: {name: عاشق عُمان}\nsources: [{name: site, url: \"https://news.example\"}]\nsections: [{slug: news, name: أخبار}]\n" +
		"whatsapp: {number: \"+" + lineNumber + "\", per_minute: -1, per_day: -1, new_per_day: -1}\n"
	lineWords = "إغلاق طريق وادي بني خالد في الاتجاهين بسبب جريان الوادي، والدفاع المدني يدعو مستعملي الطريق إلى البقاء في أماكنهم " +
		"وعدم المجازفة بعبور الأودية حتى يصدر إعلان بفتح الطريق من جديد."
)

// profiles says where the rows about WhatsApp leave processor profiles.
var profiles = flag.String("profiles", "", "a directory for the processor profiles of BenchmarkWhatsApp")

// BenchmarkWhatsApp measures the rows of docs/performance.md about WhatsApp,
// and prints them: the whole path beside a bare loop with the same library, on
// the same session, to a server in a process of its own. It fails when a row
// misses its aim.
func BenchmarkWhatsApp(b *testing.B) {
	playLine()
	s := &bench{B: b, ctx: context.Background(), dir: b.TempDir()}
	t := task{Role: "line", Database: s.path("line"), Letters: filepath.Join(s.dir, "people")}
	t.Server = s.openLine(t)
	fmt.Println("| what | measured | beside | ratio | aim |\n| --- | --- | --- | --- | --- |")
	for _, kind := range []string{"people", "channels"} {
		speed, cpu := map[string][]float64{}, map[string][]float64{}
		who := []string{kind + ", path", kind + ", bare", kind + ", prepared"}
		for round := range 1 + rounds {
			for _, t.Role = range who {
				if *profiles != "" {
					t.Profile = filepath.Join(*profiles, fmt.Sprintf("%s %d", t.Role, round))
				}
				r := s.call(t)
				if round == 0 {
					continue // it makes the sessions
				}
				speed[t.Role] = append(speed[t.Role], float64(r.Messages)/r.Took.Seconds())
				cpu[t.Role] = append(cpu[t.Role], float64(r.CPU.Microseconds())/float64(r.Messages))
			}
			who = append(who[1:], who[0])
		}
		s.lineRows(kind, speed, cpu)
	}
}

func (s *bench) lineRows(kind string, speed, cpu map[string][]float64) {
	s.Helper()
	what := fmt.Sprintf("WhatsApp, warm messages to %d people", linePeople)
	if kind == "channels" {
		what = fmt.Sprintf("WhatsApp, a post in each of %d channels", lineChannels)
	}
	ours, theirs := median(speed[kind+", path"]), median(speed[kind+", bare"])
	s.row(true, what+", a second", fmt.Sprintf("%.0f", ours), fmt.Sprintf("bare loop: %.0f", theirs), fmt.Sprintf("%.2f", ours/theirs), "")
	ours, theirs = median(cpu[kind+", path"]), median(cpu[kind+", bare"])
	s.row(ours <= 1.1*theirs, what+", processor time of one", fmt.Sprintf("%.0f µs", ours),
		fmt.Sprintf("bare loop: %.0f µs", theirs), fmt.Sprintf("%.2f", ours/theirs), "at most 1.1")
	theirs = median(cpu[kind+", prepared"])
	s.row(true, what+", processor time of one", fmt.Sprintf("%.0f µs", ours),
		fmt.Sprintf("bare loop, on the program's handle: %.0f µs", theirs), fmt.Sprintf("%.2f", ours/theirs), "")
}

// lineRoles are what a child of this benchmark can be.
var lineRoles = map[string]func(context.Context, task) (result, error){
	"line": serveLine, "people, path": lineByPath, "people, bare": lineBare, "people, prepared": lineBare,
	"channels, path": lineByPath, "channels, bare": lineBare, "channels, prepared": lineBare,
}

// playLine is play for the roles of this benchmark.
func playLine() {
	text := os.Getenv(taskVariable)
	if text == "" {
		return
	}
	var t task
	err := json.Unmarshal([]byte(text), &t)
	var r result
	if err == nil {
		var stop func()
		if stop, err = profile(t.Profile); err == nil {
			r, err = lineRoles[t.Role](context.Background(), t)
			stop()
		}
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", t.Role, err)
		os.Exit(1)
	}
	report(r)
	os.Exit(0)
}

func calledLine(t task) *exec.Cmd {
	c := called(t)
	for i, arg := range c.Args {
		c.Args[i] = strings.Replace(arg, "BenchmarkTable", "BenchmarkWhatsApp", 1)
	}
	return c
}

// call runs a child to its end.
func (s *bench) call(t task) result {
	s.Helper()
	out, err := calledLine(t).Output()
	for line := range strings.Lines(string(out)) {
		if r, ok := resultOf(line); ok && err == nil {
			return r
		}
	}
	s.Fatalf("%s has no result: %v\n%s", t.Role, err, out)
	return result{}
}

// openLine starts the server, and returns its address. It ends with the
// benchmark.
func (s *bench) openLine(t task) (address string) {
	s.Helper()
	c := calledLine(t)
	in, err := c.StdinPipe()
	s.must(err)
	out, err := c.StdoutPipe()
	s.must(err)
	s.must(c.Start())
	s.Cleanup(func() {
		_ = in.Close()
		if err := c.Wait(); err != nil {
			s.Errorf("the server: %v", err)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if r, ok := resultOf(lines.Text()); ok {
			return r.Address
		}
	}
	s.Fatal("the server did not start")
	return ""
}
