package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// plan reads the configuration.
func (s *session) plan() (*wire.Plan, error) { return wire.LoadConfig(s.config) }

// reader opens the database for reading, beside a running program or without
// one.
func (s *session) reader(p *wire.Plan) (*sqlite.Store, error) {
	st, err := store.Open(s.ctx, p.Database, store.Options{ReadOnly: true, Now: s.Now})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noDatabase(p)
	}
	return st, err
}

func noDatabase(p *wire.Plan) error {
	return fmt.Errorf("there is no database at %s yet: nashra run makes it", store.Path(p.Database))
}

// longestSocket is the length of a Unix socket's path that every system takes
// (sun_path in unix(7): 108 bytes on Linux, 104 elsewhere, a zero byte included).
const longestSocket = 103

// socketOf is the path of the control socket: beside the database, so that who
// can reach the one can reach the other.
func socketOf(p *wire.Plan) (string, error) {
	path, err := filepath.Abs(store.Path(p.Database) + ".sock")
	if err != nil {
		return "", fmt.Errorf("find the place of the control socket: %w", err)
	}
	if len(path) > longestSocket {
		return "", fmt.Errorf("the control socket stands beside the database, and %s is longer than the %d bytes that a socket's path may have: give the database a shorter path", path, longestSocket)
	}
	return path, nil
}

// call asks the running program. The error matches web.ErrNotRunning when there
// is none.
func (s *session) call(p *wire.Plan, method, path string, in, out any) error {
	if !s.Socket {
		return web.ErrNotRunning
	}
	socket, err := socketOf(p)
	if err != nil {
		return err
	}
	err = web.Dial(socket).Call(s.ctx, method, path, in, out)
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("reach the running program: %w", fs.ErrPermission)
	}
	return err
}

// wholeDatabase is the lock of everything in a database, beside the locks of
// its accounts: who runs has it, and who changes something while nothing runs.
const wholeDatabase news.AccountID = "run"

// own takes the database for this process.
func (s *session) own(p *wire.Plan) (*store.Lock, error) {
	lock, err := store.LockAccount(p.Database, wholeDatabase)
	if errors.Is(err, store.ErrLocked) {
		return nil, &busyError{fmt.Sprintf("nashra works on %s already%s", store.Path(p.Database), holder(p))}
	}
	return lock, err
}

// busyError says that another process has the database.
type busyError struct{ sentence string }

func (e *busyError) Error() string { return e.sentence }

func isBusy(err error) bool {
	var busy *busyError
	return errors.As(err, &busy)
}

// holder names the process that has the lock.
func holder(p *wire.Plan) string {
	pid, err := os.ReadFile(store.Path(p.Database) + "." + string(wholeDatabase) + ".lock")
	if id := strings.TrimSpace(string(pid)); err == nil && id != "" {
		return " (process " + id + ")"
	}
	return ""
}

// alone opens the database for writing while nothing runs.
func (s *session) alone(p *wire.Plan, act func(*sqlite.Store) error) error {
	if _, err := os.Stat(store.Path(p.Database)); errors.Is(err, fs.ErrNotExist) {
		return noDatabase(p)
	}
	lock, err := s.own(p)
	if isBusy(err) {
		return fmt.Errorf("%w, but does not answer: it is starting or stopping; try again in a moment", err)
	}
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }()
	st, err := store.Open(s.ctx, p.Database, store.Options{Now: s.Now})
	if err != nil {
		return err
	}
	return errors.Join(act(st), st.Close())
}

// meanwhile acts on the database as the running program would, while nothing
// runs.
func (s *session) meanwhile(p *wire.Plan, act func(web.Acts) error) error {
	return s.alone(p, func(st *sqlite.Store) error {
		program, err := wire.New(wire.Parts{
			Plan: p, Store: st, DB: st.DB(), Secret: s.Secret, Sources: s.Sources, Network: s.Network, Now: s.Now,
			Log: newLog(io.Discard, p), Version: version(),
		})
		if err != nil {
			return err
		}
		return act(program.Acts())
	})
}
