package talk

import "github.com/nashra-bot/nashra/news"

// greeted returns a greeting of somebody who is known.
func (x *exchange) greeted(intent) {
	if x.group() {
		x.say(nil, news.T(x.p.Group.Unknown))
		return
	}
	x.say(x.hintMenu(), news.T(x.hint()))
}

// hint is the short way on, by whether the person is a reader.
func (x *exchange) hint() string {
	if x.in.Chat.Left {
		return x.p.Leave.Out
	}
	return x.p.Other.Next
}

func (x *exchange) hintMenu() menu {
	if !x.group() && x.in.Chat.Left {
		return x.backMenu()
	}
	return menu{{
		{label: x.p.Read.Latest, data: encode(doLatest)},
		{label: x.p.Sections.Button, data: encode(doSections)},
		{label: x.p.Words.Help.Word, data: encode(doHelp)},
	}}
}

func (x *exchange) thanks(intent) { x.say(nil, news.T(x.p.Other.Thanks)) }

// media answers what is no text, each kind in its own words.
func (x *exchange) media(w intent) {
	p := &x.p.Other
	if x.another() {
		return
	}
	if w.arg == "edit" {
		x.say(nil, news.T(p.Edited))
		return
	}
	words, ok := map[string]string{
		"photo": p.Photo, "video": p.Video, "voice": p.Voice, "sticker": p.Sticker, "document": p.Document,
		"location": p.Location, "contact": p.Contact, "poll": p.Poll,
	}[w.arg]
	if !ok {
		words = p.Media
	}
	words += " " + p.Hint
	if carried(w.arg) && !x.group() {
		words += "\n" + x.p.Tips.HowFile
	}
	x.say(x.hintMenu(), news.T(words))
}

// guess asks whether the nearest thing was meant.
func (x *exchange) guess(w intent) {
	p := &x.p.Other
	words := p.Guess
	switch verb(w.arg) {
	case doLatest, doSections:
		words = p.GuessSection
	case doSubscribe:
		words = p.GuessFollow
	case doDrop:
		words = p.GuessDrop
	case doOnly:
		words = p.GuessOnly
	}
	x.question(w.sure)
	x.say(menu{{{label: p.Yes, data: w.sure}, {label: p.No, data: encode(doKeep)}}}, news.T(fill(words, "guess", w.guess)))
}

// unknown answers what was not understood, and a yes or no to nothing.
func (x *exchange) unknown(w intent) {
	switch {
	case w.arg == on:
		x.say(nil, news.T(x.p.Other.NothingAsked))
	case w.arg == off:
		x.say(nil, news.T(x.p.Other.Unchanged))
	case x.group():
		x.say(nil, news.T(x.p.Group.Unknown))
	case x.in.Chat.Left:
		x.say(x.hintMenu(), news.T(x.p.Leave.Out))
	default:
		x.say(x.hintMenu(), news.T(x.p.Other.Unknown))
	}
}

// toldHow tells what to send. Nobody is taken in by asking how to stop.
func (x *exchange) toldHow(w intent) {
	switch verb(w.arg) {
	case doStart:
		x.outside()
	case doForget:
		x.say(nil, news.T(x.p.Leave.HowForget))
	default:
		x.say(nil, news.T(fill(x.p.Leave.How, "section", x.in.Settings.Tree.Name(x.in.Settings.top()[0]))))
	}
}

// number answers a number that chooses nothing.
func (x *exchange) number(intent) {
	if n := x.memo.offered(x.in.Now); n > 0 {
		x.say(nil, news.T(fill(x.p.Other.OutOfRange, "max", number(n))))
		return
	}
	x.say(nil, news.T(x.p.Other.NoMenu))
}

// noName answers the name of a section that does not exist.
func (x *exchange) noName(intent) {
	x.say(menu{{{label: x.p.Sections.Button, data: encode(doSections)}}}, news.T(x.p.Sections.Unknown))
}

// forged answers a button that is old, or that was never ours.
func (x *exchange) forged(intent) {
	if x.voted() {
		x.tell(x.p.Sections.OldPoll, nil)
		return
	}
	x.tell(x.p.Other.Forged, nil)
}
