package outbox_test

import (
	"context"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// mortal is a store as one run of the program sees it: after the program's
// death nothing reaches it.
type mortal struct {
	outbox.Store
	*life
}

func (m *mortal) alive(ctx context.Context) error {
	if m.isDead() {
		return errDead
	}
	return ctx.Err()
}

func (m *mortal) Own(ctx context.Context, a news.AccountID) (outbox.Epoch, error) {
	if err := m.alive(ctx); err != nil {
		return outbox.Epoch{}, err
	}
	return m.Store.Own(ctx, a)
}

func (m *mortal) Take(ctx context.Context, e outbox.Epoch, k outbox.LaneKey, n int) (outbox.Chunk, error) {
	if err := m.alive(ctx); err != nil {
		return outbox.Chunk{}, err
	}
	return m.Store.Take(ctx, e, k, n)
}

func (m *mortal) Reopen(ctx context.Context, e outbox.Epoch) ([]outbox.Chunk, error) {
	if err := m.alive(ctx); err != nil {
		return nil, err
	}
	return m.Store.Reopen(ctx, e)
}

func (m *mortal) Record(ctx context.Context, e outbox.Epoch, r outbox.Results) error {
	if err := m.alive(ctx); err != nil {
		return err
	}
	return m.Store.Record(ctx, e, r)
}
