package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// FirstCode returns a code that makes the first owner; needed is false when
// there is an owner. Each call makes the earlier codes invalid.
func (d *Desk) FirstCode(ctx context.Context) (code string, needed bool, err error) {
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return "", false, fmt.Errorf("look for an owner: %w", err)
	}
	if slices.ContainsFunc(all, func(e Editor) bool { return e.Role == Owner }) {
		return "", false, nil
	}
	code, err = d.OwnerCode(ctx)
	return code, true, err
}

// OwnerCode returns a code that makes an owner: the way back in for whoever
// holds the server.
func (d *Desk) OwnerCode(ctx context.Context) (string, error) {
	return d.invite(ctx, Server(), Invitation{Role: Owner})
}

// Invite returns a code that makes an editor.
func (d *Desk) Invite(ctx context.Context, by EditorID, role Role, sections []news.Slug, name string) (string, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return "", err
	}
	if err := who.allowed(ActInvite); err != nil {
		return "", err
	}
	if err := d.sound(role, sections); err != nil {
		return "", err
	}
	return d.invite(ctx, who, Invitation{Role: role, Sections: sections, Name: cleanName(name)})
}

// Seat returns a code by which an editor takes a seat on another network, or
// on another phone, themselves.
func (d *Desk) Seat(ctx context.Context, by EditorID) (string, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return "", err
	}
	if who.ID == 0 {
		return "", refuseAs(NoEditor, "the server has no chat")
	}
	return d.invite(ctx, who, Invitation{Role: who.Role, Editor: who.ID})
}

func (d *Desk) invite(ctx context.Context, who Editor, i Invitation) (string, error) {
	code, err := newCode()
	if err != nil {
		return "", err
	}
	i.Hash, i.Expires = hashCode(code), d.Now().Add(d.setup().Invitation)
	e := d.entry(who, ActInvite)
	e.About = string(i.Role)
	for _, s := range i.Sections {
		e.About += " " + string(s)
	}
	if err := d.Store.Invited(ctx, i, e); err != nil {
		return "", explained(fmt.Errorf("write the invitation: %w", err))
	}
	return code, nil
}

// Claim uses a code that was written in a private chat. Doors call it for what
// LooksLikeCode says yes to. An editor who gets another role by it keeps of what
// they have confirmed what Promote would leave them; the rest goes back to its
// author, and is returned.
func (d *Desk) Claim(ctx context.Context, s Seat, code, name string) (ed Editor, back []Draft, err error) {
	ed, back, err = d.Store.Claimed(ctx, Claimant{Hash: hashCode(code), Seat: s, Name: cleanName(name), At: d.Now(), Keeps: d.keeps})
	if err != nil {
		return Editor{}, nil, explained(fmt.Errorf("use the code: %w", err))
	}
	for _, draft := range back {
		d.moved(draft)
	}
	d.seated(ed)
	return ed, back, nil
}

// keeps reports whether what an editor has confirmed stands still when they are
// as next.
func (d *Desk) keeps(next Editor, draft Draft) bool {
	return next.allowedFor(ActConfirm, d.Tree(), draft) == nil
}

// LooksLikeCode reports whether a text is in the shape of a code: twelve
// digits of any kind, with whatever spaces and hyphens.
func LooksLikeCode(text string) bool { return len(digits(text)) == codeDigits && len(text) < 80 }

// Remove takes an editor away; what they had open is dropped, what they had
// counting down is stopped.
func (d *Desk) Remove(ctx context.Context, by, id EditorID) (Editor, error) {
	return decide(func() (Editor, error) {
		who, ed, err := d.pair(ctx, by, id, ActRemove)
		if err != nil {
			return Editor{}, err
		}
		if by != 0 {
			if err := d.keepsOwner(ctx, ed); err != nil {
				return Editor{}, err
			}
		}
		e := d.entry(who, ActRemove)
		e.About = ed.Name
		dropped, err := d.Store.Removed(ctx, id, e)
		if err != nil {
			return Editor{}, explained(err)
		}
		for _, draft := range dropped {
			d.moved(draft)
		}
		d.seated(ed)
		return ed, nil
	})
}

// Roster lists the editors.
func (d *Desk) Roster(ctx context.Context, by EditorID) ([]Editor, error) {
	if _, err := d.editor(ctx, by); err != nil {
		return nil, err
	}
	return d.Store.Roster(ctx)
}

func (d *Desk) pair(ctx context.Context, by, id EditorID, a Act) (who, ed Editor, err error) {
	if who, err = d.editor(ctx, by); err != nil {
		return who, ed, err
	}
	if err = who.allowed(a); err != nil {
		return who, ed, err
	}
	ed, err = d.Store.Editor(ctx, id)
	if is(err, ErrNobody) {
		return who, ed, refuseAs(NoSuch, "there is no editor with this number")
	}
	if err != nil {
		return who, ed, fmt.Errorf("read editor %d: %w", id, err)
	}
	return who, ed, nil
}

// keepsOwner refuses to lose the only owner.
func (d *Desk) keepsOwner(ctx context.Context, ed Editor) error {
	if ed.Role != Owner {
		return nil
	}
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return fmt.Errorf("look for another owner: %w", err)
	}
	if slices.ContainsFunc(all, func(e Editor) bool { return e.Role == Owner && e.ID != ed.ID }) {
		return nil
	}
	return explained(ErrLastOwner)
}

func (d *Desk) sound(role Role, sections []news.Slug) error {
	if role != Owner && role != Chief && role != Reporter {
		return refuse("%q is no role: owner, editor or reporter", role)
	}
	for _, s := range sections {
		if _, ok := d.Tree().Find(s); !ok {
			return refuse("there is no section called %q", s)
		}
	}
	return nil
}

// codeDigits are 40 bits: with a day to live and the flood guard of the chats,
// nobody guesses one.
const codeDigits = 12

func newCode() (string, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	n := fmt.Sprintf("%012d", binary.BigEndian.Uint64(b[:])%1_000_000_000_000)
	return n[:4] + "-" + n[4:8] + "-" + n[8:], nil
}

func hashCode(code string) []byte {
	sum := sha256.Sum256([]byte("nashra editor " + digits(code)))
	return sum[:]
}

// digits returns the digits of a text that has nothing else but spaces,
// hyphens and direction marks; else "".
func digits(text string) string {
	var b strings.Builder
	for _, r := range arabic.Western(arabic.Clean(text)) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '\u2011' || r == '\n':
		default:
			return ""
		}
	}
	return b.String()
}

// EditorName is a name as the desk keeps it.
func EditorName(name string) string { return cleanName(name) }

// cleanName is a person's name on one line, without anything that turns the
// line around it.
func cleanName(name string) string {
	return arabic.Clip(strings.Join(strings.Fields(arabic.Clean(name)), " "), 60)
}
