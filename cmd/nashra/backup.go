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
	if err := lock.Release(); err != nil { // Restore looks at every lock itself
		return err
	}
	done, err := store.Restore(s.ctx, c.File, p.Database)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no backup at %s", c.File)
	case err != nil:
		return err
	}
	c.said(s, done)
	return nil
}

// said says what was done, and how to go on.
func (c restoreCommand) said(s *session, done store.Restored) {
	fmt.Fprintf(s.Stdout, "%s is in place.\n", c.File)
	if done.Aside != "" {
		fmt.Fprintf(s.Stdout, "The database that was there is now %s.\n", done.Aside)
	}
	if done.Unread != nil {
		fmt.Fprintf(s.Stdout, "It could not be read (%v): who has left, was forgotten or lost rights since the backup is not known, and is back. See docs/operating.md.\n", done.Unread)
	}
	if n := done.Forgotten + done.Left; n > 0 {
		fmt.Fprintf(s.Stdout, "%s of the backup had left or asked to be forgotten since: that stays so.\n", number(n, "reader"))
	}
	if done.Removed > 0 {
		fmt.Fprintf(s.Stdout, "Of the backup's editors and tokens %d had been removed since: that stays so.\n", done.Removed)
	}
	if done.Lowered > 0 {
		fmt.Fprintf(s.Stdout, "Of the backup's editors %d may do less since: that stays so.\n", done.Lowered)
	}
	if done.Frozen {
		fmt.Fprintln(s.Stdout, "All sending was frozen since: it is still. An owner ends that in the chat.")
	}
	if done.Held {
		fmt.Fprintln(s.Stdout, "Automatic sending was held since: it is still. An editor ends that in the chat.")
	}
	if !done.Held {
		fmt.Fprintln(s.Stdout, "Automatic sending is held: the backup does not know what went out since. Look at it with nashra preview,\n"+
			"then let it go on with nashra resume, or from an editor's chat.")
	}
	if done.Paused > 0 {
		fmt.Fprintf(s.Stdout, "The backup does not know how far its unfinished broadcasts came: %d paused. Look at them with\n"+
			"nashra deliveries, then go on with nashra resume (or nashra resume ID), or end one with nashra stop ID.\n", done.Paused)
	}
	fmt.Fprintln(s.Stdout, "Start with: nashra run")
}
