package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// signed adds an entry to the desk's log. Whoever signs still has to be an
// editor, with the rights that were looked at.
func (t tx) signed(e desk.Entry) error {
	if e.By != 0 {
		var revision int
		found, err := t.one("SELECT revision FROM editor WHERE id = ? AND gone = 0", args(e.By), &revision)
		switch {
		case err != nil:
			return err
		case !found:
			return desk.ErrNobody
		case revision != e.Revision:
			return desk.ErrChanged
		}
	}
	_, err := t.exec("INSERT INTO audit (at, by, name, act, draft, version, broadcast, about) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		millis(e.At), e.By, e.Name, e.Act, e.Draft, e.Version, e.Broadcast, e.About)
	return err
}

// Log implements desk.Audit.
func (s *Store) Log(ctx context.Context, after int64, n int) (out []desk.Entry, err error) {
	err = s.read(ctx, "read the desk's log", func(t tx) error {
		out = nil
		return t.each("SELECT id, at, by, name, act, draft, version, broadcast, about FROM audit WHERE id > ? ORDER BY id LIMIT ?", args(after, n), func(r row) error {
			var e desk.Entry
			err := r.Scan(&e.ID, clock{&e.At}, &e.By, &e.Name, &e.Act, &e.Draft, &e.Version, &e.Broadcast, &e.About)
			out = append(out, e)
			return err
		})
	})
	return out, err
}

// logSince goes through the times alone: the first by time is not the first by
// number when the clock was set back.
const logSince = `SELECT coalesce((SELECT min(id) FROM audit INDEXED BY audit_at WHERE at >= ?), (SELECT max(id) FROM audit) + 1, 1) - 1`

// LogSince implements desk.Audit.
func (s *Store) LogSince(ctx context.Context, since time.Time) (after int64, err error) {
	err = s.read(ctx, "look where the desk's log begins", func(t tx) error {
		_, err := t.one(logSince, args(millis(since)), &after)
		return err
	})
	return after, err
}

// Logged implements desk.Audit.
func (s *Store) Logged(ctx context.Context, e desk.Entry) error {
	return s.write(ctx, "add to the desk's log", func(t tx) error { return t.signed(e) })
}

// post writes letters for the outbox to send.
func (t tx) post(letters []desk.Letter, at int64) error {
	for _, l := range letters {
		message, err := encode(l.Message)
		if err != nil {
			return err
		}
		if err := t.postText(l.Seat, message, at); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) postText(to desk.Seat, message string, at int64) error {
	account, err := t.account(to.Account)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO reply (account, chat, kind, message, edit, part, due, attempts) VALUES (?, ?, ?, ?, '', 0, ?, 0)",
		account, to.Chat, news.Private, message, at)
	return err
}
