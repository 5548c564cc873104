package whatsapp_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"go.mau.fi/whatsmeow/store"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
)

// A client that is too old says which one the network has now, and as that one
// it is let in: with the session that there is, and to link a new one.
func TestClientVersion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		newest := store.GetWAVersion()
		newest[2] += 7
		w := pairedWorld(t, whatsapp.Config{})
		w.server.RequireVersion(newest)
		a := w.adapter()
		if err := w.run(a).end(); !errors.Is(err, bots.ErrOutdated) || !strings.Contains(err.Error(), newest.String()) {
			t.Errorf("ended with %v", err)
		}
		if s := a.State(); s.Reason != whatsapp.ReasonOutdated || s.Client != whatsapp.ClientVersion() || s.Newest != newest.String() {
			t.Errorf("state %+v", s)
		}

		w.config.Client = newest.String()
		a = w.adapter()
		r := w.run(a)
		w.until("connected", w.server.Connected)
		if s := a.State(); s.Client != newest.String() {
			t.Errorf("state %+v", s)
		}
		r.stop()

		w.server.RemoveDevice()
		w.server.RequireVersion(newest)
		w.config.Client = ""
		w.db = openDB(t, t.TempDir()+"/new.db")
		w.config.DB = w.db
		if err := w.adapter().Pair(short(t), whatsapp.PairOptions{}); !errors.Is(err, bots.ErrOutdated) || !strings.Contains(err.Error(), newest.String()) {
			t.Errorf("pairing says %v", err)
		}
		w.config.Client = newest.String()
		w.pair(w.adapter())
	})
}

// While the network does not answer for its page, the version is refused all the
// same.
func TestClientVersionUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		newest := store.GetWAVersion()
		newest[2]++
		w := pairedWorld(t, whatsapp.Config{})
		w.server.RequireVersion(newest)
		w.server.HideFront()
		a := w.adapter()
		if err := w.run(a).end(); !errors.Is(err, bots.ErrOutdated) {
			t.Errorf("ended with %v", err)
		}
		if s := a.State(); s.Reason != whatsapp.ReasonOutdated || s.Newest != "" {
			t.Errorf("state %+v", s)
		}
	})
}

// What is no version is refused, and one that is older than the library's is
// left over.
func TestParseClientVersion(t *testing.T) {
	own := store.GetWAVersion()
	newer := own
	newer[2]++
	for text, want := range map[string]store.WAVersionContainer{"": own, newer.String(): newer, "2.3000.1": own, "2.2413.51": own} {
		if got, err := whatsapp.ParseClientVersion(text); err != nil || got != want {
			t.Errorf("%q is %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"2", "2.3000", "2.3000.x", "2.3000.1 ", "2.3000.-1", "2.3000.99999999999", "v2.3000.1"} {
		if _, err := whatsapp.ParseClientVersion(text); err == nil {
			t.Errorf("%q is a version", text)
		}
	}
}
