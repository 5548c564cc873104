package sqlite

import (
	"crypto/hmac"
	"crypto/sha256"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// forget deletes everything about a chat, and about the other chats of its
// reader, and keeps a keyed hash of each address. What its broadcasts still
// have to do is closed later, by Record.
func (t tx) forget(account int64, name news.AccountID, chat news.ChatID, at time.Time) (dropped news.SubscriberID, err error) {
	list := []address{{account: account, name: name, chat: chat}}
	k, err := t.reader(account, chat)
	if err != nil {
		return 0, err
	}
	if k.ID != 0 {
		others, err := t.others(k.ID)
		if err != nil {
			return 0, err
		}
		for _, a := range append(others, k.address()) {
			if !a.at(account, chat) {
				list = append(list, a)
			}
		}
		if err := t.remove(k.ID, at); err != nil {
			return 0, err
		}
	}
	for _, a := range list {
		if err := t.forgetAddress(a, at); err != nil {
			return 0, err
		}
	}
	return k.ID, nil
}

func (t tx) forgetAddress(a address, at time.Time) error {
	for _, table := range []string{"memo", "reply", "code", "tip", "look"} {
		if _, err := t.exec("DELETE FROM "+table+" WHERE account = ? AND chat = ?", a.account, a.chat); err != nil {
			return err
		}
	}
	keys, err := t.forgottenKeys()
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT OR IGNORE INTO forgotten (hash, at) VALUES (?, ?)", hashed(keys[0], a.name.Platform(), a.chat), millis(at))
	return err
}

// remembered takes an address off the list of the forgotten: it has written to
// us again.
func (t tx) remembered(platform news.Platform, chat news.ChatID) error {
	keys, err := t.forgottenKeys()
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, err := t.exec("DELETE FROM forgotten WHERE hash = ?", hashed(key, platform, chat)); err != nil {
			return err
		}
	}
	return nil
}

// isForgotten reports whether an address is on the list under any of keys.
func (t tx) isForgotten(keys [][]byte, platform news.Platform, chat news.ChatID) (bool, error) {
	for _, key := range keys {
		found, err := t.one("SELECT 1 FROM forgotten WHERE hash = ?", args(hashed(key, platform, chat)), new(int))
		if found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// forgottenKeys returns the database's own key first.
func (t tx) forgottenKeys() (keys [][]byte, err error) {
	err = t.each("SELECT key FROM forgotten_key ORDER BY id", nil, func(r row) error {
		var key []byte
		err := r.Scan(&key)
		keys = append(keys, key)
		return err
	})
	return keys, err
}

// hashed is the keyed hash of an address. An address is the same for every
// account of a network.
func hashed(key []byte, platform news.Platform, chat news.ChatID) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(platform))
	mac.Write([]byte{0})
	mac.Write([]byte(chat))
	return mac.Sum(nil)
}

func (t tx) consent(id news.SubscriberID, at time.Time, c talk.Consent) error {
	_, err := t.exec("INSERT INTO consent (subscriber, at, how, words) VALUES (?, ?, ?, ?)", id, millis(at), c.How, c.Words)
	return err
}
