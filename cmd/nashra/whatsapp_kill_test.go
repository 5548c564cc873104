package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

const (
	deaths     = 6
	crowdOnIt  = 600    // readers on WhatsApp
	mostFlying = 4 + 64 // messages of the adapter's on their way at once, or with results that are gathered

	childAddress = "NASHRA_TEST_WHATSAPP"
	childConfig  = "NASHRA_TEST_CONFIG"
)

const killConfig = `newsroom: {name: عاشق عُمان}
sources: [{name: site, url: %q}]
sections: [{slug: news, name: أخبار, match: {categories: [news]}}]
whatsapp: {number: "+` + pairNumber + `", per_minute: -1, per_day: -1, new_per_day: -1}
`

// TestWhatsAppKill kills a program with SIGKILL, time and again, while it sends
// an alert over WhatsApp and answers readers. The program is this test binary
// called again with the test's network, because the real one cannot be pointed
// anywhere else. It is paired once; nothing is lost, and what is sent again has
// the id of the first.
func TestWhatsAppKill(t *testing.T) {
	if address := os.Getenv(childAddress); address != "" {
		os.Exit(mortal(address))
	}
	k := newDying(t)
	k.start()
	k.tell("open", "editors", "open")
	k.tell("import", "subscribers", "import", k.list())
	k.tell("alert", "alert", "--everyone", killWords)
	for range deaths {
		k.died()
		k.start()
	}
	k.finish()
	k.judge()
}

// mortal is the program that is killed.
func mortal(address string) int {
	whatsapptest.Trust()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	e := system()
	e.WhatsApp = whatsapptest.Dial(address)
	return run(ctx, e, []string{"run", "--config", os.Getenv(childConfig)})
}

// dying is the program, life after life, and WhatsApp in this process, which
// outlives it.
type dying struct {
	t       *testing.T
	scene   *scene // for the commands
	network *whatsapptest.Server
	address string
	readers []*whatsapptest.Reader
	process *exec.Cmd

	mu     sync.Mutex
	kill   func()
	next   int // messages until the next kill
	life   int // from 0
	mortal bool
	asked  []*whatsapptest.Reader // wrote just before a kill
}

func newDying(t *testing.T) *dying {
	t.Helper()
	k := &dying{t: t, scene: loopback(t)}
	k.network = k.scene.onWhatsApp(pairNumber)
	var err error
	if k.address, err = k.network.Listen(t.Context()); err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(&feedtest.Site{})
	t.Cleanup(func() {
		_ = k.end(syscall.SIGKILL)
		site.CloseClientConnections()
		site.Close()
	})
	k.scene.write("nashra.yaml", fmt.Sprintf(killConfig, site.URL))
	k.scene.env.WhatsApp = whatsapptest.Dial(k.address)
	k.scene.pair(k.network)
	for i := range crowdOnIt {
		k.readers = append(k.readers, k.network.NewReader(whatsapptest.Person{Name: fmt.Sprint("قارئ ", i+1)}))
	}
	k.network.RefuseWhen(k.called)
	return k
}

// list is a file of everybody.
func (k *dying) list() string {
	var csv strings.Builder
	csv.WriteString("account,chat,consent\n")
	for _, r := range k.readers {
		fmt.Fprintf(&csv, "whatsapp:%s,%s,the old list\n", pairNumber, r.LID())
	}
	k.scene.write("readers.csv", csv.String())
	return k.scene.path("readers.csv")
}

// called kills the program when the network takes a message of its: it never
// learns of this one.
func (k *dying) called(types.JID, whatsapptest.Sent) (code int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.next--; k.next <= 0 && k.mortal {
		k.mortal = false
		k.kill()
	}
	return 0
}

// start starts the program, which lives for some messages.
func (k *dying) start() {
	k.t.Helper()
	log, err := os.OpenFile(k.scene.path("log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		k.t.Fatal(err)
	}
	defer log.Close()
	k.process = exec.CommandContext(k.t.Context(), os.Args[0], "-test.run=^TestWhatsAppKill$")
	k.process.Env = append(os.Environ(), childAddress+"="+k.address, childConfig+"="+k.scene.path("nashra.yaml"))
	k.process.Stdout, k.process.Stderr = log, log
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.process.Start(); err != nil {
		k.t.Fatal(err)
	}
	k.kill = func() { _ = k.process.Process.Kill() }
	k.next, k.mortal = 30+rand.IntN(60), k.life < deaths
}

// died waits for the end of a life. Meanwhile somebody writes.
func (k *dying) died() {
	k.t.Helper()
	r := k.readers[len(k.readers)-1-k.life]
	k.asked = append(k.asked, r)
	r.Send("مساعدة")
	if err := k.process.Wait(); err == nil || err.Error() != "signal: killed" {
		k.t.Fatalf("life %d ended with %v:\n%s", k.life, err, k.said())
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.have(killWords) == len(k.readers) {
		k.t.Fatalf("everybody had the alert before kill %d: it was not in the middle", k.life+1)
	}
	k.life++
}

// have counts the readers who have one message or more with words.
func (k *dying) have(words string) (n int) {
	for _, r := range k.readers {
		if slices.ContainsFunc(r.Inbox(), func(m whatsapptest.Message) bool { return strings.Contains(m.Text, words) }) {
			n++
		}
	}
	return n
}

func (k *dying) said() string {
	text, err := os.ReadFile(k.scene.path("log"))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// tell has a command act through the running program, as soon as that answers.
func (k *dying) tell(what string, args ...string) {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), longWait)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		// Without a running program a command acts on the database itself.
		if k.scene.call("status") == exitOK && strings.HasPrefix(k.scene.out.String(), "running") && k.scene.call(args...) == exitOK {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			k.t.Fatalf("%s: %s%s\n%s", what, &k.scene.out, &k.scene.errs, k.said())
		}
	}
}

// finish lets the last life end the broadcast, and ends it as one should.
func (k *dying) finish() {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), longWait)
	defer cancel()
	err := k.network.Wait(ctx, func() bool {
		answered := true
		for _, r := range k.asked {
			answered = answered && answers(r) > 0
		}
		return answered && k.have(killWords) == len(k.readers) && k.network.Pending() == 0
	})
	if err != nil {
		k.t.Errorf("%d of %d readers have the alert, %d events are not acknowledged", k.have(killWords), len(k.readers), k.network.Pending())
		for _, r := range k.asked {
			k.t.Errorf("%s has %d answers", r.Name(), answers(r))
		}
		k.t.Fatal(k.said())
	}
	k.tellDone()
	if err := k.end(syscall.SIGTERM); err != nil {
		k.t.Errorf("SIGTERM: %v\n%s", err, k.said())
	}
}

// tellDone waits until the broadcast is done in the program's own books.
func (k *dying) tellDone() {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), longWait)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for k.scene.call("deliveries") != exitOK || !strings.Contains(k.scene.out.String(), "done") {
		select {
		case <-again.C:
		case <-ctx.Done():
			k.t.Fatalf("the broadcast is not done:\n%s%s", &k.scene.out, k.said())
		}
	}
}

// answers counts the answers to a call for help.
func answers(r *whatsapptest.Reader) (n int) {
	for _, m := range r.Inbox() {
		if strings.Contains(m.Text, "استراحة") {
			n++
		}
	}
	return n
}

func (k *dying) end(signal os.Signal) error {
	if k.process == nil || k.process.Process == nil || k.process.ProcessState != nil {
		return nil
	}
	_ = k.process.Process.Signal(signal)
	return k.process.Wait()
}

// judge looks at what arrived.
func (k *dying) judge() {
	k.t.Helper()
	ids, repeats := map[string]map[string]bool{}, 0
	for _, s := range k.network.Sent() {
		if s.Copy > 1 {
			repeats++
		}
		if ids[s.To] == nil {
			ids[s.To] = map[string]bool{}
		}
		ids[s.To][s.ID] = true
	}
	for _, r := range k.readers {
		want := 1
		if slices.Contains(k.asked, r) {
			want++ // the answer
		}
		if shown, sent := len(r.Inbox()), len(ids[r.LID().String()]); shown != want || sent != want {
			k.t.Errorf("%s: %d messages are on the phone, under %d ids, want %d", r.Name(), shown, sent, want)
		}
		for _, a := range r.Arrivals() {
			if a.Failed {
				k.t.Errorf("%s could not read %s", r.Name(), a.ID)
			}
		}
	}
	if most := deaths * mostFlying; repeats == 0 || repeats > most {
		k.t.Errorf("%d messages were sent again; each kill cut one off, and at most %d were on their way", repeats, most)
	}
	k.t.Logf("%d messages were sent again after %d kills", repeats, deaths)
	log := k.said()
	for _, words := range []string{"must be paired", "panic", killWords, "مساعدة", k.readers[0].Number(), k.readers[0].LID().User} {
		if strings.Contains(log, words) {
			k.t.Errorf("the log holds %q", words)
		}
	}
	out := k.scene.must("deliveries")
	if !strings.Contains(out, fmt.Sprint(len(k.readers))) {
		k.t.Errorf("the receipts:\n%s", out)
	}
}
