package sqlite

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/nashra-bot/nashra/news"
)

// Lock is the right of one process to an account. It ends with the process,
// however that ends.
type Lock struct{ file *os.File }

// LockAccount takes the account's lock file beside the database at path. The
// error matches ErrLocked, and says what to do, while another process holds it.
func LockAccount(path string, account news.AccountID) (*Lock, error) {
	name := path + "." + fileName(account) + ".lock"
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the account %s: %w", account, err)
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, errors.Join(fmt.Errorf("%w: %s belongs to %s, which has to be stopped first", ErrLocked, account, holder(f)), f.Close())
	}
	if err == nil {
		if err = f.Truncate(0); err == nil {
			_, err = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock the account %s: %w", account, err), f.Close())
	}
	return &Lock{f}, nil
}

// Release ends the lock. The file stays: removing it would let two processes
// lock two files of one name.
func (l *Lock) Release() error { return l.file.Close() }

// unlocked returns an error that matches ErrLocked while anybody holds a lock
// beside the database at path.
func unlocked(path string) error {
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, file := range files {
		account, ours := strings.CutPrefix(file.Name(), filepath.Base(path)+".")
		account, lock := strings.CutSuffix(account, ".lock")
		if !ours || !lock {
			continue
		}
		l, err := LockAccount(path, news.AccountID(account))
		if err != nil {
			return err
		}
		if err := l.Release(); err != nil {
			return err
		}
	}
	return nil
}

// holder names the process that wrote its number into a lock file.
func holder(f *os.File) string {
	text, err := io.ReadAll(io.LimitReader(f, 20))
	pid, bad := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || bad != nil {
		return "another process"
	}
	return "process " + strconv.Itoa(pid)
}

// fileName is an account's name without what a file name may not hold.
func fileName(account news.AccountID) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, string(account))
}
