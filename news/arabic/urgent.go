package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// UrgentPrefix returns a title without the label that calls it breaking news,
// and whether it had one. The label is the word for urgent, alone or after the
// word for news, at the very start, perhaps behind emoji, a hash or an opening
// bracket, and cut off from what follows by a colon, a bar, a dash, a slash, an
// exclamation mark, two stops or the end of the title. The same word in a
// sentence ("an urgent meeting") or hung on behind is no label.
//
// A title that is only the label gives an empty rest. Without a label rest is the title.
func UrgentPrefix(title string) (rest string, ok bool) {
	rest, ok = cutUrgent(Clean(title))
	if !ok {
		return title, false
	}
	for {
		next, again := cutUrgent(rest)
		if !again {
			return rest, true
		}
		rest = next
	}
}

const (
	// urgentOpeners may stand before the label: brackets, the hash, and the red and warning emoji.
	urgentOpeners = "#[(\u00ab\u203c\u2757\u2755\u26a0\u26a1\U0001f534\U0001f6a8\U0001f6d1\U0001f7e5\U0001f4e2\ufe0f"
	urgentClosers = "])\u00bb"
	urgentMarks   = ":|/!\u2026" + dashes
)

// cutUrgent cuts one label off a clean title.
func cutUrgent(title string) (string, bool) {
	s := strings.TrimLeftFunc(title, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(urgentOpeners, r)
	})
	for _, label := range urgentWords {
		after, ok := cutWord(s, label)
		if !ok {
			continue
		}
		if r, size := utf8.DecodeRuneInString(after); size > 0 && strings.ContainsRune(urgentClosers, r) {
			after = after[size:]
		}
		after = strings.TrimLeftFunc(after, unicode.IsSpace)
		if separated(after) {
			return strings.TrimSpace(strings.TrimLeftFunc(after, func(r rune) bool {
				return unicode.IsSpace(r) || r == '.' || strings.ContainsRune(urgentMarks, r)
			})), true
		}
	}
	return "", false
}

// cutWord cuts word off the start of s, ignoring vowel marks and the tatweel
// that stretches a word from within.
func cutWord(s, word string) (rest string, ok bool) {
	for _, want := range word {
		for {
			r, size := utf8.DecodeRuneInString(s)
			if size == 0 {
				return "", false
			}
			s = s[size:]
			if want == ' ' && unicode.IsSpace(r) {
				s = strings.TrimLeftFunc(s, unicode.IsSpace)
				break
			}
			if r == want {
				break
			}
			if r != tatweel && !unicode.Is(unicode.Mn, r) {
				return "", false
			}
		}
	}
	return strings.TrimLeftFunc(s, func(r rune) bool { return unicode.Is(unicode.Mn, r) && r != emojiSelector }), true
}

// separated reports whether s begins with what divides a label from its text.
func separated(s string) bool {
	if s == "" || strings.HasPrefix(s, "..") {
		return true
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == tatweel { // used as a dash; inside a word it only stretches
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[size:], string(tatweel)))
		return !unicode.IsLetter(next)
	}
	return strings.ContainsRune(urgentMarks, r)
}
