package desk

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/news"
)

// stranded reports whether a draft waits for nothing but accounts that are lost:
// it is on its way, and nothing of it moves until they are back. It can be
// stopped by its number.
func (d *Desk) stranded(ctx context.Context, draft Draft) (bool, error) {
	if draft.State != Sending && draft.State != Paused {
		return false, nil
	}
	lanes, err := d.Press.Pulse(ctx, draft.Broadcast)
	if err != nil {
		return false, fmt.Errorf("look how far broadcast %d is: %w", draft.Broadcast, err)
	}
	lost := false
	for _, lane := range lanes {
		if lane.State != news.Running && lane.State != news.Paused {
			continue
		}
		if !lane.Lost {
			return false, nil
		}
		lost = true
	}
	return lost, nil
}
