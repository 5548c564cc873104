package talk

import (
	"slices"
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
	except, only, sent, span, several, how, enough                  set
}

// meaning is what a phrase asks for.
type meaning struct {
	do    verb
	arg   string
	loose bool
	open  bool // means something only with words behind it
}

// set holds words, and phrases joined by single spaces.
type set map[string]bool

// begins returns how many of the first words are a phrase of the set.
func (s set) begins(words []string) int {
	for n := min(mostWords, len(words)); n > 0; n-- {
		if s[joined(words[:n])] {
			return n
		}
	}
	return 0
}

const mostWords = 4 // of a phrase of a set

func joined(words []string) string { return strings.Join(words, " ") }

func newLexicon(table []command) *lexicon {
	l := &lexicon{
		names: map[string]meaning{}, phrases: map[string]meaning{}, stops: map[string]bool{},
		greetings: map[Language]map[string]string{},
		yes:       set{}, no: set{}, on: set{}, off: set{}, day: set{}, week: set{}, all: set{},
		night: set{}, thanks: set{}, filler: set{}, joiner: set{},
		except: set{}, only: set{}, sent: set{}, span: set{}, several: set{}, how: set{}, enough: set{},
	}
	for _, language := range []Language{Arabic, English} {
		p := phrasesOf(language)
		l.learn(table, &p.Words)
		l.greetings[language] = map[string]string{}
		for _, g := range p.Greetings {
			for _, w := range spelt(g.Words) {
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
		for _, word := range spelt(append([]string{wording.Word}, wording.Words...)) {
			word, m.open = strings.CutSuffix(word, onward)
			l.phrase(l.key(word), m)
		}
	}
	for _, small := range []struct {
		into  set
		words []string
	}{
		{l.yes, w.Yes}, {l.no, w.No}, {l.on, w.On}, {l.off, w.Off}, {l.day, w.Day}, {l.week, w.Week}, {l.all, w.All},
		{l.night, w.Night}, {l.thanks, w.Thanks}, {l.filler, w.Filler}, {l.joiner, w.Joiner},
		{l.except, w.Except}, {l.only, w.Only}, {l.sent, w.Sent}, {l.span, w.Span}, {l.several, w.Several}, {l.how, w.How}, {l.enough, w.Enough},
	} {
		for _, word := range spelt(small.words) {
			small.into[l.key(word)] = true
		}
	}
}

// In the tables a word of a phrase may be one of several, with orOne between
// them, and a phrase that ends in onward says something only of what stands
// behind it.
const (
	orOne  = "|"
	onward = " …"
)

// spelt writes out the phrases of a table.
func spelt(table []string) []string {
	var out []string
	for _, phrase := range table {
		ways := []string{""}
		for word := range strings.FieldsSeq(phrase) {
			var longer []string
			for _, way := range ways {
				for one := range strings.SplitSeq(word, orOne) {
					longer = append(longer, strings.TrimSpace(way+" "+one))
				}
			}
			ways = longer
		}
		out = append(out, ways...)
	}
	return out
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
		if m, ok := l.phrases[joined(words[:n])]; ok {
			return m, n
		}
	}
	return meaning{}, 0
}

// stop returns how many of the first words are a phrase for stopping.
func (l *lexicon) stop(words []string) int {
	for n := min(l.longest, len(words)); n > 0; n-- {
		if l.stops[joined(words[:n])] {
			return n
		}
	}
	return 0
}

// nearStop reports whether the whole of words is a slip of the finger away
// from a phrase for stopping.
func (l *lexicon) nearStop(words []string) bool {
	text := joined(words)
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
		if reply, ok := l.greetings[language][joined(words[:n])]; ok {
			return reply, n
		}
	}
	return "", 0
}

// excepting returns where an exception begins, and how many words say so.
func (l *lexicon) excepting(words []string) (at, n int) {
	for i := range words {
		if n := l.except.begins(words[i:]); n > 0 {
			return i, n
		}
	}
	return 0, 0
}

// small reports whether a word says nothing by itself, beside one for stopping:
// it is polite, or names what is sent.
func (l *lexicon) small(word string) bool {
	return l.filler[word] || l.joiner[word] || l.all[word] || l.sent[word]
}

// plain reports whether words say nothing by themselves.
func (l *lexicon) plain(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !l.small(w) })
}

// lead cuts polite words off the beginning.
func (l *lexicon) lead(words []string) []string {
	for len(words) > 0 && l.filler[words[0]] {
		words = words[1:]
	}
	return words
}

// trim cuts polite words off the end.
func (l *lexicon) trim(words []string) []string {
	for len(words) > 0 && l.filler[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}
