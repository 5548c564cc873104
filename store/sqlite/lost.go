package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// AccountLost sends the broadcasts of readers with several chats elsewhere
// while account cannot send for a reason of ours, and has them told there of
// what is being corrected. Everybody else waits for it.
func (s *Store) AccountLost(ctx context.Context, account news.AccountID) error {
	at, moved := s.now(), 0
	err := s.write(ctx, "note that "+account.Short()+" is lost", func(t tx) error {
		id, err := t.account(account)
		if err != nil {
			return err
		}
		if _, err := t.exec("INSERT OR IGNORE INTO lost (account, at) VALUES (?, ?)", id, max(millis(at), 1)); err != nil {
			return err
		}
		moved, err = t.switchAll(`SELECT subscriber, further.account, further.chat FROM further JOIN subscriber ON subscriber.id = subscriber
			WHERE subscriber.account = ? AND gone = 0 AND further.account NOT IN (SELECT account FROM lost)
			GROUP BY subscriber ORDER BY subscriber`, id, at, true)
		if err != nil {
			return err
		}
		return t.tellAstray(id, at)
	})
	if err == nil && moved > 0 {
		s.log.Info("readers are reached by their other chat", "instead of", account, "readers", moved)
	}
	return err
}

// AccountBack brings the broadcasts that AccountLost sent elsewhere back.
func (s *Store) AccountBack(ctx context.Context, account news.AccountID) error {
	at, moved := s.now(), 0
	err := s.write(ctx, "note that "+account.Short()+" is back", func(t tx) error {
		id, err := t.account(account)
		if err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM lost WHERE account = ?", id); err != nil {
			return err
		}
		moved, err = t.switchAll(`SELECT subscriber, account, chat FROM further WHERE account = ? AND home = 1 ORDER BY subscriber`, id, at, false)
		return err
	})
	if err == nil && moved > 0 {
		s.log.Info("readers are back with their own chat", "account", account, "readers", moved)
	}
	return err
}

// switchAll sends broadcasts to the chats that a query finds. away says that
// they are to come back.
func (t tx) switchAll(query string, account int64, at time.Time, away bool) (moved int, err error) {
	type move struct {
		reader news.SubscriberID
		to     address
	}
	var list []move
	err = t.each(query, args(account), func(r row) error {
		var m move
		err := r.Scan(&m.reader, &m.to.account, &m.to.chat)
		list = append(list, m)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, m := range list {
		k, err := t.readerByID(m.reader)
		if err != nil {
			return moved, err
		}
		if _, err := t.one("SELECT name FROM account WHERE id = ?", args(m.to.account), &m.to.name); err != nil {
			return moved, err
		}
		if err := t.switchTo(k, m.to, at); err != nil {
			return moved, err
		}
		if away {
			if _, err := t.exec("UPDATE further SET home = 1 WHERE account = ? AND chat = ?", k.account, k.Chat); err != nil {
				return moved, err
			}
		}
		moved++
	}
	return moved, nil
}

func (t tx) isLost(account int64) (bool, error) {
	return t.one("SELECT 1 FROM lost WHERE account = ?", args(account), new(int))
}
