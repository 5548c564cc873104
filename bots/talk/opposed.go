package talk

import (
	"slices"
	"strconv"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// opposed reads stopping and unsubscribing, with or without polite words
// before it. Where news is told, in a claim that was asked for and in the words
// of a picture, much else may stop, be cancelled or end: there it is read only
// as the whole message.
func (x *exchange) opposed(words []string) (intent, bool) {
	l := x.t.lexicon
	told := x.telling() || x.in.Event.Kind == bots.Sent
	for rest := words; len(rest) > 0; rest = rest[1:] {
		if n := l.stop(rest); n > 0 {
			if m, longer := l.find(rest); longer > n {
				if _, ok := x.accept(m, l.trim(rest[longer:])); ok {
					return intent{}, false
				}
			}
			more := l.trim(rest[n:])
			if told {
				return intent{do: doStop}, l.plain(more)
			}
			if w, ok := x.opposedBy(meaning{do: doStop}, more); ok {
				return w, true
			}
			return intent{do: doStop}, len(rest) <= stopWords || l.plain(more)
		}
		if !l.filler[rest[0]] {
			break
		}
	}
	if len(words) > stopWords || !l.nearStop(words) {
		return intent{}, false
	}
	_, n := l.find(words)
	_, section := x.names().at(words)
	return intent{do: doStop}, n < len(words) && section < len(words)
}

// opposedBy reads what a word for stopping is said of.
func (x *exchange) opposedBy(m meaning, rest []string) (intent, bool) {
	l := x.t.lexicon
	if m.do != doStop {
		return intent{}, false
	}
	if i, n := l.excepting(rest); n > 0 {
		if w, ok := x.excepted(rest[i+n:]); ok {
			return w, true
		}
		rest = l.trim(rest[:i])
	}
	if len(rest) == 0 {
		return intent{do: doStop}, true
	}
	if to, n := l.find(rest); n == len(rest) && to.do == doPrefer && x.linked() {
		return intent{do: doStay, arg: otherOf(to.arg)}, true
	}
	if w, ok := x.timed(rest); ok {
		return w, true
	}
	o := x.names().find(rest)
	night := slices.ContainsFunc(o.rest, func(w string) bool { return l.night[w] })
	switch {
	case o.all && len(o.sections) == 0 && !o.alerts:
		return intent{do: doStop}, len(rest) <= nameWords
	case len(o.sections) > 0 && len(o.rest) <= 1 && night:
		return intent{do: doQuiet}, true // there is no night for a section: asked
	case len(o.sections) > 0 && len(o.rest) <= 1:
		return intent{do: doDrop, sections: o.sections, alerts: o.alerts}, true
	case o.alerts && night:
		return intent{do: doQuiet, arg: on}, true
	case o.alerts && len(o.rest) <= 1:
		return intent{do: doBreaking, arg: off}, true
	}
	if len(rest) <= nameWords {
		if slug, ok := x.names().near(rest); ok {
			return intent{do: doDrop, sections: []news.Slug{slug}}, true
		}
	}
	return intent{}, false
}

// timed reads a stop that is for a time: the nights, or some days. Every word
// of it has to be known, for whoever says more may mean to stop for good.
func (x *exchange) timed(rest []string) (intent, bool) {
	l := x.t.lexicon
	night, span := false, false
	for _, w := range rest {
		_, count := l.count(w)
		night = night || l.night[w]
		span = span || l.span[w]
		if !l.night[w] && !l.span[w] && !count && !l.small(w) {
			return intent{}, false
		}
	}
	switch {
	case night && span:
		return intent{do: doQuiet}, true // not for good: asked
	case night:
		return intent{do: doQuiet, arg: on}, true
	case span:
		return intent{do: doPause, arg: x.length(rest)}, true
	}
	return intent{}, false
}

// length reads for how long: a day, a week, or none of ours.
func (x *exchange) length(rest []string) string {
	l := x.t.lexicon
	several := func(w string) bool { n, ok := l.count(w); return ok && n != 1 }
	switch {
	case slices.ContainsFunc(rest, several):
		return ""
	case slices.ContainsFunc(rest, func(w string) bool { return l.day[w] }):
		return day
	case slices.ContainsFunc(rest, func(w string) bool { return l.week[w] }):
		return week
	}
	return ""
}

// excepted asks whether what is left out of a stop is wanted alone. Nothing is
// stopped by it, and nothing chosen.
func (x *exchange) excepted(words []string) (intent, bool) {
	l := x.t.lexicon
	words = l.trim(words)
	if len(words) == 0 || l.thanks[words[0]] {
		return intent{}, false
	}
	if w, ok := x.sole(words); ok {
		return x.sure(w), true
	}
	if slug, ok := x.names().near(words); ok {
		return x.ask(doOnly, slug), true
	}
	return intent{do: doUnknown}, true
}

// alone reads what is wanted alone, said with a word for only. A choice of
// sections is asked about: the others end with it.
func (x *exchange) alone(words []string) (intent, bool) {
	if !slices.ContainsFunc(words, func(w string) bool { return x.t.lexicon.only[w] }) {
		return intent{}, false
	}
	w, ok := x.sole(words)
	if w.do == doOnly {
		w = x.sure(w)
	}
	return w, ok
}

// sole reads the one kind of news that words name. Of several the list shows
// what is chosen.
func (x *exchange) sole(words []string) (intent, bool) {
	l := x.t.lexicon
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return l.only[w] })
	words = l.trim(l.lead(words))
	m, n := l.find(words)
	switch whole := n > 0 && n == len(words); {
	case whole && m.do == doBreaking && m.arg == "":
		return intent{do: doPace, arg: string(news.PaceBreaking)}, true
	case whole && m.do == doDigest:
		return intent{do: doPace, arg: string(news.PaceDigest)}, true
	case whole && (m.do == doBreaking || m.do == doPace):
		return intent{do: m.do, arg: m.arg}, true
	}
	o := x.names().find(words)
	switch {
	case o.none() || o.all || len(o.rest) > 0:
		return intent{}, false
	case len(o.sections) == 0:
		return intent{do: doPace, arg: string(news.PaceBreaking)}, true
	case len(o.sections) == 1 && !o.alerts:
		return intent{do: doOnly, sections: o.sections}, true
	}
	return intent{do: doSections}, true
}

// sure makes a question of a choice.
func (x *exchange) sure(w intent) intent {
	switch w.do {
	case doOnly:
		return x.ask(doOnly, w.section())
	case doPace, doBreaking:
		return x.offer(meaning{do: w.do, arg: w.arg})
	}
	return w
}

// enough reads a word that may end everything, or only what is talked about:
// an open question is dropped, beside a menu it is asked about.
func (x *exchange) enough(words []string) (intent, bool) {
	if !x.t.lexicon.enough[joined(words)] {
		return intent{}, false
	}
	if _, open := x.memo.asked(x.in.Now); open {
		return intent{do: doKeep}, true
	}
	if x.memo.offered(x.in.Now) > 0 {
		return x.offer(meaning{do: doStop}), true
	}
	return intent{do: doStop}, true
}

// asksHow reads a question how something is done. How to stop is told, and does
// not stop.
func (x *exchange) asksHow(words []string) (intent, bool) {
	l := x.t.lexicon
	n := l.how.begins(words)
	if n == 0 {
		return intent{}, false
	}
	rest := l.trim(l.lead(words[n:]))
	stop := l.stop(rest)
	m, command := l.find(rest)
	switch whole := command == len(rest) || stop > 0 && l.plain(rest[stop:]); {
	case len(rest) == 0:
		return intent{do: doHelp}, true
	case command == 0 || len(rest) > guessWords || x.telling() && !whole:
		return intent{}, false
	case m.do == doForget:
		return intent{do: doHow, arg: string(doForget)}, true
	case m.do == doStop || m.do == doDrop:
		return intent{do: doHow, arg: string(doStop)}, true
	case (m.do == doSubscribe || m.do == doStart) && x.in.Chat.Left:
		return intent{do: doHow, arg: string(doStart)}, true
	case m.do == doStart:
		return intent{do: doSubscribe}, true
	}
	w, ok := x.accept(m, rest[command:])
	return w, ok && w.do != doNoName
}

// count reads a number, in digits or in a word; a word for several is 0.
func (l *lexicon) count(word string) (n int, ok bool) {
	if n, err := strconv.Atoi(word); err == nil {
		return n, true
	}
	return 0, l.several[word]
}
