package whatsapptest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow/types/events"
)

// An hour without network takes no time in a bubble, and nothing is lost.
func TestNetworkDownForAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		r := s.NewReader(whatsapptest.Person{})
		b := pairedBot(t, s)
		s.NetworkDown(true)
		wait[*events.Disconnected](b)
		missed := r.Send("أثناء الساعة")
		time.Sleep(time.Hour)
		if b.IsConnected() || s.Connected() {
			t.Error("connected without a network")
		}
		s.NetworkDown(false)
		time.Sleep(30 * time.Minute) // the client's back-off grows by two seconds a failure
		b.message(missed)
		b.text(r.LID(), "عدنا")
		content(t, s)
	})
}

// Codes that nobody scans run out, and the connection with them.
func TestCodesRunOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		b, code := unpaired(t, s)
		time.Sleep(161 * time.Second)
		wait[*events.Disconnected](b)
		if err := s.ScanQR(code); err == nil {
			t.Error("an old code was accepted")
		}
		synctest.Wait() // the library looks at its session after a disconnection, unguarded
		b.pair()
	})
}

// A clock that is wrong by a day stamps messages and acks, and breaks nothing.
func TestClockWrongByADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ahead := func() time.Time { return time.Now().Add(24 * time.Hour) }
		s := whatsapptest.New(whatsapptest.Config{Now: ahead})
		t.Cleanup(s.Close)
		r := s.NewReader(whatsapptest.Person{})
		b := pairedBot(t, s)
		got := b.message(r.Send("غدًا"))
		if time.Until(got.Info.Timestamp) < 23*time.Hour {
			t.Errorf("stamped %v", got.Info.Timestamp)
		}
		sent, err := b.SendMessage(short(t), r.LID(), hello())
		if err != nil || time.Until(sent.Timestamp) < 23*time.Hour {
			t.Errorf("acknowledged at %v, %v", sent.Timestamp, err)
		}
		content(t, s)
	})
}
