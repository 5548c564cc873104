package sqlite

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// Chat implements talk.Store. The old choices of one who has left come without
// their floor: a return begins with the current window.
func (s *Store) Chat(ctx context.Context, account news.AccountID, chat news.ChatID) (c talk.Chat, err error) {
	err = s.read(ctx, "read a chat", func(t tx) error {
		k, err := t.findReader("WHERE account.name = ? AND chat = ?", account, chat)
		if err != nil {
			return err
		}
		c = talk.Chat{Reader: k.Reader, Left: k.gone}
		if k.gone {
			c.Reader.ID, c.Reader.Floor = 0, 0
		}
		_, err = t.one("SELECT memo FROM memo WHERE account = (SELECT id FROM account WHERE name = ?) AND chat = ?", args(account, chat), &c.Memo)
		return err
	})
	return c, err
}

// Commit implements talk.Store.
func (s *Store) Commit(ctx context.Context, c talk.Commit) (done talk.Committed, err error) {
	if c.At.IsZero() {
		c.At = s.now()
	}
	err = s.write(ctx, "commit what was said", func(t tx) error {
		done = talk.Committed{}
		account, err := t.account(c.Account)
		if err != nil {
			return err
		}
		if err := t.seen(account, c); err != nil {
			return err
		}
		if c.Forget {
			done.Dropped, err = t.forget(account, c.Account.Platform(), c.Chat, c.At)
		} else {
			done, err = t.commit(account, c)
		}
		if err != nil {
			return err
		}
		return t.addReplies(account, c)
	})
	return done, err
}

// seen writes the event's key, or returns talk.ErrSeen.
func (t tx) seen(account int64, c talk.Commit) error {
	if c.Key == "" {
		return nil
	}
	n, err := t.exec("INSERT OR IGNORE INTO inbound (account, key, at) VALUES (?, ?, ?)", account, c.Key, millis(c.At))
	if err == nil && n == 0 {
		err = talk.ErrSeen
	}
	return err
}

func (t tx) commit(account int64, c talk.Commit) (done talk.Committed, err error) {
	if c.Moved != "" && c.Moved != c.Chat {
		if done.Dropped, err = t.move(account, c.Chat, c.Moved, c.At); err != nil {
			return done, err
		}
		c.Chat = c.Moved
	}
	old, err := t.reader(account, c.Chat)
	if err != nil {
		return done, err
	}
	if !old.gone {
		done.Reader = old.ID
	}
	if done.Reader, err = t.commitReader(account, c, old, done.Reader); err != nil {
		return done, err
	}
	if c.Leave != "" && done.Reader != 0 {
		if err := t.leave(done.Reader, c.Leave, c.At); err != nil {
			return done, err
		}
		done.Reader, done.Dropped = 0, done.Reader
	}
	return done, t.remember(account, c)
}

// commitReader writes the reader of a commit and returns who stands behind the
// chat then. Choices of one who has left since they were read are dropped:
// nobody comes back without saying so.
func (t tx) commitReader(account int64, c talk.Commit, old known, active news.SubscriberID) (news.SubscriberID, error) {
	r := c.Reader
	if r == nil && c.Join != nil && old.gone {
		old.Floor = 0
		r = &old.Reader
		r.ID = 0
	}
	if r == nil || r.ID != 0 && r.ID != active {
		return active, nil
	}
	write := *r
	write.Account, write.Chat = c.Account, c.Chat
	if c.Kind != "" {
		write.Kind = c.Kind
	}
	if active != 0 {
		write.ID = active
		if write.Floor == 0 {
			write.Floor = old.Floor
		}
		return active, t.writeReader(account, write, 0)
	}
	id, err := t.joinReader(account, write, old.ID, c.At)
	if err != nil {
		return 0, err
	}
	if err := t.remembered(c.Account.Platform(), c.Chat); err != nil {
		return 0, err
	}
	if c.Join == nil {
		return id, nil
	}
	return id, t.consent(id, c.At, *c.Join)
}

// remember writes the conversation's state, or removes it.
func (t tx) remember(account int64, c talk.Commit) (err error) {
	if c.Memo == nil {
		_, err = t.exec("DELETE FROM memo WHERE account = ? AND chat = ?", account, c.Chat)
	} else {
		_, err = t.exec("INSERT OR REPLACE INTO memo (account, chat, memo, at) VALUES (?, ?, ?, ?)", account, c.Chat, c.Memo, millis(c.At))
	}
	return err
}

func (t tx) addReplies(account int64, c talk.Commit) error {
	chat := c.Chat
	if c.Moved != "" {
		chat = c.Moved
	}
	for _, r := range c.Replies {
		message, err := encode(r.Message)
		if err != nil {
			return fmt.Errorf("write a reply: %w", err)
		}
		_, err = t.exec("INSERT INTO reply (account, chat, kind, message, edit, part, due, attempts) VALUES (?, ?, ?, ?, ?, 0, ?, 0)",
			account, chat, c.Kind, message, r.Edit, millis(c.At))
		if err != nil {
			return err
		}
	}
	return nil
}
