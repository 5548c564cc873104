package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lead returns the opening of a body of source text for use as a summary, at
// most max units long: its first sentence without the dateline, with the second
// if both fit, clipped if the first does not. White space is made single.
func Lead(text string, max int) string {
	first, rest := sentence(Dateline(text))
	if Units(first) > max {
		return Clip(first, max)
	}
	second, _ := sentence(rest)
	if both := first + " " + second; second != "" && Units(both) <= max {
		return both
	}
	return first
}

// Dateline returns text without the dateline of a news agency at its start,
// which names a place, perhaps a date, and the agency in brackets or between
// slashes or dashes. Text without one, or with nothing else, comes back as it is.
func Dateline(text string) (rest string) {
	start := strings.TrimSpace(text)
	head, _, _ := strings.Cut(start, "\n")
	for _, find := range []func(string) int{bracketDateline, slashDateline, dashDateline} {
		n := find(head)
		if n == 0 {
			continue
		}
		if rest := strings.TrimLeft(start[n:], datelineEnds+" \t\r\n\u00a0"); rest != "" {
			return rest
		}
	}
	return text
}

const (
	dashes = "-\u2013\u2014\u0640"
	// datelineEnds may follow an agency's name.
	datelineEnds = dashes + ":"
	// datelineReach is how far from the start, in runes, an agency is looked for.
	datelineReach = 60
)

// bracketDateline returns the length of a dateline that ends in an agency in
// brackets and a dash, 0 if there is none.
func bracketDateline(head string) int {
	open := strings.IndexByte(head, '(')
	if open < 0 || Runes(head[:open]) > datelineReach {
		return 0
	}
	length := strings.IndexByte(head[open:], ')')
	if length < 0 || !agencies[Fold(head[open:open+length])] {
		return 0
	}
	end := open + length + 1
	if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(head[end:], " \u00a0")); !strings.ContainsRune(datelineEnds, r) {
		return 0
	}
	return end
}

// slashDateline returns the length of a dateline that ends in an agency between
// slashes, 0 if there is none.
func slashDateline(head string) int {
	open := strings.IndexByte(head, '/')
	for open >= 0 && Runes(head[:open]) <= datelineReach {
		length := strings.IndexByte(head[open+1:], '/')
		if length < 0 {
			return 0
		}
		if agencies[Fold(head[open+1:open+1+length])] {
			return open + length + 2
		}
		open += length + 1
	}
	return 0
}

// dashDateline returns the length of a dateline in which a dash or a colon, or
// the end of the line, follows the agency, with or without a place and a dash
// before it; 0 if there is none.
func dashDateline(head string) int {
	const places = 2 // parts before the agency
	from := 0
	for range places + 1 {
		length := strings.IndexAny(head[from:], datelineEnds+"/\u060c,")
		end := from + length
		if length < 0 {
			end = len(head)
		}
		if Runes(head[:end]) > datelineReach {
			return 0
		}
		if agencies[Fold(head[from:end])] {
			return closedBy(head, end)
		}
		if length < 0 {
			return 0
		}
		_, size := utf8.DecodeRuneInString(head[end:])
		from = end + size
	}
	return 0
}

// closedBy returns end if what stands there closes a dateline, 0 if not.
func closedBy(head string, end int) int {
	r, _ := utf8.DecodeRuneInString(head[end:])
	if end == len(head) || strings.ContainsRune(datelineEnds, r) {
		return end
	}
	return 0
}

// sentence cuts the first sentence off s and returns it with its spaces made
// single, and what follows. Leading blank lines are skipped.
func sentence(s string) (first, rest string) {
	s = strings.TrimSpace(s)
	looked := 0 // bytes known to hold no end
	for i, r := range s {
		if i < looked || r != '\n' && !strings.ContainsRune(sentenceEnds, r) {
			continue
		}
		after := i + 1
		if r != '\n' {
			after = len(s) - len(strings.TrimLeft(s[i:], sentenceEnds+closers))
			if !endsAt(s, i, after) {
				looked = after
				continue
			}
		}
		return strings.Join(strings.Fields(s[:after]), " "), s[after:]
	}
	return strings.Join(strings.Fields(s), " "), ""
}

// endsAt reports whether the punctuation of s from i up to after ends a
// sentence.
func endsAt(s string, i, after int) bool {
	next, _ := utf8.DecodeRuneInString(s[after:])
	if after < len(s) && !unicode.IsSpace(next) {
		return false
	}
	return s[i] != '.' || !abbreviated(s[:i], s[after:])
}

const (
	sentenceEnds = ".!?\u061f\u2026"
	// closers may stand between the end of a sentence and the space behind it.
	closers = "\"'\u00bb\u201d\u2019)]"
)

// abbreviated reports whether a full stop between before and after belongs to
// what precedes it: an initial or a title of one letter, letters with stops
// between them, a known abbreviation, or a number that could be that of a list
// or go on behind the stop. A year can end a sentence.
func abbreviated(before, after string) bool {
	word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	word = strings.TrimLeft(word, "(«\"[")
	if abbreviations[word] {
		return true
	}
	if number := Western(word); number != "" && strings.Trim(number, "0123456789.,") == "" {
		next, _ := utf8.DecodeRuneInString(strings.TrimSpace(after))
		return len(number) < 3 || isDigit(western(next))
	}
	for part := range strings.SplitSeq(word, ".") {
		if part = Fold(part); Runes(part) > 1 {
			return false
		}
	}
	return true
}

func connective(word string) bool {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == tatweel {
			return -1
		}
		return r
	}, word)
	return connectives[bare]
}
