package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong with the file. Each is wrapped with what to do about it.
var (
	ErrNewer   = errors.New("the database was written by a newer version of this program")
	ErrOlder   = errors.New("the database was written by an older version of this program")
	ErrForeign = errors.New("the file is not a database of this program")
	ErrDamaged = errors.New("the database is damaged")
	ErrFull    = errors.New("the disk is full, or cannot be written")
	ErrLocked  = errors.New("the account is in use by another program")
)

// What can be wrong with a question.
var (
	ErrReadOnly = errors.New("the database is open for reading only")
	ErrNone     = errors.New("there is none with this number")
	ErrOver     = errors.New("the broadcast is over")
)

// explain gives an error of SQLite the sentence that callers look for.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC,
		sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_SHMSIZE:
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrForeign, err)
	}
	return err
}
