package arabic

import (
	"strconv"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

type tokenKind int

const (
	tokenNone tokenKind = iota
	tokenNumber
	tokenWord
	tokenSeparator // one of : / - . between two digits
	tokenOffset    // a zone as +hhmm or +hh:mm
)

// dateToken is one piece of a written date.
type dateToken struct {
	kind   tokenKind
	text   string // of a word, folded
	n      int    // the number, the separator's rune, the offset in seconds
	digits int    // how many digits the number has
	glued  bool   // nothing stands between this and the token before
}

// dateTokens cuts s into tokens. It reports false for text that is too long or
// holds characters that no date holds.
func dateTokens(s string) ([]dateToken, bool) {
	const longest = 200 // bytes
	if len(s) > longest {
		return nil, false
	}
	runes := []rune(norm.NFKC.String(Western(Clean(s))))
	var tokens []dateToken
	glued, clock := false, false
	for i := 0; i < len(runes); {
		t, width := nextDateToken(runes, i, clock)
		if width == 0 {
			return nil, false
		}
		i += width
		if t.kind == tokenNone {
			glued = false
			continue
		}
		t.glued, glued = glued, true
		clock = clock || t.kind == tokenSeparator && t.n == ':'
		tokens = append(tokens, t)
	}
	return tokens, true
}

// nextDateToken reads the token at i and returns how many runes it takes; none
// at all when the rune has no place in a date. An offset is looked for behind
// a clock only.
func nextDateToken(runes []rune, i int, clock bool) (dateToken, int) {
	r := runes[i]
	switch {
	case isDigit(r):
		return numberToken(runes[i:])
	case isWord(r):
		n := 1
		for i+n < len(runes) && isWord(runes[i+n]) {
			n++
		}
		text := Fold(string(runes[i : i+n]))
		if text == "" {
			return dateToken{}, n
		}
		return dateToken{kind: tokenWord, text: text}, n
	case clock && (r == '+' || r == '-'):
		if t, n := offsetToken(runes[i:]); n > 0 {
			return t, n
		}
	}
	if r == ':' || r == '/' || r == '-' || r == '.' {
		if i > 0 && i+1 < len(runes) && isDigit(runes[i-1]) && isDigit(runes[i+1]) {
			return dateToken{kind: tokenSeparator, n: int(r)}, 1
		}
	}
	if unicode.IsSpace(r) || unicode.IsPunct(r) || r == '|' {
		return dateToken{}, 1
	}
	return dateToken{}, 0
}

func numberToken(runes []rune) (dateToken, int) {
	n := 0
	for n < len(runes) && isDigit(runes[n]) {
		n++
	}
	value, err := strconv.Atoi(string(runes[:n]))
	if err != nil {
		return dateToken{}, 0
	}
	return dateToken{kind: tokenNumber, n: value, digits: n}, n
}

// offsetToken reads +hhmm or +hh:mm at the start of runes.
func offsetToken(runes []rune) (dateToken, int) {
	digits := make([]int, 0, 4)
	n := 1
	for n < len(runes) && len(digits) < 4 {
		switch {
		case isDigit(runes[n]):
			digits = append(digits, int(runes[n]-'0'))
		case runes[n] != ':' || len(digits) != 2:
			return dateToken{}, 0
		}
		n++
	}
	if len(digits) < 4 || n < len(runes) && (isDigit(runes[n]) || runes[n] == '-') {
		return dateToken{}, 0
	}
	hours, minutes := digits[0]*10+digits[1], digits[2]*10+digits[3]
	if hours > 14 || minutes > 59 {
		return dateToken{}, 0
	}
	offset := hours*3600 + minutes*60
	if runes[0] == '-' {
		offset = -offset
	}
	return dateToken{kind: tokenOffset, n: offset}, n
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || r == tatweel
}
