package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

type tokensCommand struct {
	Add    tokenAddCommand    `cmd:"" help:"Make a token for a program, and show it once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens: what each is for, and when it was last used."`
	Revoke tokenRevokeCommand `cmd:"" help:"End a token at once."`
}

type tokenAddCommand struct {
	Name     string       `arg:"" help:"Of the program, as the log names it: lower-case latin letters, digits and hyphens."`
	Scope    []desk.Scope `required:"" placeholder:"SCOPE" help:"What it is for: pull, propose, alert, status; several with commas."`
	Sections []news.Slug  `placeholder:"SLUG" help:"It proposes and sends for these sections alone, with all below (default all)."`
	Rate     string       `placeholder:"N/min" default:"60/min" help:"Requests a minute (default 60/min)."`
	Expires  news.Date    `placeholder:"DATE" help:"The last day on which it is good, like 2027-01-31 (default for good)."`
}

// Run makes the token, in the running program or while nothing runs.
func (c tokenAddCommand) Run(s *session) error {
	var rate int
	if n, err := fmt.Sscanf(strings.TrimSuffix(c.Rate, "/min"), "%d", &rate); err != nil || n != 1 || fmt.Sprint(rate) != strings.TrimSuffix(c.Rate, "/min") || rate < 1 {
		return usageError(fmt.Sprintf("--rate: expected requests a minute like 60/min, not %q", c.Rate))
	}
	p, err := s.plan()
	if err != nil {
		return err
	}
	in := desk.NewClient{Name: c.Name, Scopes: c.Scope, Sections: c.Sections, PerMinute: rate, Last: c.Expires}
	var made web.Enrolled
	err = s.call(p, "POST", "/v1/tokens", in, &made)
	if errors.Is(err, web.ErrNotRunning) {
		err = s.meanwhile(p, func(acts web.Acts) (err error) {
			made, err = acts.Enroll(s.ctx, in)
			return err
		})
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s\nThis is the token of %s. Keep it now: it is kept nowhere here and cannot be shown again.\n", made.Token, made.Client.Name)
	return nil
}

type tokenListCommand struct{}

// Run prints a line for each token.
func (tokenListCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	var all []desk.Client
	err = s.call(p, "GET", "/v1/tokens", nil, &all)
	if errors.Is(err, web.ErrNotRunning) {
		err = s.meanwhile(p, func(acts web.Acts) (err error) {
			all, err = acts.Clients(s.ctx)
			return err
		})
	}
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(s.Stdout, "There are no tokens: nashra tokens add makes one.")
		return nil
	}
	w := tabwriter.NewWriter(s.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "name\tscopes\tsections\trate\tgood until\tlast used")
	for _, c := range all {
		until := "revoked"
		if !c.Until.IsZero() {
			until = c.Until.In(p.Newsroom.Zone).AddDate(0, 0, -1).Format(time.DateOnly)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d/min\t%s\t%s\n", c.Name, listed(c.Scopes, "none"), listed(c.Sections, "all"), c.PerMinute, until, orNever(c.Used))
	}
	return w.Flush()
}

func listed[T ~string](all []T, none string) string {
	var out []string
	for _, one := range all {
		out = append(out, string(one))
	}
	if len(out) == 0 {
		return none
	}
	return strings.Join(out, ",")
}

func orNever(d news.Date) string {
	if d == "" {
		return "never"
	}
	return string(d)
}

type tokenRevokeCommand struct {
	Name string `arg:"" help:"Of the token."`
}

// Run ends the token.
func (c tokenRevokeCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	err = s.call(p, "POST", "/v1/tokens/revoke", web.Revoke{Name: c.Name}, nil)
	if errors.Is(err, web.ErrNotRunning) {
		err = s.meanwhile(p, func(acts web.Acts) error { return acts.Revoke(s.ctx, c.Name) })
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "The token of %s is revoked. What it had counting down was stopped.\n", c.Name)
	return nil
}
