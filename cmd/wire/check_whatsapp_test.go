package wire

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/digest"
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
		"day used up":    {[]AccountStatus{{Account: id, Connected: true, Full: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}}, "the day's messages are used up: only answers go to people until 2026-01-02 00:00:00", "wait"},
		"held back":      {[]AccountStatus{{Account: id, Connected: true, Trouble: string(whatsapp.ReasonTimeLock), Until: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}, "nothing is written to people until 2026-01-02 03:04:05", "wait"},
	} {
		var got []Finding
		Checkup{Plan: plan, Accounts: c.accounts, Say: func(f Finding) { got = append(got, f) }}.whatsapp()
		if len(got) != 1 || !strings.HasPrefix(got[0].How, c.how) || !strings.HasPrefix(got[0].Do, c.do) || (got[0].Do == "") != (c.do == "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// What readers may get in a day fits the cap of a day by default; where it does
// not, it is said by how much.
func TestCheckComparesReadersWithTheCap(t *testing.T) {
	for name, c := range map[string]struct {
		config  WhatsAppConfig
		readers int
		want    string // empty: all is right
	}{
		"the defaults":    {WhatsAppConfig{}, 0, ""},
		"many readers":    {WhatsAppConfig{Readers: 1000}, 0, "1000 readers with 4 messages a day each (every digest, and an alert) need 4000, and whatsapp.per_day is 1000"},
		"a low cap":       {WhatsAppConfig{PerDay: 999}, 0, "250 readers with 4"},
		"more than may":   {WhatsAppConfig{}, 333, "333 readers with 4"},
		"a cap for many":  {WhatsAppConfig{Readers: 1000, PerDay: 4000}, 0, ""},
		"any number goes": {WhatsAppConfig{Readers: 100000, PerDay: -1}, 0, ""},
	} {
		config := c.config
		config.Number = "+999 0000 0001"
		plan := &Plan{Config: Config{WhatsApp: &config}, Newsroom: digest.Newsroom{Calendar: make(digest.Calendar, 3)}}
		id, _ := plan.WhatsAppAccount()
		var got []Finding
		Checkup{
			Plan: plan, Accounts: []AccountStatus{{Account: id, Connected: true, Readers: c.readers}},
			Say: func(f Finding) { got = append(got, f) },
		}.whatsapp()
		said := ""
		if len(got) == 2 && strings.HasPrefix(got[0].Do, "lower whatsapp.readers to 2") {
			said = got[0].How
		}
		if c.want == "" && len(got) != 1 || !strings.HasPrefix(said, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
