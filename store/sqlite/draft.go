package sqlite

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

const draftColumns = "id, coalesce(key, ''), form, by, state, revision, version, due, made, touched, broadcast, root, latest, withdrawn, body"

// liveDrafts is what the index of the drafts that are not over holds.
const liveDrafts = "state NOT IN ('done', 'stopped', 'dropped')"

func draftFields(d *desk.Draft) []any {
	return args(&d.ID, &d.Key, &d.Form, &d.By, &d.State, &d.Revision, &d.Version, clock{&d.Due}, clock{&d.Made}, clock{&d.Touched},
		&d.Broadcast, &d.Root, &d.Latest, &d.Withdrawn, encoded{d})
}

func (t tx) drafts(where string, a ...any) (out []desk.Draft, err error) {
	err = t.each("SELECT "+draftColumns+" FROM draft "+where, a, func(r row) error {
		var d desk.Draft
		err := r.Scan(draftFields(&d)...)
		out = append(out, d)
		return err
	})
	return out, err
}

func (t tx) draft(id desk.DraftID) (desk.Draft, error) {
	return first(t.drafts("WHERE id = ?", id))
}

func first(found []desk.Draft, err error) (desk.Draft, error) {
	if err == nil && len(found) == 0 {
		err = desk.ErrNone
	}
	if err != nil {
		return desk.Draft{}, err
	}
	return found[0], nil
}

// Wrote implements desk.Drafts.
func (s *Store) Wrote(ctx context.Context, m desk.Move) (out desk.Draft, err error) {
	err = s.write(ctx, "write a draft", func(t tx) (err error) {
		out, err = t.wrote(m)
		return err
	})
	return out, err
}

func (t tx) wrote(m desk.Move) (desk.Draft, error) {
	d := m.Draft
	if d.Key != "" {
		if old, err := t.drafts("WHERE key = ?", d.Key); err != nil || len(old) > 0 {
			return first(old, err)
		}
	}
	if d.State == desk.Counting || d.State == desk.Publishing {
		if err := t.flowing(); err != nil {
			return d, err
		}
	}
	body, err := encode(d)
	if err != nil {
		return d, err
	}
	var key any
	if d.Key != "" {
		key = d.Key
	}
	d.Revision = 1
	id, err := t.insert(`INSERT INTO draft (key, form, by, state, revision, version, due, made, touched, broadcast, root, latest, withdrawn, article, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`, key, d.Form, d.By, d.State, d.Revision, d.Version, millis(d.Due),
		millis(d.Made), millis(d.Touched), d.Broadcast, d.Root, d.Article, body)
	if err != nil {
		return d, err
	}
	d.ID = desk.DraftID(id)
	if d.State == desk.Publishing {
		if err := t.topped(d); err != nil {
			return d, err
		}
	}
	m.Entry.Draft, m.Entry.Version = d.ID, d.Version
	if err := t.signed(m.Entry); err != nil {
		return d, err
	}
	if err := t.worded(d); err != nil {
		return d, err
	}
	if err := t.post(m.Letters, millis(m.Entry.At)); err != nil {
		return d, err
	}
	return t.draft(d.ID)
}

// worded keeps what a version says.
func (t tx) worded(d desk.Draft) error {
	content, err := encode(d.Content)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT OR IGNORE INTO wording (draft, version, content) VALUES (?, ?, ?)", d.ID, d.Version, content)
	return err
}

// Moved implements desk.Drafts.
func (s *Store) Moved(ctx context.Context, m desk.Move) (out desk.Draft, err error) {
	err = s.write(ctx, "move a draft", func(t tx) error {
		d := m.Draft
		if err := t.signed(m.Entry); err != nil {
			return err
		}
		old, err := t.draft(d.ID)
		if err != nil {
			return err
		}
		if old.Revision != d.Revision {
			return desk.ErrChanged
		}
		if d.State == desk.Counting || d.State == desk.Publishing {
			if err := t.flowing(); err != nil {
				return err
			}
		}
		if d.State == desk.Publishing && old.State != desk.Publishing {
			if err := errors.Join(t.current(old), t.unopened(d)); err != nil {
				return err
			}
			if err := t.topped(d); err != nil {
				return err
			}
		}
		if err := errors.Join(t.step(&d), t.still(d, m.Entry.At)); err != nil {
			return err
		}
		if err := t.post(m.Letters, millis(m.Entry.At)); err != nil {
			return err
		}
		out, err = t.draft(d.ID)
		return err
	})
	return out, err
}

// still stops, or pauses, what a draft has become with the draft: between the
// two somebody could have had it tried again.
func (t tx) still(d desk.Draft, at time.Time) error {
	state := map[desk.State]news.State{desk.Stopped: news.Stopped, desk.Paused: news.Paused}[d.State]
	if state == "" || d.Broadcast == 0 {
		return nil
	}
	if err := t.control(d.Broadcast, state, millis(at)); !errors.Is(err, ErrOver) {
		return err
	}
	return nil
}

// flowing returns desk.ErrFrozen while all sending is frozen.
func (t tx) flowing() error {
	found, err := t.one("SELECT 1 FROM desk WHERE frozen = 1", nil, new(int))
	if err == nil && found {
		err = desk.ErrFrozen
	}
	return err
}

// unopened returns desk.ErrOpened for what was looked at as a trial when the bot
// is open by now.
func (t tx) unopened(d desk.Draft) error {
	if !d.Trial {
		return nil
	}
	found, err := t.one("SELECT 1 FROM desk WHERE open = 1", nil, new(int))
	if err == nil && found {
		err = desk.ErrOpened
	}
	return err
}

// current returns desk.ErrRestored for a draft that a restored backup held.
func (t tx) current(d desk.Draft) error {
	found, err := t.one("SELECT 1 FROM meta WHERE name = 'restored' AND CAST(value AS INTEGER) > ?", args(millis(d.Touched)), new(int))
	if err == nil && found {
		err = desk.ErrRestored
	}
	return err
}

// topped makes a correction the newest of its chain.
func (t tx) topped(d desk.Draft) error {
	if d.Root == 0 {
		return nil
	}
	n, err := t.exec(`UPDATE draft SET latest = ?1, withdrawn = ?2, revision = revision + 1
		WHERE id = ?3 AND withdrawn = 0 AND broadcast > 0 AND CASE latest WHEN 0 THEN id ELSE latest END = ?4`,
		d.ID, d.Form == desk.FormWithdrawal, d.Root, d.Base)
	if err == nil && n == 0 {
		err = desk.ErrOvertaken
	}
	return err
}

// step writes a draft over the revision it was decided on.
func (t tx) step(d *desk.Draft) error {
	body, err := encode(d)
	if err != nil {
		return err
	}
	n, err := t.exec(`UPDATE draft SET state = ?, revision = revision + 1, version = ?, due = ?, touched = ?, broadcast = ?, article = ?, body = ?
		WHERE id = ? AND revision = ?`, d.State, d.Version, millis(d.Due), millis(d.Touched), d.Broadcast, d.Article, body, d.ID, d.Revision)
	if err != nil {
		return err
	}
	if n == 0 {
		return desk.ErrChanged
	}
	d.Revision++
	return t.worded(*d)
}

// Draft implements desk.Drafts.
func (s *Store) Draft(ctx context.Context, id desk.DraftID) (d desk.Draft, err error) {
	err = s.read(ctx, "read a draft", func(t tx) (err error) {
		d, err = t.draft(id)
		return err
	})
	return d, err
}

// Desk implements desk.Drafts.
func (s *Store) Desk(ctx context.Context) ([]desk.Draft, error) {
	return s.draftList(ctx, "WHERE "+liveDrafts+" ORDER BY id")
}

// Chain implements desk.Drafts.
func (s *Store) Chain(ctx context.Context, root desk.DraftID) ([]desk.Draft, error) {
	return s.draftList(ctx, "WHERE id = ?1 OR root > 0 AND root = ?1 ORDER BY id", root)
}

// OfBroadcast implements desk.Drafts.
func (s *Store) OfBroadcast(ctx context.Context, id news.BroadcastID) (desk.Draft, error) {
	return first(s.draftList(ctx, "WHERE broadcast > 0 AND broadcast = ?", id))
}

// SentAs implements desk.Proposals.
func (s *Store) SentAs(ctx context.Context, id news.ArticleID) ([]desk.Draft, error) {
	return s.draftList(ctx, "WHERE article > 0 AND article = ? AND broadcast > 0 AND root = 0 ORDER BY id", id)
}

func (s *Store) draftList(ctx context.Context, where string, a ...any) (out []desk.Draft, err error) {
	err = s.read(ctx, "read the drafts", func(t tx) (err error) {
		out, err = t.drafts(where, a...)
		return err
	})
	return out, err
}

// Versions implements desk.Drafts.
func (s *Store) Versions(ctx context.Context, id desk.DraftID) (out []desk.Content, err error) {
	err = s.read(ctx, "read the versions of a draft", func(t tx) error {
		out = nil
		return t.each("SELECT content FROM wording WHERE draft = ? ORDER BY version", args(id), func(r row) error {
			var c desk.Content
			err := r.Scan(encoded{&c})
			out = append(out, c)
			return err
		})
	})
	return out, err
}
