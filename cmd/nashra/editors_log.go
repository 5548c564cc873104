package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

type logCommand struct {
	Since news.Date `placeholder:"DATE" help:"Begin with this day, like 2027-01-31 (default the first)."`
	JSON  bool      `name:"json" help:"As lines of JSON, for a program or to keep."`
}

// Run shows the desk's log, beside a running program or without one. Looking at
// it is an act, too, and its last line.
func (c logCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	if c.JSON {
		return s.exportLog(p, c.Since, s.Stdout)
	}
	var lines bytes.Buffer
	if err := s.exportLog(p, c.Since, &lines); err != nil {
		return err
	}
	return s.entries(p, &lines)
}

func (s *session) exportLog(p *wire.Plan, since news.Date, w io.Writer) error {
	err := s.call(p, "GET", "/v1/editors/log?since="+url.QueryEscape(string(since)), nil, w)
	if errors.Is(err, web.ErrNotRunning) {
		err = s.meanwhile(p, func(acts web.Acts) error { return acts.Log(s.ctx, since, w) })
	}
	return err
}

// entries prints lines of the log, a row each.
func (s *session) entries(p *wire.Plan, lines io.Reader) error {
	table := s.table()
	fmt.Fprintln(table, "ID\tTIME\tWHO\tACT\tDRAFT\tVERSION\tBROADCAST\tABOUT")
	in := json.NewDecoder(lines)
	for {
		var e desk.Entry
		err := in.Decode(&e)
		if errors.Is(err, io.EOF) {
			return table.Flush()
		}
		if err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, s.when(p, e.At), who(e), e.Act,
			numbered(e.Draft), numbered(e.Version), numbered(e.Broadcast), dash(oneLine(e.About)))
	}
}

// who tells people of the same name apart.
func who(e desk.Entry) string {
	if e.By == 0 {
		return dash(oneLine(e.Name))
	}
	return strings.TrimSpace(fmt.Sprintf("%s #%d", oneLine(e.Name), e.By))
}

func numbered[T ~int | ~int64](n T) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
