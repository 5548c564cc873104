package wire

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// refusalsNote is where it is kept which channels take nothing.
const refusalsNote = "watch/refusals"

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

func noteRefusals(ctx context.Context, notes store.Notes, id news.AccountID, list []outbox.Refusal) error {
	if len(list) == 0 {
		return notes.Noted(ctx, id, refusalsNote, nil)
	}
	value, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("write the channels that refuse: %w", err)
	}
	return notes.Noted(ctx, id, refusalsNote, value)
}

// newRefusals makes what learns which channels of the account take nothing.
func (a *account) newRefusals() *outbox.Refusals {
	return &outbox.Refusals{Log: a.log(), Told: a.program.watcher.now}
}
