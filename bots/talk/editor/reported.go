package editor

import (
	"strings"

	"github.com/nashra-bot/nashra/desk"
)

// reported is the draft of the report that a message replies to. Networks let
// the phone say what it quotes: rights are looked at all the same.
func (t *turn) reported() (desk.DraftID, bool) {
	first, _, _ := strings.Cut(strings.TrimLeft(t.e.Quoted, "\u200f "), "\n")
	title, _, _ := strings.Cut(t.door.phrases.Title, "{state}")
	for _, form := range t.door.phrases.Forms {
		before, after, _ := strings.Cut(put(title, "form", form), "{draft}")
		if rest, ok := strings.CutPrefix(first, before); ok {
			n, _, _ := strings.Cut(rest, strings.TrimSpace(after))
			return number(n)
		}
	}
	return 0, false
}
