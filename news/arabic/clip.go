package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const (
	ellipsis      = "…"
	ellipsisUnits = 1
)

// Units returns the length of s in UTF-16 code units, as the Bot API counts.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

// Runes returns the length of s in code points.
func Runes(s string) int { return utf8.RuneCountInString(s) }

// Clip returns s if it is at most max units long, and otherwise as many of its
// words as fit with an ellipsis behind them: cut at a space where one is near,
// else at a word's boundary, else between graphemes, and never inside one, so
// that no vowel mark or emoji is torn. Punctuation and connectives left hanging
// at the cut are dropped.
//
// The result is never longer than max units, and without its ellipsis it is the
// beginning of s. It takes plain text, before escaping.
func Clip(s string, max int) string {
	if Units(s) <= max {
		return s
	}
	if max < ellipsisUnits {
		return ""
	}
	c := newCutter(s, max-ellipsisUnits)
	cut := c.cut()
	if trimmed := c.trim(cut); trimmed > 0 {
		cut = trimmed
	}
	return s[:c.end(cut)] + ellipsis
}

// ClipLines returns s if it is at most max units long, and otherwise as many of
// its whole lines as fit, with an ellipsis on a line of its own; the ellipsis
// alone where not even the first line fits. A line is never cut, which makes it
// the clip for poems.
func ClipLines(s string, max int) string {
	if Units(s) <= max {
		return s
	}
	if max < ellipsisUnits {
		return ""
	}
	end, used, at := 0, 0, 0
	for line := range strings.SplitAfterSeq(s, "\n") {
		used += Units(line)
		if !strings.HasSuffix(line, "\n") || used+ellipsisUnits > max {
			break
		}
		at += len(line)
		end = at
	}
	kept := strings.TrimRight(s[:end], "\r\n")
	if strings.TrimSpace(kept) == "" {
		return ellipsis
	}
	return kept + "\n" + ellipsis
}

// cutter holds the graphemes of a text that fit a budget. Places are counted in
// graphemes: place n is behind the first n of them.
type cutter struct {
	text  string
	ends  []int  // byte offset behind each grapheme
	space []bool // whether each grapheme is white space
	word  int    // the last place that is a word boundary
	gap   int    // the last place with white space behind it
}

func newCutter(s string, budget int) *cutter {
	c := &cutter{text: s}
	rest, state, used, at := s, -1, 0, 0
	for rest != "" {
		var cluster string
		var boundaries int
		cluster, rest, boundaries, state = uniseg.StepString(rest, state)
		blank := strings.TrimSpace(cluster) == ""
		if blank {
			c.gap = len(c.ends)
		}
		used += Units(cluster)
		if used > budget {
			break
		}
		at += len(cluster)
		c.ends = append(c.ends, at)
		c.space = append(c.space, blank)
		if boundaries&uniseg.MaskWord != 0 {
			c.word = len(c.ends)
		}
	}
	return c
}

// cut returns the best place for the cut: a space if it keeps more than half,
// so that addresses and dates stay whole, else a word boundary, else the last grapheme.
func (c *cutter) cut() int {
	switch {
	case c.gap > len(c.ends)/2:
		return c.gap
	case c.word > 0:
		return c.word
	}
	return len(c.ends)
}

// trim moves a place back over white space, hanging punctuation and connectives.
func (c *cutter) trim(place int) int {
	for {
		for place > 0 && c.hanging(place-1) {
			place--
		}
		start := place
		for start > 0 && !c.space[start-1] {
			start--
		}
		if start == place || !connective(c.text[c.end(start):c.end(place)]) {
			return place
		}
		place = start
	}
}

// hanging reports whether the whole of grapheme i can go at a cut.
func (c *cutter) hanging(i int) bool {
	cluster := c.text[c.end(i):c.end(i+1)]
	return strings.IndexFunc(cluster, func(r rune) bool {
		return !unicode.IsSpace(r) && !strings.ContainsRune(hangingMarks, r)
	}) < 0
}

func (c *cutter) end(place int) int {
	if place == 0 {
		return 0
	}
	return c.ends[place-1]
}

func runeUnits(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}
