package whatsapp

import (
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// The network shows no buttons of unofficial senders, so choices are numbered
// lines. Links have no number: nothing comes back from them.
const (
	ticked   = "\u2611 "
	unticked = "\u2610 "
)

// withChoices writes the buttons under a text.
func withChoices(text news.Text, rows [][]news.Button) news.Text {
	list := false
	for _, row := range rows {
		for _, b := range row {
			list = list || b.On
		}
	}
	var lines []string
	n := 0
	for _, row := range rows {
		for _, b := range row {
			if b.URL != "" {
				lines = append(lines, b.Label+": "+b.URL)
				continue
			}
			n++
			mark := ""
			switch {
			case b.On:
				mark = ticked
			case list:
				mark = unticked
			}
			lines = append(lines, strconv.Itoa(n)+". "+mark+b.Label)
		}
	}
	if len(lines) == 0 {
		return text
	}
	choices := strings.Join(lines, "\n")
	if !text.Empty() {
		choices = "\n\n" + choices
	}
	return news.Join(text, news.T(choices))
}
