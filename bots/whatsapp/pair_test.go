package whatsapp_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// bubble runs a test with a fake clock.
func bubble(t *testing.T, name string, test func(*testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
}

func TestPairing(t *testing.T) {
	bubble(t, "by QR, after some codes that nobody scanned", func(t *testing.T) {
		w := newWorld(t, whatsapp.Config{})
		a := w.adapter()
		if s := a.State(); s.Paired || s.Reason != whatsapp.ReasonUnpaired {
			t.Errorf("a new account is %+v", s)
		}
		var codes []string
		start := time.Now()
		err := a.Pair(t.Context(), whatsapp.PairOptions{OnQR: func(text string, valid time.Duration) {
			codes = append(codes, text)
			if len(codes) == 8 { // six to a connection
				if err := w.server.ScanQR(text); err != nil {
					t.Error(err)
				}
			}
		}})
		if err != nil || !a.State().Paired || !w.server.Paired() {
			t.Fatalf("Pair gives %v, the account is %+v", err, a.State())
		}
		if took := time.Since(start); took < 3*time.Minute || took > 5*time.Minute {
			t.Errorf("eight codes took %v", took)
		}
		if w.server.Connected() {
			t.Error("it stays connected after the pairing")
		}
		if err := a.Pair(t.Context(), whatsapp.PairOptions{}); !errors.Is(err, whatsapp.ErrPaired) {
			t.Errorf("pairing again gives %v", err)
		}
		w.content()
	})
	bubble(t, "by code", func(t *testing.T) {
		w := newWorld(t, whatsapp.Config{})
		a := w.adapter()
		err := a.Pair(t.Context(), whatsapp.PairOptions{Phone: "+" + w.server.Number(), OnCode: func(code string, _ time.Duration) {
			if err := w.server.EnterCode(code); err != nil {
				t.Error(err)
			}
		}})
		if err != nil || !a.State().Paired {
			t.Fatal(err)
		}
	})
	bubble(t, "with a passkey", passkey)
	bubble(t, "of another number", func(t *testing.T) {
		w := newWorld(t, whatsapp.Config{})
		w.config.Number = "+99900000077"
		a := w.adapter()
		err := a.Pair(t.Context(), whatsapp.PairOptions{OnQR: w.scan()})
		if !errors.Is(err, whatsapp.ErrOtherNumber) || a.State().Paired || w.server.Paired() {
			t.Errorf("Pair gives %v", err)
		}
		if a.Account() != "whatsapp:99900000077" {
			t.Errorf("the account is %q", a.Account())
		}
	})
	bubble(t, "with a forged identity", func(t *testing.T) {
		w := newWorld(t, whatsapp.Config{})
		w.server.CorruptPairing(whatsapptest.CorruptHMAC)
		if err := w.adapter().Pair(t.Context(), whatsapp.PairOptions{OnQR: w.scan()}); !errors.Is(err, whatsapp.ErrPairing) {
			t.Errorf("Pair gives %v", err)
		}
	})
	bubble(t, "given up", func(t *testing.T) {
		w := newWorld(t, whatsapp.Config{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := w.adapter().Pair(ctx, whatsapp.PairOptions{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Pair gives %v", err)
		}
	})
	bubble(t, "with an old client", func(t *testing.T) {
		w := newWorld(t, whatsapp.Config{})
		w.server.FailLogins(whatsapptest.Failure{Reason: 405})
		if err := w.adapter().Pair(t.Context(), whatsapp.PairOptions{}); !errors.Is(err, bots.ErrOutdated) {
			t.Errorf("Pair gives %v", err)
		}
	})
}

// scan is the owner's phone.
func (w *world) scan() func(string, time.Duration) {
	var once sync.Once
	return func(text string, _ time.Duration) {
		once.Do(func() {
			if err := w.server.ScanQR(text); err != nil {
				w.t.Error(err)
			}
		})
	}
}

func passkey(t *testing.T) {
	w := newWorld(t, whatsapp.Config{})
	w.server.DemandPasskey(true)
	a := w.adapter()
	if err := a.Pair(t.Context(), whatsapp.PairOptions{OnQR: w.scan()}); !errors.Is(err, whatsapp.ErrPasskey) || !errors.Is(err, whatsapp.ErrPairing) {
		t.Errorf("without anybody to ask, Pair gives %v", err)
	}
	err := a.Pair(t.Context(), whatsapp.PairOptions{
		OnQR: w.scan(),
		OnPasskey: func(_ context.Context, options []byte) ([]byte, error) {
			if !strings.Contains(string(options), `"rpId":"whatsapp.com"`) || !strings.Contains(string(options), "challenge") {
				t.Errorf("the options are %s", options)
			}
			response := types.WebAuthnResponse{ID: "dGVzdC1rZXk", RawID: []byte("test-key"), Type: "public-key"}
			response.Response.Signature = []byte(whatsapptest.PasskeyAssertion)
			return json.Marshal(response)
		},
	})
	if err != nil || !a.State().Paired {
		t.Fatal(err)
	}
}

func TestLoggedOutAndPairedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.Write(0, "مرحبا")
		r.next(bots.Wrote)
		synctest.Wait() // whatsmeow reads, in the background, the store that a lost link replaces
		w.server.FailLogins(whatsapptest.Failure{Reason: 403})
		if err := r.end(); !errors.Is(err, bots.ErrRevoked) {
			t.Fatalf("Run ended with %v", err)
		}
		w.server.AllowLogins()
		if _, err := a.Send(t.Context(), w.text(0, "خبر", "1")); !errors.Is(err, bots.ErrRevoked) {
			t.Errorf("Send gives %v", err)
		}
		if s := a.State(); s.Paired || s.Reason != whatsapp.ReasonLocked {
			t.Errorf("the account is %+v", s)
		}
		old := w.readers[0].Send("أثناء الانفصال")
		time.Sleep(time.Hour)
		w.pair(a)
		r = w.run(a)
		w.Write(0, "بعد الربط")
		if e := r.next(bots.Wrote); e.Text != "بعد الربط" {
			t.Errorf("heard %q", e.Text)
		}
		w.send(a, w.text(0, "عدنا", "2"))
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		if len(r.events) > 0 {
			t.Errorf("%s was brought, too: %+v", old, <-r.events)
		}
		if !strings.Contains(w.states.reasons(), "locked") {
			t.Errorf("told was %q", w.states.reasons())
		}
		r.stop()
		w.server.RemoveDevice()
		r = w.run(w.adapter())
		if err := r.end(); !errors.Is(err, bots.ErrRevoked) {
			t.Fatalf("Run ended with %v", err)
		}
		if s := w.adapter().State(); s.Reason != whatsapp.ReasonUnpaired {
			t.Errorf("why it was lost before is remembered: %+v", s)
		}
	})
}
