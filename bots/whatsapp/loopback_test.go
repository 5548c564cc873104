package whatsapp_test

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// Over real sockets: pairing, both ways, and nothing left running.
func TestOnLoopback(t *testing.T) {
	w := newWorld(t, whatsapp.Config{})
	at, err := w.server.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.config.HTTP = whatsapptest.Dial(at)
	a := w.adapter()
	w.pair(a)
	before := runtime.NumGoroutine()
	r := w.run(a)
	w.Write(0, "مرحبا")
	r.next(bots.Wrote)
	w.send(a, w.text(0, "أهلا", "1"))
	r.stop()
	end := time.After(5 * time.Second)
	for runtime.NumGoroutine() > before {
		select {
		case <-end:
			buffer := make([]byte, 1<<16)
			t.Fatalf("%d goroutines ran before, %d after:\n%s", before, runtime.NumGoroutine(), buffer[:runtime.Stack(buffer, true)])
		case <-time.After(10 * time.Millisecond):
		}
	}
	w.send(a, w.text(0, "وداعا", "2"))
	if err := a.Pair(t.Context(), whatsapp.PairOptions{}); !errors.Is(err, whatsapp.ErrPaired) {
		t.Errorf("Pair gives %v", err)
	}
	if texts, err := w.Await(short(t), 0, 2); err != nil || texts[1] != "وداعا" {
		t.Errorf("the reader sees %q, %v", texts, err)
	}
	w.content()
}
