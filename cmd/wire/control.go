package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
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
	readers, err := ReadSubscribers(csv, p.Plan())
	if err != nil {
		return nil, err
	}
	done, err := p.parts.Store.Import(ctx, p.parts.Now(), readers)
	if err != nil {
		return nil, fmt.Errorf("import the subscribers: %w", err)
	}
	return done, nil
}

// amend corrects or withdraws what went out, over its receipts.
func (p *Program) amend(ctx context.Context, in web.Amend) (news.BroadcastID, error) {
	words := strings.TrimSpace(arabic.Clean(in.Words))
	switch n := arabic.Units(words); {
	case n == 0 && !in.Withdraw:
		return 0, &desk.RefusedError{Reason: "the correction has no words: it takes the whole new text"}
	case n > desk.MaxWords:
		return 0, &desk.RefusedError{Reason: fmt.Sprintf("the text is %d characters long; at most %d fit one message", n, desk.MaxWords)}
	}
	a := news.Amendment{Original: in.Broadcast, Words: words, Link: in.Link, Silent: in.Typo, At: p.parts.Now()}
	act := p.parts.Store.Correct
	if in.Withdraw {
		act = p.parts.Store.Withdraw
	}
	id, err := act(ctx, a)
	switch {
	case errors.Is(err, store.ErrNone):
		return 0, &desk.RefusedError{Reason: fmt.Sprintf("there is no broadcast %d", in.Broadcast)}
	case errors.Is(err, news.ErrFinal):
		return 0, &desk.RefusedError{Reason: fmt.Sprintf("nothing can be changed about broadcast %d any more: it was withdrawn or stopped, or its time is over", in.Broadcast)}
	case err != nil:
		return 0, fmt.Errorf("amend broadcast %d: %w", in.Broadcast, err)
	}
	p.signed(ctx, desk.ActPublish, id, fmt.Sprintf("%s of broadcast %d", kindOf(in), in.Broadcast))
	p.parts.Log.Info("amended", "broadcast", id, "original", in.Broadcast, "withdrawn", in.Withdraw, "typo", in.Typo)
	p.wakeAll()
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
		state := AccountStatus{Account: a.id}
		if l := a.live.Load(); l != nil {
			state.Connected, state.Halted = true, l.outbox.Halted()
			if number, ok := l.adapter.(whatsapp.Pairer); ok {
				now := number.State()
				state.Connected, state.Trouble, state.Until = now.Connected, string(now.Reason), now.StopUntil
			}
		}
		all = append(all, state)
	}
	return all
}
