package arabic

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// The two marks the program writes. Embeddings and overrides are removed by
// the Bot API server, and isolates show as boxes in old fonts.
const (
	rlm  = "\u200f"
	lrm  = "\u200e"
	zwnj = "\u200c"
)

// Clean returns source text without the invisible characters that turn or
// confuse a line: all direction marks, embeddings, overrides and isolates, the
// zero-width space, the word joiner and the byte order mark. The line and
// paragraph separators become line feeds, and bytes that are not UTF-8 U+FFFD.
//
// The zero-width joiner and non-joiner stay: family and flag emoji are held
// together by the first, Persian words are spelt with the second, and neither
// has a direction.
func Clean(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\u061c', r == '\u200b', r == '\u2060', r == '\ufeff',
			r == '\u200e', r == '\u200f',
			r >= '\u202a' && r <= '\u202e',
			r >= '\u2066' && r <= '\u206f':
			return -1
		}
		return r
	}, s)
}

// Mark returns our text with one U+200F before each line that would otherwise
// be laid out left to right: those whose first strong character is not
// Arabic, and those without any. Blank lines stay as they are. Since desktop
// clients decide by line and web clients by the whole message, marking every
// line serves both.
//
// It takes plain text: the name of an HTML tag is a strong Latin character.
// Mark(Mark(s)) == Mark(s), and a mark is never written beside another, which
// the Bot API server would turn into something else.
func Mark(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(rlm))
	for line := range strings.SplitAfterSeq(text, "\n") {
		if NeedsMark(line) {
			b.WriteString(rlm)
			if strings.HasPrefix(line, lrm) {
				b.WriteString(zwnj)
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// NeedsMark reports whether a line of our text must be marked to be laid out
// right to left. A blank line needs nothing.
func NeedsMark(line string) bool {
	if strings.TrimSpace(line) == "" {
		return false
	}
	for _, r := range line {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL:
			return false
		case bidi.L:
			return true
		}
	}
	return true
}

// Ltr returns run with one U+200E before it. Telephone numbers, ISO dates and
// negative numbers need it inside an Arabic line of ours; without it their
// parts change places. Article text is left alone.
func Ltr(run string) string {
	if run == "" || strings.HasPrefix(run, lrm) {
		return run
	}
	return lrm + run
}
