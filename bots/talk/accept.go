package talk

import (
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// accept reads the words behind a command; ok is false when they make no
// sense there, and the message is something else.
func (x *exchange) accept(m meaning, rest []string) (w intent, ok bool) {
	w = intent{do: m.do, arg: m.arg}
	if m.loose && len(rest) > looseWords {
		return w, false
	}
	switch m.do {
	case doStart, doSubscribe:
		return x.acceptSubscribe(w, rest)
	case doDrop, doLatest, doSections, doPoll:
		return x.acceptSections(w, rest)
	case doBreaking, doQuiet:
		if m.arg != "" {
			return w, len(rest) == 0
		}
		return x.acceptSwitch(w, rest)
	case doPause:
		w.arg = x.length(rest)
		return w, true
	case doLink:
		return x.acceptLink(w, rest)
	case doTip:
		if len(rest) > 0 {
			w.arg = on // the claim stands behind it
		}
		return w, true
	}
	return w, len(rest) == 0 || m.loose
}

func (x *exchange) acceptSubscribe(w intent, rest []string) (intent, bool) {
	if len(rest) == 0 {
		return w, true
	}
	o := x.names().find(rest)
	switch {
	case !o.none() && len(o.rest) <= 1:
		if o.all {
			o.sections = x.in.Settings.top()
		}
		return intent{do: doSubscribe, sections: o.sections, alerts: o.alerts}, true
	case len(o.rest) == 0:
		return w, true
	case len(rest) > nameWords:
		return w, false
	}
	if slug, ok := x.names().near(o.rest); ok {
		return x.ask(doSubscribe, slug), true
	}
	return intent{do: doNoName}, w.do == doSubscribe
}

func (x *exchange) acceptSections(w intent, rest []string) (intent, bool) {
	if len(rest) == 0 {
		return w, true
	}
	o := x.names().find(rest)
	switch {
	case len(o.sections) > 0 && len(o.rest) <= 1:
		w.sections, w.alerts = o.sections, o.alerts && w.do == doDrop
		if w.do == doSections && len(x.in.Settings.Tree.Children(o.sections[0])) == 0 {
			w.do = doLatest // a section without others below it is there to be read
		}
		return w, true
	case o.alerts && len(o.rest) == 0 && w.do == doDrop:
		return intent{do: doBreaking, arg: off}, true
	case len(o.rest) == 0:
		return w, w.do != doDrop
	case len(rest) > nameWords:
		return w, false
	}
	if slug, ok := x.names().near(o.rest); ok {
		return x.ask(w.do, slug), true
	}
	return intent{do: doNoName}, true
}

// acceptSwitch reads on and off. For the night a yes means that breaking news
// comes, which is the opposite of quiet.
func (x *exchange) acceptSwitch(w intent, rest []string) (intent, bool) {
	if len(rest) == 0 {
		return w, true
	}
	l := x.t.lexicon
	if m, n := l.find(rest); w.do == doBreaking && n == len(rest) && m.do == doBreaking && m.arg != "" {
		w.arg = m.arg
		return w, true
	}
	if w.do == doBreaking && len(rest) == 1 && l.night[rest[0]] {
		return intent{do: doQuiet}, true
	}
	yes, no := l.on[rest[0]], l.off[rest[0]]
	if len(rest) > 1 || !yes && !no {
		return w, false
	}
	if w.do == doQuiet {
		yes = !yes
	}
	w.arg = off
	if yes {
		w.arg = on
	}
	return w, true
}

// ask makes a question of what was nearly said.
func (x *exchange) ask(do verb, slug news.Slug) intent {
	return intent{do: doGuess, arg: string(do), guess: x.in.Settings.Tree.Name(slug), sure: encodeSection(do, slug)}
}

// guessed looks for the nearest thing that may have been meant.
func (x *exchange) guessed(words []string) (intent, bool) {
	if len(words) == 0 || len(words) > guessWords {
		return intent{}, false
	}
	if w, ok := x.nearCommand(words); ok {
		return w, true
	}
	if slug, ok := x.names().near(words); ok {
		return x.ask(doLatest, slug), true
	}
	o := x.names().find(words)
	if len(o.sections) == 1 {
		return x.ask(doLatest, o.sections[0]), true
	}
	return intent{}, false
}

// nearCommand guesses at a misspelt command, and at a misspelt word for
// subscribing before the name of a section.
func (x *exchange) nearCommand(words []string) (intent, bool) {
	l := x.t.lexicon
	text := joined(words)
	for _, phrase := range l.words {
		m := l.phrases[phrase]
		if arabic.Near(text, phrase) {
			return x.offer(m), true
		}
		if m.do != doSubscribe && !l.stops[phrase] || len(words) < 2 || !arabic.Near(words[0], phrase) {
			continue
		}
		o := x.names().find(words[1:])
		switch {
		case len(o.sections) == 0 || len(o.rest) > 1:
		case l.stops[phrase]:
			return x.ask(doDrop, o.sections[0]), true
		default:
			return x.ask(doSubscribe, o.sections[0]), true
		}
	}
	return intent{}, false
}

// offer makes a question of a command that was nearly written.
func (x *exchange) offer(m meaning) intent {
	w := intent{do: doGuess, sure: encode(m.do)}
	switch {
	case m.do == doSubscribe || m.do == doDrop:
		w.sure = encode(doSections)
	case m.arg != "":
		w.sure = encode(m.do, m.arg)
	}
	for i := range x.t.commands {
		if c := &x.t.commands[i]; c.verb == m.do && c.arg == m.arg && c.wording != nil {
			w.guess = c.wording(&x.p.Words).Word
		}
	}
	return w
}
