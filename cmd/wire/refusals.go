package wire

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// Refusals are the channels of an account that took nothing when that was last
// looked at.
func Refusals(ctx context.Context, notes store.Notes, id news.AccountID) (list []outbox.Refusal, err error) {
	value, err := notes.Note(ctx, id, refusalsNote)
	if err != nil || len(value) == 0 {
		return nil, err
	}
	if err := json.Unmarshal(value, &list); err != nil {
		return nil, fmt.Errorf("read the channels that refuse: %w", err)
	}
	return list, nil
}

// newRefusals makes what learns which channels of the account take nothing.
func (a *account) newRefusals() *outbox.Refusals {
	return &outbox.Refusals{Log: a.log(), Told: a.program.watcher.now}
}
