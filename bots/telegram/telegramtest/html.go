package telegramtest

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseHTML reads parse_mode HTML: the tags of the Bot API's "HTML style", the
// four named entities and numeric ones. Its errors are the real server's.
func parseHTML(source string) (string, []Entity, error) {
	p := &htmlParser{src: source, entities: make([]Entity, 0, strings.Count(source, "</"))}
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
		return "", nil, refuse("Can't find end tag corresponding to start tag \"%s\"", p.open[n-1].name)
	}
	if p.broken {
		return "", nil, refuse("Text contains invalid Unicode characters after decoding HTML entities, " +
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

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
