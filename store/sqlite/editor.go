package sqlite

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// Editor implements desk.Editors.
func (s *Store) Editor(ctx context.Context, id desk.EditorID) (e desk.Editor, err error) {
	err = s.read(ctx, "read an editor", func(t tx) (err error) {
		e, err = t.editor(id)
		return err
	})
	return e, err
}

// Seated implements desk.Editors.
func (s *Store) Seated(ctx context.Context, seat desk.Seat) (e desk.Editor, err error) {
	err = s.read(ctx, "look who sits there", func(t tx) error {
		var id desk.EditorID
		_, err := t.one("SELECT editor FROM seat WHERE account = (SELECT id FROM account WHERE name = ?) AND chat = ?", args(seat.Account, seat.Chat), &id)
		if err != nil {
			return err
		}
		e, err = t.editor(id)
		return err
	})
	return e, err
}

// Roster implements desk.Editors.
func (s *Store) Roster(ctx context.Context) (out []desk.Editor, err error) {
	err = s.read(ctx, "read the editors", func(t tx) (err error) {
		out, err = t.editors("WHERE gone = 0 AND role <> 'client' ORDER BY id")
		return err
	})
	return out, err
}

func (t tx) editor(id desk.EditorID) (desk.Editor, error) {
	found, err := t.editors("WHERE gone = 0 AND id = ?", id)
	if err == nil && len(found) == 0 {
		return desk.Editor{}, desk.ErrNobody
	}
	if err != nil {
		return desk.Editor{}, err
	}
	return found[0], nil
}

func (t tx) editors(where string, a ...any) (out []desk.Editor, err error) {
	err = t.each("SELECT id, name, role, sections, revision, joined FROM editor "+where, a, func(r row) error {
		var e desk.Editor
		var sections string
		err := r.Scan(&e.ID, &e.Name, &e.Role, &sections, &e.Revision, clock{&e.Joined})
		e.Sections = split(sections)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		e := &out[i]
		if e.Role == desk.Machine {
			if err := t.scoped(e); err != nil {
				return nil, err
			}
			continue
		}
		err := t.each("SELECT account.name, chat FROM seat JOIN account ON account.id = seat.account WHERE editor = ? ORDER BY account.name, chat", args(e.ID), func(r row) error {
			var seat desk.Seat
			err := r.Scan(&seat.Account, &seat.Chat)
			e.Seats = append(e.Seats, seat)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Invited implements desk.Editors.
func (s *Store) Invited(ctx context.Context, i desk.Invitation, e desk.Entry) error {
	return s.write(ctx, "write an invitation", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM invitation WHERE expires <= ?", millis(e.At)); err != nil {
			return err
		}
		if e.By == 0 && i.Role == desk.Owner {
			if _, err := t.exec("DELETE FROM invitation WHERE by = 0 AND role = ?", desk.Owner); err != nil {
				return err
			}
		}
		_, err := t.exec("INSERT INTO invitation (hash, role, sections, name, editor, by, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
			i.Hash, i.Role, join(i.Sections), i.Name, i.Editor, e.By, millis(i.Expires))
		return err
	})
}

// Claimed implements desk.Editors.
func (s *Store) Claimed(ctx context.Context, c desk.Claimant) (ed desk.Editor, back []desk.Draft, err error) {
	err = s.write(ctx, "use an invitation", func(t tx) error {
		i, err := t.redeem(c)
		if err != nil {
			return err
		}
		id, sat, err := t.takeSeat(i, c.Seat, c.At)
		if err != nil {
			return err
		}
		if ed, err = t.editor(id); err != nil {
			return err
		}
		err = t.signed(desk.Entry{At: c.At, By: ed.ID, Name: ed.Name, Act: desk.ActClaim, Revision: ed.Revision, About: string(ed.Role) + " on " + string(c.Seat.Account.Platform())})
		if err != nil || !sat {
			return err
		}
		back, err = t.unsaid(ed.ID, c.At, func(d desk.Draft) bool { return c.Keeps(ed, d) })
		return err
	})
	return ed, back, err
}

// redeem uses a code up.
func (t tx) redeem(c desk.Claimant) (i desk.Invitation, err error) {
	var sections string
	found, err := t.one("DELETE FROM invitation WHERE hash = ? AND expires > ? RETURNING role, sections, name, editor",
		args(c.Hash, millis(c.At)), &i.Role, &sections, &i.Name, &i.Editor)
	if err == nil && !found {
		err = desk.ErrCode
	}
	i.Sections = split(sections)
	if i.Name == "" {
		i.Name = c.Name
	}
	return i, err
}

// takeSeat returns who sits there now. Somebody who sat there already (sat)
// keeps the person, and gets the invitation's role.
func (t tx) takeSeat(i desk.Invitation, seat desk.Seat, at time.Time) (id desk.EditorID, sat bool, err error) {
	account, err := t.account(seat.Account)
	if err != nil {
		return 0, false, err
	}
	var there desk.EditorID
	if _, err := t.one("SELECT editor FROM seat WHERE account = ? AND chat = ?", args(account, seat.Chat), &there); err != nil {
		return 0, false, err
	}
	switch {
	case i.Editor != 0 && there != 0 && there != i.Editor:
		return 0, false, desk.ErrCode
	case i.Editor != 0:
		id = i.Editor
	case there != 0:
		was, err := t.editor(there)
		if err != nil {
			return 0, false, err
		}
		if _, err := t.exec("UPDATE editor SET role = ?, sections = ?, revision = revision + 1 WHERE id = ?", i.Role, join(i.Sections), there); err != nil {
			return 0, false, err
		}
		return there, true, t.demoted(there, was.Role, i.Role)
	default:
		n, err := t.insert("INSERT INTO editor (name, role, sections, revision, joined) VALUES (?, ?, ?, 1, ?)", i.Name, i.Role, join(i.Sections), millis(at))
		if err != nil {
			return 0, false, err
		}
		id = desk.EditorID(n)
	}
	_, err = t.exec("INSERT OR REPLACE INTO seat (account, chat, editor) VALUES (?, ?, ?)", account, seat.Chat, id)
	return id, false, err
}

// Promoted implements desk.Editors.
func (s *Store) Promoted(ctx context.Context, p desk.Promotion) (out desk.Editor, back []desk.Draft, err error) {
	ed, e := p.Editor, p.Entry
	err = s.write(ctx, "change an editor", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		was, err := t.editor(ed.ID)
		if err != nil {
			return err
		}
		n, err := t.exec("UPDATE editor SET role = ?, sections = ?, revision = revision + 1 WHERE id = ? AND gone = 0 AND revision = ?",
			ed.Role, join(ed.Sections), ed.ID, ed.Revision)
		if err != nil {
			return err
		}
		if n == 0 {
			return desk.ErrChanged
		}
		if err := t.demoted(ed.ID, was.Role, ed.Role); err != nil {
			return err
		}
		if back, err = t.unsaid(ed.ID, e.At, p.Keeps); err != nil {
			return err
		}
		if err := t.post(p.Letters, millis(e.At)); err != nil {
			return err
		}
		out, err = t.editor(ed.ID)
		return err
	})
	return out, back, err
}

// demoted follows a new role. With the ownership go the codes that only an owner
// gives out, and the last owner stays one.
func (t tx) demoted(id desk.EditorID, was, role desk.Role) error {
	if was != desk.Owner || role == desk.Owner {
		return nil
	}
	if _, err := t.exec("DELETE FROM invitation WHERE by = ? AND editor = 0", id); err != nil {
		return err
	}
	return t.led()
}

// led refuses to leave a desk without an owner.
func (t tx) led() error {
	found, err := t.one("SELECT 1 FROM editor WHERE gone = 0 AND role = ? LIMIT 1", args(desk.Owner), new(int))
	if err == nil && !found {
		err = desk.ErrLastOwner
	}
	return err
}

// Removed implements desk.Editors.
func (s *Store) Removed(ctx context.Context, id desk.EditorID, e desk.Entry) (dropped []desk.Draft, err error) {
	err = s.write(ctx, "remove an editor", func(t tx) error {
		dropped, err = t.dismiss(id, e)
		return err
	})
	return dropped, err
}

// dismiss takes an editor, or a client, away with everything that gave them a
// say.
func (t tx) dismiss(id desk.EditorID, e desk.Entry) ([]desk.Draft, error) {
	if err := t.signed(e); err != nil {
		return nil, err
	}
	n, err := t.exec("UPDATE editor SET gone = max(?, 1), revision = revision + 1 WHERE id = ? AND gone = 0", millis(e.At), id)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, desk.ErrNobody
	}
	if err := t.led(); err != nil && (e.By != 0 || !errors.Is(err, desk.ErrLastOwner)) {
		return nil, err
	}
	for _, query := range []string{
		"DELETE FROM look WHERE (account, chat) IN (SELECT account, chat FROM seat WHERE editor = ?)", "DELETE FROM seat WHERE editor = ?", "DELETE FROM watch WHERE editor = ?", "DELETE FROM invitation WHERE ?1 IN (by, editor)",
		"DELETE FROM answer WHERE client = ?", "DELETE FROM client WHERE editor = ?",
	} {
		if _, err := t.exec(query, id); err != nil {
			return nil, err
		}
	}
	return t.disown(id, e)
}

// disown drops what an editor had drafted, and takes back what they had
// confirmed for others.
func (t tx) disown(id desk.EditorID, e desk.Entry) ([]desk.Draft, error) {
	return t.takeBack(e.At, "its editor was removed", func(d desk.Draft) (concerned, drop bool) {
		theirs := d.By == id
		sure := d.State.Waiting() || d.State == desk.Second
		return theirs || sure && (d.Confirmed == id || d.Approved == id), theirs
	})
}

// unsaid takes back what somebody has confirmed who is not what they were, but
// for what they keep.
func (t tx) unsaid(id desk.EditorID, at time.Time, keeps func(desk.Draft) bool) ([]desk.Draft, error) {
	return t.takeBack(at, "its editor may not send it any more", func(d desk.Draft) (concerned, drop bool) {
		sure := d.State.Waiting() || d.State == desk.Second
		return sure && (d.Confirmed == id || d.Approved == id) && !keeps(d), false
	})
}

// takeBack makes drafts again of what is not decided for good, or drops it.
func (t tx) takeBack(at time.Time, why string, which func(desk.Draft) (concerned, drop bool)) (out []desk.Draft, err error) {
	live, err := t.drafts("WHERE " + liveDrafts + " ORDER BY id")
	if err != nil {
		return nil, err
	}
	for _, d := range live {
		concerned, drop := which(d)
		if !concerned || !d.State.Open() && !d.State.Waiting() {
			continue
		}
		next := d.Revoked(drop)
		next.Touched = at
		if err := t.step(&next); err != nil {
			return nil, err
		}
		if err := t.signed(desk.Entry{At: at, Act: desk.ActReturn, Draft: next.ID, Version: next.Version, About: why}); err != nil {
			return nil, err
		}
		out = append(out, next)
	}
	return out, nil
}
