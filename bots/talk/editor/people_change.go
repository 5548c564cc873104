package editor

import (
	"context"
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// listWords are what stands behind the word for editors, folded.
type listWords struct {
	add, remove, change map[string]bool
	in                  map[string]bool // before sections, like a colon
	every               map[string]bool // in the place of sections: all of them
}

// change gives an editor another role or other sections: "3 role: sections".
// What is not named stays. A colon with nothing behind it opens no section.
func (t *turn) change(ctx context.Context, rest string) (bool, error) {
	id, c, ok := t.changes(rest)
	if !ok {
		return true, nil
	}
	ed, back, err := t.door.Desk.Promote(ctx, t.who.ID, id, c)
	if err != nil {
		return false, err
	}
	w := t.door.phrases
	lines := []string{put(w.Ranked, "name", t.door.name(ed), "role", t.door.said.Role(ed.Role)), t.door.scope(ed.Sections)}
	t.say(append(lines, t.door.takenBack(back)...)...)
	return true, nil
}

// takenBack says which drafts were confirmed and are drafts again.
func (d *Door) takenBack(back []desk.Draft) []string {
	if len(back) == 0 {
		return nil
	}
	var numbers []string
	for _, draft := range back {
		numbers = append(numbers, fmt.Sprint(draft.ID))
	}
	return []string{put(d.phrases.TakenBack, "list", strings.Join(numbers, d.phrases.Comma))}
}

// changes reads what is to change, about whom. What it cannot read is told how.
func (t *turn) changes(rest string) (id desk.EditorID, c desk.Change, ok bool) {
	n, rest := head(strings.Replace(rest, ":", " : ", 1))
	draft, ok := number(n)
	word, behind := head(rest)
	if role, named := t.door.words.roles[arabic.FoldCommand(word)]; named {
		c.Role, rest = role, behind
	}
	lead, list := head(rest)
	c.Scoped = lead == ":" || t.door.words.list.in[arabic.FoldCommand(lead)]
	if !ok || c.Role == "" && !c.Scoped || rest != "" && !c.Scoped {
		t.say(t.howEditors())
		return 0, c, false
	}
	if c.Scoped {
		c.Sections, ok = t.scoped(list)
	}
	return desk.EditorID(draft), c, ok
}

// scoped reads names of sections, or the word for all of them, which is none.
func (t *turn) scoped(list string) ([]news.Slug, bool) {
	if t.door.words.list.every[arabic.FoldCommand(list)] {
		return nil, true
	}
	return t.sections(list)
}
