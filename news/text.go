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

// Prefix returns t with mark before each line that needs it. A line may go
// over several runs; the mark joins the run that the line begins in, without
// its link and style where the run has some.
func (t Text) Prefix(mark string, needs func(line string) bool) Text {
	lines := strings.Split(t.String(), "\n")
	var out Text
	at, fresh := 0, true
	for _, s := range t {
		rest := s
		for rest.Text != "" {
			if fresh && needs(lines[at]) {
				out = append(out, Span{Text: mark})
			}
			line, tail, more := strings.Cut(rest.Text, "\n")
			fresh = more
			if more {
				line += "\n"
				at++
			}
			piece := rest
			piece.Text, rest.Text = line, tail
			out = append(out, piece)
		}
	}
	return out.tidy()
}

// tidy joins neighbouring runs that look the same.
func (t Text) tidy() Text {
	var out Text
	for _, s := range t {
		if n := len(out); n > 0 && out[n-1].Style == s.Style && out[n-1].Link == s.Link {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}
