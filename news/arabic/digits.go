package arabic

import (
	"strconv"
	"strings"
)

// Western returns s with Arabic-Indic and Persian digits written as 0 to 9 and
// the keycap emoji (the digit ones and the ten) as plain digits. Everything
// else stays as it is.
func Western(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		r := western(runes[i])
		if r == keycapTen {
			b.WriteString("10")
			continue
		}
		b.WriteRune(r)
		if isDigit(r) {
			i += keycap(runes[i+1:])
		}
	}
	return b.String()
}

// Number returns n in decimal with a comma between groups of three digits.
// A negative number keeps its sign in front; inside an Arabic line it needs
// [Ltr] to be read so.
func Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

const (
	keycapTen       = '\U0001f51f'
	keycapEnclosing = '\u20e3'
	emojiSelector   = '\ufe0f'
)

// keycap returns how many runes at the start of rest make the digit before
// them a keycap.
func keycap(rest []rune) int {
	if len(rest) > 0 && rest[0] == keycapEnclosing {
		return 1
	}
	if len(rest) > 1 && rest[0] == emojiSelector && rest[1] == keycapEnclosing {
		return 2
	}
	return 0
}

func western(r rune) rune {
	switch {
	case r >= '\u0660' && r <= '\u0669':
		return r - '\u0660' + '0'
	case r >= '\u06f0' && r <= '\u06f9':
		return r - '\u06f0' + '0'
	}
	return r
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
