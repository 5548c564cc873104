package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks our files ("NSHR"), so that no other SQLite database is
// taken for one.
const applicationID = 0x4e534852

// oldest is the first SQLite version without the bug that could damage a WAL
// database with more than one connection (release notes of 3.51.3).
const oldest = "3.51.3"

// migration is one step of the schema; its number is where it leads.
type migration struct {
	number int
	name   string
	sql    string
}

func steps() ([]migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql") // in order
	if err != nil {
		return nil, err
	}
	var out []migration
	for i, name := range names {
		base := strings.TrimPrefix(name, "migrations/")
		digits, _, _ := strings.Cut(base, "_")
		if n, err := strconv.Atoi(digits); err != nil || n != i+1 {
			return nil, fmt.Errorf("read the migrations: %s is not number %d", base, i+1)
		}
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{number: i + 1, name: base, sql: string(text)})
	}
	return out, nil
}

// migrate brings the schema up to date, each step in a transaction of its own.
func migrate(ctx context.Context, db *sql.DB, at time.Time) error {
	all, err := steps()
	if err != nil {
		return err
	}
	have, err := version(ctx, db)
	if err != nil {
		return err
	}
	for _, m := range all[have:] {
		err := run(ctx, db, "migrate to "+m.name, func(t tx) error {
			if _, err := t.ExecContext(t, m.sql); err != nil {
				return err
			}
			if m.number == 1 {
				return found(t, at)
			}
			_, err := t.ExecContext(t, "PRAGMA user_version = "+strconv.Itoa(m.number))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// found gives a new database its mark and its key.
func found(t tx, at time.Time) error {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO forgotten_key (key) VALUES (?)", key); err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO meta VALUES ('created', ?)", strconv.FormatInt(millis(at), 10)); err != nil {
		return err
	}
	_, err := t.ExecContext(t, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = 1", applicationID))
	return err
}

// version returns the schema number, 0 for an empty file. A file that is not
// ours, or is newer than this program, is an error.
func version(ctx context.Context, db *sql.DB) (n int, err error) {
	var id, tables int
	err = db.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version),
		(SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_master)`).Scan(&n, &id, &tables)
	switch {
	case err != nil:
		return 0, err
	case tables == 0 && n == 0:
		return 0, nil
	case id != applicationID:
		return 0, fmt.Errorf("%w: give another path", ErrForeign)
	}
	all, err := steps()
	if err == nil && n > len(all) {
		err = fmt.Errorf("%w (schema %d, this one knows %d): run that version, or restore an older backup", ErrNewer, n, len(all))
	}
	return n, err
}

// current returns an error unless the schema is exactly this program's.
func current(ctx context.Context, db *sql.DB) error {
	all, err := steps()
	if err != nil {
		return err
	}
	have, err := version(ctx, db)
	switch {
	case err != nil:
		return err
	case have == 0:
		return fmt.Errorf("%w: it is empty", ErrForeign)
	case have < len(all):
		return fmt.Errorf("%w (schema %d, this one has %d): start this version once, it brings it up to date", ErrOlder, have, len(all))
	}
	return recent(ctx, db)
}

func recent(ctx context.Context, db *sql.DB) error {
	var have string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&have); err != nil {
		return err
	}
	if !atLeast(have, oldest) {
		return fmt.Errorf("SQLite %s is linked in; versions before %s can damage the database: build with a newer modernc.org/sqlite", have, oldest)
	}
	return nil
}

func atLeast(have, want string) bool {
	h, w := strings.Split(have, "."), strings.Split(want, ".")
	for i := range w {
		if i >= len(h) {
			return false
		}
		a, _ := strconv.Atoi(h[i])
		b, _ := strconv.Atoi(w[i])
		if a != b {
			return a > b
		}
	}
	return true
}

// check runs quick_check or integrity_check.
func check(ctx context.Context, db *sql.DB, pragma string) error {
	var first string
	if err := db.QueryRowContext(ctx, "PRAGMA "+pragma+"(1)").Scan(&first); err != nil {
		return err
	}
	if first != "ok" {
		return fmt.Errorf("%w (%s): restore a backup", ErrDamaged, first)
	}
	return nil
}
