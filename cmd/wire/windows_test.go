package wire_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
)

// The windows of the configuration are the adapter's.
func TestWindowsAreSettings(t *testing.T) {
	plan, err := wire.ParseConfig("n.yaml", []byte(sample+onWhatsApp+"  edit_for: 10m\n  delete_for: 60h\n  channel_edit_for: 24h\n"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := wire.WhatsAppConfigOf(plan, nil, nil)
	if err != nil || c.EditWindow != 10*time.Minute || c.RevokeWindow != 60*time.Hour || c.ChannelWindow != 24*time.Hour {
		t.Errorf("windows of %v, %v and %v, %v", c.EditWindow, c.RevokeWindow, c.ChannelWindow, err)
	}
}
