package talk

import (
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// added greets a group once, and says how it is subscribed.
func (x *exchange) added(intent) {
	x.memo.Greeted = true
	x.say(nil, news.T(fill(x.p.Group.Added, "newsroom", x.in.Settings.Newsroom)))
}

// refuse answers somebody who does not run the group.
func (x *exchange) refuse() {
	p := &x.p.Group
	x.greeting = ""
	switch {
	case x.in.Facts.NoAdmin:
		x.tell(p.NoAdmin, nil)
	case x.pressed():
		x.tell(p.AdminsToast, nil)
	default:
		words := p.AdminsOnly
		if link := x.in.Settings.Link; link != "" {
			words += "\n" + fill(p.Link, "link", strings.TrimSuffix(link, "?start="))
		}
		x.say(nil, news.T(words))
	}
}
