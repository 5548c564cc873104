package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/nashra-bot/nashra/news"
)

// Restored says what Restore did.
type Restored struct {
	Aside     string // where the database that was there is now; empty: none was
	Unread    error  // why that one could not be read, so that nothing was taken over from it
	Forgotten int    // readers of the backup who were forgotten since, and are again
	Left      int    // readers of the backup who have left since, and have again
	Paused    int    // broadcasts that wait for somebody to start or stop them
}

// Restore puts the backup from in the place of the database to, which nobody
// may have open. The copy is checked first, so that a bad backup changes
// nothing. Whoever was forgotten or has left according to the database that is
// replaced stays so, numbers go on where that one was, and every unfinished
// broadcast is paused: what the backup does not know to be sent would be sent
// again. The replaced database is kept beside it as to + ".before-restore", with
// a number where that exists.
func Restore(ctx context.Context, from, to string) (done Restored, err error) {
	if done, err = restore(ctx, from, to); err != nil {
		return done, fmt.Errorf("restore %s: %w", from, explain(err))
	}
	return done, nil
}

func restore(ctx context.Context, from, to string) (done Restored, err error) {
	if _, err := os.Stat(from); err != nil {
		return done, err
	}
	if err := whole(ctx, from); err != nil {
		return done, err
	}
	temp, err := copyTo(ctx, from, to)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, remove(temp)) }()
	if err := revive(ctx, temp, to, &done); err != nil {
		return done, err
	}
	if done.Aside, err = setAside(to); err != nil {
		return done, err
	}
	if err := os.Rename(temp, to); err != nil {
		return done, err
	}
	return done, flush(filepath.Dir(to))
}

// revive makes a copy of the backup fit to take the place of the database old.
func revive(ctx context.Context, temp, old string, done *Restored) error {
	s, err := Open(ctx, temp, Options{})
	if err != nil {
		return err
	}
	before, err := readBefore(ctx, old)
	if err != nil {
		done.Unread, before = err, nil
	}
	err = s.write(ctx, "prepare the copy", func(t tx) error {
		if before != nil {
			if err := t.takeOver(before, done); err != nil {
				return err
			}
		}
		open, err := t.open()
		if err != nil {
			return err
		}
		done.Paused = len(open)
		for _, id := range open {
			if err := t.control(id, news.Paused, 0); err != nil {
				return err
			}
		}
		_, err = t.exec("INSERT OR REPLACE INTO meta VALUES ('restored', ?)", strconv.FormatInt(millis(s.now()), 10))
		return err
	})
	if err == nil {
		_, err = s.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return errors.Join(err, s.Close())
}

// before is what a replaced database knows that a backup must not undo.
type before struct {
	keys   [][]byte
	hashes [][]byte
	left   []departed
	epochs map[news.AccountID]int64
	last   map[string]int64 // the highest number given, by table
}

type departed struct {
	account news.AccountID
	chat    news.ChatID
	reason  string
	at      int64
}

// readBefore reads the database that is to be replaced; nil: there is none.
func readBefore(ctx context.Context, path string) (*before, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	s, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	b := &before{epochs: map[news.AccountID]int64{}, last: map[string]int64{}}
	err = s.read(ctx, "read the database that is replaced", b.read)
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
	return t.each("SELECT name, seq FROM sqlite_sequence", nil, func(r row) error {
		var name string
		var seq int64
		err := r.Scan(&name, &seq)
		b.last[name] = seq
		return err
	})
}

// takeOver applies what b knows to a restored database.
func (t tx) takeOver(b *before, done *Restored) (err error) {
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
		UNION SELECT account, chat FROM memo UNION SELECT account, chat FROM reply) JOIN account ON account.id = account`, nil, func(r row) error {
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
		dropped, err := t.forget(c.account, c.name.Platform(), c.chat, moment(1))
		if err != nil {
			return n, err
		}
		if dropped != 0 {
			n++
		}
	}
	return n, nil
}

// setAside gives the database at path, with its companions, another name.
func setAside(path string) (aside string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	aside = path + ".before-restore"
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = path + ".before-restore-" + strconv.Itoa(n)
	}
	for _, suffix := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, nil
}
