package telegramtest

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	maxText      = 4096 // code points, after entities are parsed
	maxCaption   = 1024
	maxRawText   = 1 << 15 // bytes, before
	maxCleanText = 35000   // bytes; what is beyond is cut off
)

// formatted is a text on its way into a message: text and entities as the
// real server would store them, or what is wrong with them.
type formatted struct {
	text     string
	entities []Entity
	// problem is found only when the message is sent: the chat is checked first.
	problem *Error
}

// readText does what happens to a text before the chat is looked at (parse
// mode, entities), and keeps for later what happens after.
func readText(text, mode, rawEntities string) (formatted, *Error) {
	if len(text) > maxRawText {
		return formatted{}, bad("text is too long")
	}
	var entities []Entity
	var fail *Error
	switch strings.ToLower(mode) {
	case "", "none":
		entities, fail = parseEntities(rawEntities)
	case "html", "markdownv2":
		if text != "" {
			text, entities, fail = parseMode(text, strings.ToLower(mode))
		}
	case "markdown":
		fail = bad("unsupported parse_mode: telegramtest does not read the legacy Markdown, use MarkdownV2")
	default:
		if text != "" {
			fail = bad("unsupported parse_mode")
		}
	}
	if fail != nil {
		return formatted{}, fail
	}
	return cleanFormatted(text, entities), nil
}

// parseError is what a parse mode refuses, in the real server's words.
type parseError string

func (e parseError) Error() string { return string(e) }

func refuse(format string, args ...any) error {
	return parseError(fmt.Sprintf(format, args...))
}

func parseMode(text, mode string) (string, []Entity, *Error) {
	if !utf8.ValidString(text) {
		return "", nil, bad("strings must be encoded in UTF-8")
	}
	parse := parseMarkdown
	if mode == "html" {
		parse = parseHTML
	}
	text, entities, err := parse(text)
	if err != nil {
		return "", nil, bad("can't parse entities: " + err.Error())
	}
	return text, entities, nil
}

// cleanFormatted cleans, trims and finds, as TDLib's fix_formatted_text does.
func cleanFormatted(text string, entities []Entity) formatted {
	if !utf8.ValidString(text) {
		return formatted{problem: bad("strings must be encoded in UTF-8")}
	}
	for _, e := range entities {
		if e.Offset < 0 || e.Offset > 1_000_000 {
			return formatted{problem: bad(fmt.Sprintf("receive an entity with incorrect offset %d", e.Offset))}
		}
		if e.Length < 0 || e.Length > 1_000_000 {
			return formatted{problem: bad(fmt.Sprintf("receive an entity with incorrect length %d", e.Length))}
		}
	}
	entities = nestEntities(entities)
	text, entities, problem := cleanText(text, entities)
	if problem != nil {
		return formatted{problem: problem}
	}
	text, entities = trimText(text, entities)
	if invisible(text) {
		return formatted{}
	}
	return formatted{text: text, entities: addFound(entities, findEntities(text))}
}

// cleanText replaces control characters by spaces and drops carriage returns,
// U+2028 to U+202E and the combining lines U+0333, U+033F and U+030A. In a
// run of LRM and RLM all but the last become ZWNJ. Entities follow.
func cleanText(text string, entities []Entity) (string, []Entity, *Error) {
	// moved[i] is where UTF-16 offset i of the old text is in the new one. In
	// the middle of a surrogate pair it is the negated byte offset after it.
	var moved []int32
	if len(entities) > 0 {
		moved = make([]int32, 0, utf16Len(text)+1)
	}
	var b strings.Builder
	b.Grow(len(text))
	at := int32(0)
	for i, r := range text {
		if moved != nil {
			moved = append(moved, at)
			if r > 0xFFFF {
				moved = append(moved, int32(-i-utf8.RuneLen(r))) //nolint:gosec // texts are bounded
			}
		}
		if dropped(r) {
			continue
		}
		if r < ' ' && r != '\n' {
			r = ' '
		}
		b.WriteRune(r)
		at++
		if r > 0xFFFF {
			at++
		}
	}
	cleaned := settleMarks(b.String())
	if moved == nil {
		return cut(cleaned), nil, nil
	}
	moved = append(moved, at)
	kept := entities[:0]
	for _, e := range entities {
		e, problem := move(e, moved)
		if problem != nil {
			return "", nil, problem
		}
		if e.Length > 0 {
			kept = append(kept, e)
		}
	}
	return cut(cleaned), kept, nil
}

func dropped(r rune) bool {
	return r == '\r' || r >= 0x2028 && r <= 0x202E || r == 0x333 || r == 0x33F || r == 0x30A
}

func move(e Entity, moved []int32) (Entity, *Error) {
	last := len(moved) - 1
	switch {
	case e.Offset >= last:
		return e, bad(fmt.Sprintf("entity begins after the end of the text at UTF-16 offset %d", e.Offset))
	case e.end() > last:
		return e, bad(fmt.Sprintf("entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d",
			e.Offset, e.end()))
	case moved[e.Offset] < 0:
		return e, bad(fmt.Sprintf("entity begins in a middle of a UTF-16 symbol at byte offset %d", -moved[e.Offset]))
	case moved[e.end()] < 0:
		return e, bad(fmt.Sprintf("entity beginning at UTF-16 offset %d ends in a middle of a UTF-16 symbol at byte offset %d",
			e.Offset, -moved[e.end()]))
	}
	end := int(moved[e.end()])
	e.Offset = int(moved[e.Offset])
	e.Length = end - e.Offset
	return e, nil
}

// settleMarks keeps the last of consecutive U+200E and U+200F.
func settleMarks(s string) string {
	if !strings.Contains(s, "\u200e") && !strings.Contains(s, "\u200f") {
		return s
	}
	runes := []rune(s)
	mark := func(r rune) bool { return r == 0x200E || r == 0x200F }
	for i := range len(runes) - 1 {
		if mark(runes[i]) && mark(runes[i+1]) {
			runes[i] = 0x200C
		}
	}
	return string(runes)
}

func cut(s string) string {
	if len(s) <= maxCleanText {
		return s
	}
	end := maxCleanText
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// trimText takes spaces and line feeds off both ends, on the left only up to
// the first entity.
func trimText(text string, entities []Entity) (string, []Entity) {
	trimmed := strings.TrimRight(text, " \n")
	end := utf16Len(trimmed)
	kept := entities[:0]
	for _, e := range entities {
		if e.end() > end {
			e.Length = end - e.Offset
		}
		if e.Length > 0 {
			kept = append(kept, e)
		}
	}
	limit := len(trimmed)
	if len(kept) > 0 {
		limit = kept[0].Offset
	}
	left := 0
	for left < limit && left < len(trimmed) && (trimmed[left] == ' ' || trimmed[left] == '\n') {
		left++
	}
	for i := range kept {
		kept[i].Offset -= left
	}
	sortEntities(kept)
	return trimmed[left:], kept
}

// invisible tells whether nothing of a text would be seen.
func invisible(s string) bool {
	for _, r := range s {
		switch {
		case r == ' ', r == '\n', r == 0xA0, r == 0x1680, r == 0x180E, r >= 0x2000 && r <= 0x200F,
			r == 0x202E, r == 0x202F, r == 0x205F, r == 0x2800, r == 0x3000, r == 0xFFFC, r == 0xFEFF,
			r >= 0xE0000 && r <= 0xE007F:
		default:
			return false
		}
	}
	return true
}
