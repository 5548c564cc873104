package editor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news/arabic"
)

// duty says who is on duty, or sets when somebody is: oneself, or, by an owner,
// whoever has the number.
func (t *turn) duty(ctx context.Context, rest string) (bool, error) {
	rota, err := t.door.Desk.Rota(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	if rest == "" {
		t.say(t.rota(rota)...)
		return true, nil
	}
	of, rest := t.whose(rest)
	var watches []desk.Watch
	if !t.door.words.list.remove[arabic.FoldCommand(rest)] {
		if watches, err = desk.ParseWatches(rest); err != nil {
			t.say(t.howDuty()...)
			return true, nil //nolint:nilerr // said by an example
		}
	}
	if err := t.door.Desk.Keep(ctx, t.who.ID, of, watches); err != nil {
		return false, err
	}
	w, name := t.door.phrases, fmt.Sprint(of)
	if i := slices.IndexFunc(rota.Editors, func(e desk.Editor) bool { return e.ID == of }); i >= 0 {
		name = t.door.name(rota.Editors[i])
	}
	words := w.DutySet
	if len(watches) == 0 {
		words = w.DutyCleared
	}
	t.say(put(words, "name", name, "hours", t.hours(watches)))
	return true, nil
}

// whose reads the number of an editor, which has hours or days behind it; a
// number that belongs to the hours is none.
func (t *turn) whose(rest string) (desk.EditorID, string) {
	word, more := head(rest)
	id, ok := number(word)
	if _, err := desk.ParseWatches(rest); !ok || err == nil || more == "" {
		return t.who.ID, rest
	}
	return desk.EditorID(id), more
}

// rota says when the editor is on duty, who is now, and, to owners, when
// everybody is.
func (t *turn) rota(r desk.Rota) []string {
	w := t.door.phrases
	of := func(id desk.EditorID) string {
		return t.hours(slices.DeleteFunc(slices.Clone(r.Watches), func(one desk.Watch) bool { return one.Editor != id }))
	}
	lines := []string{w.DutyNone, w.DutyNobody}
	if hours := of(t.who.ID); hours != "" {
		lines[0] = put(w.DutyMine, "hours", hours)
	}
	var names []string
	for _, e := range r.Now {
		names = append(names, t.door.name(e))
	}
	if len(names) > 0 {
		lines[1] = put(w.DutyNow, "names", strings.Join(names, w.Comma))
	}
	for _, e := range r.Editors {
		if hours := of(e.ID); hours != "" && t.who.Role == desk.Owner && e.ID != t.who.ID {
			lines = append(lines, put(w.DutyOf, "id", fmt.Sprint(e.ID), "name", t.door.name(e), "hours", hours))
		}
	}
	return append(lines, t.howDuty()...)
}

func (t *turn) hours(watches []desk.Watch) string {
	var all []string
	for _, one := range watches {
		all = append(all, t.door.said.Watch(one))
	}
	return strings.Join(all, t.door.phrases.Semicolon)
}

func (t *turn) howDuty() []string {
	lines := []string{t.door.phrases.HowDuty}
	if t.who.Role == desk.Owner {
		lines = append(lines, t.door.phrases.HowDutyOwner)
	}
	return lines
}
