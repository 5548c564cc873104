package desk

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/news"
)

// Commands are what the server does to broadcasts without a draft.
type Commands interface {
	// Commanded moves a broadcast to running, paused or stopped; the zero id
	// means every one that is not done, and to resume all ends what a restore
	// holds. Nothing runs while all is frozen
	// (ErrFrozen). What could not be moved is not in the log.
	Commanded(ctx context.Context, id news.BroadcastID, state news.State, e Entry) error
}

// Command pauses, resumes or stops a broadcast, or with the zero id all that are
// not done, on the word of whoever holds the server. No draft tells of it: the
// log does. Nothing is resumed while all sending is frozen.
func (d *Desk) Command(ctx context.Context, id news.BroadcastID, state news.State) error {
	act, ok := map[news.State]Act{news.Running: ActResume, news.Paused: ActPause, news.Stopped: ActStop}[state]
	if !ok {
		return refuse("%q is no state: running, paused or stopped", state)
	}
	e := d.entry(Server(), act)
	if e.Broadcast = id; id == 0 {
		e.About = "everything unfinished"
	}
	err := d.Store.Commanded(ctx, id, state, e)
	if is(err, ErrFrozen) {
		return explained(err)
	}
	if err != nil {
		return fmt.Errorf("%s by command: %w", act, err)
	}
	return nil
}
