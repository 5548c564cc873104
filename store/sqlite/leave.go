package sqlite

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// leave makes a reader one who has left. The choices stay, for a return.
func (t tx) leave(id news.SubscriberID, reason string, at time.Time) error {
	n, err := t.exec("UPDATE subscriber SET gone = max(?, 1), reason = ? WHERE id = ? AND gone = 0", millis(at), reason, id)
	if err != nil || n == 0 {
		return err
	}
	_, err = t.exec("DELETE FROM subscription WHERE subscriber = ?", id)
	return err
}

// left leaves as the outbox reports it.
func (t tx) left(account int64, l outbox.Leaving, at time.Time) error {
	id := l.Subscriber
	if id == 0 {
		if _, err := t.one("SELECT id FROM subscriber WHERE account = ? AND chat = ?", args(account, l.Chat), &id); err != nil {
			return err
		}
	}
	return t.leave(id, l.Reason, at)
}

// moved gives a chat its new address as the outbox reports it.
func (t tx) moved(account int64, m outbox.Moving, at time.Time) error {
	from := m.From
	if m.Subscriber != 0 {
		found, err := t.one("SELECT chat FROM subscriber WHERE id = ? AND account = ?", args(m.Subscriber, account), &from)
		if err != nil || !found {
			return err
		}
	}
	_, err := t.move(account, from, m.To, at)
	return err
}

// move rewrites a chat's address everywhere. When the new address has a reader
// too, one of the two goes, whose id is returned: the active one stays, of two
// active ones the one that moves, and it follows what either followed.
func (t tx) move(account int64, from, to news.ChatID, at time.Time) (dropped news.SubscriberID, err error) {
	if from == to || from == "" || to == "" {
		return 0, nil
	}
	for _, query := range []string{
		"UPDATE reply SET chat = ?2 WHERE account = ?3 AND chat = ?1",
		"UPDATE OR IGNORE memo SET chat = ?2 WHERE account = ?3 AND chat = ?1",
		"DELETE FROM memo WHERE account = ?3 AND chat = ?1 AND ?2 <> ?1",
	} {
		if _, err := t.exec(query, from, to, account); err != nil {
			return 0, err
		}
	}
	moving, err := t.reader(account, from)
	if err != nil || moving.ID == 0 {
		return 0, err
	}
	there, err := t.reader(account, to)
	if err != nil {
		return 0, err
	}
	stays := moving
	if there.ID != 0 {
		if stays, dropped, err = t.merge(account, moving, there, at); err != nil {
			return 0, err
		}
	}
	_, err = t.exec("UPDATE subscriber SET chat = ? WHERE id = ?", to, stays.ID)
	return dropped, err
}

// merge makes two readers one.
func (t tx) merge(account int64, moving, there known, at time.Time) (stays known, dropped news.SubscriberID, err error) {
	stays, goes := moving, there
	if moving.gone && !there.gone {
		stays, goes = there, moving
	}
	if _, err := t.exec("UPDATE consent SET subscriber = ? WHERE subscriber = ?", stays.ID, goes.ID); err != nil {
		return stays, 0, err
	}
	if err := t.remove(goes.ID, at); err != nil || stays.gone || goes.gone {
		return stays, goes.ID, err
	}
	for _, slug := range goes.Follows {
		if !slices.Contains(stays.Follows, slug) {
			stays.Follows = append(stays.Follows, slug)
		}
	}
	return stays, goes.ID, t.writeReader(account, stays.Reader, 0)
}

// remove deletes a reader and everything that hangs on the number, and closes
// the lanes in which nothing but their retries was left.
func (t tx) remove(id news.SubscriberID, at time.Time) error {
	var lanes []laneKey
	err := t.each("SELECT broadcast, account, channels FROM retry WHERE subscriber = ?", args(id), func(r row) error {
		var k laneKey
		err := r.Scan(&k.broadcast, &k.account, &k.channels)
		lanes = append(lanes, k)
		return err
	})
	if err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM subscription WHERE subscriber = ?",
		"DELETE FROM consent WHERE subscriber = ?",
		"DELETE FROM retry WHERE subscriber = ?",
		"DELETE FROM subscriber WHERE id = ?",
	} {
		if _, err := t.exec(query, id); err != nil {
			return err
		}
	}
	return over(lanes, func(k laneKey) error { return t.finish(k, at) })
}
