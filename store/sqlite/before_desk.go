package sqlite

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// deskBefore is what the desk of a replaced database knows that a backup must
// not undo.
type deskBefore struct {
	stands desk.Standing
	people []person
}

// person is an editor or a client, as they were last. Their number alone does
// not say who they are: the backup may be of another database.
type person struct {
	desk.Editor
	gone bool
}

func (b *deskBefore) read(t tx) (err error) {
	if b.stands, err = t.standing(); err != nil {
		return err
	}
	return t.each("SELECT id, name, role, sections, joined, gone > 0 FROM editor ORDER BY id", nil, func(r row) error {
		var p person
		var sections string
		err := r.Scan(&p.ID, &p.Name, &p.Role, &sections, clock{&p.Joined}, &p.gone)
		p.Sections = split(sections)
		b.people = append(b.people, p)
		return err
	})
}

// takeOverDesk opens the bot where it was open, stops what was stopped, and
// gives nobody rights back that were taken from them.
func (t tx) takeOverDesk(b deskBefore, now time.Time, done *Restored) error {
	if b.stands.Open {
		if _, err := t.exec("UPDATE desk SET open = 1"); err != nil {
			return err
		}
	}
	if err := t.takeOverSwitches(b.stands, now, done); err != nil {
		return err
	}
	family, err := t.kin()
	if err != nil {
		return err
	}
	for _, p := range b.people {
		if err := t.takeOverPerson(p, family, now, done); err != nil {
			return err
		}
	}
	return nil
}

// takeOverSwitches freezes and holds what was frozen and held.
func (t tx) takeOverSwitches(s desk.Standing, now time.Time, done *Restored) error {
	if s.Frozen {
		n, err := t.exec("UPDATE desk SET frozen = 1, frozen_by = ?, frozen_at = ? WHERE frozen = 0", s.FrozenBy, millis(s.FrozenAt))
		if err != nil {
			return err
		}
		if done.Frozen = n > 0; done.Frozen {
			if err := t.signed(restoring(now, desk.ActFreeze, "")); err != nil {
				return err
			}
		}
	}
	if !s.Held {
		return nil
	}
	n, err := t.exec("UPDATE desk SET held = 1, held_by = ?, held_at = ?, held_why = ? WHERE held = 0", s.HeldBy, millis(s.HeldAt), s.HeldWhy)
	if done.Held = n > 0; err != nil || !done.Held {
		return err
	}
	return t.signed(restoring(now, desk.ActHold, s.HeldWhy))
}

// takeOverPerson removes who was removed, and leaves who may do less no more
// than that.
func (t tx) takeOverPerson(p person, family kin, now time.Time, done *Restored) error {
	there, err := t.editors("WHERE gone = 0 AND id = ? AND name = ? AND joined = ?", p.ID, p.Name, millis(p.Joined))
	if err != nil || len(there) == 0 {
		return err
	}
	if p.gone {
		done.Removed++
		_, err := t.dismiss(p.ID, restoring(now, desk.ActRemove, p.Name))
		return err
	}
	was := there[0]
	role, sections := lower(was.Role, p.Role), family.narrower(was.Sections, p.Sections)
	if role == was.Role && slices.Equal(sections, was.Sections) {
		return nil
	}
	done.Lowered++
	e := restoring(now, desk.ActPromote, strings.TrimSpace(p.Name+": "+string(role)+" "+strings.ReplaceAll(join(sections), ",", " ")))
	if err := t.signed(e); err != nil {
		return err
	}
	if _, err := t.exec("UPDATE editor SET role = ?, sections = ?, revision = revision + 1 WHERE id = ?", role, join(sections), p.ID); err != nil {
		return err
	}
	_, err = t.unsaid(p.ID, now, func(desk.Draft) bool { return false })
	return err
}

// restoring is what a restore writes into the desk's log.
func restoring(now time.Time, a desk.Act, about string) desk.Entry {
	return desk.Entry{At: now, Name: desk.Server().Name, Act: a, About: strings.TrimPrefix(about+", as before the restore", ", ")}
}

// lower is the role of two that may do less.
func lower(a, b desk.Role) desk.Role {
	rank := func(r desk.Role) int {
		return slices.Index([]desk.Role{desk.Machine, desk.Reporter, desk.Chief, desk.Owner}, r)
	}
	return slices.MinFunc([]desk.Role{a, b}, func(a, b desk.Role) int { return cmp.Compare(rank(a), rank(b)) })
}

// narrower is what both of an old and a newer list of sections cover; none is
// all of them. Where they have nothing in common, the newer one stands.
func (k kin) narrower(old, newer []news.Slug) []news.Slug {
	switch {
	case len(newer) == 0:
		return old
	case len(old) == 0:
		return newer
	}
	within := func(list []news.Slug, s news.Slug) bool {
		return slices.ContainsFunc(list, func(above news.Slug) bool { return above == s || k[s][above] })
	}
	var both []news.Slug
	for _, s := range slices.Concat(old, newer) {
		if within(old, s) && within(newer, s) && !slices.Contains(both, s) {
			both = append(both, s)
		}
	}
	if len(both) == 0 {
		return newer
	}
	return both
}
