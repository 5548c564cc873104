package sqlite

import (
	"bytes"
	"context"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
)

// Asked implements web.Answers.
func (s *Store) Asked(ctx context.Context, client desk.EditorID, key string, hash []byte, at, forget time.Time) (a web.Answer, err error) {
	err = s.write(ctx, "write a request down", func(t tx) error {
		a = web.Answer{}
		if _, err := t.exec("DELETE FROM answer WHERE at < ?", millis(forget)); err != nil {
			return err
		}
		var was []byte
		var body string
		found, err := t.one("SELECT hash, status, body FROM answer WHERE client = ? AND key = ?", args(client, key), &was, &a.Status, &body)
		switch {
		case err != nil:
			return err
		case found && !bytes.Equal(was, hash):
			return web.ErrOtherRequest
		case found:
			a.Body = []byte(body)
			return nil
		}
		_, err = t.exec("INSERT INTO answer (client, key, hash, status, body, at) VALUES (?, ?, ?, 0, '', ?)", client, key, hash, millis(at))
		return err
	})
	return a, err
}

// AnswerKept implements web.Answers.
func (s *Store) AnswerKept(ctx context.Context, client desk.EditorID, key string, a web.Answer) error {
	return s.write(ctx, "keep an answer", func(t tx) error {
		if a.Status == 0 {
			_, err := t.exec("DELETE FROM answer WHERE client = ? AND key = ?", client, key)
			return err
		}
		_, err := t.exec("UPDATE answer SET status = ?, body = ? WHERE client = ? AND key = ?", a.Status, string(a.Body), client, key)
		return err
	})
}
