package wire

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
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

// Of each Channel it is said whether the number may publish there: as the network
// says, else as the last post met it.
func TestCheckSaysWhereTheNumberMayPublish(t *testing.T) {
	const chat = "120363388001001@newsletter"
	plan := &Plan{Config: Config{WhatsApp: &WhatsAppConfig{Number: "+999 0000 0001", Channels: []ChannelConfig{{Chat: chat}}}}}
	id, _ := plan.WhatsAppAccount()
	refused := func(why outbox.Why) []outbox.Refusal { return []outbox.Refusal{{Chat: chat, Why: why}} }
	for name, c := range map[string]struct {
		account AccountStatus
		place   ChannelPlace
		how, do string // beginnings; an empty how: nothing is said of it
	}{
		"an admin":         {AccountStatus{Connected: true}, ChannelPlace{Name: "أخبار", Publishes: true}, "the number may publish in «أخبار»", ""},
		"mended since":     {AccountStatus{Connected: true, Refusals: refused(outbox.NoRights)}, ChannelPlace{Name: "أخبار", Publishes: true}, "the number may publish", ""},
		"a follower":       {AccountStatus{Connected: true}, ChannelPlace{Name: "أخبار"}, "the number is no admin there", "have the Channel's owner invite"},
		"none":             {AccountStatus{Connected: true}, ChannelPlace{Missing: true}, "WhatsApp knows no such Channel", "look at its id"},
		"no answer":        {AccountStatus{Connected: true}, ChannelPlace{Problem: "no connection"}, "whether the number may publish there is not known: no connection", "try again"},
		"refused, away":    {AccountStatus{Refusals: refused(outbox.NoRights)}, ChannelPlace{Problem: "no connection"}, "the number is no admin there", "have the Channel's owner"},
		"not found, away":  {AccountStatus{Refusals: refused(outbox.NotFound)}, ChannelPlace{Problem: "no connection"}, "WhatsApp knows no such Channel", "look at its id"},
		"away":             {AccountStatus{}, ChannelPlace{Problem: "no connection"}, "", ""},
		"logged out":       {AccountStatus{Trouble: string(whatsapp.ReasonUnpaired)}, ChannelPlace{Problem: "no connection"}, "", ""},
		"an older program": {AccountStatus{Connected: true}, ChannelPlace{Chat: "another"}, "whether the number may publish there is not known", "try again"},
	} {
		if c.place.Chat == "" {
			c.place.Chat = chat
		}
		c.account.Account = id
		var got []Finding
		Checkup{
			Plan: plan, Accounts: []AccountStatus{c.account}, Places: []ChannelPlace{c.place},
			Say: func(f Finding) { got = append(got, f) },
		}.whatsapp()
		last := got[len(got)-1]
		switch {
		case c.how == "" && len(got) != 1:
			t.Errorf("%s: %+v", name, got)
		case c.how == "":
		case len(got) != 2 || last.What != "channel "+chat || !strings.HasPrefix(last.How, c.how) || !strings.HasPrefix(last.Do, c.do) || (last.Do == "") != (c.do == ""):
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
