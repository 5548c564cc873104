package telegramtest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseHTML reads parse_mode HTML: the tags of the Bot API's "HTML style", the
// four named entities and numeric ones. Its errors are the real server's.
func parseHTML(source string) (string, []Entity, error) {
	p := &htmlParser{src: source}
	p.out.Grow(len(source))
	for p.pos < len(source) {
		var err error
		switch c := source[p.pos]; {
		case c == '<' && p.at(p.pos+1) == '/':
			err = p.endTag()
		case c == '<':
			err = p.startTag()
		default:
			p.text()
		}
		if err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, fmt.Errorf("Can't find end tag corresponding to start tag \"%s\"", p.open[n-1].name) //nolint:revive,staticcheck // the server's words
	}
	if p.broken {
		return "", nil, errors.New("Text contains invalid Unicode characters after decoding HTML entities, " + //nolint:revive,staticcheck // the server's words
			"check for unmatched surrogate code units")
	}
	for i := range p.entities {
		if p.entities[i].Type == "code" {
			p.entities[i].Language = ""
		}
	}
	return p.out.String(), p.entities, nil
}

type htmlTag struct {
	name     string
	argument string
	unix     int64
	offset   int // UTF-16, in the output
	begin    int // bytes, in the output
}

type htmlParser struct {
	src      string
	pos      int
	out      strings.Builder
	units    int // UTF-16 length of out
	open     []htmlTag
	entities []Entity
	broken   bool // a half surrogate was decoded
}

// at is the byte at a position, 0 past the end.
func (p *htmlParser) at(i int) byte {
	if i < len(p.src) {
		return p.src[i]
	}
	return 0
}

func blank(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == 0
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func (p *htmlParser) skipBlank() {
	for p.at(p.pos) != 0 && blank(p.at(p.pos)) {
		p.pos++
	}
}

func (p *htmlParser) emit(r rune) {
	if r >= 0xD800 && r <= 0xDFFF {
		p.broken = true
	}
	p.out.WriteRune(r)
	p.units++
	if r > 0xFFFF {
		p.units++
	}
}

func (p *htmlParser) text() {
	if p.src[p.pos] == '&' {
		if r, next := decodeReference(p.src, p.pos); r != 0 {
			p.emit(r)
			p.pos = next
			return
		}
	}
	r, size := utf8.DecodeRuneInString(p.src[p.pos:])
	p.emit(r)
	p.pos += size
}

// decodeReference reads a character reference at an ampersand: the character
// and where it ends, or 0. The semicolon may be missing.
func decodeReference(s string, pos int) (rune, int) {
	end := pos + 1
	var value uint64
	if strings.HasPrefix(s[end:], "#") {
		end++
		base := uint64(10)
		if strings.HasPrefix(s[end:], "x") {
			end, base = end+1, 16
		}
		for end < len(s) && end-pos < 12 {
			digit, err := strconv.ParseUint(s[end:end+1], int(base), 8)
			if err != nil {
				break
			}
			value = value*base + digit
			end++
		}
		if value == 0 || value >= 0x10FFFF || end-pos >= 10 {
			return 0, 0
		}
	} else {
		for end < len(s) && alnum(s[end]) && (s[end] < '0' || s[end] > '9') {
			end++
		}
		switch s[pos+1 : end] {
		case "lt":
			value = '<'
		case "gt":
			value = '>'
		case "amp":
			value = '&'
		case "quot":
			value = '"'
		default:
			return 0, 0
		}
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return rune(value), end
}

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	for !blank(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	if p.at(p.pos) == 0 {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin) //nolint:revive,staticcheck // the server's words
	}
	tag := htmlTag{name: lowerASCII(p.src[begin+1 : p.pos])}
	switch tag.name {
	case "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time",
		"span", "pre", "code", "blockquote":
	default:
		return fmt.Errorf("Unsupported start tag \"%s\" at byte offset %d", tag.name, begin) //nolint:revive,staticcheck // the server's words
	}
	for p.at(p.pos) != '>' {
		p.skipBlank()
		if p.at(p.pos) == '>' {
			break
		}
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	p.pos++
	if tag.name == "span" && tag.argument != "spoiler" {
		return fmt.Errorf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin) //nolint:revive,staticcheck // the server's words
	}
	tag.offset, tag.begin = p.units, p.out.Len()
	p.open = append(p.open, tag)
	return nil
}

func (p *htmlParser) attribute(tag *htmlTag, begin int) error {
	start := p.pos
	for c := p.at(p.pos); !blank(c) && !strings.ContainsRune("=>/\"'", rune(c)); c = p.at(p.pos) {
		p.pos++
	}
	name := p.src[start:p.pos]
	if name == "" {
		return fmt.Errorf("Empty attribute name in the tag \"%s\" at byte offset %d", tag.name, begin) //nolint:revive,staticcheck // the server's words
	}
	p.skipBlank()
	unclosed := fmt.Errorf("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin) //nolint:revive,staticcheck // the server's words
	if p.at(p.pos) != '=' {
		if p.at(p.pos) == 0 {
			return unclosed
		}
		if tag.name == "blockquote" && name == "expandable" {
			tag.argument = "1"
		}
		return nil
	}
	p.pos++
	p.skipBlank()
	if p.at(p.pos) == 0 {
		return unclosed
	}
	value, err := p.value()
	if err != nil {
		return err
	}
	if p.at(p.pos) == 0 {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin) //nolint:revive,staticcheck // the server's words
	}
	tag.set(name, value)
	return nil
}

func (p *htmlParser) value() (string, error) {
	quote := p.at(p.pos)
	if quote != '\'' && quote != '"' {
		start := p.pos
		for c := p.at(p.pos); alnum(c) || c == '.' || c == '-'; c = p.at(p.pos) {
			p.pos++
		}
		if !blank(p.at(p.pos)) && p.at(p.pos) != '>' {
			return "", fmt.Errorf("Unexpected end of name token at byte offset %d", start) //nolint:revive,staticcheck // the server's words
		}
		return lowerASCII(p.src[start:p.pos]), nil
	}
	p.pos++
	var b strings.Builder
	for p.at(p.pos) != quote && p.at(p.pos) != 0 {
		if p.at(p.pos) == '&' {
			if r, next := decodeReference(p.src, p.pos); r != 0 {
				b.WriteRune(r)
				p.pos = next
				continue
			}
		}
		b.WriteByte(p.src[p.pos])
		p.pos++
	}
	if p.at(p.pos) == quote {
		p.pos++
	}
	return b.String(), nil
}

func (t *htmlTag) set(name, value string) {
	switch {
	case t.name == "a" && name == "href", t.name == "tg-emoji" && name == "emoji-id",
		t.name == "tg-time" && name == "format":
		t.argument = value
	case t.name == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		t.argument = value[len("language-"):]
	case t.name == "span" && name == "class" && strings.HasPrefix(value, "tg-"):
		t.argument = value[len("tg-"):]
	case t.name == "blockquote" && name == "expandable":
		t.argument = "1"
	case t.name == "tg-time" && name == "unix":
		t.unix, _ = strconv.ParseInt(value, 10, 32)
	}
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", begin) //nolint:revive,staticcheck // the server's words
	}
	p.pos++
	for !blank(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	name := lowerASCII(p.src[begin+2 : p.pos])
	p.skipBlank()
	if p.at(p.pos) != '>' {
		return fmt.Errorf("Unclosed end tag at byte offset %d", begin) //nolint:revive,staticcheck // the server's words
	}
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name) //nolint:revive,staticcheck // the server's words
	}
	p.open = p.open[:len(p.open)-1]
	p.pos++
	if p.units == tag.offset {
		return nil
	}
	return p.close(tag)
}

// close makes the entity of a tag that has been closed around some text.
func (p *htmlParser) close(tag htmlTag) error {
	e := Entity{Offset: tag.offset, Length: p.units - tag.offset}
	switch tag.name {
	case "b", "strong":
		e.Type = "bold"
	case "i", "em":
		e.Type = "italic"
	case "s", "strike", "del":
		e.Type = "strikethrough"
	case "u", "ins":
		e.Type = "underline"
	case "tg-spoiler", "span":
		e.Type = "spoiler"
	case "blockquote":
		e.Type = "blockquote"
		if tag.argument != "" {
			e.Type = "expandable_blockquote"
		}
	case "tg-emoji":
		if id, err := strconv.ParseInt(tag.argument, 10, 64); err != nil || id == 0 {
			return errors.New("Invalid custom emoji identifier specified") //nolint:revive,staticcheck // the server's words
		}
		e.Type, e.EmojiID = "custom_emoji", tag.argument
	case "tg-time":
		if tag.unix <= 0 {
			return nil
		}
		e.Type, e.UnixTime = "date_time", tag.unix
	case "a":
		return p.closeLink(tag, e)
	case "pre", "code":
		p.closeCode(tag, e)
		return nil
	}
	p.entities = append(p.entities, e)
	return nil
}

func (p *htmlParser) closeLink(tag htmlTag, e Entity) error {
	url := tag.argument
	if url == "" {
		url = p.out.String()[tag.begin:]
	}
	if linkEntity(&e, url) {
		p.entities = append(p.entities, e)
	}
	return nil
}

// closeCode joins <pre><code class="language-…"> into one pre with a language.
func (p *htmlParser) closeCode(tag htmlTag, e Entity) {
	e.Type, e.Language = tag.name, ""
	if tag.name == "code" {
		e.Language = tag.argument
	}
	if n := len(p.entities); n > 0 {
		last := &p.entities[n-1]
		same := last.Offset == e.Offset && last.Length == e.Length
		switch {
		case same && tag.name == "pre" && last.Type == "code" && last.Language != "":
			last.Type = "pre"
			return
		case same && tag.name == "code" && last.Type == "pre" && tag.argument != "":
			last.Language = tag.argument
			return
		}
	}
	p.entities = append(p.entities, e)
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
