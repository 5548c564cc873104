package main

import (
	"errors"
	"fmt"

	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

type pauseCommand struct {
	ID news.BroadcastID `arg:"" optional:"" help:"The broadcast's number; without one, all that are on their way. Later ones go out as usual."`
}

// Run pauses.
func (c pauseCommand) Run(s *session) error { return s.control(c.ID, news.Paused) }

type resumeCommand struct {
	ID news.BroadcastID `arg:"" optional:"" help:"The broadcast's number; without one, all that are paused, and what a restore holds."`
}

// Run resumes.
func (c resumeCommand) Run(s *session) error { return s.control(c.ID, news.Running) }

type stopCommand struct {
	ID news.BroadcastID `arg:"" help:"The broadcast's number."`
}

// Run stops.
func (c stopCommand) Run(s *session) error {
	if c.ID <= 0 {
		return usageError("stop takes a broadcast's number: nashra deliveries lists them")
	}
	return s.control(c.ID, news.Stopped)
}

// control moves a broadcast, or all, to a state.
func (s *session) control(id news.BroadcastID, state news.State) error {
	if id < 0 {
		return usageError("a broadcast's number is above 0: nashra deliveries lists them")
	}
	p, err := s.plan()
	if err != nil {
		return err
	}
	err = s.call(p, "POST", "/v1/control", web.Control{Broadcast: id, State: state}, nil)
	if errors.Is(err, web.ErrNotRunning) {
		err = s.meanwhile(p, func(acts web.Acts) error { return acts.Control(s.ctx, id, state) })
	}
	switch {
	case errors.Is(err, store.ErrNone):
		return fmt.Errorf("there is no broadcast %d: nashra deliveries lists them", id)
	case errors.Is(err, store.ErrOver):
		return fmt.Errorf("broadcast %d is over", id)
	case err != nil:
		return err
	}
	what := "All unfinished broadcasts are"
	if id != 0 {
		what = fmt.Sprintf("Broadcast %d is", id)
	}
	fmt.Fprintf(s.Stdout, "%s %s.\n", what, state)
	return nil
}
