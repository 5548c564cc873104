package sqlite

import (
	"context"
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// scoped fills in what a client has beside an editor.
func (t tx) scoped(e *desk.Editor) error {
	var scopes string
	_, err := t.one("SELECT scopes, until FROM client WHERE editor = ?", args(e.ID), &scopes, clock{&e.Until})
	e.Scopes = splitScopes(scopes)
	return err
}

func splitScopes(list string) (out []desk.Scope) {
	for s := range strings.SplitSeq(list, ",") {
		if s != "" {
			out = append(out, desk.Scope(s))
		}
	}
	return out
}

func joinScopes(scopes []desk.Scope) string {
	var all []string
	for _, s := range scopes {
		all = append(all, string(s))
	}
	return strings.Join(all, ",")
}

// Enrolled implements desk.Clients.
func (s *Store) Enrolled(ctx context.Context, c desk.Client, hash []byte, e desk.Entry) (out desk.Client, err error) {
	err = s.write(ctx, "write a client", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		found, err := t.one("SELECT 1 FROM client WHERE name = ?", args(c.Name), new(int))
		if err == nil && found {
			err = desk.ErrTaken
		}
		if err != nil {
			return err
		}
		id, err := t.insert("INSERT INTO editor (name, role, sections, revision, joined) VALUES (?, ?, ?, 1, ?)", c.Name, desk.Machine, join(c.Sections), millis(c.Joined))
		if err != nil {
			return err
		}
		if _, err := t.exec("INSERT INTO client (editor, name, hash, scopes, per_minute, until) VALUES (?, ?, ?, ?, ?, ?)",
			id, c.Name, hash, joinScopes(c.Scopes), c.PerMinute, millis(c.Until)); err != nil {
			return err
		}
		out, _, err = t.client(desk.EditorID(id))
		return err
	})
	return out, err
}

func (t tx) client(id desk.EditorID) (c desk.Client, hash []byte, err error) {
	found, err := t.one("SELECT hash, per_minute, used FROM client WHERE editor = ?", args(id), &hash, &c.PerMinute, &c.Used)
	if err == nil && !found {
		err = desk.ErrNobody
	}
	if err != nil {
		return c, nil, err
	}
	c.Editor, err = t.editor(id)
	return c, hash, err
}

// Client implements desk.Clients.
func (s *Store) Client(ctx context.Context, id desk.EditorID) (c desk.Client, hash []byte, err error) {
	err = s.read(ctx, "read a client", func(t tx) (err error) {
		c, hash, err = t.client(id)
		return err
	})
	return c, hash, err
}

// Clients implements desk.Clients.
func (s *Store) Clients(ctx context.Context) (out []desk.Client, err error) {
	err = s.read(ctx, "read the clients", func(t tx) error {
		out = nil
		var ids []desk.EditorID
		err := t.each("SELECT editor FROM client ORDER BY name", nil, func(r row) error {
			ids = append(ids, 0)
			return r.Scan(&ids[len(ids)-1])
		})
		if err != nil {
			return err
		}
		for _, id := range ids {
			c, _, err := t.client(id)
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

// Came implements desk.Clients.
func (s *Store) Came(ctx context.Context, id desk.EditorID, day news.Date) error {
	return s.write(ctx, "keep when a client came", func(t tx) error {
		_, err := t.exec("UPDATE client SET used = ? WHERE editor = ?", day, id)
		return err
	})
}

// Keyed implements desk.Clients.
func (s *Store) Keyed(ctx context.Context, key string) (desk.Draft, error) {
	return first(s.draftList(ctx, "WHERE key = ?", key))
}

// Suggested implements desk.Clients.
func (s *Store) Suggested(ctx context.Context, p desk.Proposal, letters []desk.Letter, e desk.Entry) (out desk.Proposal, err error) {
	err = s.write(ctx, "propose", func(t tx) (err error) {
		var fresh bool
		if out, fresh, err = t.proposed(p, letters); err != nil || !fresh {
			return err
		}
		return t.signed(e)
	})
	return out, err
}
