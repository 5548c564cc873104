package wire

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// leastFree is the free space under which a disk counts as full soon: a day of
// a large newsroom with its backup fits.
const leastFree = 256 << 20

// database looks at the file, its place and its disk.
func (c Checkup) database(ctx context.Context) {
	path := store.Path(c.Plan.Database)
	version, err := SQLiteVersion(ctx)
	if err != nil {
		c.wrong("database", err.Error(), "build the program again")
		return
	}
	c.file(ctx, path, version)
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err == nil && info.Mode().Perm()&0o002 != 0 {
		c.wrong("folder", folder+" can be written by everybody on this machine, and with it the control socket", "chmod o-w "+folder)
	}
	c.disk(folder)
}

func (c Checkup) file(ctx context.Context, path, version string) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		c.place(path, version)
		return
	}
	s, err := store.Open(ctx, path, store.Options{ReadOnly: true, Now: c.Now})
	switch {
	case errors.Is(err, store.ErrOlder):
		c.right("database", "%s, of an older version: the next run brings it up to date (SQLite %s)", path, version)
		return
	case errors.Is(err, fs.ErrPermission):
		c.wrong("database", err.Error(), "run this command as the user that nashra runs as")
		return
	case err != nil:
		c.wrong("database", err.Error(), "docs/operating.md says what to do about a database that does not open")
		return
	}
	defer s.Close()
	seen, err := s.Overview(ctx)
	if err != nil {
		c.wrong("database", err.Error(), "restore a backup: nashra restore FILE")
		return
	}
	if info != nil && info.Mode().Perm()&0o077 != 0 {
		c.wrong("database", path+" can be read by others on this machine", "chmod 600 "+path)
		return
	}
	if err := c.door(ctx, s); err != nil {
		c.wrong("desk", err.Error(), "restore a backup: nashra restore FILE")
		return
	}
	readers := 0
	for _, n := range seen.Readers {
		readers += n
	}
	c.right("database", "%s: readers %d, articles %d, waiting messages %d (SQLite %s)", path, readers, seen.Articles, seen.Waiting, version)
}

// door says whether the bot is open to the public. That it is not is no mistake.
func (c Checkup) door(ctx context.Context, s desk.Switches) error {
	now, err := s.Standing(ctx)
	switch {
	case err != nil:
		return err
	case now.Open:
		c.right("desk", "the bot is open to the public")
	default:
		c.right("desk", "the bot is not open to the public: what is sent reaches editors alone; to open it: nashra editors open")
	}
	return nil
}

// place looks whether a database can be made.
func (c Checkup) place(path, version string) {
	f, err := os.CreateTemp(filepath.Dir(path), ".nashra-check-*")
	if err != nil {
		c.wrong("database", fmt.Sprintf("there is none at %s, and none can be made: %v", path, err), "make the folder, and let the user write there that nashra runs as")
		return
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	c.right("database", "%s is made by the first run (SQLite %s)", path, version)
}

func (c Checkup) disk(folder string) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		c.wrong("disk", fmt.Sprintf("look at the disk of %s: %v", folder, err), "look whether the folder is there")
		return
	}
	free := s.Bavail * uint64(s.Bsize) //nolint:unconvert,gosec // of another type on other systems
	if free < leastFree {
		c.wrong("disk", fmt.Sprintf("%s has %d MB left", folder, free>>20), "make room: with a full disk nothing is sent, since nothing could be remembered")
		return
	}
	c.right("disk", "%s has %d MB left", folder, free>>20)
}

// SQLiteVersion is the version of SQLite that is linked in.
func SQLiteVersion(ctx context.Context) (version string, err error) {
	db, err := sql.Open("sqlite", ":memory:") // the driver is the store's
	if err != nil {
		return "", fmt.Errorf("ask SQLite for its version: %w", err)
	}
	defer db.Close()
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return "", fmt.Errorf("ask SQLite for its version: %w", err)
	}
	return version, nil
}

// Accounts are the accounts that the program sends from.
func (p *Program) Accounts() []news.AccountID { return p.ids() }
