package editor

import (
	"context"
	"slices"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// stalled says what a freeze has paused, behind other lines, with the one word
// that lets go on what came by itself.
func (t *turn) stalled(ctx context.Context, lines ...string) error {
	all, err := t.door.Desk.Stalled(ctx)
	if err != nil {
		return err
	}
	m := t.door.message(append(lines, t.door.said.Stalled(all, t.door.Zone())...)...)
	if !t.plain {
		m.Buttons = t.door.unstalls(len(slices.DeleteFunc(all, desk.Stalled.ByHand)))
	}
	t.reply(m)
	return nil
}

// unstalls is the button that resumes what came by itself, when there is any.
func (d *Door) unstalls(n int) [][]news.Button {
	if n == 0 {
		return nil
	}
	return [][]news.Button{{{Label: d.phrases.Unstall, Data: dataMark + actAuto + ":1"}}}
}

// offered lists what a freeze has paused to who asks that something goes on and
// has no alert that could. With nothing of the kind the word is a reader's: the
// reader's digests go on, not everybody's.
func (t *turn) offered(ctx context.Context) (bool, error) {
	standing, err := t.door.Desk.Standing(ctx)
	if err != nil || standing.Frozen || !t.who.May(desk.ActResume) {
		return false, err
	}
	all, err := t.door.Desk.Stalled(ctx)
	if err != nil || len(all) == 0 {
		return false, err
	}
	return true, t.stalled(ctx)
}

// unstall resumes what came by itself and a freeze has paused.
func (t *turn) unstall(ctx context.Context, rest string) (bool, error) {
	if rest != "" {
		return false, nil
	}
	done, err := t.door.Desk.Unstall(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	if len(done) == 0 {
		t.say(t.door.phrases.NoneStalled)
		return true, nil
	}
	t.say(put(t.door.phrases.Unstalled, "n", arabic.Number(len(done))))
	return true, nil
}
