package whatsapp_test

import (
	"errors"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/botstest"
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
	before := botstest.Running(t)
	r := w.run(a)
	w.Write(0, "مرحبا")
	r.next(bots.Wrote)
	w.send(a, w.text(0, "أهلا", "1"))
	r.stop()
	before.Only()
	w.send(a, w.text(0, "وداعا", "2"))
	if err := a.Pair(t.Context(), whatsapp.PairOptions{}); !errors.Is(err, whatsapp.ErrPaired) {
		t.Errorf("Pair gives %v", err)
	}
	if texts, err := w.Await(short(t), 0, 2); err != nil || texts[1] != "وداعا" {
		t.Errorf("the reader sees %q, %v", texts, err)
	}
	w.content()
}
