package editor

import (
	"context"
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// editors lists the editors, invites one, changes what one may do, or removes
// one.
func (t *turn) editors(ctx context.Context, rest string) (bool, error) {
	word, more := head(rest)
	switch key, w := arabic.FoldCommand(word), t.door.words.list; {
	case w.add[key]:
		return t.invite(ctx, more)
	case w.change[key]:
		return t.change(ctx, more)
	case w.remove[key]:
		id, _ := number(more)
		gone, err := t.door.Desk.Remove(ctx, t.who.ID, desk.EditorID(id))
		if err != nil {
			return false, err
		}
		t.say(put(t.door.phrases.Removed, "name", t.door.name(gone)))
		return true, nil
	case rest != "":
		t.say(t.howEditors())
		return true, nil
	}
	all, err := t.door.Desk.Roster(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	lines := []string{t.door.phrases.Editors}
	for _, e := range all {
		line := put(t.door.phrases.Editor, "id", fmt.Sprint(e.ID), "name", t.door.name(e), "role", t.door.said.Role(e.Role))
		if len(e.Sections) > 0 {
			line += " (" + t.door.names(e.Sections) + ")"
		}
		lines = append(lines, line)
	}
	if t.who.May(desk.ActInvite) {
		lines = append(lines, t.howEditors())
	}
	t.say(lines...)
	return true, nil
}

func (d *Door) name(e desk.Editor) string {
	if e.Name == "" {
		return d.said.Role(e.Role)
	}
	return e.Name
}

// howEditors tells how, with a section of the newsroom's own.
func (t *turn) howEditors() string {
	section := ""
	if all := t.door.slugs(); len(all) > 0 {
		section = t.door.names(all[:1])
	}
	return put(t.door.phrases.HowEditors, "section", section)
}

// invite makes a code for "role name: sections". A colon with nothing behind
// it opens no section, least of all every one.
func (t *turn) invite(ctx context.Context, rest string) (bool, error) {
	person, list, some := strings.Cut(rest, ":")
	word, name := head(person)
	role, ok := t.door.words.roles[arabic.FoldCommand(word)]
	if !ok {
		t.say(t.howEditors())
		return true, nil
	}
	var sections []news.Slug
	if some {
		if sections, ok = t.scoped(list); !ok {
			return true, nil
		}
	}
	code, err := t.door.Desk.Invite(ctx, t.who.ID, role, sections, name)
	if err != nil {
		return false, err
	}
	w := t.door.phrases
	lines := []string{put(w.Invited, "role", t.door.said.Role(role), "code", code)}
	if name = desk.EditorName(name); name != "" {
		lines = append(lines, put(w.InvitedWho, "name", name))
	}
	t.say(append(lines, t.door.scope(sections), w.InvitedHow)...)
	return true, nil
}

// scope says what sections an editor has.
func (d *Door) scope(sections []news.Slug) string {
	if len(sections) == 0 {
		return d.phrases.EverySection
	}
	return put(d.phrases.SomeSections, "list", d.names(sections))
}

// sections reads names of sections. What names none is told, with those that
// there are.
func (t *turn) sections(names string) (chosen []news.Slug, ok bool) {
	seen := map[news.Slug]bool{}
	for name := range strings.FieldsFuncSeq(names, func(r rune) bool { return r == ',' || r == '،' || r == '؛' || r == '\n' }) {
		if strings.TrimSpace(name) == "" {
			continue
		}
		slug, found := t.section(name)
		if !found {
			chosen = nil
			break
		}
		if !seen[slug] {
			seen[slug], chosen = true, append(chosen, slug)
		}
	}
	if len(chosen) == 0 {
		t.say(put(t.door.phrases.NoSection, "list", t.door.names(t.door.slugs())))
	}
	return chosen, len(chosen) > 0
}
