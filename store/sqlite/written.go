package sqlite

import (
	"context"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// HasWritten reports whether somebody has ever written to us in a private chat: a
// reader, also one who has left, or an editor.
func (s *Store) HasWritten(ctx context.Context, account news.AccountID, chat news.ChatID) (yes bool, err error) {
	err = s.read(ctx, "look who has written", func(t tx) error {
		yes, err = t.one(`SELECT 1 FROM subscriber WHERE account = (SELECT id FROM account WHERE name = ?1) AND chat = ?2 AND wrote = 1
			UNION ALL SELECT 1 FROM further WHERE account = (SELECT id FROM account WHERE name = ?1) AND chat = ?2
			UNION ALL SELECT 1 FROM seat WHERE account = (SELECT id FROM account WHERE name = ?1) AND chat = ?2`,
			args(account, chat), new(int))
		return err
	})
	return yes, err
}

// hasWritten notes that the reader behind a commit has written.
func (t tx) hasWritten(id news.SubscriberID, c talk.Commit) error {
	if id == 0 || c.Kind != news.Private {
		return nil
	}
	_, err := t.exec("UPDATE subscriber SET wrote = 1 WHERE id = ? AND wrote = 0", id)
	return err
}
