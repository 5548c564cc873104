package talk

import (
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// address is the chat of the event.
func (x *exchange) address() Address {
	return Address{x.in.Event.Account, x.in.Event.Chat}
}

// chats are all chats of the reader, the one for broadcasts first.
func (x *exchange) chats() []Address {
	r := x.in.Chat.Reader
	return append([]Address{{r.Account, r.Chat}}, x.in.Chat.Others...)
}

// linked reports whether the reader has several chats.
func (x *exchange) linked() bool { return len(x.in.Chat.Others) > 0 }

// at returns the reader's chat on a network.
func (x *exchange) at(p news.Platform) (Address, bool) {
	all := x.chats()
	i := slices.IndexFunc(all, func(a Address) bool { return a.Account.Platform() == p })
	if i < 0 {
		return Address{}, false
	}
	return all[i], true
}

// across is the network that this chat can be linked with.
func (x *exchange) across() news.Platform {
	if x.in.Event.Account.Platform() == news.WhatsApp {
		return news.Telegram
	}
	return news.WhatsApp
}

// linkable reports whether there is another network to link with.
func (x *exchange) linkable() bool {
	return !x.group() && (x.linked() || x.in.Settings.Chats[x.across()] != "")
}

func (x *exchange) networkName(p news.Platform) string {
	if p == news.WhatsApp {
		return x.p.About.WhatsApp
	}
	return x.p.About.Telegram
}

// networks names the networks of all chats of the reader, in the same order
// everywhere.
func (x *exchange) networks() string {
	var names []string
	for _, p := range platforms() {
		if _, ok := x.at(news.Platform(p)); ok {
			names = append(names, x.networkName(news.Platform(p)))
		}
	}
	return strings.Join(names, x.p.And)
}

func platforms() []string { return []string{string(news.Telegram), string(news.WhatsApp)} }

// otherOf is the network that is not p.
func otherOf(p string) string {
	if p == string(news.WhatsApp) {
		return string(news.Telegram)
	}
	return string(news.WhatsApp)
}

// preferWord is what to write to get the news on a network.
func (x *exchange) preferWord(p news.Platform) string {
	if p == news.WhatsApp {
		return x.p.Words.ToWhatsApp.Word
	}
	return x.p.Words.ToTelegram.Word
}

// linkedMenu is what can be done with two chats.
func (x *exchange) linkedMenu() menu {
	var m menu
	for _, a := range x.in.Chat.Others {
		p := a.Account.Platform()
		m = append(m, []choice{{label: x.preferWord(p), data: encode(doPrefer, string(p))}})
	}
	return append(m, []choice{{label: x.p.Words.Unlink.Word, data: encode(doUnlink)}})
}

// prefer has the news sent to another one of the reader's chats.
func (x *exchange) prefer(w intent) {
	p, platform := &x.p.Link, news.Platform(w.arg)
	to, ok := x.at(platform)
	switch {
	case !x.linked() && platform != x.in.Event.Account.Platform():
		x.say(nil, news.T(fill(p.NotLinked, "word", x.p.Words.Link.Word)))
		return
	case !ok || to == x.chats()[0]:
		x.say(x.startMenu(), news.T(fill(p.There, "network", x.networkName(platform))), x.described(p.Now))
		return
	}
	x.commit.Prefer = to
	x.fit(to.Account)
	x.show(nil, news.T(fill(p.Preferred, "network", x.networkName(platform))), x.described(p.Now))
}

// unlink parts the chats. The one it is said in keeps the news, so that nobody
// who was linked against their will loses it; the other one is that of somebody
// who has left.
func (x *exchange) unlink(intent) {
	p, here := &x.p.Link, x.address()
	if !x.linked() {
		x.say(nil, news.T(fill(p.NotLinked, "word", x.p.Words.Link.Word)))
		return
	}
	goes := x.chats()[0]
	if goes == here {
		goes = x.in.Chat.Others[0]
	}
	x.fit(here.Account)
	x.commit.Prefer, x.commit.Unlink = here, goes
	x.show(nil, news.T(fill(p.Unlinked, "other", x.networkName(goes.Account.Platform()))), x.described(p.Now))
}

// stay keeps one of two chats, and nothing comes in the other one.
func (x *exchange) stay(w intent) {
	p, platform := &x.p.Link, news.Platform(w.arg)
	keep, ok := x.at(platform)
	if !x.linked() || !ok {
		if x.in.Chat.Left {
			x.outside()
			return
		}
		x.say(nil, news.T(fill(p.NotLinked, "word", x.p.Words.Link.Word)))
		return
	}
	if !x.member {
		x.join(x.former(), howChat, wordsBack)
	}
	x.fit(keep.Account)
	x.commit.Prefer = keep
	for _, a := range x.chats() {
		if a != keep {
			x.commit.Unlink = a
		}
	}
	words := p.StayedThere
	if keep == x.address() {
		words = p.StayedHere
	}
	x.show(nil, news.T(fill(words, "network", x.networkName(platform))), x.described(p.Now))
}

// stayMenu offers whoever stops in two chats to keep one.
func (x *exchange) stayMenu() menu {
	var row []choice
	for _, name := range platforms() {
		if _, ok := x.at(news.Platform(name)); ok {
			label := fill(x.p.Link.Stay, "network", x.networkName(news.Platform(name)))
			row = append(row, choice{label: label, data: encode(doStay, name)})
		}
	}
	return menu{row}
}
