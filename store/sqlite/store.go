package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
)

var (
	_ feed.Store         = (*Store)(nil)
	_ digest.Store       = (*Store)(nil)
	_ digest.Queue       = (*Store)(nil)
	_ digest.Corrections = (*Store)(nil)
	_ outbox.Store       = (*Store)(nil)
	_ talk.Store         = (*Store)(nil)
	_ desk.Store         = (*Store)(nil)
)

// Options is how to open a store. The zero value is usable.
type Options struct {
	Now      func() time.Time // nil: time.Now
	Log      *slog.Logger     // nil: nothing is logged
	ReadOnly bool             // beside a running program: never creates, changes or checks the file
	Readers  int              // reading connections; 0: 3
}

// Store is one open database file. It is safe for use by many goroutines.
type Store struct {
	path    string
	now     func() time.Time
	log     *slog.Logger
	writer  *sql.DB // one connection; nil when read-only
	readers *sql.DB
}

// Open opens the database at path and brings its schema up to date; a missing
// file is created, readable by its owner alone, unless o.ReadOnly. The error
// matches ErrNewer, ErrForeign or ErrDamaged when the file is not one this
// program may touch.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	s := &Store{path: path, now: o.Now, log: o.Log}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.open(ctx, o); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database %s: %w", path, explain(err)), s.Close())
	}
	return s, nil
}

// DB returns the writing connection, for a library that keeps its own tables
// in the same file. It has a single connection: whoever holds it stops every
// other writer.
func (s *Store) DB() *sql.DB { return s.writer }

// Path returns where the database is.
func (s *Store) Path() string { return s.path }

// Close closes all connections.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.readers, s.writer} { // the writer last: it folds the log into the file
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

func (s *Store) open(ctx context.Context, o Options) (err error) {
	if o.ReadOnly {
		if _, err := os.Stat(s.path); err != nil {
			return err
		}
	} else if err := s.openWriter(ctx); err != nil {
		return err
	}
	if s.readers, err = sql.Open("sqlite", source(s.path, reading(o.ReadOnly))); err != nil {
		return err
	}
	n := o.Readers
	if n <= 0 {
		n = 3
	}
	s.readers.SetMaxOpenConns(n)
	s.readers.SetMaxIdleConns(n)
	if o.ReadOnly {
		return current(ctx, s.readers)
	}
	return nil
}

func (s *Store) openWriter(ctx context.Context) error {
	if err := create(s.path); err != nil {
		return err
	}
	if err := peek(ctx, s.path); err != nil {
		return err
	}
	connector, err := newPreparing(source(s.path, writing()))
	if err != nil {
		return err
	}
	s.writer = sql.OpenDB(connector)
	s.writer.SetMaxOpenConns(1)
	s.writer.SetMaxIdleConns(1)
	if err := recent(ctx, s.writer); err != nil {
		return err
	}
	if err := check(ctx, s.writer, "quick_check"); err != nil {
		return err
	}
	if _, err := s.writer.ExecContext(ctx, "PRAGMA shrink_memory"); err != nil { // the check has filled the cache
		return err
	}
	return migrate(ctx, s.writer, s.now())
}

// create makes an empty file that only its owner can read, so that SQLite
// gives its companions the same mode.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// peek refuses a file that is not ours or newer, before a writing connection
// changes anything in it.
func peek(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return err
	}
	db, err := sql.Open("sqlite", source(path, reading(true)))
	if err != nil {
		return err
	}
	_, err = version(ctx, db)
	return errors.Join(err, db.Close())
}

func writing() url.Values {
	return url.Values{
		"_txlock": {"immediate"},
		"_pragma": {
			"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
			"cache_size(-16000)", "temp_store(MEMORY)", "secure_delete(ON)",
		},
	}
}

func reading(readOnly bool) url.Values {
	v := url.Values{"_pragma": {
		"busy_timeout(5000)", "foreign_keys(ON)", "cache_size(-4000)", "temp_store(MEMORY)", "query_only(ON)",
	}}
	if readOnly {
		v.Set("mode", "ro")
	}
	return v
}

// copying is for a connection that only copies the database elsewhere.
func copying() url.Values {
	return url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)"}}
}

func source(path string, v url.Values) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + v.Encode()
}
