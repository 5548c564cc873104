package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a whole, checked copy of the store to a new file while
// everything goes on. The error matches fs.ErrExist when the file exists; a
// copy that is not whole is never there under its name.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.backup(ctx, path); err != nil {
		return fmt.Errorf("back up to %s: %w", path, explain(err))
	}
	return nil
}

func (s *Store) backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fs.ErrExist
		}
		return err
	}
	temp, err := copyTo(ctx, s.path, path)
	if err != nil {
		return err
	}
	return errors.Join(place(temp, path), remove(temp))
}

// copyTo writes a checked copy of the database from to a new file beside path,
// readable by its owner alone, and returns its name.
func copyTo(ctx context.Context, from, path string) (temp string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	temp = f.Name()
	if err = f.Close(); err == nil {
		err = vacuum(ctx, from, temp)
	}
	if err == nil {
		err = whole(ctx, temp)
	}
	if err == nil {
		err = flush(temp)
	}
	if err != nil {
		return "", errors.Join(err, remove(temp))
	}
	return temp, nil
}

func vacuum(ctx context.Context, from, to string) error {
	db, err := sql.Open("sqlite", source(from, copying()))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return errors.Join(err, db.Close())
}

// whole checks every page and index of a copy.
func whole(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", source(path, reading(true)))
	if err != nil {
		return err
	}
	n, err := version(ctx, db)
	if err == nil && n == 0 {
		err = fmt.Errorf("%w: it is empty", ErrForeign)
	}
	if err == nil {
		err = check(ctx, db, "integrity_check")
	}
	return errors.Join(err, db.Close())
}

// place gives a file its name, unless something has the name already.
func place(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return errors.Join(err, flush(filepath.Dir(path)))
	}
	if _, there := os.Lstat(path); !errors.Is(there, fs.ErrNotExist) { // a file system without links
		return errors.Join(err, fs.ErrExist)
	}
	return errors.Join(os.Rename(temp, path), flush(filepath.Dir(path)))
}

// flush makes a file or a folder durable.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// remove removes a database with its companions; what is not there is no error.
func remove(path string) error {
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
