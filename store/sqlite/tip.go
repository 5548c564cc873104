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
		id, fresh = 0, false
		var unique any
		if key != "" {
			unique = key
			found, err := t.one("SELECT id FROM tip WHERE key = ?", args(key), &id)
			if err != nil || found {
				return err
			}
		}
		account, err := t.account(from.Account)
		if err != nil {
			return err
		}
		n, err := t.insert("INSERT INTO tip (key, account, chat, name, agreed, words, forward, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			unique, account, from.Chat, from.Name, from.Agreed, tip.Words, tip.Forward, millis(tip.At))
		id, fresh = desk.TipID(n), true
		return err
	})
	return id, fresh, err
}

// tips never reads the name of somebody who has not agreed.
func (t tx) tips(where string, a ...any) (out []desk.Tip, err error) {
	err = t.each("SELECT id, words, iif(agreed, name, ''), forward, at, closed FROM tip "+where, a, func(r row) error {
		var one desk.Tip
		err := r.Scan(&one.ID, &one.Words, &one.From, &one.Forward, clock{&one.At}, &one.Closed)
		out = append(out, one)
		return err
	})
	return out, err
}

// Tip implements desk.Tips.
func (s *Store) Tip(ctx context.Context, id desk.TipID) (tip desk.Tip, err error) {
	err = s.read(ctx, "read a tip", func(t tx) error {
		found, err := t.tips("WHERE id = ?", id)
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
		found, err := t.one("UPDATE tip SET closed = ? WHERE id = ? AND closed = '' RETURNING (SELECT name FROM account WHERE account.id = tip.account), chat",
			args(how, id), &to.Account, &to.Chat)
		if err != nil {
			return err
		}
		if !found {
			return desk.ErrChanged
		}
		return t.post([]desk.Letter{{Seat: to, Message: m}}, millis(e.At))
	})
	return to, err
}

// Forgot implements desk.Tips.
func (s *Store) Forgot(ctx context.Context, before time.Time) (n int, err error) {
	found := false
	err = s.read(ctx, "look for old tips", func(t tx) (err error) {
		found, err = t.one("SELECT 1 FROM tip WHERE at < ? LIMIT 1", args(millis(before)), new(int))
		return err
	})
	if err != nil || !found {
		return 0, err
	}
	err = s.write(ctx, "delete old tips", func(t tx) error {
		gone, err := t.exec("DELETE FROM tip WHERE at < ?", millis(before))
		n = int(gone)
		return err
	})
	return n, err
}
