package editor

import (
	"context"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// weigh says whether the newest open draft is for those, too, who want the
// important only.
func (t *turn) weigh(w desk.Weight) func(context.Context, string) (bool, error) {
	return t.set(func(c *desk.Content) { c.Weight = w })
}

// turned is the other weight than a draft has.
func turned(d desk.Draft) desk.Weight {
	if d.Important() {
		return desk.Ordinary
	}
	return desk.Important
}

// weight says whom a draft leaves out; nothing until it is for somebody.
func (d *Door) weight(draft desk.Draft) (lines []string) {
	switch {
	case draft.Form != desk.FormAlert || !draft.Everyone && len(draft.Sections) == 0:
		return nil
	case draft.Important():
		return []string{d.phrases.Important}
	}
	return []string{d.phrases.Ordinary}
}

// weightOf names the other weight on its button.
func (d *Door) weightOf(draft desk.Draft, b news.Button) news.Button {
	b.Label = d.phrases.MakeImportant
	if draft.Important() {
		b.Label = d.phrases.MakeOrdinary
	}
	return b
}
