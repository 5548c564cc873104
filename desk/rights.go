package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// May reports whether an editor's role allows an act. Doors use it to choose
// what a menu shows; it is checked again at the act.
func (e Editor) May(a Act) bool {
	if e.Role == Machine {
		return e.mayMachine(a)
	}
	switch a {
	case ActWrite, ActEdit, ActPreview, ActCancel:
		return e.Role == Owner || e.Role == Chief || e.Role == Reporter
	case ActInvite, ActPromote, ActRemove, ActOpen, ActThaw, ActExport:
		return e.Role == Owner
	}
	return e.Role == Owner || e.Role == Chief
}

// covers reports whether an editor may write for an audience. One who has
// sections of their own may write to no others, and not to everybody.
func (e Editor) covers(tree news.Tree, c Content) bool {
	if len(e.Sections) == 0 {
		return true
	}
	if c.Everyone {
		return false
	}
	return !slices.ContainsFunc(c.Sections, func(s news.Slug) bool { return !tree.Follows(e.Sections, s) })
}

// allowed checks an act at the moment it is done.
func (e Editor) allowed(a Act) error {
	if !e.May(a) {
		return refuseAs(NotYours, "a %s may not do that (%s)", e.Role, a)
	}
	return nil
}

// allowedFor checks an act on a draft. A reporter touches no drafts but their
// own, whose sending they can stop. Whoever may send may pause and stop
// everything, whatever sections they write for; a client only what it sent.
func (e Editor) allowedFor(a Act, tree news.Tree, d Draft) error {
	if a == ActStop && d.By == e.ID && e.Role != Machine {
		return nil
	}
	if err := e.allowed(a); err != nil {
		return err
	}
	if (e.Role == Reporter || e.Role == Machine) && d.By != e.ID {
		return refuseAs(NotYours, "the draft is somebody else's")
	}
	if a != ActPause && a != ActStop && !e.covers(tree, d.Content) {
		return refuseAs(OtherSection, "%s does not write for these sections", e.Name)
	}
	return nil
}

// editor reads who acts, as they are now.
func (d *Desk) editor(ctx context.Context, id EditorID) (Editor, error) {
	if id == 0 {
		return Server(), nil
	}
	e, err := d.Store.Editor(ctx, id)
	if err != nil {
		return Editor{}, explained(fmt.Errorf("read editor %d: %w", id, err))
	}
	if e.over(d.Now()) {
		return Editor{}, refuseAs(NoEditor, "the time of %s is over", e.Name)
	}
	return e, nil
}

// Who returns the editor who acts from a chat; ok is false when nobody does.
func (d *Desk) Who(ctx context.Context, s Seat) (e Editor, ok bool, err error) {
	e, err = d.Store.Seated(ctx, s)
	if is(err, ErrNobody) {
		return Editor{}, false, nil
	}
	if err != nil {
		return Editor{}, false, fmt.Errorf("look who sits there: %w", err)
	}
	return e, true, nil
}
