package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
)

// Statements are kept compiled under the handle that libraries share. Whatever
// they do with it must be as if they were not.
func TestPreparedStatements(t *testing.T) {
	db := open(t).DB()
	do(t, db, "CREATE TABLE beside (id INTEGER PRIMARY KEY, words TEXT)")
	for i := range 10 {
		do(t, db, "INSERT INTO beside (words) VALUES (?)", fmt.Sprint("w", i))
	}
	t.Run("the same query within itself", func(t *testing.T) {
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		const query = "SELECT id FROM beside WHERE id > ? ORDER BY id"
		outer, err := tx.QueryContext(t.Context(), query, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer outer.Close()
		pairs := 0
		for outer.Next() {
			var id int
			if err := outer.Scan(&id); err != nil {
				t.Fatal(err)
			}
			pairs += count(t, tx, query, id)
		}
		if pairs != 45 || outer.Err() != nil {
			t.Errorf("%d pairs, %v, want 45", pairs, outer.Err())
		}
	})
	t.Run("after an error", func(t *testing.T) {
		for range 2 {
			if _, err := db.ExecContext(t.Context(), "INSERT INTO beside (id) VALUES (?)", 1); err == nil {
				t.Error("the same id twice")
			}
		}
		do(t, db, "INSERT INTO beside (id) VALUES (?)", 11)
	})
	t.Run("after fewer arguments", func(t *testing.T) {
		do(t, db, "UPDATE beside SET words = ? WHERE id = ?", "text", 1)
		if _, err := db.ExecContext(t.Context(), "UPDATE beside SET words = ? WHERE id = ?", "other"); err == nil {
			t.Error("an argument of the time before was used again")
		}
	})
	t.Run("rows that nobody read to the end", func(t *testing.T) {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM beside")
		if err != nil {
			t.Fatal(err)
		}
		rows.Next()
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		do(t, db, "VACUUM") // refused while a statement is at work
	})
	t.Run("after the table has changed", func(t *testing.T) {
		do(t, db, "ALTER TABLE beside ADD COLUMN more TEXT")
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM beside")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		if columns, err := rows.Columns(); len(columns) != 3 || err != nil {
			t.Errorf("%q, %v", columns, err)
		}
		if err := rows.Err(); err != nil {
			t.Error(err)
		}
	})
	t.Run("after a call that was given up", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := db.ExecContext(ctx, "UPDATE beside SET words = ?", "lost"); err == nil {
			t.Error("no error")
		}
		do(t, db, "UPDATE beside SET words = ?", "found")
	})
	t.Run("more than are kept", func(t *testing.T) {
		for i := range 400 {
			do(t, db, fmt.Sprintf("UPDATE beside SET words = '%d' WHERE id = ?", i%200), 2)
		}
		if got := word(t, db, 2); got != "199" {
			t.Errorf("%q, want the last one", got)
		}
	})
}

func do(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func count(t *testing.T, tx *sql.Tx, query string, args ...any) (n int) {
	t.Helper()
	rows, err := tx.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

func word(t *testing.T, db *sql.DB, id int) (words string) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), "SELECT words FROM beside WHERE id = ?", id).Scan(&words); err != nil {
		t.Fatal(err)
	}
	return words
}
