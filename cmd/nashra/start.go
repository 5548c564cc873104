package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/store"
)

// patience is how long a program may take to stop.
const patience = 10 * time.Second

type runCommand struct{}

// Run runs until the context ends.
func (runCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	socket := ""
	if s.Socket {
		if socket, err = socketOf(p); err != nil {
			return err
		}
	}
	lock, err := s.own(p)
	if isBusy(err) {
		return fmt.Errorf("%w: stop it first, or give this one another database", err)
	}
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }()
	var level slog.LevelVar
	level.Set(p.LogLevel)
	log := logFrom(s.Stderr, p.Config.Log.Format, &level)
	st, err := store.Open(s.ctx, p.Database, store.Options{Now: s.Now, Log: log})
	if err != nil {
		return err
	}
	program, err := wire.New(wire.Parts{
		Plan: p, Store: st, Secret: s.Secret, Sources: s.Sources, Network: s.Network, WhatsApp: s.WhatsApp, DB: st.DB(), Socket: socket,
		Reload: s.plan, Now: s.Now, Log: log, Level: &level, Version: version(),
		FirstOwner: func(code string) { fmt.Fprintln(s.Stdout, "The desk has no owner yet. "+claimWords(code)) },
		Closed:     func() { fmt.Fprintln(s.Stdout, closedWords) },
	})
	if err != nil {
		return errors.Join(err, st.Close())
	}
	stopped, err := s.runs(p, program, log)
	if !stopped { // something still uses the store: the end of the process closes it
		return err
	}
	return errors.Join(err, st.Close())
}

// runs runs the program with the locks of its accounts. It reports false when
// the program did not stop in time.
func (s *session) runs(p *wire.Plan, program *wire.Program, log *slog.Logger) (stopped bool, err error) {
	for _, id := range program.Accounts() {
		lock, err := store.LockAccount(p.Database, id)
		if err != nil {
			return true, err
		}
		defer func() { _ = lock.Release() }()
	}
	done := make(chan error, 1)
	go func() { done <- program.Run(s.ctx) }()
	go s.reloads(program, log)
	select {
	case err := <-done:
		return true, s.farewell(log, err)
	case <-s.ctx.Done():
	}
	log.Info("stopping: what is on its way is waited for")
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case err := <-done:
		return true, s.farewell(log, err)
	case <-timer.C:
		return false, fmt.Errorf("not everything stopped within %s; what was on its way is sent again at the next start", patience)
	}
}

// farewell says that the program ended as it was asked to. One that ended by
// itself has an error, or a reason to look for one.
func (s *session) farewell(log *slog.Logger, err error) error {
	if err == nil || s.ctx.Err() != nil && errors.Is(err, context.Canceled) {
		log.Info("stopped")
		return nil
	}
	return err
}

// reloads reads the configuration again whenever that is asked for.
func (s *session) reloads(program *wire.Program, log *slog.Logger) {
	if s.Hangup == nil {
		return
	}
	for hangup := s.Hangup(); ; {
		select {
		case <-s.ctx.Done():
			return
		case <-hangup:
		}
		err := program.Reload(s.ctx)
		var wrong *wire.ConfigError
		switch {
		case errors.As(err, &wrong):
			for _, p := range wrong.Problems {
				log.Error("the configuration is refused, the old one stays", "problem", p.String())
			}
		case err != nil:
			log.Error("the configuration is refused, the old one stays", "err", err)
		}
	}
}
