package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// Change is what an owner changes about an editor. What it does not name stays.
type Change struct {
	Role     Role        // empty: it stays
	Sections []news.Slug // of Scoped: what they write and send for from now on, with all below; none: everything
	Scoped   bool
}

// Promotion is a change as it is decided.
type Promotion struct {
	Editor  Editor // as they are to be; Revision is the one that it was decided on
	Entry   Entry
	Letters []Letter
	Keeps   func(Draft) bool // whether what they have confirmed still stands; it reads nothing but the draft
}

// Promote gives an editor another role or other sections, at once: what they
// have confirmed and may not confirm any more goes back to its author, and is
// returned, unless it has gone out. They are told. The only owner stays one. A
// change that changes nothing writes nothing.
func (d *Desk) Promote(ctx context.Context, by, id EditorID, c Change) (ed Editor, back []Draft, err error) {
	if err := d.sound(c.Role, c.Sections); c.Role != "" && err != nil {
		return Editor{}, nil, err
	}
	ed, err = decide(func() (Editor, error) {
		who, ed, err := d.pair(ctx, by, id, ActPromote)
		if err != nil {
			return Editor{}, err
		}
		if ed.Role == Machine {
			return Editor{}, refuseAs(NoEditor, "a client is no editor")
		}
		next := ed.changed(c)
		if err := d.sound(next.Role, next.Sections); err != nil {
			return Editor{}, err
		}
		if next.Role != Owner {
			if err := d.keepsOwner(ctx, ed); err != nil {
				return Editor{}, err
			}
		}
		if next.Role == ed.Role && slices.Equal(next.Sections, ed.Sections) {
			return ed, nil
		}
		out, dropped, err := d.promoted(ctx, who, next)
		back = dropped
		return out, err
	})
	return ed, back, err
}

// changed is an editor after a change. Who becomes an owner may do everything,
// unless the change says otherwise.
func (e Editor) changed(c Change) Editor {
	if c.Role == Owner && e.Role != Owner {
		e.Sections = nil
	}
	if c.Role != "" {
		e.Role = c.Role
	}
	if c.Scoped {
		e.Sections = slices.Compact(slices.Sorted(slices.Values(c.Sections)))
	}
	return e
}

func (d *Desk) promoted(ctx context.Context, who, next Editor) (Editor, []Draft, error) {
	e := d.entry(who, ActPromote)
	e.About = fmt.Sprintf("%s: %s", next.Name, next.Role)
	for _, s := range next.Sections {
		e.About += " " + string(s)
	}
	p := Promotion{Editor: next, Entry: e, Keeps: func(draft Draft) bool { return d.keeps(next, draft) }}
	if who.ID != next.ID { // who changes themselves is answered
		p.Letters = seats(d.words().Notice(Notice{Kind: NoticeRanked, Name: d.words().Role(next.Role), Words: d.scope(next.Sections)}), []Editor{next})
	}
	out, back, err := d.Store.Promoted(ctx, p)
	if err != nil {
		return Editor{}, nil, explained(err)
	}
	d.posted(p.Letters)
	for _, draft := range back {
		d.moved(draft)
	}
	d.seated(out)
	return out, back, nil
}

// scope says to an editor what sections they have.
func (d *Desk) scope(sections []news.Slug) string {
	if len(sections) == 0 {
		return d.words().Notices.AllSections
	}
	list := d.Tree().Name(sections[0])
	for _, s := range sections[1:] {
		list = put(d.words().Notices.Comma, "first", list, "last", d.Tree().Name(s))
	}
	return put(d.words().Notices.SomeSections, "list", list)
}
