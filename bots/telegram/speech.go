package telegram

import (
	"slices"
	"strings"
	"unicode/utf16"
)

// heard is what a text says to the bot.
type heard struct {
	text      string // without the bot's name
	start     string // the payload of an entry link
	addressed bool
}

const (
	maxPayload = 64
	// What may stand between the bot's name and the words: "@bot: latest".
	afterName = " \t\n,:;\u060c\u061b"
)

// listenTo takes the bot's @name out of a text and finds out whether the text
// is for the bot: it starts with a command, or names the bot.
func (a *Adapter) listenTo(text string, entities []entity) heard {
	h := heard{text: text}
	if name, to, rest, ok := command(text); ok {
		h.addressed = to == "" || strings.EqualFold(to, a.username)
		if h.addressed {
			h.text = "/" + name + rest
			h.start = startPayload(name, rest)
			return h
		}
	}
	var cuts []cut
	units := utf16.Encode([]rune(text))
	for _, e := range entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset > len(units)-e.Length {
			continue
		}
		said := string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
		before, name, ok := strings.Cut(said, "@")
		switch {
		case e.Type == "text_mention":
			h.addressed = h.addressed || e.User != nil && e.User.ID == a.id
		case e.Type != "mention" && e.Type != "bot_command":
		case ok && a.username != "" && strings.EqualFold(name, a.username):
			h.addressed = true
			cuts = append(cuts, cut{e.Offset + len(utf16.Encode([]rune(before))), e.Offset + e.Length})
		}
	}
	if len(cuts) > 0 {
		h.text = without(units, cuts)
	}
	return h
}

// command parts "/name@bot rest"; rest keeps the space before it.
func command(text string) (name, bot, rest string, ok bool) {
	if !strings.HasPrefix(text, "/") {
		return "", "", "", false
	}
	end := strings.IndexFunc(text[1:], func(r rune) bool { return !isWord(r) })
	if end < 0 {
		return text[1:], "", "", len(text) > 1
	}
	name, rest = text[1:1+end], text[1+end:]
	if after, found := strings.CutPrefix(rest, "@"); found {
		end = strings.IndexFunc(after, func(r rune) bool { return !isWord(r) })
		if end < 0 {
			end = len(after)
		}
		bot, rest = after[:end], after[end:]
		if bot == "" {
			return "", "", "", false
		}
	}
	spaced := rest == "" || rest[0] == ' ' || rest[0] == '\n'
	return name, bot, rest, name != "" && spaced
}

func isWord(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// startPayload is what an entry link carries (Bot API, deep linking): at most 64 of
// A-Z, a-z, 0-9, _ and -.
func startPayload(name, rest string) string {
	rest = strings.TrimSpace(rest)
	wrong := func(r rune) bool { return !isWord(r) && r != '-' }
	if !strings.EqualFold(name, "start") || len(rest) > maxPayload || strings.ContainsFunc(rest, wrong) {
		return ""
	}
	return rest
}

// cut is a run of UTF-16 units, from and up to.
type cut struct{ from, to int }

func without(units []uint16, cuts []cut) string {
	slices.SortFunc(cuts, func(x, y cut) int { return x.from - y.from })
	var parts []string
	at := 0
	for _, c := range cuts {
		if c.from < at {
			continue
		}
		parts = append(parts, string(utf16.Decode(units[at:c.from])))
		at = c.to
	}
	parts = append(parts, string(utf16.Decode(units[at:])))
	text := strings.TrimLeft(parts[0], afterName)
	for _, p := range parts[1:] {
		if text == "" || strings.HasSuffix(text, " ") || strings.HasSuffix(text, "\n") {
			p = strings.TrimLeft(p, afterName)
		}
		text += p
	}
	return strings.TrimSpace(text)
}
