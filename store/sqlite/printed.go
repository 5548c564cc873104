package sqlite

import (
	"context"
	"errors"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// Print publishes a broadcast as the version of a draft, once: asked again
// with the same key it returns the same number, and fresh is false.
func (s *Store) Print(ctx context.Context, key desk.Key, p digest.Publication) (id news.BroadcastID, fresh bool, err error) {
	b := p.Broadcast
	if b.Published.IsZero() {
		b.Published = s.now()
	}
	b.Version, b.State = max(b.Version, 1), news.Running
	if len(p.Accounts)+len(p.Channels) == 0 {
		b.State = news.Done
	}
	err = s.write(ctx, "publish a draft", func(t tx) (err error) {
		if id, err = t.printed(key); err != nil || id != 0 {
			return err
		}
		if b.Asof, err = t.tick(); err != nil {
			return err
		}
		if b.Trial, err = t.trial(b); err != nil {
			return err
		}
		if id, err = t.addBroadcast(b, false, nil); err != nil {
			return err
		}
		fresh = true
		if err := errors.Join(t.addLanes(id, p), t.stilled(id)); err != nil {
			return err
		}
		return t.print(key, id)
	})
	if err != nil {
		return 0, false, err
	}
	return id, fresh, nil
}

func (t tx) printed(key desk.Key) (id news.BroadcastID, err error) {
	_, err = t.one("SELECT broadcast FROM printed WHERE draft = ? AND version = ?", args(key.Draft, key.Version), &id)
	return id, err
}

func (t tx) print(key desk.Key, id news.BroadcastID) error {
	_, err := t.exec("INSERT INTO printed (draft, version, broadcast) VALUES (?, ?, ?)", key.Draft, key.Version, id)
	return err
}
