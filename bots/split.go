package bots

import (
	"cmp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/news"
)

// gap stands between two blocks of one part.
const gap = "\n\n"

// Split sets m into the parts that l allows. A part ends between two blocks;
// only a block that alone is longer than a part is cut, at a line, else at a
// space, else between two characters. A medium stays with the first part, so
// that it can always be edited: a picture at an address becomes its preview
// where the words are too long for a caption; with a file, which has no
// address, as much of them as fits is its caption, and the rest follows; a voice
// note has no caption. Buttons go under the last part.
func Split(m news.Message, l Limits) []Message {
	first := Message{Media: m.Media, Preview: m.Preview, Silent: m.Silent}
	texts := pack(m.Blocks, l.Text, l.Text)
	if !m.Media.None() && m.Media.Kind != news.MediaVoice && (len(texts) > 1 || l.Caption > 0 && len(texts) > 0 && texts[0].Units() > l.Caption) {
		if m.Media.File() {
			texts = pack(m.Blocks, cmp.Or(l.Caption, l.Text), l.Text)
		} else {
			first = AsText(first)
		}
	}
	if len(texts) == 0 || m.Media.Kind == news.MediaVoice {
		texts = append([]news.Text{nil}, texts...)
	}
	parts := make([]Message, len(texts))
	for i, t := range texts {
		parts[i] = Message{Text: t, Silent: m.Silent}
	}
	first.Text = texts[0]
	parts[0] = first
	last := &parts[len(parts)-1]
	last.Buttons, last.Poll = m.Buttons, m.Poll
	return parts
}

// AsText is m without its medium; a picture that has an address is shown as
// the preview.
func AsText(m Message) Message {
	if address := m.Media.Address(); address != "" && m.Media.Kind == news.MediaPhoto {
		m.Preview = address
	}
	m.Media = news.Media{}
	return m
}

// pack fills parts of at most limit units with blocks; the first one takes
// less where it is a caption.
func pack(blocks []news.Text, first, limit int) []news.Text {
	var parts []news.Text
	size, most := 0, first
	for _, whole := range blocks {
		head := limit
		if len(parts) == 0 {
			head = first
		}
		for _, b := range cut(whole, head, limit) {
			n := b.Units()
			if b.Empty() { // no network sends white space
				continue
			}
			if len(parts) > 0 && (most == 0 || size+len(gap)+n <= most) {
				last := len(parts) - 1
				parts[last] = append(append(parts[last], news.Span{Text: gap}), b...)
				size += len(gap) + n
				continue
			}
			if len(parts) > 0 {
				most = limit
			}
			parts = append(parts, append(news.Text(nil), b...))
			size = n
		}
	}
	return parts
}

// cut returns t in pieces of at most limit units, the first one of at most
// first.
func cut(t news.Text, first, limit int) []news.Text {
	if first <= 0 || t.Units() <= first {
		return []news.Text{t}
	}
	var pieces []news.Text
	for most := first; most > 0 && t.Units() > most; {
		var head news.Text
		head, t = breakAt(t, breakPoint(t.String(), most))
		if !head.Empty() { // else the next one is the first
			pieces, most = append(pieces, head), limit
		}
	}
	if !t.Empty() {
		pieces = append(pieces, t)
	}
	return pieces
}

// breakPoint returns the byte offset, above 0, after which s is best broken so
// that what is before has at most limit units.
func breakPoint(s string, limit int) int {
	end, units := 0, 0
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:]) // an invalid byte is one unit
		units += max(1, utf16.RuneLen(r))
		if units > limit {
			break
		}
		end += size
	}
	for _, sep := range []string{"\n", " "} {
		if at := strings.LastIndex(s[:end], sep); at > end/2 {
			return at + len(sep)
		}
	}
	return max(end, 1)
}

// breakAt parts t after the byte offset at of its words. White space at the
// break is dropped.
func breakAt(t news.Text, at int) (head, tail news.Text) {
	for _, s := range t {
		switch {
		case at >= len(s.Text):
			head = append(head, s)
			at -= len(s.Text)
		case at <= 0:
			tail = append(tail, s)
		default:
			before, after := s, s
			before.Text, after.Text = s.Text[:at], s.Text[at:]
			head, tail = append(head, before), append(tail, after)
			at = 0
		}
	}
	if n := len(head); n > 0 {
		head[n-1].Text = strings.TrimRight(head[n-1].Text, " \n")
	}
	if len(tail) > 0 {
		tail[0].Text = strings.TrimLeft(tail[0].Text, " \n")
	}
	return head, tail
}
