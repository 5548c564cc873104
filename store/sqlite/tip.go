package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Told implements desk.Tips.
func (s *Store) Told(ctx context.Context, key string, tip desk.Tip, from desk.Teller) (id desk.TipID, fresh bool, err error) {
	err = s.write(ctx, "take a tip", func(t tx) error {
		account, err := t.account(from.Account)
		if err != nil {
			return err
		}
		id, fresh, err = t.told(key, account, tip, from)
		return err
	})
	return id, fresh, err
}

// told writes a tip once for its key; one that has none is always new.
func (t tx) told(key string, account int64, tip desk.Tip, from desk.Teller) (id desk.TipID, fresh bool, err error) {
	var unique any
	if key != "" {
		unique = key
		found, err := t.one("SELECT id FROM tip WHERE key = ?", args(key), &id)
		if err != nil || found {
			return id, false, err
		}
	}
	n, err := t.insert(`INSERT INTO tip (key, account, chat, name, agreed, words, forward, at, closed, file_ref, file_kind, file_size)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		unique, account, from.Chat, from.Name, from.Agreed, tip.Words, tip.Forward, millis(tip.At), tip.Closed,
		tip.File.Ref, tip.File.Kind, tip.File.Size)
	return desk.TipID(n), true, err
}

// tips never reads the name of somebody who has not agreed.
func (t tx) tips(where string, a ...any) (out []desk.Tip, err error) {
	err = t.each(`SELECT id, words, iif(agreed, name, ''), forward, at, closed, file_ref, file_kind, file_size,
		(SELECT account.name FROM account WHERE account.id = tip.account) FROM tip `+where, a, func(r row) error {
		var one desk.Tip
		f := &one.File
		err := r.Scan(&one.ID, &one.Words, &one.From, &one.Forward, clock{&one.At}, &one.Closed, &f.Ref, &f.Kind, &f.Size, &f.Account)
		if f.None() {
			one.File = desk.TipFile{}
		}
		out = append(out, one)
		return err
	})
	return out, err
}

// Tip implements desk.Tips.
func (s *Store) Tip(ctx context.Context, id desk.TipID) (tip desk.Tip, err error) {
	err = s.read(ctx, "read a tip", func(t tx) error {
		found, err := t.tips("WHERE id = ? AND closed <> ?", id, held)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return desk.ErrNone
		}
		tip = found[0]
		return nil
	})
	return tip, err
}

// Tipped implements desk.Tips.
func (s *Store) Tipped(ctx context.Context) (out []desk.Tip, err error) {
	err = s.read(ctx, "read the tips", func(t tx) (err error) {
		out, err = t.tips("WHERE closed = '' ORDER BY id")
		return err
	})
	return out, err
}

// Answered implements desk.Tips.
func (s *Store) Answered(ctx context.Context, id desk.TipID, how string, m news.Message, e desk.Entry) (to desk.Seat, err error) {
	err = s.write(ctx, "answer a tip", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		to = desk.Seat{}
		var account, at int64
		found, err := t.one(`UPDATE tip SET closed = ? WHERE id = ? AND closed = ''
			RETURNING account, (SELECT name FROM account WHERE account.id = tip.account), chat, at`,
			args(how, id), &account, &to.Account, &to.Chat, &at)
		if err != nil {
			return err
		}
		if !found {
			return desk.ErrChanged
		}
		gone, err := t.goneSince(account, to.Chat, at)
		if err != nil || gone {
			to = desk.Seat{}
			return err
		}
		return t.post([]desk.Letter{{Seat: to, Message: m}}, millis(e.At))
	})
	return to, err
}

// goneSince reports whether whoever writes in a chat has left after at.
func (t tx) goneSince(account int64, chat news.ChatID, at int64) (bool, error) {
	return t.one(`SELECT 1 FROM subscriber WHERE gone > ?3 AND (account = ?1 AND chat = ?2
		OR id = (SELECT subscriber FROM further WHERE account = ?1 AND chat = ?2))`, args(account, chat, at), new(int))
}

// TipsAfter implements desk.Tips.
func (s *Store) TipsAfter(ctx context.Context, id desk.TipID) (waiting int, newest desk.TipID, err error) {
	err = s.read(ctx, "count the tips", func(t tx) error {
		waiting, newest = 0, 0
		found, err := t.one("SELECT id FROM tip WHERE id > ? AND closed = '' ORDER BY id DESC LIMIT 1", args(id), &newest)
		if err != nil || !found {
			return err
		}
		_, err = t.one("SELECT count(*) FROM tip WHERE closed = ''", nil, &waiting)
		return err
	})
	return waiting, newest, err
}

// Forgot implements desk.Tips.
func (s *Store) Forgot(ctx context.Context, before, unsaid, lent time.Time) (n int, err error) {
	const old = "FROM tip WHERE at < ?1 OR at < ?2 AND closed = ?3"
	const oldFiles = "FROM tip_file WHERE at < ?"
	what, found := args(millis(before), millis(unsaid), held), false
	err = s.read(ctx, "look for old tips", func(t tx) (err error) {
		found, err = t.one("SELECT 1 "+old+" LIMIT 1", what, new(int))
		if err == nil && !found {
			found, err = t.one("SELECT 1 "+oldFiles+" LIMIT 1", args(millis(lent)), new(int))
		}
		return err
	})
	if err != nil || !found {
		return 0, err
	}
	err = s.write(ctx, "delete old tips", func(t tx) error {
		gone, err := t.exec("DELETE "+old, what...)
		if n = int(gone); err != nil {
			return err
		}
		_, err = t.exec("DELETE "+oldFiles, millis(lent))
		return err
	})
	return n, err
}
