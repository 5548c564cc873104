package wire

import (
	"context"
	"io"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// exportLog writes the desk's log for whoever holds the server.
func (p *Program) exportLog(ctx context.Context, since news.Date, lines io.Writer) error {
	return p.desk.Export(ctx, desk.Server().ID, since, lines)
}

// commanded is control from the command line, which no draft of the desk tells
// of: the desk's log does.
func (p *Program) commanded(ctx context.Context, id news.BroadcastID, state news.State) error {
	if err := p.control(ctx, id, state); err != nil {
		return err
	}
	act := map[news.State]desk.Act{news.Running: desk.ActResume, news.Paused: desk.ActPause, news.Stopped: desk.ActStop}[state]
	about := ""
	if id == 0 {
		about = "everything unfinished"
	}
	p.signed(ctx, act, id, about)
	return nil
}

// signed writes into the desk's log what the server has done. It is done by
// then: that it cannot be written down is said loudly, and undoes nothing.
func (p *Program) signed(ctx context.Context, act desk.Act, id news.BroadcastID, about string) {
	e := desk.Entry{At: p.parts.Now(), Name: desk.Server().Name, Act: act, Broadcast: id, About: about}
	if err := p.parts.Store.Logged(context.WithoutCancel(ctx), e); err != nil {
		p.parts.Log.Error("an act of the server is not in the desk's log", "act", act, "broadcast", id, "err", err)
	}
}
