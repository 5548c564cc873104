package whatsapptest_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/botstest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow/types/events"
)

func TestLoginFailures(t *testing.T) {
	for _, tt := range []struct {
		name    string
		failure whatsapptest.Failure
		gone    bool // the session is deleted
		check   func(b *bot) bool
	}{
		{"logged out", whatsapptest.Failure{Reason: 401}, true, loggedOut(events.ConnectFailureLoggedOut)},
		{"locked", whatsapptest.Failure{Reason: 403}, true, loggedOut(events.ConnectFailureMainDeviceGone)},
		{"banned", whatsapptest.Failure{Reason: 406}, true, loggedOut(events.ConnectFailureUnknownLogout)},
		{"temporary ban", whatsapptest.Failure{Reason: 402, Code: 101, Expire: 24 * time.Hour}, false, func(b *bot) bool {
			ban := wait[*events.TemporaryBan](b)
			return ban.Code == events.TempBanSentToTooManyPeople && ban.Expire == 24*time.Hour
		}},
		{"outdated", whatsapptest.Failure{Reason: 405}, false, func(b *bot) bool {
			wait[*events.ClientOutdated](b)
			return true
		}},
	} {
		bubble(t, tt.name, func(t *testing.T) {
			s := newServer(t)
			b := pairedBot(t, s)
			s.FailLogins(tt.failure)
			if !tt.check(b) {
				t.Error("other details")
			}
			synctest.Wait() // the event comes before the session is deleted
			if s.Paired() == tt.gone {
				t.Errorf("paired %v", s.Paired())
			}
			s.AllowLogins()
			if !tt.gone {
				botstest.Settle()
				b.Disconnect()
				b.connect()
				wait[*events.Connected](b)
				return
			}
			b = newBot(t, s, b.path)
			if b.Store.ID != nil {
				t.Error("session kept")
			}
			b.pair()
		})
	}
}

// bubble runs a subtest with a fake clock, in parallel with others.
func bubble(t *testing.T, name string, test func(*testing.T)) {
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, test)
	})
}

func loggedOut(reason events.ConnectFailureReason) func(*bot) bool {
	return func(b *bot) bool {
		got := wait[*events.LoggedOut](b)
		return got.OnConnect && got.Reason == reason
	}
}

func TestStreamEndings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, streamEndings)
}

func streamEndings(t *testing.T) {
	s := newServer(t)
	b := pairedBot(t, s)
	s.Restart()
	wait[*events.Disconnected](b)
	wait[*events.Connected](b)

	s.Replace()
	wait[*events.StreamReplaced](b)
	until(t, s, "silence", func() bool { return !s.Connected() })
	b = b.restart()

	other := newBot(t, s, b.path)
	other.connect()
	wait[*events.Connected](other)
	wait[*events.StreamReplaced](b)

	s.RemoveDevice()
	if got := wait[*events.LoggedOut](other); got.OnConnect {
		t.Errorf("logged out %+v", got)
	}
	synctest.Wait()
	if s.Paired() || other.Store.ID != nil {
		t.Error("still paired")
	}
}

func TestTimeLock(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b := pairedBot(t, s)
	until := fixed.AddDate(5, 0, 0)
	if err := s.TimeLock(true, until); err != nil {
		t.Fatal(err)
	}
	if got := wait[*events.NotifyAccountReachoutTimelock](b); !got.IsActive || !got.TimeEnforcementEnds.Equal(until) || got.EnforcementType == "" {
		t.Errorf("lock %+v", got)
	}
	if err := s.TimeLock(false, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if got := wait[*events.NotifyAccountReachoutTimelock](b); got.IsActive {
		t.Errorf("lock %+v", got)
	}
}

func TestLogout(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b := pairedBot(t, s)
	if err := b.Logout(short(t)); err != nil {
		t.Fatal(err)
	}
	if s.Paired() {
		t.Error("still paired")
	}
	if err := s.ScanQR("x"); errors.Is(err, whatsapptest.ErrUnknownCode) {
		t.Error("nonsense taken for a code")
	}
}
