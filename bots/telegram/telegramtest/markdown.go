package telegramtest

import (
	"strings"
	"unicode/utf8"
)

// parseMarkdown reads parse_mode MarkdownV2. Its errors are the real server's.
func parseMarkdown(source string) (string, []Entity, error) {
	p := &markdownParser{src: source, lineStart: true}
	for p.pos < len(source) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if err := p.finish(); err != nil {
		return "", nil, err
	}
	return p.out.String(), p.entities, nil
}

// span is markup that has been opened: kind is an entity's type, or "link" and
// "emoji" for [text](url) and ![text](url).
type span struct {
	kind     string
	language string
	offset   int // UTF-16, in the output
	begin    int // bytes, in the output
	at       int // bytes, in the source
}

type markdownParser struct {
	src       string
	pos       int
	out       strings.Builder
	units     int
	open      []span
	entities  []Entity
	quoting   bool
	lineStart bool // a > here begins a quote
}

func (p *markdownParser) at(i int) byte {
	if i < len(p.src) {
		return p.src[i]
	}
	return 0
}

func (p *markdownParser) top() string {
	if len(p.open) == 0 {
		return ""
	}
	return p.open[len(p.open)-1].kind
}

func (p *markdownParser) emit(r rune) {
	p.out.WriteRune(r)
	p.units++
	if r > 0xFFFF {
		p.units++
	}
	if r != '\r' {
		p.lineStart = r == '\n'
	}
}

func (p *markdownParser) step() error {
	c := p.src[p.pos]
	if next := p.at(p.pos + 1); c == '\\' && next > 0 && next <= 126 {
		p.emit(rune(next))
		p.pos += 2
		return nil
	}
	reserved := "_*[]()~`>#+-=|{}.!\n"
	if kind := p.top(); kind == "code" || kind == "pre" {
		reserved = "`"
	}
	if !strings.ContainsRune(reserved, rune(c)) || c >= 0x80 {
		r, size := utf8.DecodeRuneInString(p.src[p.pos:])
		p.emit(r)
		p.pos += size
		return nil
	}
	if c == '\n' {
		return p.newline()
	}
	if mark := p.endMark(c); mark != "" {
		return p.end(mark)
	}
	return p.begin(c)
}

// newline ends a quote unless the next line goes on with it.
func (p *markdownParser) newline() error {
	if p.quoting && p.at(p.pos+1) != '>' {
		if err := p.endQuote(); err != nil {
			return err
		}
		p.emit('\n')
		last := &p.entities[len(p.entities)-1]
		last.Length = p.units - last.Offset
		p.pos++
		return nil
	}
	p.emit('\n')
	p.pos++
	return nil
}

// endMark is the text that closes the innermost span here; empty if none does.
func (p *markdownParser) endMark(c byte) string {
	mark := ""
	switch p.top() {
	case "bold":
		mark = "*"
	case "italic":
		if c == '_' && p.at(p.pos+1) != '_' {
			mark = "_"
		}
	case "underline":
		mark = "__"
	case "strikethrough":
		mark = "~"
	case "spoiler":
		mark = "||"
	case "code":
		mark = "`"
	case "pre":
		mark = "```"
	case "link", "emoji":
		mark = "]"
	}
	if mark != "" && strings.HasPrefix(p.src[p.pos:], mark) {
		return mark
	}
	return ""
}

func (p *markdownParser) begin(c byte) error {
	s := span{at: p.pos, offset: p.units, begin: p.out.Len()}
	double := p.at(p.pos+1) == c
	size := 1
	switch {
	case c == '_' && double:
		s.kind, size = "underline", 2
	case c == '_':
		s.kind = "italic"
	case c == '*':
		s.kind = "bold"
	case c == '~':
		s.kind = "strikethrough"
	case c == '|' && double:
		s.kind, size = "spoiler", 2
	case c == '[':
		s.kind = "link"
	case c == '!' && p.at(p.pos+1) == '[':
		s.kind, size = "emoji", 2
	case c == '`' && strings.HasPrefix(p.src[p.pos:], "```"):
		s.kind, size = "pre", p.preStart(&s)
	case c == '`':
		s.kind = "code"
	case c == '>' && p.lineStart && p.quoting:
		p.pos++
		return nil
	case c == '>' && p.lineStart:
		s.kind, p.quoting = "blockquote", true
	default:
		return refuse("Character '%c' is reserved and must be escaped with the preceding '\\'", c)
	}
	p.open = append(p.open, s)
	p.pos += size
	return nil
}

// preStart reads the language after ``` and one line feed; it returns the size
// of all that.
func (p *markdownParser) preStart(s *span) int {
	at := p.pos + 3
	end := at
	for !blank(p.at(end)) && p.at(end) != '`' {
		end++
	}
	if end > at && end < len(p.src) && p.at(end) != '`' {
		s.language = p.src[at:end]
		at = end
	}
	if c := p.at(at); c == '\n' || c == '\r' {
		at++
		if next := p.at(at); (next == '\n' || next == '\r') && next != c {
			at++
		}
	}
	return at - p.pos
}

func (p *markdownParser) end(mark string) error {
	s := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	p.pos += len(mark)
	e := Entity{Type: s.kind, Offset: s.offset, Length: p.units - s.offset, Language: s.language}
	keep := e.Length > 0
	switch s.kind {
	case "link":
		url := p.out.String()[s.begin:]
		if p.at(p.pos) == '(' {
			var err error
			if url, err = p.url(); err != nil {
				return err
			}
		}
		keep = linkEntity(&e, url) && keep
	case "emoji":
		if p.at(p.pos) != '(' {
			return refuse("The entity must contain a tg://emoji or tg://time URL")
		}
		url, err := p.url()
		if err != nil {
			return err
		}
		id, ok := strings.CutPrefix(url, "tg://emoji?id=")
		if !ok {
			return refuse("Invalid tg://emoji or tg://time URL specified")
		}
		e.Type, e.EmojiID = "custom_emoji", id
	}
	if keep {
		p.entities = append(p.entities, e)
	}
	return nil
}

// url reads (…) after a link's text.
func (p *markdownParser) url() (string, error) {
	p.pos++
	start := p.pos
	var b strings.Builder
	for p.pos < len(p.src) && p.src[p.pos] != ')' {
		if next := p.at(p.pos + 1); p.src[p.pos] == '\\' && next > 0 && next <= 126 {
			p.pos++
		}
		b.WriteByte(p.src[p.pos])
		p.pos++
	}
	if p.at(p.pos) != ')' {
		return "", refuse("Can't find end of a URL at byte offset %d", start)
	}
	p.pos++
	return b.String(), nil
}

// endQuote closes the quote; an empty spoiler mark at its end makes it expandable.
func (p *markdownParser) endQuote() error {
	kind := "blockquote"
	if s := p.open[len(p.open)-1]; s.kind == "spoiler" && s.at == p.pos-2 {
		p.open = p.open[:len(p.open)-1]
		kind = "expandable_blockquote"
	}
	s := p.open[len(p.open)-1]
	if s.kind != "blockquote" {
		return p.unclosed(s)
	}
	p.open = p.open[:len(p.open)-1]
	p.quoting = false
	p.entities = append(p.entities, Entity{Type: kind, Offset: s.offset, Length: p.units - s.offset})
	return nil
}

func (p *markdownParser) finish() error {
	if p.quoting {
		if err := p.endQuote(); err != nil {
			return err
		}
	}
	if len(p.open) > 0 {
		return p.unclosed(p.open[len(p.open)-1])
	}
	return nil
}

// unclosed names a span as TDLib prints its entity types.
func (p *markdownParser) unclosed(s span) error {
	name := map[string]string{
		"bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
		"spoiler": "Spoiler", "code": "Code", "pre": "Pre", "link": "TextUrl", "emoji": "CustomEmoji",
		"blockquote": "BlockQuote",
	}[s.kind]
	if s.language != "" {
		name = "PreCode"
	}
	return refuse("Can't find end of %s entity at byte offset %d", name, s.at)
}
