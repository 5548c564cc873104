package wire

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
)

// whatsapp says how the number stands: a running program knows.
func (c Checkup) whatsapp() {
	id, ok := c.Plan.WhatsAppAccount()
	if !ok {
		return
	}
	c.room(id)
	at := slices.IndexFunc(c.Accounts, func(a AccountStatus) bool { return a.Account == id })
	if at < 0 {
		c.right("whatsapp", "configured; whether the number is linked, and may publish in its Channels, shows while nashra runs")
		return
	}
	defer c.newsletters(c.Accounts[at])
	a, words := c.Accounts[at], ownerWordsOf(c.Plan.Newsroom.Language)
	switch whatsapp.Reason(a.Trouble) {
	case whatsapp.ReasonNone:
		if !a.Full.IsZero() {
			c.wrong("whatsapp", "the day's messages are used up: only answers go to people until "+a.Full.Format(time.DateTime), "wait; the channel goes on")
		} else if a.Connected {
			c.right("whatsapp", "the number is linked and connected")
		} else {
			c.wrong("whatsapp", "the number is linked, but not connected now", "look whether this machine reaches the network")
		}
	case whatsapp.ReasonUnpaired:
		c.wrong("whatsapp", "the number is not linked", "send «"+words.Pair+"» from the owner's chat on Telegram, or stop nashra and use: nashra pair whatsapp")
	case whatsapp.ReasonLocked:
		c.wrong("whatsapp", "the number is locked, or its phone is signed out", "open WhatsApp on the bot's phone and do what it asks for, then link the number: send «"+words.Pair+"» from the owner's chat on Telegram")
	case whatsapp.ReasonClosed:
		c.wrong("whatsapp", "WhatsApp has banned the number", "ask for a review on the bot's phone; when the ban is lifted, send «"+words.Pair+"» from the owner's chat on Telegram")
	case whatsapp.ReasonBanned:
		c.wrong("whatsapp", "nothing is sent until "+a.Until.Format(time.DateTime)+": the number is banned for a time", "wait, and lower the caps in the part whatsapp")
	case whatsapp.ReasonOutdated:
		c.wrong("whatsapp", "WhatsApp refuses this version of the client, "+whatsapp.LibraryVersion, "take a newer version of nashra; until there is one, client_version in the part whatsapp (see docs/whatsapp.md)")
	case whatsapp.ReasonReplaced:
		c.wrong("whatsapp", "another program uses the number's session", "stop the other one, then start nashra anew")
	default:
		c.wrong("whatsapp", "nothing is written to people until "+a.Until.Format(time.DateTime)+" ("+a.Trouble+")", "wait, and lower the caps in the part whatsapp; the channel goes on")
	}
}

// room compares what readers may get in a day, all digests and an alert, with the
// cap of a day.
func (c Checkup) room(id news.AccountID) {
	w := c.Plan.Config.WhatsApp
	readers := w.most()
	for _, a := range c.Accounts {
		if a.Account == id {
			readers = max(readers, a.Readers)
		}
	}
	perDay, each := cmp.Or(w.PerDay, whatsapp.DefaultPerDay), len(c.Plan.Newsroom.Calendar)+1
	if perDay < 0 || readers*each <= perDay {
		return
	}
	c.wrong("whatsapp readers",
		fmt.Sprintf("%d readers with %d messages a day each (every digest, and an alert) need %d, and whatsapp.per_day is %d: on such a day some wait until midnight UTC", readers, each, readers*each, perDay),
		fmt.Sprintf("lower whatsapp.readers to %d, have fewer digest hours, or raise whatsapp.per_day with care", max(1, perDay/each)))
}
