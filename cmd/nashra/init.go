package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed"
)

type initCommand struct {
	Site  string `arg:"" help:"The site's address, like https://news.example; or that of a feed."`
	Out   string `placeholder:"FILE" help:"Where to write (default: the configuration's name)."`
	Force bool   `help:"Write over a configuration that is there."`
}

// Run probes the site and writes the file.
func (c initCommand) Run(s *session) error {
	out := c.Out
	if out == "" {
		out = s.config
	}
	if _, err := os.Lstat(out); err == nil && !c.Force {
		return fmt.Errorf("%s is there already: look at it, choose another name with --out, or write over it with --force", out)
	}
	address := c.Site
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	site, err := feed.Probe(s.ctx, wire.NewFetcher(s.Sources, s.Now, version()), address)
	if err != nil {
		for _, note := range site.Notes {
			fmt.Fprintln(s.Stderr, "  tried:", note)
		}
		return s.unread(err)
	}
	text := wire.Scaffold(site)
	plan, err := wire.ParseConfig(out, text)
	if err != nil {
		return fmt.Errorf("write a configuration that can be used: %w", err)
	}
	if err := c.write(out, text); err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s: %s, read as %s\n", site.URL, plan.Newsroom.Name, site.Kind)
	fmt.Fprintf(s.Stdout, "%s has its %s, in %s.\n\n", out, number(len(plan.Newsroom.Tree.All()), "section"), plan.Newsroom.Zone)
	fmt.Fprint(s.Stdout, "Read it through: names, order and synonyms are what readers see. Then get a token\n"+
		"from @BotFather on Telegram, keep it in a file that only you can read, and:\n\n"+
		"  export TELEGRAM_BOT_TOKEN_FILE=telegram.token\n  nashra check\n  nashra run\n")
	return nil
}

// write writes the file whole. It holds no secret.
func (c initCommand) write(out string, text []byte) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if c.Force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(out, flags, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %s: the folder is not there; make it first", out)
	}
	if err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	return nil
}

// unread makes a sentence of a site that cannot be read.
func (s *session) unread(err error) error {
	var p *feed.Problem
	if !errors.As(err, &p) {
		return err
	}
	if p.Status == feed.Blocked {
		return err // it says what to do
	}
	return fmt.Errorf("%w; look whether the address opens in a browser", err)
}

// number counts things in English.
func number(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
