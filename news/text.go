package news

import (
	"strings"
	"unicode/utf16"
)

// Style is a set of marks on a run of text.
type Style uint8

// The marks that both networks can show.
const (
	Bold Style = 1 << iota
	Italic
	Strike
	Code
	Quote // whole lines
)

// Span is a run of text with one style. Line breaks are "\n".
type Span struct {
	Text  string `json:"t"`
	Style Style  `json:"s,omitempty"`
	Link  string `json:"l,omitempty"` // absolute http(s) URL behind the text
}

// Text is what a message says, free of any network's markup.
type Text []Span

// T makes a Text of one plain run.
func T(s string) Text { return Text{{Text: s}} }

// B makes a Text of one bold run.
func B(s string) Text { return Text{{Text: s, Style: Bold}} }

// L makes a Text of one linked run.
func L(s, url string) Text { return Text{{Text: s, Link: url}} }

// Join appends texts into a new one.
func Join(texts ...Text) Text {
	var out Text
	for _, t := range texts {
		out = append(out, t...)
	}
	return out
}

// String returns the words without styles and links.
func (t Text) String() string {
	if len(t) == 1 {
		return t[0].Text
	}
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Units returns the length in UTF-16 code units, which no network counts
// higher than.
func (t Text) Units() int {
	n := 0
	for _, s := range t {
		n += Units(s.Text)
	}
	return n
}

// Empty reports whether there is nothing to read.
func (t Text) Empty() bool {
	for _, s := range t {
		if strings.TrimSpace(s.Text) != "" {
			return false
		}
	}
	return true
}

// Units returns the length of s in UTF-16 code units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}
