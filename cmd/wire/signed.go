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

// commanded moves a broadcast, or all, on the word of the server.
func (p *Program) commanded(ctx context.Context, id news.BroadcastID, state news.State) error {
	if err := p.desk.Command(ctx, id, state); err != nil {
		return err
	}
	p.wakeAll()
	return nil
}
