package arabic

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form in which texts are compared: compatibility
// characters composed (NFKC), vowel marks, tatweel, direction and zero-width
// characters dropped, the spellings of alef, ya, ta marbuta, hamza on a carrier
// and the Persian and Urdu letters each brought to one letter, digits European,
// Latin letters lower, everything that is neither letter nor digit a single
// space, none at the ends.
//
// A hamza on the line stays. The fold loses distinctions on purpose (the
// preposition and the name spelt alike become one), so the result is never shown.
// Fold(Fold(s)) == Fold(s).
func Fold(s string) string { return settle(s, foldOnce) }

// FoldCommand returns what a reader typed in the form the command words are
// kept in: [Fold], with keycap digits made plain, a leading slash dropped and
// a letter repeated three times or more written once. A message of nothing but
// question marks comes back as "?", the short way to ask for help.
// FoldCommand(FoldCommand(s)) == FoldCommand(s).
func FoldCommand(s string) string { return settle(s, foldCommandOnce) }

// settle applies f until it changes nothing. Dropping a character can bring two
// neighbours together that then compose, so one pass is not always enough;
// each pass that changes anything shortens or simplifies the text, and in
// practice the second or third is the last.
func settle(s string, f func(string) string) string {
	const passes = 8
	for range passes {
		t := f(s)
		if t == s {
			break
		}
		s = t
	}
	return s
}

func foldOnce(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKC.String(s) {
		if dropped(r) {
			continue
		}
		r = western(baseLetter(r))
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func foldCommandOnce(s string) string {
	s = norm.NFKC.String(Western(Clean(s)))
	s = strings.TrimSpace(s)
	s = strings.TrimSpace(strings.TrimPrefix(s, "/"))
	if asks(s) {
		return "?"
	}
	return unstretch(Fold(s))
}

// asks reports whether s is question marks, Latin or Arabic, and nothing else.
func asks(s string) bool {
	return s != "" && strings.Trim(s, "?\u061f \ufe0f") == "" && strings.ContainsAny(s, "?\u061f")
}

// unstretch writes a letter that was repeated three times or more once. Doubled
// letters are spelling and stay; digits are numbers and stay.
func unstretch(s string) string {
	runes := []rune(s)
	out := runes[:0:0]
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		if j-i >= 3 && unicode.IsLetter(runes[i]) {
			out = append(out, runes[i])
		} else {
			out = append(out, runes[i:j]...)
		}
		i = j
	}
	return string(out)
}

// dropped reports whether r carries no meaning for comparison: combining marks
// of every script that did not compose, the enclosing keycap, tatweel, and all
// format characters (direction, joiners, byte order mark, soft hyphen).
func dropped(r rune) bool {
	return r == tatweel || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

const tatweel = '\u0640'

// baseLetter maps the variants of an Arabic letter to the one that stands for
// all of them.
func baseLetter(r rune) rune {
	switch r {
	case '\u0622', '\u0623', '\u0625', '\u0671', '\u0672', '\u0673': // alef with madda, hamza, wasla
		return '\u0627'
	case '\u0649', '\u0626', '\u06cc', '\u06cd', '\u06d0', '\u06d2', '\u06d3': // alef maksura, ya with hamza, Farsi and Urdu ya
		return '\u064a'
	case '\u0629', '\u06be', '\u06c0', '\u06c1', '\u06c2', '\u06c3', '\u06d5': // ta marbuta, Urdu and Kurdish ha
		return '\u0647'
	case '\u0624', '\u06c6', '\u06c7', '\u06cb': // waw with hamza, Kurdish and Uyghur waw
		return '\u0648'
	case '\u06a9', '\u06aa', '\u06af': // keheh, swash kaf, gaf
		return '\u0643'
	case '\u067e': // peh
		return '\u0628'
	case '\u0686': // tcheh
		return '\u062c'
	case '\u0698': // jeh
		return '\u0632'
	case '\u06a4': // veh
		return '\u0641'
	case '\u0679': // tteh
		return '\u062a'
	case '\u0688': // ddal
		return '\u062f'
	case '\u0691': // rreh
		return '\u0631'
	case '\u06ba': // noon ghunna
		return '\u0646'
	}
	return r
}
