package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/store"
)

const (
	kills     = 10
	audience  = 2000
	firstChat = 7_000_000
	killRate  = 400 // messages a second

	killWords = "إغلاق طريق الوادي الأخضر"
)

// TestKill kills the real program ten times with SIGKILL while it sends an
// alert to two thousand readers: at the end each of them has it, and at each
// kill no more was repeated than may be on its way at once.
func TestKill(t *testing.T) {
	k := newKilling(t)
	k.start()
	k.tell("open", "editors", "open")
	k.tell("import", "subscribers", "import", k.readers())
	sent := k.tell("alert", "alert", "--everyone", killWords)
	if _, err := fmt.Sscanf(sent, "Broadcast %d is on its way", &k.alert); err != nil {
		t.Fatalf("the command said %q", sent)
	}
	for range kills {
		k.died()
		k.start()
	}
	k.finish()
	k.judge()
}

// killing is the real program, time and again, and the Bot API in this
// process, which outlives it.
type killing struct {
	t       *testing.T
	folder  string
	binary  string
	network *telegramtest.Server
	bot     *telegramtest.Bot
	chats   map[int64]*telegramtest.Chat
	process *exec.Cmd
	alert   int // the broadcast

	mu      sync.Mutex
	kill    func()
	mortal  bool // it may be killed now
	next    int  // sends until the next kill
	life    int  // of the program, from 0
	sends   map[string]int
	repeats [kills + 1]int // by life
}

func newKilling(t *testing.T) *killing {
	folder, err := os.MkdirTemp("", "nashra") // a short path, for the socket
	if err != nil {
		t.Fatal(err)
	}
	k := &killing{t: t, folder: folder, binary: filepath.Join(folder, "nashra"), sends: map[string]int{}, chats: map[int64]*telegramtest.Chat{}}
	t.Cleanup(func() {
		k.end(syscall.SIGKILL)
		_ = os.RemoveAll(folder)
	})
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", k.binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, out)
	}
	k.network = &telegramtest.Server{AnyChat: true, OnCall: k.called, Latency: 80 * time.Millisecond}
	k.bot = k.network.AddBot(sampleToken, "nashra_test_bot")
	for i := range int64(audience) {
		k.chats[firstChat+i] = k.network.AddUser(telegramtest.User{ID: firstChat + i}).Private(k.bot)
	}
	config := fmt.Sprintf(cityConfig, k.serve(&feedtest.Site{}), k.serve(k.network))
	config = strings.Replace(config, "rate: 100", "rate: "+strconv.Itoa(killRate), 1)
	k.write("nashra.yaml", config)
	return k
}

func (k *killing) serve(h http.Handler) (address string) {
	s := httptest.NewServer(h)
	k.t.Cleanup(func() {
		k.network.Close()
		s.CloseClientConnections()
		s.Close()
	})
	return s.URL
}

func (k *killing) path(name string) string { return filepath.Join(k.folder, name) }

func (k *killing) write(name, text string) string {
	path := k.path(name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		k.t.Fatal(err)
	}
	return path
}

// readers is a file of everybody.
func (k *killing) readers() string {
	var csv strings.Builder
	csv.WriteString("account,chat,consent\n")
	for i := range audience {
		fmt.Fprintf(&csv, "telegram:1000000001,%d,the old list\n", firstChat+i)
	}
	return k.write("readers.csv", csv.String())
}

// called counts a message that the network took, and kills the program in the
// middle of it: it never learns of this one.
func (k *killing) called(c telegramtest.Call) {
	if c.Method != "sendMessage" || c.Error != nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	chat := c.Params["chat_id"]
	if k.sends[chat]++; k.sends[chat] > 1 {
		k.repeats[k.life]++
	}
	if k.next--; k.next <= 0 && k.mortal {
		k.mortal = false
		k.kill()
	}
}

// start starts the program, which lives for some hundred messages.
func (k *killing) start() {
	k.t.Helper()
	log, err := os.Create(k.path("log"))
	if err != nil {
		k.t.Fatal(err)
	}
	defer log.Close()
	k.process = k.command("run")
	k.process.Stdout, k.process.Stderr = log, log
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.process.Start(); err != nil {
		k.t.Fatal(err)
	}
	k.kill = func() { _ = k.process.Process.Kill() }
	k.next, k.mortal = 40+rand.IntN(120), k.life < kills
}

// said is the log of the last life.
func (k *killing) said() string {
	text, err := os.ReadFile(k.path("log"))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func (k *killing) command(args ...string) *exec.Cmd {
	c := exec.CommandContext(k.t.Context(), k.binary, args...)
	c.Dir = k.folder
	c.Env = []string{wire.TokenName + "=" + sampleToken}
	return c
}

// died waits for the end of a life.
func (k *killing) died() {
	k.t.Helper()
	if err := k.process.Wait(); err == nil || err.Error() != "signal: killed" {
		k.t.Fatalf("life %d ended with %v:\n%s", k.life, err, k.said())
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.sends) >= audience {
		k.t.Fatalf("everybody had the alert before kill %d: it was not in the middle", k.life+1)
	}
	k.life++
}

// tell has a command act through the running program, as soon as that answers.
func (k *killing) tell(what string, args ...string) (said string) {
	k.t.Helper()
	k.until(what+" through the control socket", func() (bool, string) {
		out, err := k.command(args...).CombinedOutput()
		said = string(out)
		return err == nil, said
	})
	return said
}

// until asks again and again until something is so.
func (k *killing) until(what string, so func() (bool, string)) {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), longWait)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		yes, seen := so()
		if yes {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			k.t.Fatalf("waited for: %s; there is\n%s", what, seen)
		}
	}
}

// finish lets the last life end the broadcast, and ends it as one should.
func (k *killing) finish() {
	k.t.Helper()
	k.until("the broadcast to be done", func() (bool, string) {
		out, err := k.command("deliveries").Output()
		for line := range strings.Lines(string(out)) {
			if f := strings.Fields(line); f[0] == strconv.Itoa(k.alert) && slices.Contains(f, "done") {
				return true, ""
			}
		}
		return false, fmt.Sprintf("%s%v\n%s", out, err, k.said())
	})
	began := time.Now()
	if err := k.end(syscall.SIGTERM); err != nil {
		k.t.Errorf("SIGTERM: %v\n%s", err, k.said())
	}
	if took := time.Since(began); took > 10*time.Second {
		k.t.Errorf("the program took %v to stop", took)
	}
}

// end sends a signal to the program and waits for its end.
func (k *killing) end(signal os.Signal) error {
	if k.process == nil || k.process.Process == nil || k.process.ProcessState != nil {
		return nil
	}
	_ = k.process.Process.Signal(signal)
	return k.process.Wait()
}

// judge looks at what arrived and at what is remembered of it.
func (k *killing) judge() {
	k.t.Helper()
	if len(k.sends) != audience {
		k.t.Errorf("%d of %d readers have the alert", len(k.sends), audience)
	}
	most := inFlight(k.t, killRate)
	for life, n := range k.repeats {
		if n > most || life == 0 && n > 0 {
			k.t.Errorf("%d messages were repeated in life %d, want at most %d", n, life, most)
		}
	}
	k.t.Logf("repeated by life: %v, at most %d may be on their way", k.repeats, most)
	k.receipts()
	k.sound()
}

// sound fails unless the database is.
func (k *killing) sound() {
	k.t.Helper()
	db, err := store.Open(k.t.Context(), k.path("nashra.db"), store.Options{})
	if err != nil {
		k.t.Fatal(err)
	}
	var verdict string
	if err := db.DB().QueryRowContext(k.t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		k.t.Errorf("the database is %s, %v", verdict, err)
	}
	if err := db.Close(); err != nil {
		k.t.Error(err)
	}
}

// inFlight is how many messages may be on their way at once.
func inFlight(t *testing.T, rate float64) int {
	t.Helper()
	network := &telegramtest.Server{}
	defer network.Close()
	network.AddBot(sampleToken, "nashra_test_bot")
	a, err := telegram.New(t.Context(), telegram.Config{
		Token: sampleToken, Rate: rate, Transport: telegramtest.Transport{Handler: network},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.Limits().InFlight
}

// receipts compares `nashra deliveries` with what stands in the chats: each
// reader has one receipt, and it names a message of their chat.
func (k *killing) receipts() {
	k.t.Helper()
	chats := k.chatsOfReaders()
	out, err := k.command("deliveries", strconv.Itoa(k.alert)).Output()
	if err != nil || !strings.HasPrefix(string(out), "READER") {
		k.t.Fatalf("read the receipts: %v\n%s", err, out)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Scan()
	n := 0
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		chat := chats[f[0]]
		if chat == nil || f[2] != "sent" {
			k.t.Errorf("the receipt %q: of chat %v", lines.Text(), chat)
			continue
		}
		delete(chats, f[0])
		n++
		stands := slices.ContainsFunc(chat.FromBots(), func(m telegramtest.Message) bool {
			return strings.HasSuffix(f[len(f)-1], strconv.Itoa(m.ID)) && strings.Contains(m.Text, killWords)
		})
		if !stands {
			k.t.Errorf("the receipt %q names no message of its chat", lines.Text())
		}
	}
	if n != audience {
		k.t.Errorf("%d readers have a receipt, want %d", n, audience)
	}
}

// chatsOfReaders finds the chats by the readers' numbers.
func (k *killing) chatsOfReaders() map[string]*telegramtest.Chat {
	k.t.Helper()
	db, err := store.Open(k.t.Context(), k.path("nashra.db"), store.Options{ReadOnly: true})
	if err != nil {
		k.t.Fatal(err)
	}
	defer db.Close()
	chats := map[string]*telegramtest.Chat{}
	err = db.Export(k.t.Context(), func(s store.Subscriber) error {
		id, err := strconv.ParseInt(string(s.Chat), 10, 64)
		chats[strconv.FormatInt(int64(s.ID), 10)] = k.chats[id]
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return chats
}
