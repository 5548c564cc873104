package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/digest/feed"
)

type statusCommand struct{}

// Run asks the running program how it is, or reads what is remembered when
// there is none.
func (statusCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	var status wire.Status
	var refusing []wire.AccountStatus
	err = s.call(p, "GET", "/v1/status", nil, &status)
	switch {
	case err == nil:
		refusing = status.Accounts
		fmt.Fprintf(s.Stdout, "running%s, version %s\n", holder(p), status.Version)
	case errors.Is(err, web.ErrNotRunning):
		if refusing, err = s.remembered(p, &status); err != nil {
			return err
		}
		fmt.Fprintln(s.Stdout, "not running")
	default:
		return err
	}
	s.standing(p, status.Desk)
	s.accounts(p, status)
	s.refusals(p, refusing)
	o := status.Overview
	fmt.Fprintf(s.Stdout, "articles %d, waiting messages %d, running broadcasts %d\n", o.Articles, o.Waiting, o.Running)
	s.sources(p, status)
	s.readers(p, status)
	fmt.Fprintln(s.Stdout)
	s.progress(p, status.Recent)
	return nil
}

// remembered reads what does not need a running program, and which channels took
// nothing when the last one looked.
func (s *session) remembered(p *wire.Plan, status *wire.Status) (refusing []wire.AccountStatus, err error) {
	st, err := s.reader(p)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	if status.Overview, err = st.Overview(s.ctx); err != nil {
		return nil, err
	}
	if status.Desk, err = st.Standing(s.ctx); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(status.Overview.Readers)) {
		a := wire.AccountStatus{Account: id}
		if a.Refusals, err = wire.Refusals(s.ctx, st, id); err != nil {
			return nil, err
		}
		refusing = append(refusing, a)
	}
	status.Recent, err = st.Progress(s.ctx, 10)
	return refusing, err
}

// standing says what an editor has stopped.
func (s *session) standing(p *wire.Plan, d desk.Standing) {
	if !d.Open {
		fmt.Fprintln(s.Stdout, closedWords)
	}
	switch {
	case d.Frozen:
		fmt.Fprintf(s.Stdout, "all sending is frozen since %s: an owner can lift that\n", d.FrozenAt.In(p.Newsroom.Zone).Format("2006-01-02 15:04"))
	case d.Held:
		until := "until an editor releases it"
		if d.HeldBy == 0 {
			until = "when a backup was restored: nashra resume, or an editor, lets it go on"
		}
		fmt.Fprintf(s.Stdout, "everything automatic is held since %s, %s\n", d.HeldAt.In(p.Newsroom.Zone).Format("2006-01-02 15:04"), until)
	}
}

func (s *session) accounts(p *wire.Plan, status wire.Status) {
	live, full := map[string]string{}, map[string]time.Time{}
	for _, a := range status.Accounts {
		live[string(a.Account)], full[string(a.Account)] = "not connected", a.Full
		if a.Connected {
			live[string(a.Account)] = "connected"
		}
	}
	for _, id := range slices.Sorted(maps.Keys(status.Overview.Readers)) {
		line := fmt.Sprintf("account %s: %s", id, number(status.Overview.Readers[id], "reader"))
		if how := live[string(id)]; how != "" {
			line += ", " + how
		}
		if why := status.Overview.Halted[id]; why != "" {
			line += ", MAY NOT SEND: " + why
		}
		if until := full[string(id)]; !until.IsZero() {
			line += ", the day's messages to people are used up until " + s.when(p, until)
		}
		fmt.Fprintln(s.Stdout, mask(line))
	}
}

// refusals prints the channels that take nothing.
func (s *session) refusals(p *wire.Plan, accounts []wire.AccountStatus) {
	for _, a := range accounts {
		for _, r := range a.Refusals {
			how := "the network knows no such channel"
			switch r.Why {
			case outbox.NoRights:
				how = "the bot may not post there"
			case outbox.NotInside:
				how = "the bot is not in it, or it was deleted"
			}
			fmt.Fprintln(s.Stdout, mask(fmt.Sprintf("channel %s on %s: REFUSES POSTS since %s: %s", r.Chat, a.Account.Platform(), s.when(p, r.Since), how)))
		}
	}
}

// sources prints how each source is doing; the addresses behind it only where
// they are in trouble.
func (s *session) sources(p *wire.Plan, status wire.Status) {
	main := map[string]bool{}
	for _, source := range p.Sources {
		main[string(source.Name)+" "+source.URL] = true
	}
	for _, state := range status.Overview.Sources {
		if !main[string(state.Source)+" "+state.URL] {
			continue
		}
		fmt.Fprintf(s.Stdout, "source %s: %s, last read %s", state.Source, cmp.Or(state.Status, feed.OK), s.when(p, state.OKAt))
		if state.Problem != "" {
			fmt.Fprintf(s.Stdout, "; %s", state.Problem)
		}
		if !state.RetryAt.IsZero() {
			fmt.Fprintf(s.Stdout, "; asked again %s", s.when(p, state.RetryAt))
		}
		fmt.Fprintln(s.Stdout)
	}
}

// readers prints the sections that have some, those that left the configuration
// marked.
func (s *session) readers(p *wire.Plan, status wire.Status) {
	counts := status.Overview.Sections
	for _, section := range p.Newsroom.Tree.All() {
		if n := counts[section.Slug]; n > 0 {
			fmt.Fprintf(s.Stdout, "section %s: %s\n", section.Slug, number(n, "reader"))
		}
	}
	for _, slug := range slices.Sorted(maps.Keys(counts)) {
		if _, ok := p.Newsroom.Tree.Find(slug); !ok {
			fmt.Fprintf(s.Stdout, "section %s: %s, but it is no longer in the configuration\n", slug, number(counts[slug], "reader"))
		}
	}
}
