package telegram

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
	"golang.org/x/text/unicode/bidi"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

const (
	maxEntities = 100 // of one message; Telegram drops those behind
	ticked      = "\u2713 "
)

// marks are the styles in the order in which entities of the same place nest.
var marks = [...]struct {
	style  news.Style
	entity models.MessageEntityType
}{
	{news.Quote, models.MessageEntityTypeBlockquote},
	{news.Bold, models.MessageEntityTypeBold},
	{news.Italic, models.MessageEntityTypeItalic},
	{news.Strike, models.MessageEntityTypeStrikethrough},
	{news.Code, models.MessageEntityTypeCode},
}

// render sets a text as the words and the entities of the Bot API. Offsets
// count UTF-16 units (Bot API, MessageEntity). Runs that differ in something
// else are one entity, so that a quote of several runs is one quote.
func render(t news.Text) (string, []models.MessageEntity) {
	var words strings.Builder
	words.Grow(size(t))
	var entities []models.MessageEntity
	var open [len(marks)]int // index+1 of the entity that may be continued
	link := 0
	at := 0
	for _, s := range t {
		text := s.Text
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\ufffd")
		}
		n := units(text)
		if n == 0 {
			continue
		}
		for i, m := range marks {
			if !has(s, m.style) {
				open[i] = 0
				continue
			}
			entities, open[i] = mark(entities, open[i], models.MessageEntity{Type: m.entity, Offset: at, Length: n})
		}
		if link > 0 && entities[link-1].URL != s.Link {
			link = 0
		}
		if isLink(s.Link) && s.Style&news.Code == 0 {
			entities, link = mark(entities, link, models.MessageEntity{
				Type: models.MessageEntityTypeTextLink, Offset: at, Length: n, URL: s.Link,
			})
		}
		words.WriteString(text)
		at += n
	}
	return words.String(), trim(entities)
}

func size(t news.Text) int {
	n := 0
	for _, s := range t {
		n += len(s.Text)
	}
	return n
}

// units is news.Units of valid UTF-8, without decoding it: a character has one
// byte that continues none, and two units when that begins four bytes.
func units(text string) int {
	n := 0
	for i := range len(text) {
		if b := text[i]; b < 0x80 || b >= 0xc0 {
			n++
			if b >= 0xf0 {
				n++
			}
		}
	}
	return n
}

// has reports whether the style is shown: code takes no other mark but a quote
// around it.
func has(s news.Span, style news.Style) bool {
	if s.Style&news.Code != 0 && style != news.Code && style != news.Quote {
		return false
	}
	return s.Style&style != 0
}

func mark(entities []models.MessageEntity, open int, e models.MessageEntity) ([]models.MessageEntity, int) {
	if open > 0 {
		entities[open-1].Length += e.Length
		return entities, open
	}
	entities = append(entities, e)
	return entities, len(entities)
}

// trim keeps what Telegram takes. Links go before looks.
func trim(entities []models.MessageEntity) []models.MessageEntity {
	if len(entities) <= maxEntities {
		return entities
	}
	rest := maxEntities
	for _, e := range entities {
		if e.Type == models.MessageEntityTypeTextLink {
			rest--
		}
	}
	rest = max(rest, 0)
	kept := slices.DeleteFunc(entities, func(e models.MessageEntity) bool {
		if e.Type == models.MessageEntityTypeTextLink {
			return false
		}
		rest--
		return rest < 0
	})
	return kept[:min(len(kept), maxEntities)]
}

// keyboard is an inline keyboard. The library's own type would send an empty
// copy_text with every button.
type keyboard struct {
	Rows [][]key `json:"inline_keyboard"`
}

type key struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

// keys sets buttons. Telegram lays every row out from left to right; under a
// right-to-left text the first button is to stand on the right.
func keys(m bots.Message) *keyboard {
	if len(m.Buttons) == 0 {
		return nil
	}
	k := &keyboard{Rows: make([][]key, 0, len(m.Buttons))}
	reverse := rightToLeft(m)
	for _, row := range m.Buttons {
		set := make([]key, 0, len(row))
		for _, b := range row {
			label := b.Label
			if b.On {
				label = ticked + label
			}
			if b.URL != "" {
				b.Data = ""
			}
			set = append(set, key{Text: label, URL: b.URL, Data: b.Data})
		}
		if reverse {
			slices.Reverse(set)
		}
		if len(set) > 0 {
			k.Rows = append(k.Rows, set)
		}
	}
	return k
}

// rightToLeft reports how the message reads: as its first letter does, else as
// the first letter of its buttons. Without letters it reads as Arabic does.
func rightToLeft(m bots.Message) bool {
	for _, s := range m.Text {
		if rtl, ok := direction(s.Text); ok {
			return rtl
		}
	}
	for _, row := range m.Buttons {
		for _, b := range row {
			if rtl, ok := direction(b.Label); ok {
				return rtl
			}
		}
	}
	return true
}

// direction is that of the first strong character; ok is false without one.
func direction(s string) (rtl, ok bool) {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL:
			return true, true
		case bidi.L:
			return false, true
		}
	}
	return false, false
}
