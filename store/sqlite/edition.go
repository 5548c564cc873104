package sqlite

import (
	"context"
	"slices"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// Decision implements digest.Store.
func (s *Store) Decision(ctx context.Context, slot news.Slot, date, since news.Date) (d digest.Decision, err error) {
	err = s.read(ctx, "read what editors decided about a digest", func(t tx) error {
		d = digest.Decision{}
		var out []news.ArticleID
		err := t.each("SELECT slot, date, revision, body FROM edition WHERE date >= ?1 AND (?2 = '' OR date <= ?2)", args(since, date), func(r row) error {
			var ed desk.Edition
			if err := r.Scan(&ed.Slot, &ed.Date, &ed.Revision, encoded{&ed}); err != nil {
				return err
			}
			if ed.Slot == slot && ed.Date == date {
				d.Revision, d.Hold, d.Pin, d.Intro = ed.Revision, ed.Hold, ed.Pin, ed.Intro
			}
			out = append(out, ed.Drop...)
			return nil
		})
		for _, id := range out {
			if !slices.Contains(d.Pin, id) {
				d.Drop = append(d.Drop, id)
			}
		}
		return err
	})
	return d, err
}

// undecided fails with digest.ErrDecided unless revision is the newest of an
// edition, and with that revision it is not held.
func (t tx) undecided(b news.Broadcast, revision int) error {
	ed := desk.Edition{}
	if _, err := t.one("SELECT revision, body FROM edition WHERE slot = ? AND date = ?", args(b.Slot, b.Date), &ed.Revision, encoded{&ed}); err != nil {
		return err
	}
	if ed.Revision != revision || ed.Hold {
		return digest.ErrDecided
	}
	return nil
}

// editionOut reports whether an edition has been published.
func (t tx) editionOut(slot news.Slot, date news.Date) (bool, error) {
	return t.one("SELECT 1 FROM broadcast WHERE kind = 'digest' AND slot = ? AND date = ?", args(slot, date), new(int))
}

// Showed implements desk.Rhythm.
func (s *Store) Showed(ctx context.Context, l desk.Look, seats []desk.Seat, letters []desk.Letter) (fresh bool, err error) {
	body, err := encode(l)
	if err != nil {
		return false, err
	}
	err = s.write(ctx, "show what is to be decided", func(t tx) error {
		if fresh = len(letters) > 0; fresh {
			if fresh, err = t.firstShown(l.Slot, l.Date); err != nil || !fresh {
				return err
			}
		}
		for _, seat := range seats {
			account, err := t.account(seat.Account)
			if err != nil {
				return err
			}
			if _, err := t.exec("INSERT OR REPLACE INTO look (account, chat, thing, body) VALUES (?, ?, ?, ?)", account, seat.Chat, l.Thing, body); err != nil {
				return err
			}
		}
		return t.post(letters, millis(l.At))
	})
	return fresh, err
}

// firstShown marks an edition as shown, and reports whether it was not yet. What
// was decided about it stays as it is.
func (t tx) firstShown(slot news.Slot, date news.Date) (bool, error) {
	ed := desk.Edition{}
	if _, err := t.one("SELECT body FROM edition WHERE slot = ? AND date = ?", args(slot, date), encoded{&ed}); err != nil || ed.Shown {
		return false, err
	}
	ed.Shown = true
	body, err := encode(ed)
	if err != nil {
		return false, err
	}
	_, err = t.exec("INSERT INTO edition (slot, date, revision, body) VALUES (?, ?, 0, ?) ON CONFLICT DO UPDATE SET body = excluded.body", slot, date, body)
	return err == nil, err
}

// Looking implements desk.Rhythm.
func (s *Store) Looking(ctx context.Context, seat desk.Seat, thing string) (l desk.Look, ok bool, err error) {
	err = s.read(ctx, "read what an editor has before them", func(t tx) (err error) {
		l = desk.Look{Thing: thing}
		ok, err = t.one("SELECT body FROM look JOIN account ON account.id = look.account WHERE account.name = ? AND chat = ? AND thing = ?",
			args(seat.Account, seat.Chat, thing), encoded{&l})
		return err
	})
	return l, ok, err
}
