package sqlite

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// address is a talk.Address with the account's number.
type address struct {
	account int64
	name    news.AccountID
	chat    news.ChatID
	home    bool // broadcasts belong here, but the account is lost
}

func (a address) public() talk.Address { return talk.Address{Account: a.name, Chat: a.chat} }

func (k known) address() address { return address{account: k.account, name: k.Account, chat: k.Chat} }

// at reports whether a is one of a chat of an account.
func (a address) at(account int64, chat news.ChatID) bool {
	return a.account == account && a.chat == chat
}

// others returns the further chats of a reader.
func (t tx) others(id news.SubscriberID) (out []address, err error) {
	err = t.each(`SELECT further.account, name, chat, home FROM further JOIN account ON account.id = further.account
		WHERE subscriber = ? ORDER BY linked, name, chat`, args(id), func(r row) error {
		var a address
		err := r.Scan(&a.account, &a.name, &a.chat, &a.home)
		out = append(out, a)
		return err
	})
	return out, err
}

func public(list []address) []talk.Address {
	var out []talk.Address
	for _, a := range list {
		out = append(out, a.public())
	}
	return out
}

// addressed finds a's account number; ok is false for an account that nobody
// ever had.
func (t tx) addressed(a talk.Address) (out address, err error) {
	out = address{name: a.Account, chat: a.Chat}
	_, err = t.one("SELECT id FROM account WHERE name = ?", args(a.Account), &out.account)
	return out, err
}

// Offered implements talk.Store.
func (s *Store) Offered(ctx context.Context, code string, at time.Time) (o talk.Offer, found bool, err error) {
	err = s.read(ctx, "look a code up", func(t tx) error {
		o, found = talk.Offer{}, false
		k, err := t.offered(code, at)
		if err != nil || k.ID == 0 {
			return err
		}
		others, err := t.others(k.ID)
		o, found = talk.Offer{Reader: k.Reader, Linked: len(others) > 0}, true
		return err
	})
	return o, found, err
}

// offered returns the reader whom a code was given to; ID 0: nobody.
func (t tx) offered(code string, at time.Time) (k known, err error) {
	hash, err := t.codeHash(code)
	if err != nil {
		return k, err
	}
	var account int64
	var chat news.ChatID
	found, err := t.one("SELECT account, chat FROM code WHERE hash = ? AND expires > ?", args(hash, millis(at)), &account, &chat)
	if err != nil || !found {
		return k, err
	}
	if k, err = t.reader(account, chat); k.gone || k.Chat != chat || k.account != account {
		return known{}, err
	}
	return k, err
}

func (t tx) codeHash(code string) ([]byte, error) {
	keys, err := t.forgottenKeys()
	if err != nil {
		return nil, err
	}
	return hashed(keys[0], "code", news.ChatID(code)), nil
}

// give keeps a code for a chat. Codes that are too old go.
func (t tx) give(account int64, chat news.ChatID, c talk.Code, at time.Time) error {
	if _, err := t.exec("DELETE FROM code WHERE expires <= ? OR account = ? AND chat = ?", millis(at), account, chat); err != nil {
		return err
	}
	hash, err := t.codeHash(c.Digits)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO code (hash, account, chat, expires) VALUES (?, ?, ?, ?)", hash, account, chat, millis(c.Expires))
	return err
}

// take makes the reader a code was given to and this chat one. Choices are
// written later; see carry for what is on its way.
func (t tx) take(account int64, c talk.Commit) (dropped news.SubscriberID, err error) {
	giver, err := t.offered(c.Take, c.At)
	if err != nil {
		return 0, err
	}
	taker, err := t.reader(account, c.Chat)
	if err != nil {
		return 0, err
	}
	for _, k := range []known{giver, taker} {
		others, err := t.others(k.ID)
		if err != nil {
			return 0, err
		}
		if len(others) > 0 {
			return 0, talk.ErrCode
		}
	}
	if giver.ID == 0 || giver.ID == taker.ID || giver.account == account || c.Reader == nil || c.Reader.ID != giver.ID {
		return 0, talk.ErrCode
	}
	_, err = t.exec("DELETE FROM code WHERE account = ?1 AND chat = ?2 OR account = ?3 AND chat = ?4", giver.account, giver.Chat, account, c.Chat)
	if err != nil {
		return 0, err
	}
	due, err := t.entitled(giver, taker)
	if err != nil {
		return 0, err
	}
	if taker.ID != 0 {
		if err := t.absorb(giver, taker); err != nil {
			return 0, err
		}
		if !taker.gone {
			dropped = taker.ID
		}
	}
	_, err = t.exec("INSERT INTO further (account, chat, subscriber, linked) VALUES (?, ?, ?, ?)", account, c.Chat, giver.ID, millis(c.At))
	if err != nil {
		return 0, err
	}
	to := giver.address()
	if c.Prefer == (talk.Address{}) || c.Prefer == (talk.Address{Account: c.Account, Chat: c.Chat}) {
		to = address{account: account, name: c.Account, chat: c.Chat}
	}
	if err := t.settleAt(giver, to); err != nil {
		return 0, err
	}
	if err := t.carry(giver.ID, to.account, due, c.At); err != nil || taker.ID == 0 {
		return dropped, err
	}
	return dropped, t.remove(taker.ID, c.At)
}

// absorb gives a reader what another one leaves behind. The other one is to be
// removed.
func (t tx) absorb(stays, goes known) error {
	if _, err := t.exec("UPDATE consent SET subscriber = ? WHERE subscriber = ?", stays.ID, goes.ID); err != nil {
		return err
	}
	for _, query := range []string{
		"UPDATE subscriber SET wrote = 1 WHERE id = ?1 AND ?3 = ?3 AND EXISTS (SELECT 1 FROM subscriber WHERE id = ?2 AND wrote = 1)",
		"INSERT OR IGNORE INTO former (subscriber, account, id) VALUES (?1, ?3, ?2)",
		"INSERT OR IGNORE INTO former (subscriber, account, id) SELECT ?1, account, id FROM former WHERE subscriber = ?2 AND ?3 = ?3",
	} {
		if _, err := t.exec(query, stays.ID, goes.ID, goes.account); err != nil {
			return err
		}
	}
	// The address is free from here on.
	_, err := t.exec("UPDATE subscriber SET chat = chat || ' ' || id, gone = max(gone, 1) WHERE id = ?", goes.ID)
	return err
}

// prefer sends a reader's broadcasts to another one of their chats. One whose
// account is lost gets them when it is back.
func (t tx) prefer(k known, to address, at time.Time) error {
	others, err := t.others(k.ID)
	if err != nil {
		return err
	}
	for _, a := range others {
		if !a.at(to.account, to.chat) {
			continue
		}
		if _, err := t.exec("UPDATE further SET home = 0 WHERE subscriber = ?", k.ID); err != nil {
			return err
		}
		lost, err := t.isLost(a.account)
		if err != nil {
			return err
		}
		if lost {
			_, err = t.exec("UPDATE further SET home = 1 WHERE account = ? AND chat = ?", a.account, a.chat)
			return err
		}
		return t.switchTo(k, a, at)
	}
	if k.address().at(to.account, to.chat) {
		_, err = t.exec("UPDATE further SET home = 0 WHERE subscriber = ?", k.ID)
	}
	return err
}

// switchTo makes a further chat of a reader the one that broadcasts go to.
func (t tx) switchTo(k known, to address, at time.Time) error {
	due, err := t.entitled(k)
	if err != nil {
		return err
	}
	if err := t.settleAt(k, to); err != nil {
		return err
	}
	if !k.gone {
		if err := t.writeReader(to.account, k.Reader, 0); err != nil {
			return err
		}
	}
	return t.carry(k.ID, to.account, due, at)
}

// settleAt exchanges a reader's address with that of a further chat, with a
// fresh place in the order of joining. The subscriptions go: they are to be
// written anew.
func (t tx) settleAt(k known, to address) error {
	if _, err := t.exec("DELETE FROM subscription WHERE subscriber = ?", k.ID); err != nil {
		return err
	}
	seq, err := t.tick()
	if err != nil {
		return err
	}
	if k.address().at(to.account, to.chat) {
		_, err = t.exec("UPDATE subscriber SET seq = ? WHERE id = ?", seq, k.ID)
		return err
	}
	var linked int64
	if _, err := t.one("DELETE FROM further WHERE account = ? AND chat = ? RETURNING linked", args(to.account, to.chat), &linked); err != nil {
		return err
	}
	if _, err := t.exec("UPDATE subscriber SET account = ?, chat = ?, seq = ? WHERE id = ?", to.account, to.chat, seq, k.ID); err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO further (account, chat, subscriber, linked) VALUES (?, ?, ?, ?)", k.account, k.Chat, k.ID, linked)
	return err
}

// unlink makes one of a reader's chats a chat of its own, of somebody who has
// left.
func (t tx) unlink(k known, a address, reason string, at time.Time) error {
	others, err := t.others(k.ID)
	if err != nil || len(others) == 0 {
		return err
	}
	if k.address().at(a.account, a.chat) {
		if err := t.switchTo(k, others[0], at); err != nil {
			return err
		}
	}
	n, err := t.exec("DELETE FROM further WHERE account = ? AND chat = ? AND subscriber = ?", a.account, a.chat, k.ID)
	if err != nil || n == 0 {
		return err
	}
	id, err := t.insert(`INSERT INTO subscriber (account, chat, kind, channel, pace, slots, follows, breaking, quiet, important, paused, floor, seq, joined, gone, reason, wrote)
		SELECT ?, ?, kind, channel, pace, slots, follows, breaking, quiet, important, 0, floor, seq, joined, max(?, 1), ?, 1 FROM subscriber WHERE id = ?`,
		a.account, a.chat, millis(at), reason, k.ID)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT OR IGNORE INTO former (subscriber, account, id) VALUES (?1, ?3, ?1), (?2, ?3, ?1)", k.ID, id, a.account)
	return err
}
