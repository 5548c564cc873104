package main

import (
	"errors"
	"fmt"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk/web"
)

type checkCommand struct{}

// Run prints a line for everything that it looks at.
func (checkCommand) Run(s *session) error {
	wrong := 0
	say := func(f wire.Finding) {
		mark := "✓"
		if f.Do != "" {
			mark = "✗"
			wrong++
		}
		fmt.Fprintf(s.Stdout, "%s %s: %s\n", mark, f.What, mask(f.How))
		if f.Do != "" {
			fmt.Fprintf(s.Stdout, "    → %s\n", f.Do)
		}
	}
	p, err := s.plan()
	if err != nil {
		s.sayConfig(say, err)
		return errSaid
	}
	say(wire.Finding{What: "configuration", How: fmt.Sprintf("%s has %s, %s and %s",
		s.config, number(len(p.Sources), "source"), number(len(p.Newsroom.Tree.All()), "section"), number(len(p.Newsroom.Calendar), "digest hour"))})
	running, accounts := s.sayRunning(p, say)
	var places []wire.ChannelPlace
	if len(accounts) > 0 && p.Config.WhatsApp != nil && len(p.Config.WhatsApp.Channels) > 0 {
		_ = s.call(p, "GET", "/v1/channels", nil, &places) // without them it is said that they are not known
	}
	checkup := wire.Checkup{
		Plan: p, Secret: s.Secret, Sources: s.Sources, Network: s.Network, Now: s.Now, Version: version(), Running: running, Accounts: accounts, Places: places, Say: say,
	}
	checkup.Run(s.ctx)
	if wrong > 0 {
		fmt.Fprintf(s.Stdout, "\n%s to mend.\n", number(wrong, "thing"))
		return errSaid
	}
	fmt.Fprintln(s.Stdout, "\nAll is right.")
	return nil
}

func (s *session) sayConfig(say func(wire.Finding), err error) {
	var bad *wire.ConfigError
	if !errors.As(err, &bad) {
		say(wire.Finding{What: "configuration", How: err.Error(), Do: "name another one with --config"})
		return
	}
	for _, p := range bad.Problems {
		say(wire.Finding{What: "configuration", How: p.String(), Do: "mend this line"})
	}
}

// sayRunning says whether a program runs with this configuration, and returns
// how its accounts are doing.
func (s *session) sayRunning(p *wire.Plan, say func(wire.Finding)) (bool, []wire.AccountStatus) {
	var status wire.Status
	err := s.call(p, "GET", "/v1/status", nil, &status)
	switch {
	case err == nil:
		say(wire.Finding{What: "program", How: "running, version " + status.Version + holder(p)})
		return true, status.Accounts
	case !errors.Is(err, web.ErrNotRunning):
		say(wire.Finding{What: "program", How: err.Error(), Do: "run this command as the user that nashra runs as, and look at the program's log"})
		return true, status.Accounts
	}
	switch locked := s.locked(p); {
	case !locked:
		say(wire.Finding{What: "program", How: "not running"})
		return false, nil
	case !s.Socket:
		say(wire.Finding{What: "program", How: "running" + holder(p)})
		return true, status.Accounts
	}
	say(wire.Finding{What: "program", How: "it has the database" + holder(p) + ", but does not answer", Do: "wait for it to start or stop; if that takes longer than a minute, look at its log and start it anew"})
	return true, status.Accounts
}

// locked reports whether some process has the database.
func (s *session) locked(p *wire.Plan) bool {
	lock, err := s.own(p)
	if err != nil {
		return isBusy(err)
	}
	_ = lock.Release()
	return false
}
