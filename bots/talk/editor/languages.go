package editor

import (
	"maps"
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// phrasesOf returns what is said in a language; unknown ones get Arabic.
func phrasesOf(l desk.Language) (*phrases, rhythmPhrases) {
	if l == desk.English {
		return englishPhrases(), englishRhythm()
	}
	return arabicPhrases(), arabicRhythm()
}

// understood are the words of all languages: whoever writes in another one than
// the newsroom's is understood, too.
func understood() *vocabulary {
	v := newVocabulary(arabicWords(), rhythmWords(), englishWords(), englishRhythmWords())
	v.roles, v.own, v.calendar = arabicRoles(), englishOwn(), arabicCalendar().with(englishCalendar())
	maps.Copy(v.roles, englishRoles())
	v.urgent, v.send, v.yes = arabicUrgent(), both(arabicSend(), englishSend()), both(arabicYes(), englishYes())
	v.list = arabicLists().with(englishLists())
	return v
}

// with is the words of two languages together.
func (w listWords) with(o listWords) listWords {
	return listWords{
		add: both(w.add, o.add), remove: both(w.remove, o.remove), change: both(w.change, o.change), in: both(w.in, o.in), every: both(w.every, o.every),
	}
}

func both(a, b map[string]bool) map[string]bool {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// with is the words of two languages together.
func (w calendarWords) with(o calendarWords) calendarWords {
	return calendarWords{
		remove: both(w.remove, o.remove), from: both(w.from, o.from), to: both(w.to, o.to), on: both(w.on, o.on),
		off: both(w.off, o.off), digest: both(w.digest, o.digest), noise: both(w.noise, o.noise), calendar: both(w.calendar, o.calendar),
	}
}

func setOf(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[w] = true
	}
	return set
}

// message is lines, each with its direction where they are Arabic.
func (d *Door) message(lines ...string) news.Message {
	text := news.T(strings.Join(lines, "\n"))
	if d.said.Language != desk.English {
		text = text.Prefix("\u200f", arabic.NeedsMark)
	}
	return news.Say(text)
}
