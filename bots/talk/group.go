package talk

import "github.com/nashra-bot/nashra/news"

// added greets a group once, and says how it is subscribed.
func (x *exchange) added(intent) {
	x.memo.Greeted = true
	var how news.Text
	if !x.in.Network.Buttons {
		how = news.T(x.p.Group.Address)
	}
	x.say(nil, news.T(fill(x.p.Group.Added, "newsroom", x.in.Settings.Newsroom)), how)
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
		if home := x.home(); home != "" {
			words += "\n" + fill(p.Link, "link", home)
		}
		x.say(nil, news.T(words))
	}
}
