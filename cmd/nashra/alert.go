package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

type alertCommand struct {
	Words    string      `arg:"" name:"text" help:"What it says; - reads standard input."`
	Sections []news.Slug `xor:"audience" required:"" placeholder:"SLUG" help:"To the readers of these sections."`
	Everyone bool        `xor:"audience" required:"" help:"To all readers, whatever they follow."`
	Link     string      `placeholder:"URL" help:"The article behind it."`
	Silent   bool        `help:"Arrives without a sound."`
	Weight   desk.Weight `enum:",important,ordinary" default:"" placeholder:"important|ordinary" help:"Important: to those readers, too, who want the important only. Default: to everyone is important, to sections is not."`
	File     string      `placeholder:"PATH" help:"A photo (JPEG, PNG), a video (MP4) or a PDF that comes with it."`
}

// Run hands the alert to the running program; without one it is written down,
// and goes out when the program runs.
func (c alertCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	words, err := textOf(s, c.Words)
	if err != nil {
		return err
	}
	a := desk.Alert{Words: words, Link: c.Link, Sections: c.Sections, Everyone: c.Everyone, Silent: c.Silent, Weight: c.Weight}
	if a.Name, a.File, err = attachment(c.File); err != nil {
		return err
	}
	var sent web.Sent
	err = s.call(p, "POST", "/v1/alerts", a, &sent)
	if err == nil {
		fmt.Fprintf(s.Stdout, "Broadcast %d is on its way. How it arrives: nashra deliveries %d\n", sent.Broadcast, sent.Broadcast)
		return nil
	}
	if !errors.Is(err, web.ErrNotRunning) {
		return err
	}
	id, err := s.writeDown(p, a)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "nashra is not running. Broadcast %d is written down; it goes out when nashra runs, unless that is more than 12 hours from now.\n", id)
	return nil
}

// writeDown publishes an alert while nothing runs.
func (s *session) writeDown(p *wire.Plan, a desk.Alert) (id news.BroadcastID, err error) {
	err = s.meanwhile(p, func(acts web.Acts) error {
		id, err = acts.Alert(s.ctx, a)
		return err
	})
	return id, err
}

// attachment reads the file that an alert carries. What it is the desk finds
// out.
func attachment(name string) (base string, data []byte, err error) {
	if name == "" {
		return "", nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return "", nil, fmt.Errorf("read the file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return "", nil, fmt.Errorf("read the file: %w", err)
	case !info.Mode().IsRegular():
		return "", nil, fmt.Errorf("%s is no file", name)
	case info.Size() > desk.MaxFile:
		return "", nil, fmt.Errorf("%s has %d MB; an alert carries at most %d", name, info.Size()>>20, desk.MaxFile>>20)
	}
	data, err = io.ReadAll(io.LimitReader(f, desk.MaxFile+1))
	if err != nil {
		return "", nil, fmt.Errorf("read the file: %w", err)
	}
	return filepath.Base(name), data, nil
}

// textOf reads the words of an argument, or standard input in the place of "-".
func textOf(s *session, argument string) (string, error) {
	if argument != "-" {
		return argument, nil
	}
	data, err := io.ReadAll(io.LimitReader(s.Stdin, 1<<16))
	if err != nil {
		return "", fmt.Errorf("read the words: %w", err)
	}
	return string(data), nil
}
