package desk

import (
	"strings"

	"github.com/nashra-bot/nashra/news/arabic"
)

// spelled writes an English time as it is read: "7:30pm", "9 a.m." and "19th"
// with their parts apart. Everything else stays.
func spelled(text string) string {
	words := strings.Fields(arabic.Western(arabic.Clean(text)))
	for i, w := range words {
		w = strings.ToLower(strings.Trim(w, ",."))
		w = strings.NewReplacer("a.m", "am", "p.m", "pm").Replace(w)
		n := strings.IndexFunc(w, func(r rune) bool { return (r < '0' || r > '9') && r != ':' })
		switch {
		case w == "am" || w == "pm":
			words[i] = w
		case n <= 0:
		case w[n:] == "am" || w[n:] == "pm":
			words[i] = w[:n] + " " + w[n:]
		case w[n:] == "st" || w[n:] == "nd" || w[n:] == "rd" || w[n:] == "th":
			words[i] = w[:n]
		}
	}
	return strings.Join(words, " ")
}

// dated calls what an English date names as dates are read.
func dated(text string) string {
	known := englishDates()
	words := strings.Fields(text)
	for i, w := range words {
		if name, ok := known[arabic.Fold(w)]; ok {
			words[i] = name
		}
	}
	return strings.Join(words, " ")
}

// partOf takes the part of the day off words that follow an hour: "pm", "in the
// evening".
func partOf(words []string) (part dayPart, rest []string, ok bool) {
	t := timeWords()
	n := 0
	for n < min(2, len(words)) && t.within[words[n]] {
		n++
	}
	if n < len(words) {
		if part, ok = t.parts[words[n]]; ok {
			return part, words[n+1:], true
		}
	}
	return partNone, words, false
}
