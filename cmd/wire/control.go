package wire

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// Acts are what can be done by hand, with a running program or with the store
// alone.
func (p *Program) Acts() web.Acts {
	return web.Acts{
		Alert:   p.desk.Send,
		Import:  p.importReaders,
		Backup:  p.parts.Store.Backup,
		Control: p.control,
		Status:  p.status,
		Reload:  p.Reload,
	}
}

// serve opens the control socket.
func (p *Program) serve(ctx context.Context) error {
	mux := http.NewServeMux()
	mux.Handle("/", web.Handler(p.Acts()))
	mux.HandleFunc("POST /v1/editors/claim", p.claim)
	return web.Serve(ctx, p.parts.Socket, mux, p.parts.Log)
}

// OwnerCode is a code that makes an owner of the desk, as the control socket
// gives it out.
type OwnerCode struct {
	Code string `json:"code"`
}

// OwnerCode returns a code that makes an owner of the desk.
func (p *Program) OwnerCode(ctx context.Context) (string, error) { return p.desk.OwnerCode(ctx) }

func (p *Program) claim(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	var out any
	code, err := p.OwnerCode(r.Context())
	if out = (OwnerCode{Code: code}); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		out = map[string]string{"error": err.Error()}
	}
	_ = json.NewEncoder(w).Encode(out)
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
	s := Status{Version: p.parts.Version}
	for _, a := range p.accounts {
		state := AccountStatus{Account: a.id}
		if l := a.live.Load(); l != nil {
			state.Connected, state.Halted = true, l.outbox.Halted()
			if number, ok := l.adapter.(whatsapp.Pairer); ok {
				now := number.State()
				state.Connected, state.Trouble, state.Until = now.Connected, string(now.Reason), now.StopUntil
			}
		}
		s.Accounts = append(s.Accounts, state)
	}
	var err error
	if s.Overview, err = p.parts.Store.Overview(ctx); err != nil {
		return nil, fmt.Errorf("count what is stored: %w", err)
	}
	if s.Recent, err = p.parts.Store.Progress(ctx, 10); err != nil {
		return nil, fmt.Errorf("read the last broadcasts: %w", err)
	}
	return s, nil
}
