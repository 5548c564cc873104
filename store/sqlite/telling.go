package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// held is tip.closed of one whose reader has not yet said whether it was meant.
// No editor sees it.
const held = "held"

// Tellings implements talk.Store.
func (s *Store) Tellings(ctx context.Context, account news.AccountID, chat news.ChatID, since time.Time, key string) (out talk.Tellings, err error) {
	err = s.read(ctx, "read what a chat has told", func(t tx) error {
		out = talk.Tellings{}
		_, err := t.one(`SELECT count(*) FROM tip WHERE account = (SELECT id FROM account WHERE name = ?) AND chat = ? AND at >= ? AND closed <> ?`,
			args(account, chat, millis(since), held), &out.Told)
		if err != nil || key == "" {
			return err
		}
		closed := ""
		found, err := t.one("SELECT closed FROM tip WHERE key = ? AND account = (SELECT id FROM account WHERE name = ?) AND chat = ?",
			args(key, account, chat), &closed)
		out.There, out.Held, out.Waits = found, found && closed == held, found && closed == ""
		return err
	})
	return out, err
}

// tell does what a commit says of tips. A key that is not of a tip of the chat
// does nothing.
func (t tx) tell(account int64, c talk.Commit) error {
	if c.Tip == nil {
		return nil
	}
	here := desk.Teller{Seat: desk.Seat{Account: c.Account, Chat: c.Chat}}
	tip := desk.Tip{Words: c.Tip.Words, File: c.Tip.File, Forward: c.Tip.Forward, At: c.At}
	switch c.Tip.Do {
	case talk.TipTold:
		_, _, err := t.told(c.Tip.Key, account, tip, here)
		return err
	case talk.TipHeld:
		if _, err := t.exec("DELETE FROM tip WHERE account = ? AND chat = ? AND closed = ?", account, c.Chat, held); err != nil {
			return err
		}
		tip.Closed = held
		_, _, err := t.told(c.Tip.Key, account, tip, here)
		return err
	case talk.TipMeant:
		return t.meant(account, c, here)
	case talk.TipDropped:
		_, err := t.exec("DELETE FROM tip WHERE key = ? AND account = ? AND chat = ? AND closed = ?", c.Tip.Key, account, c.Chat, held)
		return err
	case talk.TipNamed:
		_, err := t.exec("UPDATE tip SET name = ?, agreed = 1 WHERE key = ? AND account = ? AND chat = ? AND closed = ''", c.Tip.Name, c.Tip.Key, account, c.Chat)
		return err
	}
	return fmt.Errorf("nobody knows what %q does to a tip", c.Tip.Do)
}

// meant puts a held tip into the queue, as the newest one.
func (t tx) meant(account int64, c talk.Commit, from desk.Teller) error {
	tip := desk.Tip{At: c.At}
	found, err := t.one("DELETE FROM tip WHERE key = ? AND account = ? AND chat = ? AND closed = ? RETURNING words, forward, file_ref, file_kind, file_size",
		args(c.Tip.Key, account, c.Chat, held), &tip.Words, &tip.Forward, &tip.File.Ref, &tip.File.Kind, &tip.File.Size)
	if err != nil || !found {
		return err
	}
	_, _, err = t.told(c.Tip.Key, account, tip, from)
	return err
}
