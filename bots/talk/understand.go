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
	for _, way := range []func([]string) (intent, bool){
		x.enough, x.numbered, x.coded, x.agreed, x.asksHow, x.claimed, x.alone, x.commanded, x.named, x.thankful, x.guessed,
	} {
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
	text := joined(words)
	data, open := x.memo.asked(x.in.Now)
	switch {
	case x.t.lexicon.no[text] && open:
		return intent{do: doKeep}, true
	case x.t.lexicon.no[text]:
		return intent{do: doUnknown, arg: off}, true
	case x.t.lexicon.yes[text] && open:
		return x.t.decode(data, x.in.Settings)
	case x.t.lexicon.yes[text] && x.memo.offered(x.in.Now) > 0 && slices.Contains(x.memo.Menu, encode(doDone)):
		return intent{do: doDone}, true // of a list that is open
	case x.t.lexicon.yes[text]:
		return intent{do: doUnknown, arg: on}, true
	}
	return intent{}, false
}

// commanded reads a command in words, with or without polite ones before it.
func (x *exchange) commanded(words []string) (intent, bool) {
	l := x.t.lexicon
	for rest := words; len(rest) > 0; rest = rest[1:] {
		if w, ok := x.begun(rest); ok {
			return w, true
		}
		if !l.filler[rest[0]] {
			break
		}
	}
	return intent{}, false
}

// begun reads a message that begins with a command: the longest, unless a
// shorter one leaves the name of a section behind it. A section whose name
// begins like a command is itself.
func (x *exchange) begun(words []string) (intent, bool) {
	l := x.t.lexicon
	_, longest := l.find(words)
	_, section := x.names().at(words)
	var noName intent
	for n := longest; n > 0; _, n = l.find(words[:n-1]) {
		m, more := l.phrases[joined(words[:n])], l.trim(words[n:])
		if section > n || m.do == doLatest && len(more) == 0 {
			if w, ok := x.named(words); ok {
				return w, true
			}
		}
		if m.open && len(more) == 0 {
			continue
		}
		w, ok := x.accept(m, more)
		switch {
		case ok && w.do != doNoName:
			return w, true
		case ok && noName.do == "":
			noName = w
		}
	}
	return noName, noName.do != ""
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
	if len(words) > 1 && x.t.lexicon.yes[words[0]] {
		words = words[1:]
	}
	words = x.t.lexicon.lead(words)
	for n := len(words); n > 0; n-- {
		if x.t.lexicon.thanks[joined(words[:n])] {
			return intent{do: doThanks}, true
		}
	}
	return intent{}, false
}
