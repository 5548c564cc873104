package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// What is measured runs in a process of its own, so that its processor time
// and memory are its own: this test binary, called again with a task.

const (
	taskVariable = "NASHRA_BENCH_TASK"
	resultMark   = "bench result: "
)

// task is what a child is to do.
type task struct {
	Role     string // the name of a role
	Database string
	Server   string // address of the Bot API server
	Readers  int
	Letters  string // file of the messages that a bare loop sends, and of those that were captured
	Profile  string // where to write a processor profile; empty: nowhere
}

// result is what a child has measured.
type result struct {
	Address  string        // of a server
	Site     string        // of a server's news site
	Messages int           // sent
	Took     time.Duration // by the clock
	CPU      time.Duration // of the process, user and system
	Peak     int           // kB of memory at most, from the process's start
	Variants int
	Composed int
	Compose  time.Duration // in all
	Text     int           // bytes of a message, on average
}

// roles are what a child can be.
var roles = map[string]func(context.Context, task) (result, error){
	"server": serveBots, "send": sendAll, "capture": captureAll, "tuned": sendBare, "default": sendBare, "compose": composeAll,
	"alert": alertAll, "correct": correctAll, "withdraw": withdrawAll,
}

// play plays the role of a child, if this process is one, and ends it.
func play() {
	var t task
	text := os.Getenv(taskVariable)
	if text == "" {
		return
	}
	err := json.Unmarshal([]byte(text), &t)
	if err == nil {
		err = perform(t)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", t.Role, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func perform(t task) error {
	stop, err := profile(t.Profile)
	if err != nil {
		return err
	}
	r, err := roles[t.Role](context.Background(), t)
	stop()
	if err != nil {
		return err
	}
	report(r)
	return nil
}

func report(r result) {
	r.Peak = max(r.Peak, memory("self", "VmHWM"))
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	fmt.Println(resultMark + string(text))
}

// hire runs a child to its end.
func hire(b *testing.B, t task) result {
	b.Helper()
	c := called(t)
	out, err := c.Output()
	if err != nil {
		b.Fatalf("%s: %v", t.Role, err)
	}
	for line := range strings.Lines(string(out)) {
		if r, ok := resultOf(line); ok {
			return r
		}
	}
	b.Fatalf("%s has no result: %s", t.Role, out)
	return result{}
}

func called(t task) *exec.Cmd {
	text, err := json.Marshal(t)
	if err != nil {
		panic(err)
	}
	c := exec.Command(os.Args[0], "-test.run=^$", "-test.bench=^BenchmarkTable$", "-test.benchtime=1x", "-test.timeout=20m")
	c.Env = append(os.Environ(), taskVariable+"="+string(text))
	c.Stderr = os.Stderr
	return c
}

func resultOf(line string) (r result, ok bool) {
	// What the testing package prints may stand before it, on the same line.
	_, text, ok := strings.Cut(line, resultMark)
	return r, ok && json.Unmarshal([]byte(text), &r) == nil
}

// keepServer starts the server of all rows. It ends with the benchmark.
func keepServer(b *testing.B) result {
	b.Helper()
	c := called(task{Role: "server"})
	in, err := c.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		if err := c.Wait(); err != nil {
			b.Errorf("the server: %v", err)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if r, ok := resultOf(lines.Text()); ok {
			return r
		}
	}
	b.Fatal("the server did not start")
	return result{}
}

// serveBots is Telegram and a news site until the standard input ends.
func serveBots(context.Context, task) (result, error) {
	world := &telegramtest.Server{AnyChat: true, Forget: true}
	world.AddBot(benchToken, "bench_bot")
	site := &feedtest.Site{Name: "bench"}
	var listeners []net.Listener
	for _, h := range []http.Handler{world, site} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return result{}, err
		}
		s := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
		go func() { _ = s.Serve(l) }()
		listeners = append(listeners, l)
	}
	report(result{Address: "http://" + listeners[0].Addr().String(), Site: "http://" + listeners[1].Addr().String()})
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return result{}, err
	}
	os.Exit(0) // polls are cut off
	return result{}, nil
}

// meter measures a stretch of this process.
type meter struct {
	start time.Time
	spent time.Duration
}

func measure() meter {
	runtime.GC()
	return meter{time.Now(), spent()}
}

func (m meter) into(r *result) { r.Took, r.CPU = time.Since(m.start), spent()-m.spent }

// spent is the processor time of this process so far, of all its threads.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// memory reads a line of a process's status (proc_pid_status(5)), in kB; 0
// where there is no such thing.
func memory(process, name string) int {
	data, err := os.ReadFile(filepath.Join("/proc", process, "status"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			kB, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
			return kB
		}
	}
	return 0
}
