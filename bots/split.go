package bots

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/news"
)

// gap stands between two blocks of one part.
const gap = "\n\n"

// Split sets m into the parts that l allows. A part ends between two blocks;
// only a block that alone is longer than a part is cut, at a line, else at a
// space, else between two characters. A photo stays with the first part if
// that fits a caption, and becomes its preview otherwise, so that the first
// part can always be edited. Buttons go under the last part.
func Split(m news.Message, l Limits) []Message {
	first := Message{Photo: m.Photo, Preview: m.Preview, Silent: m.Silent}
	texts := pack(m.Blocks, l.Text)
	if len(texts) == 0 {
		texts = []news.Text{nil}
	}
	if first.Photo != "" && (len(texts) > 1 || l.Caption > 0 && texts[0].Units() > l.Caption) {
		first.Photo, first.Preview = "", m.Photo
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

func pack(blocks []news.Text, limit int) []news.Text {
	var parts []news.Text
	size := 0
	for _, whole := range blocks {
		for _, b := range cut(whole, limit) {
			n := b.Units()
			if b.Empty() { // no network sends white space
				continue
			}
			if len(parts) > 0 && (limit == 0 || size+len(gap)+n <= limit) {
				last := len(parts) - 1
				parts[last] = append(append(parts[last], news.Span{Text: gap}), b...)
				size += len(gap) + n
				continue
			}
			parts = append(parts, append(news.Text(nil), b...))
			size = n
		}
	}
	return parts
}

// cut returns t in pieces of at most limit units.
func cut(t news.Text, limit int) []news.Text {
	if limit <= 0 || t.Units() <= limit {
		return []news.Text{t}
	}
	var pieces []news.Text
	for t.Units() > limit {
		var head news.Text
		head, t = breakAt(t, breakPoint(t.String(), limit))
		if !head.Empty() {
			pieces = append(pieces, head)
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
