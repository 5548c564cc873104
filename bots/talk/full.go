package talk

import (
	"github.com/nashra-bot/nashra/news"
)

// full reports whether nobody new is taken in here.
func (x *exchange) full() bool { return x.in.Full && !x.member && !x.in.Chat.Left }

// refused reports whether somebody is turned away by this: a number that is
// full still lets everybody read.
func (x *exchange) refused(c *command) bool {
	switch c.verb {
	case doLatest, doHelp:
		return false
	case doStart, doSubscribe:
		return x.full()
	}
	return x.full() && c.manner&greets != 0 && !x.pressed()
}

// turnAway says that the number is full, and where the news is to be had.
func (x *exchange) turnAway() {
	p := &x.p.First
	hello := p.Hello
	if x.greeting != "" {
		hello, x.greeting = x.greeting, ""
	}
	words := fill(p.Full, "newsroom", x.in.Settings.Newsroom)
	ways := false
	if c := x.in.Settings.Channel; c.Link != "" && x.in.Event.Account.Platform() == news.WhatsApp {
		words += "\n" + fill(p.FullChannel, "name", c.Name, "link", c.Link)
		ways = true
	}
	if home := x.in.Settings.Chats[x.across()]; home != "" {
		words += "\n" + fill(p.FullOther, "network", x.networkName(x.across()), "link", home)
		ways = true
	}
	if !ways {
		words += "\n" + p.FullLater
	}
	x.say(nil, news.B(hello), news.T(words))
}

// channelNote points to the newsroom's channel for breaking news; empty where
// there is none.
func (x *exchange) channelNote() news.Text {
	c := x.in.Settings.Channel
	if c.Link == "" || x.group() || x.in.Event.Account.Platform() != news.WhatsApp {
		return nil
	}
	return news.T(fill(x.p.First.Channel, "name", c.Name, "link", c.Link))
}
