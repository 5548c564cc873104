package editor

import (
	"context"
	"fmt"
	"strconv"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news/arabic"
)

// pause holds what is on its way. What is not yet on its way stops: the word
// is a stop word, too.
func (t *turn) pause(ctx context.Context, rest string) (bool, error) {
	id, numbered := t.live(ctx, "- "+rest)
	if !numbered {
		live, ok, err := t.door.Desk.Live(ctx, t.who.ID)
		if _, other := number(rest); err != nil || !ok || rest != "" && !other {
			return false, err
		}
		id = live.ID
	}
	draft, err := t.door.Desk.Store.Draft(ctx, id)
	if err != nil {
		return false, fmt.Errorf("read draft %d: %w", id, err)
	}
	switch draft.State {
	case desk.Sending:
		return t.paused(ctx, id)
	case desk.Paused:
		t.say(t.door.named(t.door.phrases.AlreadyPaused, draft))
		return true, nil
	}
	return t.halt(ctx, id)
}

// resume lets the newest paused draft go on; without one the word is a
// reader's.
func (t *turn) resume(ctx context.Context, rest string) (bool, error) {
	if id, ok := number(rest); ok {
		return t.resumed(ctx, id)
	}
	all, err := t.door.Desk.Store.Desk(ctx)
	if err != nil || rest != "" {
		return false, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].State == desk.Paused {
			return t.resumed(ctx, all[i].ID)
		}
	}
	return t.offered(ctx)
}

func (t *turn) freeze(ctx context.Context, rest string) (bool, error) {
	return t.whole(rest, t.door.phrases.Frozen, func() error { return t.door.Desk.Freeze(ctx, t.who.ID) })
}

func (t *turn) thaw(ctx context.Context, rest string) (bool, error) {
	if rest != "" {
		return false, nil
	}
	if err := t.door.Desk.Thaw(ctx, t.who.ID); err != nil {
		return false, err
	}
	return true, t.stalled(ctx, t.door.phrases.Thawed)
}

func (t *turn) release(ctx context.Context, rest string) (bool, error) {
	return t.whole(rest, t.door.phrases.Released, func() error { return t.door.Desk.Release(ctx, t.who.ID) })
}

func (t *turn) open(ctx context.Context, rest string) (bool, error) {
	return t.whole(rest, t.door.phrases.Opened, func() error { return t.door.Desk.Open(ctx, t.who.ID) })
}

// whole is an act that is said with nothing behind it.
func (t *turn) whole(rest, done string, act func() error) (bool, error) {
	if rest != "" {
		return false, nil
	}
	if err := act(); err != nil {
		return false, err
	}
	t.say(done)
	return true, nil
}

// hold holds what is automatic. Its words are stop words: a countdown and what
// is on its way stop as well.
func (t *turn) hold(ctx context.Context, why string) (bool, error) {
	if err := t.door.Desk.Hold(ctx, t.who.ID, why); err != nil {
		return false, err
	}
	also, err := t.stopsLive(ctx, t.door.phrases.Also)
	if err != nil {
		return false, err
	}
	t.say(append([]string{t.door.phrases.Held}, also...)...)
	return true, nil
}

// stopsLive stops what is on its way, as a stop word does beside what else it
// holds, and says so in words.
func (t *turn) stopsLive(ctx context.Context, words string) (lines []string, err error) {
	live, ok, err := t.door.Desk.Live(ctx, t.who.ID)
	if err != nil || !ok || live.State.Open() {
		return nil, err
	}
	if _, err := t.door.Desk.Stop(ctx, t.who.ID, live.ID); err != nil {
		if _, refused := desk.Refused(err); refused { // it was over before
			return nil, nil
		}
		return nil, err
	}
	return []string{t.door.named(words, live)}, nil
}

// weekDays is how far numbers look back when nobody says.
const weekDays = 7

func (t *turn) stats(ctx context.Context, rest string) (bool, error) {
	n := weekDays
	if days, err := strconv.Atoi(arabic.Western(rest)); err == nil {
		n = days
	}
	text, _, err := t.door.Desk.Stats(ctx, t.who.ID, n)
	if err != nil {
		return false, err
	}
	m := t.door.message()
	m.Blocks[0] = text
	t.reply(m)
	return true, nil
}

func (t *turn) newSeat(ctx context.Context, rest string) (bool, error) {
	if rest != "" {
		return false, nil
	}
	code, err := t.door.Desk.Seat(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	t.say(put(t.door.phrases.Seat, "code", code))
	return true, nil
}

func (t *turn) retry(ctx context.Context, rest string) (bool, error) {
	id, ok := number(rest)
	if !ok {
		return false, nil
	}
	n, err := t.door.Desk.Retry(ctx, t.who.ID, id)
	if err != nil {
		return false, err
	}
	draft, err := t.door.Desk.Store.Draft(ctx, id)
	if err != nil {
		return false, fmt.Errorf("read draft %d: %w", id, err)
	}
	words := t.door.message(put(t.door.named(t.door.phrases.Retried, draft), "readers", t.door.said.Numbers.Copies.Of(n)))
	t.reply(words)
	t.followFrom(draft, words)
	return true, nil
}

// take turns a proposal into a draft; without a number those that wait are
// listed.
func (t *turn) take(ctx context.Context, rest string) (bool, error) {
	if id, ok := number(rest); ok {
		draft, err := t.door.Desk.Take(ctx, t.who.ID, desk.ProposalID(id))
		if err != nil {
			return false, err
		}
		return true, t.preview(ctx, draft.ID)
	}
	waiting, err := t.door.Desk.Waiting(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	t.say(t.proposals(waiting)...)
	return true, nil
}

func (t *turn) decline(ctx context.Context, rest string) (bool, error) {
	id, ok := number(rest)
	if !ok {
		return false, nil
	}
	if err := t.door.Desk.Decline(ctx, t.who.ID, desk.ProposalID(id)); err != nil {
		return false, err
	}
	t.say(put(t.door.phrases.Declined, "n", fmt.Sprint(id)))
	return true, nil
}

// help says how the desk stands, and what can be said to it.
func (t *turn) help(ctx context.Context, _ string) (bool, error) {
	s, err := t.door.Desk.Standing(ctx)
	if err != nil {
		return false, err
	}
	w := t.door.phrases
	lines := []string{w.Open}
	if !s.Open {
		lines[0] = w.Closed
	}
	if s.Frozen {
		lines = append(lines, w.Frozen)
	}
	if s.Held {
		lines = append(lines, w.Held)
	}
	if s.Held && s.HeldWhy != "" {
		lines = append(lines, put(w.HeldWhy, "why", s.HeldWhy))
	}
	t.say(append(lines, w.Help)...)
	return true, nil
}
