package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/nashra-bot/nashra/store"
)

type backupCommand struct {
	File string `arg:"" help:"The new file to write."`
}

// Run writes the copy. It reads the database beside a running program, so that
// the file is written by whoever asked for it.
func (c backupCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	st, err := s.reader(p)
	if err != nil {
		return err
	}
	defer st.Close()
	err = st.Backup(s.ctx, c.File)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: choose another name", c.File)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s is a whole, checked copy of the database. It holds personal data: keep it as safe as the original.\n", c.File)
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"The backup."`
}

// Run puts the backup in place while nothing runs.
func (c restoreCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	lock, err := s.own(p)
	if isBusy(err) {
		return fmt.Errorf("%w: stop it first", err)
	}
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }()
	done, err := store.Restore(s.ctx, c.File, p.Database)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no backup at %s", c.File)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s is in place.\n", c.File)
	if done.Aside != "" {
		fmt.Fprintf(s.Stdout, "The database that was there is now %s.\n", done.Aside)
	}
	if done.Unread != nil {
		fmt.Fprintf(s.Stdout, "It could not be read (%v): who has left or was forgotten since the backup is not known, and is back. See docs/operating.md.\n", done.Unread)
	}
	if done.Forgotten+done.Left > 0 {
		fmt.Fprintf(s.Stdout, "Since the backup %s had asked to be forgotten and %d had left: they stay so.\n", number(done.Forgotten, "reader"), done.Left)
	}
	if done.Paused > 0 {
		fmt.Fprintf(s.Stdout, "%s paused, since the backup does not know how far they came. Look at them with nashra deliveries,\n"+
			"then go on with nashra resume (or nashra resume ID), or end them with nashra stop ID.\n", areBroadcasts(done.Paused))
	}
	fmt.Fprintln(s.Stdout, "Start with: nashra run")
	return nil
}

func areBroadcasts(n int) string {
	if n == 1 {
		return "1 unfinished broadcast is"
	}
	return fmt.Sprintf("%d unfinished broadcasts are", n)
}
