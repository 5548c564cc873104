package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

type subscribersCommand struct {
	Export exportCommand `cmd:"" help:"Write all readers as CSV. The file holds personal data."`
	Import importCommand `cmd:"" help:"Add the readers of a CSV file: all of them, or none when a line is wrong."`
}

type exportCommand struct {
	Out string `placeholder:"FILE" help:"Where to write, readable by you alone (default standard output)."`
}

// Run writes the readers.
func (c exportCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	st, err := s.reader(p)
	if err != nil {
		return err
	}
	defer st.Close()
	if c.Out == "" {
		_, err := export(s, st, s.Stdout)
		return err
	}
	f, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: choose another name", c.Out)
	}
	if err != nil {
		return fmt.Errorf("write the readers: %w", err)
	}
	n, err := export(s, st, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(c.Out))
	}
	fmt.Fprintf(s.Stdout, "%s has %s.\n", c.Out, number(n, "reader"))
	return nil
}

func export(s *session, st *sqlite.Store, w io.Writer) (n int, err error) {
	write, end := wire.WriteSubscribers(w)
	err = st.Export(s.ctx, func(r store.Subscriber) error {
		n++
		return write(r)
	})
	return n, errors.Join(err, end())
}

type importCommand struct {
	File string `arg:"" help:"The CSV file, as export writes it; - reads standard input."`
}

// Run imports through the running program, or by itself when there is none.
func (c importCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	csv, err := c.read(s)
	if err != nil {
		return err
	}
	// Checked here first: a wrong line costs the running program nothing.
	if _, err := wire.ReadSubscribers(bytes.NewReader(csv), p, nil); err != nil {
		return fmt.Errorf("%s is refused:\n%w", c.File, err)
	}
	done, err := c.add(s, p, csv)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s added.\n", number(done.Added, "reader"))
	for _, skipped := range []struct {
		n   int
		why string
	}{{done.There, "there already"}, {done.Left, "have left since"}, {done.Forgotten, "asked to be forgotten"}} {
		if skipped.n > 0 {
			fmt.Fprintf(s.Stdout, "%d left out: %s.\n", skipped.n, skipped.why)
		}
	}
	return nil
}

// largestImport bounds the file: a million readers fit.
const largestImport = 256 << 20

func (c importCommand) read(s *session) ([]byte, error) {
	r := s.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, fmt.Errorf("read the readers: %w", err)
		}
		defer f.Close()
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, largestImport+1))
	if err != nil {
		return nil, fmt.Errorf("read the readers: %w", err)
	}
	if len(data) > largestImport {
		return nil, fmt.Errorf("%s is larger than %d MB: import it in parts", c.File, largestImport>>20)
	}
	return data, nil
}

func (c importCommand) add(s *session, p *wire.Plan, csv []byte) (done store.Imported, err error) {
	err = s.call(p, "POST", "/v1/import", bytes.NewReader(csv), &done)
	if !errors.Is(err, web.ErrNotRunning) {
		return done, err
	}
	err = s.alone(p, func(st *sqlite.Store) error {
		accounts, err := p.Accounts(s.Secret)
		if err != nil {
			return fmt.Errorf("tell which accounts these are of: %w", err)
		}
		readers, err := wire.ReadSubscribers(bytes.NewReader(csv), p, accounts)
		if err == nil {
			done, err = st.Import(s.ctx, s.Now(), readers)
		}
		return err
	})
	return done, err
}
