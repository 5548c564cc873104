package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// Acts are what can be done by hand, with a running program or with the store
// alone.
func (p *Program) Acts() web.Acts {
	return web.Acts{
		Alert:   p.desk.Send,
		Amend:   p.amend,
		Claim:   p.desk.OwnerCode,
		Log:     p.exportLog,
		Open:    func(ctx context.Context) error { return p.desk.Open(ctx, desk.Server().ID) },
		Import:  p.importReaders,
		Backup:  p.parts.Store.Backup,
		Control: p.commanded,
		Status:  p.status,
		Places:  p.places,
		Reload:  p.Reload,
		Enroll:  p.enroll,
		Clients: p.desk.Clients,
		Revoke:  p.desk.Revoke,
	}
}

// serve opens the control socket.
func (p *Program) serve(ctx context.Context) error {
	return web.Serve(ctx, p.parts.Socket, web.Handler(p.Acts()), p.parts.Log)
}

func (p *Program) importReaders(ctx context.Context, csv io.Reader) (any, error) {
	readers, err := ReadSubscribers(csv, p.Plan(), p.accountIDs())
	if err != nil {
		return nil, err
	}
	done, err := p.parts.Store.Import(ctx, p.parts.Now(), readers)
	if err != nil {
		return nil, fmt.Errorf("import the subscribers: %w", err)
	}
	return done, nil
}

func (p *Program) accountIDs() []news.AccountID {
	var ids []news.AccountID
	for _, a := range p.accounts {
		ids = append(ids, a.id)
	}
	return ids
}

// amend corrects or withdraws what went out, on the word of the server.
func (p *Program) amend(ctx context.Context, in web.Amend) (news.BroadcastID, error) {
	form := desk.FormCorrection
	switch {
	case in.Withdraw:
		form = desk.FormWithdrawal
	case in.Typo:
		form = desk.FormTypo
	}
	id, err := p.desk.Amend(ctx, desk.Amendment{Key: in.Key, Broadcast: in.Broadcast, Form: form, Words: in.Words, Link: in.Link})
	if errors.Is(err, store.ErrNone) {
		return 0, &desk.RefusedError{Reason: fmt.Sprintf("there is no broadcast %d", in.Broadcast)}
	}
	if err != nil {
		return 0, fmt.Errorf("amend broadcast %d: %w", in.Broadcast, err)
	}
	p.parts.Log.Info("amended", "broadcast", id, "original", in.Broadcast, "form", form)
	return id, nil
}

// control pauses, stops or goes on with a broadcast, or with all.
func (p *Program) control(ctx context.Context, id news.BroadcastID, state news.State) error {
	if err := p.parts.Store.Control(ctx, id, state); err != nil {
		return err
	}
	p.wakeAll()
	return nil
}

// Status is what `nashra status` shows.
type Status struct {
	Version  string
	Accounts []AccountStatus
	Desk     desk.Standing
	Overview store.Overview
	Recent   []news.Progress
}

// AccountStatus is how an account is doing.
type AccountStatus struct {
	Account   news.AccountID
	Connected bool
	Halted    string // why it may not send; empty: it may
	Trouble   string // on WhatsApp, why the number or its writing to people stands still
	Until     time.Time
	Full      time.Time // on WhatsApp, until when the day's messages are used up; zero: they are not
	Readers   int       // on WhatsApp, at the last count

	Refusals []outbox.Refusal // the channels that take nothing
}

func (p *Program) status(ctx context.Context) (any, error) {
	s := Status{Version: p.parts.Version, Accounts: p.accountStatus()}
	var err error
	if s.Overview, err = p.parts.Store.Overview(ctx); err != nil {
		return nil, fmt.Errorf("count what is stored: %w", err)
	}
	if s.Desk, err = p.desk.Standing(ctx); err != nil {
		return nil, err
	}
	if s.Recent, err = p.parts.Store.Progress(ctx, 10); err != nil {
		return nil, fmt.Errorf("read the last broadcasts: %w", err)
	}
	return s, nil
}

func (p *Program) accountStatus() (all []AccountStatus) {
	for _, a := range p.accounts {
		state := AccountStatus{Account: a.id, Refusals: a.refusals.List()}
		if l := a.live.Load(); l != nil {
			state.Connected, state.Halted = a.reach.near(), l.outbox.Halted()
			if number, ok := l.adapter.(whatsapp.Pairer); ok {
				now := number.State()
				state.Connected, state.Trouble, state.Until = now.Connected, string(now.Reason), now.StopUntil
				state.Full, state.Readers = now.FullUntil, int(p.readers.Load())
			}
		}
		all = append(all, state)
	}
	return all
}
