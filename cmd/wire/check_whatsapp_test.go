package wire

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
)

func TestCheckSaysHowTheNumberStands(t *testing.T) {
	plan := &Plan{Config: Config{WhatsApp: &WhatsAppConfig{Number: "+999 0000 0001"}}}
	id, ok := plan.WhatsAppAccount()
	if !ok || id != "whatsapp:99900000001" {
		t.Fatalf("account %q, %v", id, ok)
	}
	for name, c := range map[string]struct {
		accounts []AccountStatus
		how, do  string // beginnings; an empty do: all is right
	}{
		"nothing runs":   {nil, "configured", ""},
		"well":           {[]AccountStatus{{Account: id, Connected: true}}, "the number is linked and connected", ""},
		"offline":        {[]AccountStatus{{Account: id}}, "the number is linked, but not connected", "look whether"},
		"logged out":     {[]AccountStatus{{Account: id, Trouble: string(whatsapp.ReasonUnpaired)}}, "the number is not linked", "send «اربط واتساب»"},
		"locked":         {[]AccountStatus{{Account: id, Trouble: string(whatsapp.ReasonLocked)}}, "the number is locked", "open WhatsApp on the bot's phone"},
		"banned":         {[]AccountStatus{{Account: id, Trouble: string(whatsapp.ReasonClosed)}}, "WhatsApp has banned the number", "ask for a review"},
		"banned a while": {[]AccountStatus{{Account: id, Trouble: string(whatsapp.ReasonBanned), Until: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}, "nothing is sent until 2026-01-02 03:04:05", "wait"},
		"too old":        {[]AccountStatus{{Account: id, Trouble: string(whatsapp.ReasonOutdated)}}, "WhatsApp refuses this version", "take a newer"},
		"used elsewhere": {[]AccountStatus{{Account: id, Trouble: string(whatsapp.ReasonReplaced)}}, "another program", "stop the other"},
		"held back":      {[]AccountStatus{{Account: id, Connected: true, Trouble: string(whatsapp.ReasonTimeLock), Until: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}, "nothing is written to people until 2026-01-02 03:04:05", "wait"},
	} {
		var got []Finding
		Checkup{Plan: plan, Accounts: c.accounts, Say: func(f Finding) { got = append(got, f) }}.whatsapp()
		if len(got) != 1 || !strings.HasPrefix(got[0].How, c.how) || !strings.HasPrefix(got[0].Do, c.do) || (got[0].Do == "") != (c.do == "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
