package sqlite

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
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

// leaveTopics lets the topics of a group leave with it.
func (t tx) leaveTopics(account int64, c talk.Commit) error {
	after, before := c.Chat.Topics()
	var ids []news.SubscriberID
	err := t.each("SELECT id FROM subscriber WHERE account = ? AND chat > ? AND chat < ? AND gone = 0", args(account, after, before), func(r row) error {
		var id news.SubscriberID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	for _, id := range ids {
		if err == nil {
			err = t.leave(id, c.Topics, c.At)
		}
	}
	return err
}

// left leaves as the outbox reports it. Whoever has further chats leaves with
// the one that broadcasts go to; another one is their chat no more.
func (t tx) left(account int64, l outbox.Leaving, at time.Time) (err error) {
	var k known
	if l.Subscriber != 0 {
		k, err = t.readerByID(l.Subscriber)
	} else {
		k, err = t.reader(account, l.Chat)
	}
	if err != nil || k.ID == 0 {
		return err
	}
	if k.account == account && (l.Chat == "" || l.Chat == k.Chat) {
		return t.leave(k.ID, l.Reason, at)
	}
	others, err := t.others(k.ID)
	if err != nil {
		return err
	}
	for _, a := range others {
		if a.account == account && (l.Chat == "" || l.Chat == a.chat) {
			return t.unlink(k, a, l.Reason, at)
		}
	}
	return nil
}

// moved gives a chat its new address as the outbox reports it.
func (t tx) moved(account int64, m outbox.Moving, at time.Time) error {
	from := m.From
	if m.Subscriber != 0 {
		found, err := t.one(`SELECT chat FROM subscriber WHERE id = ?1 AND account = ?2
			UNION ALL SELECT chat FROM further WHERE subscriber = ?1 AND account = ?2`, args(m.Subscriber, account), &from)
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
		"UPDATE OR IGNORE code SET chat = ?2 WHERE account = ?3 AND chat = ?1",
		"DELETE FROM code WHERE account = ?3 AND chat = ?1 AND ?2 <> ?1",
		"UPDATE reply SET chat = ?2 WHERE account = ?3 AND chat = ?1",
		"UPDATE OR IGNORE memo SET chat = ?2 WHERE account = ?3 AND chat = ?1",
		"DELETE FROM memo WHERE account = ?3 AND chat = ?1 AND ?2 <> ?1",
		"UPDATE tip SET chat = ?2 WHERE account = ?3 AND chat = ?1",
		"UPDATE OR IGNORE seat SET chat = ?2 WHERE account = ?3 AND chat = ?1",
		"DELETE FROM look WHERE account = ?3 AND chat = ?1 AND ?2 <> ?1",
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
	if dropped, err = t.unwanted(moving, account, to, at); err != nil || dropped != 0 {
		return dropped, err
	}
	stays := moving
	if there.ID != 0 && there.ID != moving.ID {
		if stays, dropped, err = t.merge(moving, there, at); err != nil {
			return 0, err
		}
	}
	return dropped, t.readdress(stays, account, from, to)
}

// unwanted removes a reader who is known from a list alone, and whose other
// address turns out to be of somebody who has left or was forgotten: a list
// brings nobody back.
func (t tx) unwanted(moving known, account int64, to news.ChatID, at time.Time) (news.SubscriberID, error) {
	agreed, err := t.one("SELECT 1 FROM consent WHERE subscriber = ? AND how <> 'import'", args(moving.ID), new(int))
	if err != nil || agreed || moving.gone {
		return 0, err
	}
	there, err := t.reader(account, to)
	if err != nil {
		return 0, err
	}
	unwanted := there.gone
	if !unwanted {
		keys, err := t.forgottenKeys()
		if err != nil {
			return 0, err
		}
		if unwanted, err = t.isForgotten(keys, moving.Account.Platform(), to); err != nil {
			return 0, err
		}
	}
	if !unwanted {
		return 0, nil
	}
	return moving.ID, t.remove(moving.ID, at)
}

// readdress makes to the address of whoever was at from or is at to.
func (t tx) readdress(k known, account int64, from, to news.ChatID) (err error) {
	for _, query := range []string{
		"DELETE FROM further WHERE account = ?1 AND chat = ?2 AND EXISTS (SELECT 1 FROM subscriber WHERE account = ?1 AND chat = ?3 AND id = ?4)",
		"DELETE FROM further WHERE account = ?1 AND chat = ?3 AND EXISTS (SELECT 1 FROM subscriber WHERE account = ?1 AND chat = ?2 AND id = ?4)",
		"UPDATE subscriber SET chat = ?3 WHERE account = ?1 AND chat = ?2 AND id = ?4",
		"UPDATE further SET chat = ?3 WHERE account = ?1 AND chat = ?2 AND subscriber = ?4",
	} {
		if _, err = t.exec(query, account, from, to, k.ID); err != nil {
			return err
		}
	}
	return nil
}

// merge makes two readers one. Of two active ones, one who has further chats
// stays.
func (t tx) merge(moving, there known, at time.Time) (stays known, dropped news.SubscriberID, err error) {
	others, err := t.others(there.ID)
	if err != nil {
		return moving, 0, err
	}
	stays, goes := moving, there
	if !there.gone && (moving.gone || len(others) > 0) {
		stays, goes = there, moving
	}
	if err := t.absorb(stays, goes); err != nil {
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
	return stays, goes.ID, t.writeReader(stays.account, stays.Reader, 0)
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
		"DELETE FROM further WHERE subscriber = ?",
		"DELETE FROM former WHERE subscriber = ?",
		"DELETE FROM subscriber WHERE id = ?",
	} {
		if _, err := t.exec(query, id); err != nil {
			return err
		}
	}
	return over(lanes, func(k laneKey) error { return t.finish(k, at) })
}
