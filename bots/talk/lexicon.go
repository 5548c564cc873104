package talk

import (
	"strings"

	"github.com/nashra-bot/nashra/news/arabic"
)

// lexicon knows the words of all languages, folded.
type lexicon struct {
	names     map[string]meaning // latin names of commands
	phrases   map[string]meaning // words joined by single spaces
	words     []string           // the keys of phrases, for guessing
	stops     map[string]bool
	longest   int // words in the longest phrase
	greetings map[Language]map[string]string

	yes, no, on, off, day, week, all, night, thanks, filler, joiner set
}

// meaning is what a phrase asks for.
type meaning struct {
	do    verb
	arg   string
	loose bool
}

type set map[string]bool

func newLexicon(table []command) *lexicon {
	l := &lexicon{
		names: map[string]meaning{}, phrases: map[string]meaning{}, stops: map[string]bool{},
		greetings: map[Language]map[string]string{},
		yes:       set{}, no: set{}, on: set{}, off: set{}, day: set{}, week: set{}, all: set{},
		night: set{}, thanks: set{}, filler: set{}, joiner: set{},
	}
	for _, language := range []Language{Arabic, English} {
		p := phrasesOf(language)
		l.learn(table, &p.Words)
		l.greetings[language] = map[string]string{}
		for _, g := range p.Greetings {
			for _, w := range g.Words {
				l.greetings[language][l.key(w)] = g.Reply
			}
		}
	}
	return l
}

func (l *lexicon) learn(table []command, w *Words) {
	for _, c := range table {
		m := meaning{do: c.verb, arg: c.arg, loose: c.manner&loose != 0}
		for _, name := range c.names {
			if name != "" {
				l.names[name] = m
			}
		}
		if c.wording == nil {
			continue
		}
		wording := c.wording(w)
		for _, word := range append([]string{wording.Word}, wording.Words...) {
			l.phrase(l.key(word), m)
		}
	}
	for _, small := range []struct {
		into  set
		words []string
	}{
		{l.yes, w.Yes}, {l.no, w.No}, {l.on, w.On}, {l.off, w.Off}, {l.day, w.Day}, {l.week, w.Week}, {l.all, w.All},
		{l.night, w.Night}, {l.thanks, w.Thanks}, {l.filler, w.Filler}, {l.joiner, w.Joiner},
	} {
		for _, word := range small.words {
			small.into[l.key(word)] = true
		}
	}
}

// phrase keeps a phrase. Stopping wins over every other meaning of the same
// words; otherwise the first meaning stays.
func (l *lexicon) phrase(key string, m meaning) {
	if m.do == doStop {
		l.stops[key] = true
	}
	old, known := l.phrases[key]
	if known && (old.do == doStop || m.do != doStop) {
		return
	}
	if !known {
		l.words = append(l.words, key)
	}
	l.phrases[key] = m
	l.longest = max(l.longest, strings.Count(key, " ")+1)
}

// key folds a phrase as messages are folded, and counts its words.
func (l *lexicon) key(phrase string) string {
	key := arabic.FoldCommand(phrase)
	l.longest = max(l.longest, strings.Count(key, " ")+1)
	return key
}

// find returns the longest phrase that words begin with.
func (l *lexicon) find(words []string) (m meaning, n int) {
	for n := min(l.longest, len(words)); n > 0; n-- {
		if m, ok := l.phrases[strings.Join(words[:n], " ")]; ok {
			return m, n
		}
	}
	return meaning{}, 0
}

// stop returns how many of the first words are a phrase for stopping.
func (l *lexicon) stop(words []string) int {
	for n := min(l.longest, len(words)); n > 0; n-- {
		if l.stops[strings.Join(words[:n], " ")] {
			return n
		}
	}
	return 0
}

// nearStop reports whether the whole of words is a slip of the finger away
// from a phrase for stopping.
func (l *lexicon) nearStop(words []string) bool {
	text := strings.Join(words, " ")
	for stop := range l.stops {
		if arabic.Near(text, stop) {
			return true
		}
	}
	return false
}

// greeting returns the reply to the longest greeting that words begin with.
func (l *lexicon) greeting(language Language, words []string) (reply string, n int) {
	for n := min(l.longest, len(words)); n > 0; n-- {
		if reply, ok := l.greetings[language][strings.Join(words[:n], " ")]; ok {
			return reply, n
		}
	}
	return "", 0
}

// trim cuts polite words off the end.
func (l *lexicon) trim(words []string) []string {
	for len(words) > 0 && l.filler[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}
