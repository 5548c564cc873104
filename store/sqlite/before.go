package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// before is what a replaced database knows that a backup must not undo.
type before struct {
	keys   [][]byte
	hashes [][]byte
	left   []departed
	epochs map[news.AccountID]int64
	last   map[string]int64 // the highest number given, by table
	desk   deskBefore
	news   newsBefore
}

type departed struct {
	account news.AccountID
	chat    news.ChatID
	reason  string
	at      int64
}

// readBefore reads the database that is to be replaced by a backup; nil: there is
// none.
func readBefore(ctx context.Context, path string, by backup) (*before, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	s, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	b := &before{epochs: map[news.AccountID]int64{}, last: map[string]int64{}}
	err = s.read(ctx, "read the database that is replaced", func(t tx) error { return errors.Join(b.read(t), b.news.read(t, by)) })
	return b, errors.Join(err, s.Close())
}

func (b *before) read(t tx) (err error) {
	if b.keys, err = t.forgottenKeys(); err != nil {
		return err
	}
	err = t.each("SELECT hash FROM forgotten", nil, func(r row) error {
		var hash []byte
		err := r.Scan(&hash)
		b.hashes = append(b.hashes, hash)
		return err
	})
	if err != nil {
		return err
	}
	err = t.each("SELECT name, chat, reason, gone FROM subscriber JOIN account ON account.id = account WHERE gone > 0", nil, func(r row) error {
		var d departed
		err := r.Scan(&d.account, &d.chat, &d.reason, &d.at)
		b.left = append(b.left, d)
		return err
	})
	if err != nil {
		return err
	}
	err = t.each("SELECT name, epoch FROM account", nil, func(r row) error {
		var name news.AccountID
		var epoch int64
		err := r.Scan(&name, &epoch)
		b.epochs[name] = epoch
		return err
	})
	if err != nil {
		return err
	}
	if err := b.desk.read(t); err != nil {
		return err
	}
	return t.each("SELECT name, seq FROM sqlite_sequence", nil, func(r row) error {
		var name string
		var seq int64
		err := r.Scan(&name, &seq)
		b.last[name] = seq
		return err
	})
}

// takeOver applies what b knows to a restored database.
func (t tx) takeOver(b *before, now time.Time, done *Restored) (err error) {
	for _, key := range b.keys {
		if _, err := t.exec("INSERT OR IGNORE INTO forgotten_key (key) VALUES (?)", key); err != nil {
			return err
		}
	}
	for _, hash := range b.hashes {
		if _, err := t.exec("INSERT OR IGNORE INTO forgotten (hash, at) VALUES (?, 0)", hash); err != nil {
			return err
		}
	}
	if done.Forgotten, err = t.forgetAgain(); err != nil {
		return err
	}
	for _, d := range b.left {
		k, err := t.findReader("WHERE account.name = ? AND chat = ? AND gone = 0", d.account, d.chat)
		if err != nil {
			return err
		}
		if k.ID == 0 {
			continue
		}
		done.Left++
		if err := t.leave(k.ID, d.reason, moment(d.at)); err != nil {
			return err
		}
	}
	if err := t.takeOverDesk(b.desk, now, done); err != nil {
		return err
	}
	if err := t.takeOverNews(b.news, now); err != nil {
		return err
	}
	for name, epoch := range b.epochs {
		if _, err := t.exec("UPDATE account SET epoch = max(epoch, ?) WHERE name = ?", epoch, name); err != nil {
			return err
		}
	}
	for name, seq := range b.last {
		if err := t.continueFrom(name, seq); err != nil {
			return err
		}
	}
	return nil
}

// continueFrom makes a table's numbers begin above seq.
func (t tx) continueFrom(table string, seq int64) error {
	n, err := t.exec("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", seq, table)
	if err == nil && n == 0 {
		_, err = t.exec("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, seq)
	}
	return err
}

// forgetAgain removes every reader whose address is on the list of the
// forgotten.
func (t tx) forgetAgain() (n int, err error) {
	keys, err := t.forgottenKeys()
	if err != nil {
		return 0, err
	}
	type chat struct {
		account int64
		name    news.AccountID
		chat    news.ChatID
	}
	var found []chat
	err = t.each(`SELECT DISTINCT account, name, chat FROM (SELECT account, chat FROM subscriber
		UNION SELECT account, chat FROM further UNION SELECT account, chat FROM memo UNION SELECT account, chat FROM reply) JOIN account ON account.id = account`, nil, func(r row) error {
		var c chat
		err := r.Scan(&c.account, &c.name, &c.chat)
		found = append(found, c)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, c := range found {
		forgotten, err := t.isForgotten(keys, c.name.Platform(), c.chat)
		if err != nil {
			return n, err
		}
		if !forgotten {
			continue
		}
		dropped, err := t.forget(c.account, c.name, c.chat, moment(1))
		if err != nil {
			return n, err
		}
		if dropped != 0 {
			n++
		}
	}
	return n, nil
}
