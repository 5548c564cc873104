package talk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Bounds on what is looked at. Nobody needs that many words to ask for
// something, and a stranger may send thousands.
const (
	maxRunes   = 400 // of a message
	stopWords  = 4   // a message this short that begins with a stop phrase stops
	looseWords = 4   // behind a command whose further words do no harm
	nameWords  = 4   // that may be the name of a section
	guessWords = 8   // in a message that is guessed at
)

// what says what an event asks for; ok is false when it is no concern of ours.
func (x *exchange) what() (w intent, ok bool) {
	e := x.in.Event
	switch {
	case e.ChatKind != news.Private && e.ChatKind != news.Group:
		return w, false
	case e.Kind == bots.Moved:
		return intent{do: doMoved}, e.To != ""
	case e.Kind == bots.Removed:
		return intent{do: doRemoved}, true
	case e.Kind == bots.Added:
		return intent{do: doAdded}, x.group() && x.r.ID == 0 && !x.memo.Greeted
	case x.group() && !e.Addressed:
		return w, false
	case e.Kind == bots.Pressed:
		if isVote(e.Data) {
			w, ok = x.ballot(e.Data)
		} else {
			w, ok = x.t.decode(e.Data, x.in.Settings)
		}
		if !ok {
			w = intent{do: doForged}
		}
		return w, true
	case e.Kind == bots.Sent:
		// A caption can stop, and tell the newsroom something: all else belongs to
		// its picture.
		words := strings.Fields(arabic.FoldCommand(clip(e.Text)))
		if w, ok := x.opposed(words); ok && w.do == doStop {
			return w, true
		}
		if passedOn(e) {
			return intent{do: doForward}, true
		}
		if w, ok := x.captioned(words); ok {
			return w, true
		}
		return intent{do: doMedia, arg: e.Media}, true
	case e.Kind == bots.Wrote:
		return x.understand(e.Text), true
	}
	return w, false
}

func clip(text string) string {
	n := 0
	for i := range text {
		if n++; n > maxRunes {
			return text[:i]
		}
	}
	return text
}

// understand reads a message. Stopping is looked for first, whatever was
// being talked about.
func (x *exchange) understand(text string) intent {
	text = strings.TrimSpace(clip(text))
	words := strings.Fields(arabic.FoldCommand(text))
	reply, n := x.t.lexicon.greeting(x.in.Settings.language(), words)
	w := x.read(text, words, words[n:], n > 0)
	w.greeting = reply
	return w
}

// read reads a message whose greeting, if it has one, is cut off in rest.
func (x *exchange) read(text string, words, rest []string, greeted bool) intent {
	if w, ok := x.slashed(text, words); ok {
		return w
	}
	if w, ok := x.opposed(rest); ok {
		return w
	}
	if len(rest) == 0 && greeted {
		if x.telling() {
			return intent{do: doTip} // a greeting before the claim
		}
		return intent{do: doGreet}
	}
	for _, way := range []func([]string) (intent, bool){x.numbered, x.coded, x.agreed, x.claimed, x.commanded, x.named, x.thankful, x.guessed} {
		if w, ok := way(rest); ok {
			return w
		}
	}
	if greeted {
		return intent{do: doGreet}
	}
	return intent{do: doUnknown}
}

// slashed reads a latin command, /name.
func (x *exchange) slashed(text string, words []string) (intent, bool) {
	name, ok := strings.CutPrefix(text, "/")
	if !ok {
		return intent{}, false
	}
	name, _, _ = strings.Cut(name, " ")
	name, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(name)), "@")
	m, ok := x.t.lexicon.names[name]
	if !ok || len(words) == 0 {
		return intent{}, false
	}
	rest := words[1:]
	if m.do == doStart && x.in.Event.Start != "" {
		rest = []string{}
		if code, ok := strings.CutPrefix(x.in.Event.Start, codeStart); ok && isCode(code) {
			return intent{do: doLink, arg: code}, true
		}
		if slug, ok := x.entry(x.in.Event.Start); ok {
			return intent{do: doSubscribe, sections: []news.Slug{slug}, link: true}, true
		}
	}
	if w, ok := x.opposedBy(m, rest); ok {
		return w, true
	}
	if w, ok := x.accept(m, rest); ok {
		return w, true
	}
	w, _ := x.accept(m, nil)
	return w, true
}

// entry reads the payload of an entry link.
func (x *exchange) entry(payload string) (news.Slug, bool) {
	s, ok := x.in.Settings.Tree.Find(news.Slug(strings.ToLower(payload)))
	return s.Slug, ok
}

// opposed reads stopping and unsubscribing, with or without polite words
// before it.
func (x *exchange) opposed(words []string) (intent, bool) {
	l := x.t.lexicon
	for rest := words; len(rest) > 0; rest = rest[1:] {
		if n := l.stop(rest); n > 0 {
			if m, longer := l.find(rest); longer > n {
				if _, ok := x.accept(m, l.trim(rest[longer:])); ok {
					return intent{}, false
				}
			}
			if w, ok := x.opposedBy(meaning{do: doStop}, l.trim(rest[n:])); ok {
				return w, true
			}
			return intent{do: doStop}, len(rest) <= stopWords
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
	if m.do != doStop {
		return intent{}, false
	}
	if len(rest) == 0 {
		return intent{do: doStop}, true
	}
	if to, n := x.t.lexicon.find(rest); n == len(rest) && to.do == doPrefer && x.linked() {
		return intent{do: doStay, arg: otherOf(to.arg)}, true
	}
	o := x.names().find(rest)
	switch {
	case o.all && len(o.sections) == 0 && !o.alerts:
		return intent{do: doStop}, len(rest) <= nameWords
	case len(o.sections) > 0 && len(o.rest) <= 1:
		return intent{do: doDrop, sections: o.sections, alerts: o.alerts}, true
	case o.alerts && slices.ContainsFunc(o.rest, func(w string) bool { return x.t.lexicon.night[w] }):
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

// numbered reads the number of a choice.
func (x *exchange) numbered(words []string) (intent, bool) {
	if len(words) != 1 || len(words[0]) > 2 {
		return intent{}, false
	}
	n, err := strconv.Atoi(words[0])
	if err != nil {
		return intent{}, false
	}
	if data, ok := x.memo.choice(n, x.in.Now); ok {
		if w, ok := x.t.decode(data, x.in.Settings); ok {
			return w, true
		}
	}
	return intent{do: doNumber}, true
}

// agreed reads a yes or a no.
func (x *exchange) agreed(words []string) (intent, bool) {
	text := strings.Join(words, " ")
	data, open := x.memo.asked(x.in.Now)
	switch {
	case x.t.lexicon.no[text] && open:
		return intent{do: doKeep}, true
	case x.t.lexicon.no[text]:
		return intent{do: doUnknown, arg: off}, true
	case x.t.lexicon.yes[text] && open:
		return x.t.decode(data, x.in.Settings)
	case x.t.lexicon.yes[text]:
		return intent{do: doUnknown, arg: on}, true
	}
	return intent{}, false
}

// commanded reads a command in words, with or without polite ones before it.
func (x *exchange) commanded(words []string) (intent, bool) {
	l := x.t.lexicon
	for rest := words; len(rest) > 0; rest = rest[1:] {
		if m, n := l.find(rest); n > 0 {
			more := l.trim(rest[n:])
			if m.do == doLatest && len(more) == 0 {
				if w, ok := x.named(rest); ok {
					return w, true
				}
			}
			if w, ok := x.accept(m, more); ok {
				return w, true
			}
		}
		if !l.filler[rest[0]] {
			break
		}
	}
	return intent{}, false
}

// named reads the bare name of a section: its latest news.
func (x *exchange) named(words []string) (intent, bool) {
	o := x.names().find(words)
	if len(o.sections) == 0 || len(o.rest) > 0 || o.alerts || o.all {
		return intent{}, false
	}
	return intent{do: doLatest, sections: o.sections}, true
}

func (x *exchange) thankful(words []string) (intent, bool) {
	for n := len(words); n > 0; n-- {
		if x.t.lexicon.thanks[strings.Join(words[:n], " ")] {
			return intent{do: doThanks}, true
		}
	}
	return intent{}, false
}
