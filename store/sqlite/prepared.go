package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// mostPrepared is how many compiled statements a connection keeps.
const mostPrepared = 128

// preparing opens connections that keep what they have compiled. Most of what
// a small transaction costs is the compiling, and libraries that share the
// handle do not prepare anything themselves.
type preparing struct{ driver.Connector }

func newPreparing(source string) (driver.Connector, error) {
	c, err := sqlite.NewConnector(source)
	return preparing{c}, err
}

// Connect implements driver.Connector.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, kept: map[string]*kept{}}, nil
}

// connection is the driver's, with the statements that nobody is using. It is
// used by one goroutine at a time, as every driver.Conn is.
type connection struct {
	driver.Conn
	kept  map[string]*kept
	turns int64
}

// kept is a compiled statement that waits to be used again.
type kept struct {
	compiled
	turn int64 // when it was used last
}

// compiled is what the driver's statements are.
type compiled interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// Unwrap returns the driver's own connection.
func (c *connection) Unwrap() driver.Conn { return c.Conn }

// take returns the statement of a query, compiled, for one use at a time.
func (c *connection) take(ctx context.Context, query string) (*statement, error) {
	if k := c.kept[query]; k != nil {
		delete(c.kept, query)
		return &statement{compiled: k.compiled, from: c, query: query}, nil
	}
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &statement{compiled: s.(compiled), from: c, query: query}, nil
}

// give takes a statement back. The one that was used the longest ago makes
// room for it.
func (c *connection) give(s *statement) error {
	if c.kept[s.query] != nil {
		return s.compiled.Close() // two were in use at once
	}
	var err error
	if len(c.kept) >= mostPrepared {
		oldest := ""
		for query, k := range c.kept {
			if oldest == "" || k.turn < c.kept[oldest].turn {
				oldest = query
			}
		}
		err = c.kept[oldest].Close()
		delete(c.kept, oldest)
	}
	c.turns++
	c.kept[s.query] = &kept{s.compiled, c.turns}
	return err
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *connection) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.take(ctx, query)
}

// ExecContext implements driver.ExecerContext.
func (c *connection) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	r, err := s.ExecContext(ctx, args)
	return r, errors.Join(err, s.Close())
}

// QueryContext implements driver.QueryerContext.
func (c *connection) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &cursor{r, s}, nil
}

// BeginTx implements driver.ConnBeginTx.
func (c *connection) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

// Ping implements driver.Pinger.
func (c *connection) Ping(ctx context.Context) error { return c.Conn.(driver.Pinger).Ping(ctx) }

// ResetSession implements driver.SessionResetter.
func (c *connection) ResetSession(ctx context.Context) error {
	return c.Conn.(driver.SessionResetter).ResetSession(ctx)
}

// IsValid implements driver.Validator.
func (c *connection) IsValid() bool { return c.Conn.(driver.Validator).IsValid() }

// Close implements driver.Conn.
func (c *connection) Close() error {
	var errs []error
	for _, k := range c.kept {
		errs = append(errs, k.Close())
	}
	clear(c.kept)
	return errors.Join(append(errs, c.Conn.Close())...)
}

// statement is in use. Closed, it goes back to its connection.
type statement struct {
	compiled
	from  *connection // nil: it went back
	query string
}

// Close implements driver.Stmt.
func (s *statement) Close() error {
	c := s.from
	if s.from = nil; c == nil {
		return nil
	}
	return c.give(s)
}

// cursor are the rows of a statement that goes back with them.
type cursor struct {
	driver.Rows
	of *statement
}

// Close implements driver.Rows.
func (c *cursor) Close() error { return errors.Join(c.Rows.Close(), c.of.Close()) }
