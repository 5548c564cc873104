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
	Removed   int    // editors and tokens of the backup that were taken away since, and are again
	Lowered   int    // editors of the backup who may do less since, and do no more again
	Frozen    bool   // all sending was frozen since the backup, and is again
	Held      bool   // automatic sending was held since the backup, and is again
	Paused    int    // broadcasts that wait for somebody to start or stop them
}

// Restore puts the backup from in the place of the database to, which nobody
// may have open: the error matches ErrLocked while somebody holds the lock of
// one of its accounts. The copy is checked first, so that a bad backup changes
// nothing. Whoever was forgotten, has left or was removed from the desk
// according to the database that is replaced stays so, who may do less there does
// no more, a freeze and a hold last, numbers go on where that one was, and every unfinished
// broadcast is paused: what the backup does not know to be sent would be sent
// again. For the same reason automatic sending is held, and what that database
// published by itself since the backup counts as published. No code that was given out before makes an editor: it may have been
// used since. The replaced database is kept beside it as to + ".before-restore", with
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
	if err := unlocked(to); err != nil {
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
	var by backup
	err = s.read(ctx, "look how far the backup goes", func(t tx) (err error) {
		by, err = t.backup()
		return err
	})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	before, err := readBefore(ctx, old, by)
	if err != nil {
		done.Unread, before = err, nil
	}
	err = s.write(ctx, "prepare the copy", func(t tx) error {
		if before != nil {
			if err := t.takeOver(before, s.now(), done); err != nil {
				return err
			}
		}
		if _, err := t.exec("DELETE FROM invitation"); err != nil {
			return err
		}
		open, err := t.open()
		if err != nil {
			return err
		}
		if err := t.holdRestored(s.now()); err != nil {
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
	if err := os.Remove(path + "-shm"); err != nil && !errors.Is(err, fs.ErrNotExist) { // an index of the log, made anew when needed
		return "", err
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() == 0 {
		if err := os.Remove(path + "-wal"); err != nil {
			return "", err
		}
	}
	for _, suffix := range []string{"-wal", ""} {
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, nil
}
