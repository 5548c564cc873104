package main

import (
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

type correctCommand struct {
	ID    news.BroadcastID `arg:"" help:"The broadcast's number."`
	Words string           `arg:"" name:"text" help:"The whole new text; - reads standard input."`
	Link  string           `placeholder:"URL" help:"The article behind it."`
	Typo  bool             `help:"Change it where it stands, and tell nobody: for what misled nobody."`
}

// Run corrects every copy where the network allows, and tells those who were
// misinformed.
func (c correctCommand) Run(s *session) error {
	words, err := textOf(s, c.Words)
	if err != nil {
		return err
	}
	return s.amend(web.Amend{Broadcast: c.ID, Words: words, Link: c.Link, Typo: c.Typo})
}

type withdrawCommand struct {
	ID    news.BroadcastID `arg:"" help:"The broadcast's number."`
	Words string           `arg:"" name:"line" optional:"" help:"The line that stays where a copy cannot be deleted; - reads standard input."`
}

// Run takes a broadcast back. Forwarded copies stay where they are.
func (c withdrawCommand) Run(s *session) error {
	words, err := textOf(s, c.Words)
	if err != nil {
		return err
	}
	return s.amend(web.Amend{Broadcast: c.ID, Words: words, Withdraw: true})
}

func (s *session) amend(a web.Amend) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	var sent web.Sent
	a.Key = rand.Text()
	err = s.call(p, "POST", "/v1/amendments", a, &sent)
	later := ""
	if errors.Is(err, web.ErrNotRunning) {
		later = " when nashra runs"
		err = s.meanwhile(p, func(acts web.Acts) (err error) {
			sent.Broadcast, err = acts.Amend(s.ctx, a)
			return err
		})
	}
	if err != nil {
		return err
	}
	what := "corrects"
	if a.Withdraw {
		what = "withdraws"
	}
	fmt.Fprintf(s.Stdout, "Broadcast %d %s broadcast %d%s. Who has not got it yet gets the new text, or nothing, at once. How it goes: nashra deliveries %d\nForwarded copies cannot be recalled.\n",
		sent.Broadcast, what, a.Broadcast, later, sent.Broadcast)
	return nil
}
