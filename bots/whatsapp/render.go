package whatsapp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/news"
)

// WhatsApp's markup is part of the text: *bold*, _italic_, ~struck~, `code`,
// and "> " before a quoted line. A mark counts where it touches a word on one
// side only, and it does not go over lines. What would become markup by
// accident is written with a sign that looks the same and is none.

// lookalikes stand for marks in somebody's words.
var lookalikes = map[rune]rune{
	'*': '\u2217', // asterisk operator
	'_': '\u02cd', // modifier letter low macron
	'~': '\u223c', // tilde operator
	'`': '\u02cb', // modifier letter grave accent
}

var marks = [...]struct {
	style news.Style
	mark  string
}{
	{news.Bold, "*"},
	{news.Italic, "_"},
	{news.Strike, "~"},
}

// render sets a text with WhatsApp's markup. Links are written out behind
// their words.
func render(t news.Text) string {
	var out strings.Builder
	for i, line := range lines(t) {
		if i > 0 {
			out.WriteByte('\n')
		}
		renderLine(&out, line)
	}
	return out.String()
}

// lines parts a text at its line breaks.
func lines(t news.Text) []news.Text {
	all := []news.Text{nil}
	for _, s := range t {
		for i, text := range strings.Split(strings.ToValidUTF8(s.Text, "\ufffd"), "\n") {
			if i > 0 {
				all = append(all, nil)
			}
			if text != "" {
				piece := s
				piece.Text = text
				last := len(all) - 1
				all[last] = append(all[last], piece)
			}
		}
	}
	return all
}

func renderLine(out *strings.Builder, line news.Text) {
	if len(line) > 0 && line[0].Style&news.Quote != 0 {
		out.WriteString("> ")
	} else if strings.HasPrefix(line.String(), ">") {
		out.WriteRune('\u200e') // an invisible mark: it is no quote then
	}
	line = written(line)
	plain := line.String()
	// The marks of a plain line are weighed together: two runs may make a pair.
	safe, at := []rune(neutral(plain)), 0
	before := none
	for i, s := range line {
		n := utf8.RuneCountInString(s.Text)
		text := string(safe[at : at+n])
		at += n
		after := none
		if i+1 < len(line) {
			after, _ = utf8.DecodeRuneInString(line[i+1].Text)
		}
		out.WriteString(styled(text, s.Text, s.Style, before, after))
		before, _ = utf8.DecodeLastRuneInString(s.Text)
	}
}

// written adds the addresses of links.
func written(line news.Text) news.Text {
	var all news.Text
	for i, s := range line {
		link := s.Link
		s.Link = ""
		all = append(all, s)
		if link == "" || strings.Contains(s.Text, link) || i+1 < len(line) && line[i+1].Link == link {
			continue
		}
		all = append(all, news.Span{Text: " " + link})
	}
	return all
}

// styled puts marks around a run, and none where they would show as signs:
// inside a word, or around nothing.
func styled(safe, text string, style news.Style, before, after rune) string {
	inner := strings.TrimSpace(safe)
	if style&^news.Quote == 0 || inner == "" || isWord(before) && !startsWithSpace(safe) || isWord(after) && !endsWithSpace(safe) {
		return safe
	}
	if style&news.Code != 0 {
		return pad(safe, "`"+plainCode(strings.TrimSpace(text))+"`")
	}
	inner = unmarked(inner)
	open, end := "", ""
	for _, m := range marks {
		if style&m.style != 0 {
			open, end = open+m.mark, m.mark+end
		}
	}
	return pad(safe, open+inner+end)
}

// pad gives a run the white space back that stood around its words.
func pad(whole, marked string) string {
	head, tail, _ := strings.Cut(whole, strings.TrimSpace(whole))
	return head + marked + tail
}

func plainCode(s string) string { return strings.ReplaceAll(s, "`", string(lookalikes['`'])) }

// unmarked replaces every mark outside of addresses.
func unmarked(s string) string {
	return outsideLinks(s, func(part string) string {
		return strings.Map(func(r rune) rune {
			if l, ok := lookalikes[r]; ok {
				return l
			}
			return r
		}, part)
	})
}

// neutral replaces the marks of a line that could be a pair. A single one, as
// in a telephone code, stays.
func neutral(line string) string {
	if !strings.ContainsAny(line, "*_~`") {
		return line
	}
	runes := []rune(line)
	inLink := linkRunes(line)
	for mark, lookalike := range lookalikes {
		var opens, closes []int
		for i, r := range runes {
			if r != mark || inLink[i] {
				continue
			}
			before, after := none, none
			if i > 0 {
				before = runes[i-1]
			}
			if i+1 < len(runes) {
				after = runes[i+1]
			}
			if mark == '`' || !isWord(before) && after != none && !blank(after) {
				opens = append(opens, i)
			}
			if mark == '`' || !isWord(after) && before != none && !blank(before) {
				closes = append(closes, i)
			}
		}
		if len(opens) == 0 || len(closes) == 0 || opens[0] >= closes[len(closes)-1] {
			continue
		}
		for i, r := range runes {
			if r == mark && !inLink[i] {
				runes[i] = lookalike
			}
		}
	}
	return string(runes)
}

// blank reports whether a mark beside r surely marks nothing. Phones may take
// wider spaces for letters.
func blank(r rune) bool { return strings.ContainsRune(" \t\n\f\r", r) }

// none stands where a line has no further letter.
const none rune = -1

// isWord reports whether a mark beside r counts as being inside a word.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func endsWithSpace(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r)
}

// outsideLinks maps what is no address.
func outsideLinks(s string, f func(string) string) string {
	var out strings.Builder
	for s != "" {
		start, end := nextLink(s)
		out.WriteString(f(s[:start]))
		out.WriteString(s[start:end])
		s = s[end:]
	}
	return out.String()
}

// linkRunes tells for every rune whether it is in an address.
func linkRunes(s string) []bool {
	var in []bool
	for s != "" {
		start, end := nextLink(s)
		in = append(in, make([]bool, utf8.RuneCountInString(s[:start]))...)
		for range s[start:end] {
			in = append(in, true)
		}
		s = s[end:]
	}
	return in
}

// nextLink is where the next address begins and ends; without one, both are
// the end.
func nextLink(s string) (start, end int) {
	start = len(s)
	for _, scheme := range []string{"http://", "https://"} {
		if at := strings.Index(s, scheme); at >= 0 {
			start = min(start, at)
		}
	}
	rest := strings.IndexFunc(s[start:], unicode.IsSpace)
	if rest < 0 {
		return start, len(s)
	}
	return start, start + rest
}
