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
		k, err := t.readerAt(account, chat)
		if err != nil {
			return err
		}
		others, err := t.others(k.ID)
		if err != nil {
			return err
		}
		c = talk.Chat{Reader: k.Reader, Others: public(others), Left: k.gone}
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
			done.Dropped, err = t.forget(account, c.Account, c.Chat, c.At)
		} else {
			done, err = t.commit(account, c)
		}
		if err == nil {
			err = t.tell(account, c)
		}
		if err != nil {
			return err
		}
		return t.addReplies(c)
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
	was, err := t.reader(account, c.Chat)
	if err != nil {
		return done, err
	}
	if c.Take != "" {
		if was, err = t.offered(c.Take, c.At); err != nil {
			return done, err
		}
		if done.Dropped, err = t.take(account, c); err != nil {
			return done, err
		}
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
	if err := t.hasWritten(done.Reader, c); err != nil {
		return done, err
	}
	if done.Reader != 0 {
		if err := t.arrange(&done, was, c); err != nil {
			return done, err
		}
	}
	if c.Leave != "" && done.Reader != 0 {
		if err := t.leave(done.Reader, c.Leave, c.At); err != nil {
			return done, err
		}
		done.Reader, done.Dropped = 0, done.Reader
	}
	if c.Topics != "" {
		if err := t.leaveTopics(account, c); err != nil {
			return done, err
		}
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
		if err := t.writeReader(old.account, write, 0); err != nil || c.Take == "" {
			return active, err
		}
		return active, t.agreed(active, c)
	}
	if old.ID != 0 { // back by the chat they write in
		if err := t.prefer(old, address{account: account, chat: c.Chat}, c.At); err != nil {
			return 0, err
		}
	}
	id, err := t.joinReader(account, write, old.ID, c.At)
	if err != nil {
		return 0, err
	}
	return id, t.agreed(id, c)
}

// agreed logs a consent, and takes the chat off the list of the forgotten.
func (t tx) agreed(id news.SubscriberID, c talk.Commit) error {
	if err := t.remembered(c.Account.Platform(), c.Chat); err != nil || c.Join == nil {
		return err
	}
	return t.consent(id, c.At, *c.Join)
}

// arrange does what a commit says about the chats of a reader.
func (t tx) arrange(done *talk.Committed, was known, c talk.Commit) error {
	for _, a := range []struct {
		at talk.Address
		do func(known, address) error
	}{
		{c.Prefer, func(k known, a address) error { return t.prefer(k, a, c.At) }},
		{c.Unlink, func(k known, a address) error { return t.unlink(k, a, "unlinked", c.At) }},
	} {
		if a.at == (talk.Address{}) {
			continue
		}
		k, err := t.readerByID(done.Reader)
		if err != nil {
			return err
		}
		to, err := t.addressed(a.at)
		if err != nil {
			return err
		}
		if err := a.do(k, to); err != nil {
			return err
		}
	}
	now, err := t.readerByID(done.Reader)
	if err == nil && was.ID != 0 && was.Account != now.Account {
		done.Was, done.Now = was.Account, now.Account
	}
	return err
}

// remember writes the conversation's state, or removes it, and keeps a code
// that was given.
func (t tx) remember(account int64, c talk.Commit) (err error) {
	if c.Give != nil {
		if err := t.give(account, c.Chat, *c.Give, c.At); err != nil {
			return err
		}
	}
	if c.Memo == nil {
		_, err = t.exec("DELETE FROM memo WHERE account = ? AND chat = ?", account, c.Chat)
	} else {
		_, err = t.exec("INSERT OR REPLACE INTO memo (account, chat, memo, at) VALUES (?, ?, ?, ?)", account, c.Chat, c.Memo, millis(c.At))
	}
	return err
}

func (t tx) addReplies(c talk.Commit) error {
	here := talk.Address{Account: c.Account, Chat: c.Chat}
	if c.Moved != "" {
		here.Chat = c.Moved
	}
	for _, r := range c.Replies {
		to, kind := here, c.Kind
		if r.To != (talk.Address{}) {
			to, kind = r.To, news.Private
		}
		account, err := t.account(to.Account)
		if err != nil {
			return err
		}
		message, err := encode(r.Message)
		if err != nil {
			return fmt.Errorf("write a reply: %w", err)
		}
		_, err = t.exec("INSERT INTO reply (account, chat, kind, message, edit, part, due, attempts) VALUES (?, ?, ?, ?, ?, 0, ?, 0)",
			account, to.Chat, kind, message, r.Edit, millis(c.At))
		if err != nil {
			return err
		}
	}
	return nil
}
