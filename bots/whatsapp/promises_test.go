package whatsapp_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/botstest"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow/types"
)

// Break makes the next message to a reader fail. WhatsApp tells nobody who
// has blocked them, and never moves a chat; what concerns the account stops
// all further messages, and has tests of its own.
func (w *world) Break(reader int, f botstest.Fault) bool {
	code := map[botstest.Fault]int{botstest.Missing: 404, botstest.Suspended: 403, botstest.Rejected: 479}[f]
	switch {
	case code != 0:
		once := true
		w.server.RefuseWhen(func(to types.JID, _ whatsapptest.Sent) int {
			if to != w.readers[reader].LID() || !once {
				return 0
			}
			once = false
			return code
		})
	case f == botstest.Cut:
		w.server.LoseAcks(1, false)
	case f == botstest.Refused:
		w.server.NetworkDown(true)
		time.AfterFunc(6*time.Second, func() { w.server.NetworkDown(false) })
	default:
		return false
	}
	return true
}

func (w *world) Secrets() []string {
	return []string{w.readers[0].Number(), w.readers[1].Number(), w.readers[0].LID().User, w.readers[1].LID().User}
}

func (w *world) Logged() string { return w.log.String() }

func TestPromises(t *testing.T) {
	botstest.Run(t, botstest.Suite{
		Bubble: true,
		Open: func(t *testing.T) botstest.Network {
			return pairedWorld(t, whatsapp.Config{AckTimeout: 5 * time.Second, ConnectTimeout: 5 * time.Second})
		},
	})
}
