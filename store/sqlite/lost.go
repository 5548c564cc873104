package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Switched is a reader whose broadcasts go through another account now.
type Switched struct {
	Reader   news.SubscriberID
	From, To news.AccountID
}

// AccountLost sends the broadcasts of readers with several chats elsewhere
// while account cannot send for a reason of ours. Everybody else waits for it.
func (s *Store) AccountLost(ctx context.Context, account news.AccountID) (moved []Switched, err error) {
	at := s.now()
	err = s.write(ctx, "note that "+string(account)+" is lost", func(t tx) error {
		moved = nil
		id, err := t.account(account)
		if err != nil {
			return err
		}
		if _, err := t.exec("INSERT OR IGNORE INTO lost (account, at) VALUES (?, ?)", id, max(millis(at), 1)); err != nil {
			return err
		}
		return t.switchAll(`SELECT subscriber, further.account, further.chat FROM further JOIN subscriber ON subscriber.id = subscriber
			WHERE subscriber.account = ? AND gone = 0 AND further.account NOT IN (SELECT account FROM lost)
			GROUP BY subscriber ORDER BY subscriber`, id, at, true, &moved)
	})
	return moved, err
}

// AccountBack brings the broadcasts that AccountLost sent elsewhere back.
func (s *Store) AccountBack(ctx context.Context, account news.AccountID) (moved []Switched, err error) {
	at := s.now()
	err = s.write(ctx, "note that "+string(account)+" is back", func(t tx) error {
		moved = nil
		id, err := t.account(account)
		if err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM lost WHERE account = ?", id); err != nil {
			return err
		}
		return t.switchAll(`SELECT subscriber, account, chat FROM further WHERE account = ? AND home = 1 ORDER BY subscriber`, id, at, false, &moved)
	})
	return moved, err
}

// switchAll sends broadcasts to the chats that a query finds. away says that
// they are to come back.
func (t tx) switchAll(query string, account int64, at time.Time, away bool, moved *[]Switched) error {
	type move struct {
		reader news.SubscriberID
		to     address
	}
	var list []move
	err := t.each(query, args(account), func(r row) error {
		var m move
		err := r.Scan(&m.reader, &m.to.account, &m.to.chat)
		list = append(list, m)
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range list {
		k, err := t.readerByID(m.reader)
		if err != nil {
			return err
		}
		if _, err := t.one("SELECT name FROM account WHERE id = ?", args(m.to.account), &m.to.name); err != nil {
			return err
		}
		if err := t.switchTo(k, m.to, at); err != nil {
			return err
		}
		if away {
			if _, err := t.exec("UPDATE further SET home = 1 WHERE account = ? AND chat = ?", k.account, k.Chat); err != nil {
				return err
			}
		}
		*moved = append(*moved, Switched{Reader: k.ID, From: k.Account, To: m.to.name})
	}
	return nil
}

func (t tx) isLost(account int64) (bool, error) {
	return t.one("SELECT 1 FROM lost WHERE account = ?", args(account), new(int))
}
