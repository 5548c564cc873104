package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk/web"
)

type editorsCommand struct {
	Claim claimCommand `cmd:"" help:"Print a code that makes an owner of the desk: the way back in for whoever holds the server."`
	Open  openCommand  `cmd:"" help:"Open the bot to the public. Until then, what is sent reaches editors alone."`
	Log   logCommand   `cmd:"" help:"Show who did what at the desk, when, and with which version. Nobody can change it."`
}

type claimCommand struct{}

// Run prints the code. An earlier one of this kind is worth nothing any more.
func (claimCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	var made web.Claim
	err = s.call(p, "POST", "/v1/editors/claim", struct{}{}, &made)
	if errors.Is(err, web.ErrNotRunning) {
		made.Code, err = s.ownerCode(p)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(s.Stdout, claimWords(made.Code))
	return nil
}

// ownerCode makes the code while nothing runs.
func (s *session) ownerCode(p *wire.Plan) (code string, err error) {
	err = s.meanwhile(p, func(acts web.Acts) error {
		code, err = acts.Claim(context.WithoutCancel(s.ctx))
		return err
	})
	return code, err
}

// closedWords say how a bot is that is not open to the public.
const closedWords = "The bot is not open to the public yet: what is sent reaches those editors alone who are subscribed. An owner opens it in the chat with /open, the server with: nashra editors open"

type openCommand struct{}

// Run opens the bot, for good.
func (openCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	err = s.call(p, "POST", "/v1/open", struct{}{}, nil)
	if errors.Is(err, web.ErrNotRunning) {
		err = s.meanwhile(p, func(acts web.Acts) error { return acts.Open(s.ctx) })
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(s.Stdout, "The bot is open to the public: what is published from now on reaches everybody who is subscribed.")
	return nil
}

func claimWords(code string) string {
	return "Whoever sends this code to the bot in a private chat is an owner of its desk, once, within a day: " + code
}
