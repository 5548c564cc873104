package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"
)

// tx is one transaction. A statement is compiled once in it, however often it
// runs.
type tx struct {
	context.Context
	*sql.Tx
	known map[string]*sql.Stmt
}

// write runs f in a transaction that can write, and commits when f returns no
// error.
func (s *Store) write(ctx context.Context, what string, f func(tx) error) error {
	if s.writer == nil {
		return fmt.Errorf("%s: %w", what, ErrReadOnly)
	}
	return run(ctx, s.writer, what, f)
}

// read runs f in a transaction that sees one state of the database.
func (s *Store) read(ctx context.Context, what string, f func(tx) error) error {
	return run(ctx, s.readers, what, f)
}

func run(ctx context.Context, db *sql.DB, what string, f func(tx) error) error {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", what, explain(err))
	}
	if err := f(tx{Context: ctx, Tx: t, known: map[string]*sql.Stmt{}}); err != nil {
		if again := t.Rollback(); again != nil && !errors.Is(again, sql.ErrTxDone) {
			err = errors.Join(err, again)
		}
		return fmt.Errorf("%s: %w", what, explain(err))
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("%s: %w", what, explain(err))
	}
	return nil
}

func (t tx) stmt(query string) (*sql.Stmt, error) {
	if st, ok := t.known[query]; ok {
		return st, nil
	}
	st, err := t.PrepareContext(t, query)
	if err == nil {
		t.known[query] = st
	}
	return st, err
}

// exec returns the number of changed rows.
func (t tx) exec(query string, args ...any) (int64, error) {
	st, err := t.stmt(query)
	if err != nil {
		return 0, err
	}
	r, err := st.ExecContext(t, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert returns the new row's id.
func (t tx) insert(query string, args ...any) (int64, error) {
	st, err := t.stmt(query)
	if err != nil {
		return 0, err
	}
	r, err := st.ExecContext(t, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// one scans a single row into dest; found is false when there is none.
func (t tx) one(query string, args []any, dest ...any) (found bool, err error) {
	st, err := t.stmt(query)
	if err != nil {
		return false, err
	}
	err = st.QueryRowContext(t, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls scan for every row.
func (t tx) each(query string, args []any, scan func(row) error) error {
	st, err := t.stmt(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(t, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

type row interface{ Scan(dest ...any) error }

func args(a ...any) []any { return a }

// forever is a pause without an end.
const forever = math.MaxInt64

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// clock scans a time; scanned into, it sets *to.
type clock struct{ to *time.Time }

// Scan implements sql.Scanner.
func (c clock) Scan(v any) error {
	ms, ok := v.(int64)
	if !ok {
		return fmt.Errorf("read a time: %T is no number", v)
	}
	*c.to = moment(ms)
	return nil
}

// encoded scans JSON into to; an empty text leaves it alone.
type encoded struct{ to any }

// Scan implements sql.Scanner.
func (e encoded) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("read JSON: %T is no text", v)
	}
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), e.to)
}

func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}
