package talk

import (
	"github.com/nashra-bot/nashra/news"
)

// needsSubscribe asks for what is shown to those who come by a link, or who
// name no section.
func (x *exchange) needsSubscribe(w intent) Need {
	switch {
	case w.link:
		return Need{Latest: welcomeItems, Sections: x.below(w.sections)}
	case len(w.sections) == 0 && !w.alerts:
		return Need{Counts: true, News: x.stranger()}
	}
	return Need{}
}

// subscribe follows sections by name, by a button or by an entry link.
func (x *exchange) subscribe(w intent) {
	switch {
	case len(w.sections) == 0 && !w.alerts && (!x.member || x.r.Paused || x.group()):
		x.start(w)
		return
	case len(w.sections) == 0 && !w.alerts:
		x.sections(intent{})
		return
	case x.group() && !x.member && x.pressed():
		x.outside()
		return
	}
	fresh, added := x.follow(w)
	if w.alerts {
		x.r.Breaking = true
		x.change()
	}
	x.confirm(w, fresh, added)
}

// follow adds sections, and takes in who was no reader. added is what was not
// followed before.
func (x *exchange) follow(w intent) (fresh bool, added []news.Slug) {
	tree := x.in.Settings.Tree
	fresh = !x.member
	if fresh {
		r := x.former()
		if len(w.sections) > 0 {
			r.Follows = nil
		}
		how, words := howChat, wordsSubscribe
		switch {
		case x.group():
			how, words = howGroup, wordsGroup
		case w.link:
			how = howLink
		}
		x.join(r, how, words)
	}
	for _, slug := range w.sections {
		if !tree.Follows(x.r.Follows, slug) {
			added = append(added, slug)
			x.r.Follows = tree.Follow(x.r.Follows, slug)
			x.change()
		}
	}
	return fresh, added
}

// confirm says what is followed now and how it comes.
func (x *exchange) confirm(w intent, fresh bool, added []news.Slug) {
	p := x.p
	var blocks []news.Text
	if fresh && !x.group() {
		hello := p.First.Hello
		if x.greeting != "" {
			hello, x.greeting = x.greeting, ""
		}
		blocks = append(blocks, news.B(hello), x.here())
	}
	switch {
	case len(added) > 0:
		blocks = append(blocks, news.T(fill(p.Sections.Followed, "sections", x.naming(added))))
	case len(w.sections) > 0:
		blocks = append(blocks, news.T(fill(p.Sections.Already, "sections", x.naming(w.sections))))
	}
	if w.alerts {
		blocks = append(blocks, news.T(x.alertsNow()))
	} else {
		blocks = append(blocks, news.T(x.outset(fresh)))
	}
	if w.link && len(x.in.Facts.Latest) > 0 {
		head := fill(p.Read.LatestIn, "sections", x.list(w.sections))
		blocks = append(blocks, news.Join(news.B(head), news.T("\n"), x.articles(x.in.Facts.Latest)))
	}
	if fresh || w.alerts {
		blocks = append(blocks, x.channelNote())
	}
	blocks = append(blocks, x.pausedNote())
	x.say(x.startMenu(), blocks...)
}

// naming lists sections, or says that everything is followed.
func (x *exchange) naming(slugs []news.Slug) string {
	if len(slugs) > 1 && x.everything(x.r) {
		return x.p.Sections.All
	}
	return x.list(slugs)
}

// outset says how the news comes, and how to end it.
func (x *exchange) outset(fresh bool) string {
	text := sentence(x.arrives(x.r)) + "."
	if fresh && !x.group() {
		text += "\n" + x.p.First.Free
	}
	return text
}

// drop stops following sections by name or by a button.
func (x *exchange) drop(w intent) {
	if len(w.sections) == 0 {
		x.sections(w)
		return
	}
	tree := x.in.Settings.Tree
	follows := x.r.Follows
	var gone []news.Slug
	for _, slug := range w.sections {
		after := tree.Unfollow(follows, slug)
		if len(after) != len(follows) || tree.Follows(follows, slug) {
			gone = append(gone, slug)
		}
		follows = after
	}
	switch {
	case len(gone) == 0:
		x.say(x.startMenu(), news.T(fill(x.p.Sections.NotYours, "sections", x.list(w.sections))))
	case len(x.in.Settings.known(follows)) == 0:
		x.lastOne()
	default:
		x.r.Follows = follows
		x.change()
		words := fill(x.p.Sections.Dropped, "sections", x.list(gone))
		x.say(menu{{{label: x.p.Sections.Button, data: encode(doSections)}}}, news.T(words))
	}
	if w.alerts {
		x.breaking(intent{do: doBreaking, arg: off})
	}
}

// lastOne explains why the last section stays, and what to do instead.
func (x *exchange) lastOne() {
	if x.pressed() {
		x.tell(x.p.Sections.LastToast, nil)
	}
	x.say(menu{
		{{label: x.p.Words.Pause.Word, data: encode(doPause)}, {label: x.p.Leave.StopAll, data: encode(doStop)}},
	}, news.T(x.p.Sections.LastOne))
}
