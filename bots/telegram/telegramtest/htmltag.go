package telegramtest

import (
	"strconv"
	"strings"
)

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	for !blank(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	if p.at(p.pos) == 0 {
		return refuse("Unclosed start tag at byte offset %d", begin)
	}
	tag := htmlTag{name: lowerASCII(p.src[begin+1 : p.pos])}
	switch tag.name {
	case "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time",
		"span", "pre", "code", "blockquote":
	default:
		return refuse("Unsupported start tag \"%s\" at byte offset %d", tag.name, begin)
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
		return refuse("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
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
		return refuse("Empty attribute name in the tag \"%s\" at byte offset %d", tag.name, begin)
	}
	p.skipBlank()
	unclosed := refuse("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
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
		return refuse("Unclosed start tag at byte offset %d", begin)
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
			return "", refuse("Unexpected end of name token at byte offset %d", start)
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
		return refuse("Unexpected end tag at byte offset %d", begin)
	}
	p.pos++
	for !blank(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	name := lowerASCII(p.src[begin+2 : p.pos])
	p.skipBlank()
	if p.at(p.pos) != '>' {
		return refuse("Unclosed end tag at byte offset %d", begin)
	}
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return refuse("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
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
			return refuse("Invalid custom emoji identifier specified")
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
