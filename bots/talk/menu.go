package talk

import (
	"strconv"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// maxData is what a button can carry (Bot API, InlineKeyboardButton).
const maxData = 64

// maxLabel keeps two buttons readable beside each other; in UTF-16 units.
const maxLabel = 40

// choice is one thing to choose from a menu.
type choice struct {
	label string
	data  string
	url   string // opens instead
	tick  bool   // one of a list where each is on or off
	on    bool
}

// menu is rows of choices. Networks with buttons show them as such; on the
// others the choices are numbered lines. Numbers choose on both.
type menu [][]choice

// rowed sets choices two to a row.
func rowed(choices []choice) menu {
	var m menu
	for i := 0; i < len(choices); i += 2 {
		m = append(m, choices[i:min(i+2, len(choices))])
	}
	return m
}

// data returns what the choices carry, in the order of their numbers.
func (m menu) data() []string {
	var out []string
	for _, row := range m {
		for _, c := range row {
			if c.url == "" {
				out = append(out, c.data)
			}
		}
	}
	return out
}

// sound drops choices that no button could carry.
func (m menu) sound() menu {
	var out menu
	for _, row := range m {
		var kept []choice
		for _, c := range row {
			if len(c.data) <= maxData && c.label != "" && (c.data != "" || c.url != "") {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

func (m menu) buttons() [][]news.Button {
	var out [][]news.Button
	for _, row := range m {
		var set []news.Button
		for _, c := range row {
			set = append(set, news.Button{Label: arabic.Clip(c.label, maxLabel), Data: c.data, URL: c.url, On: c.on})
		}
		out = append(out, set)
	}
	return out
}

// Marks of the numbered lines of a list.
const (
	ticked   = "☑ "
	unticked = "☐ "
)

// lines writes the menu out for a network without buttons.
func (m menu) lines() news.Text {
	var out news.Text
	n := 0
	for _, row := range m {
		for _, c := range row {
			if len(out) > 0 {
				out = append(out, news.Span{Text: "\n"})
			}
			if c.url != "" {
				out = append(out, news.Span{Text: c.label + ": " + c.url})
				continue
			}
			n++
			mark := ""
			switch {
			case c.tick && c.on:
				mark = ticked
			case c.tick:
				mark = unticked
			}
			out = append(out, news.Span{Text: strconv.Itoa(n) + ". " + mark + c.label})
		}
	}
	return out
}
