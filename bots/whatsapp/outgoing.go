package whatsapp

import (
	"context"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/store"
)

const clearEvery = 12 * time.Hour

// outgoing is where the library keeps the messages that a phone may ask for
// again. It means to clear the old ones twice a day, and does so with every
// message.
type outgoing struct {
	store.EventBuffer
	mu      sync.Mutex
	cleared time.Time // monotonic
}

// DeleteOldOutgoingEvents implements store.EventBuffer.
func (o *outgoing) DeleteOldOutgoingEvents(ctx context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.cleared.IsZero() && time.Since(o.cleared) < clearEvery {
		return nil
	}
	if err := o.EventBuffer.DeleteOldOutgoingEvents(ctx); err != nil {
		return err
	}
	o.cleared = time.Now()
	return nil
}
