package sqlite

import (
	"context"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// Replies implements outbox.Store.
func (s *Store) Replies(ctx context.Context, account news.AccountID, after outbox.ReplyID, n int) (out []outbox.Reply, err error) {
	err = s.read(ctx, "read the replies of "+account.Short(), func(t tx) error {
		out = nil
		return t.each(`SELECT id, chat, kind, message, edit, part, due, attempts FROM reply
			WHERE account = (SELECT id FROM account WHERE name = ?) AND id > ? ORDER BY id LIMIT ?`, args(account, after, n), func(r row) error {
			var one outbox.Reply
			err := r.Scan(&one.ID, &one.Chat, &one.Kind, encoded{&one.Message}, &one.Edit, &one.Part, clock{&one.Due}, &one.Attempts)
			out = append(out, one)
			return err
		})
	})
	return out, err
}

func (rec *recording) reply(r outbox.ReplyResult) (err error) {
	if r.Done {
		_, err = rec.exec("DELETE FROM reply WHERE id = ? AND account = ?", r.ID, rec.account)
	} else {
		_, err = rec.exec("UPDATE reply SET part = ?, due = ?, attempts = ? WHERE id = ? AND account = ?", r.Part, millis(r.Due), r.Attempts, r.ID, rec.account)
	}
	return err
}
