package editor

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// watches are the drafts that are followed to their end.
type watches struct {
	mu   sync.Mutex
	all  map[desk.DraftID]*watch
	bell chan struct{}
}

// watch is one draft on its way, and where its progress is shown.
type watch struct {
	place place
	shown string     // the last text
	state desk.State // the last state
	pulse []news.Pulse
	later time.Time // its report is shown for the last time then; zero: it is on its way
	again time.Time // and is not looked at until then
}

// place is where a progress message stands. Without edit, each word about it
// is a message of its own, and there are few.
type place struct {
	to   talk.Address
	edit news.MessageID
}

func (w *watches) follow(draft desk.Draft, p place, m news.Message) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all[draft.ID] = &watch{place: p, state: draft.State, shown: m.Blocks[0].String()}
	w.ring()
}

func (w *watches) ring() {
	select {
	case w.bell <- struct{}{}:
	default:
	}
}

// Changed says that a draft has moved. It returns at once.
func (d *Door) Changed(desk.Draft) { d.watches.ring() }

// step is how often progress is shown anew.
const step = 2 * time.Second

// Run shows how far what was confirmed is, until ctx ends. After a start it
// takes up what is on its way, for its author.
func (d *Door) Run(ctx context.Context) error {
	if err := d.adopt(ctx); err != nil && ctx.Err() == nil {
		d.Log.Warn("what is on its way is not followed", "err", err)
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-d.watches.bell:
		case <-timer.C:
		}
		switch {
		case d.look(ctx):
			timer.Reset(step)
		case d.waits():
			timer.Reset(laterLook)
		}
	}
}

// adopt follows what was confirmed before this start.
func (d *Door) adopt(ctx context.Context) error {
	drafts, err := d.Desk.Store.Desk(ctx)
	if err != nil {
		return fmt.Errorf("read the drafts: %w", err)
	}
	for _, draft := range drafts {
		if draft.State.Open() || draft.State == desk.Scheduled || draft.By == 0 {
			continue
		}
		author, err := d.Desk.Store.Editor(ctx, draft.By)
		if err != nil || len(author.Seats) == 0 {
			continue // gone meanwhile
		}
		seat := author.Seats[0]
		d.watches.mu.Lock()
		if d.watches.all[draft.ID] == nil {
			d.watches.all[draft.ID] = &watch{place: place{to: talk.Address{Account: seat.Account, Chat: seat.Chat}}, state: draft.State}
		}
		d.watches.mu.Unlock()
	}
	return d.adoptLater(ctx)
}

// look shows every followed draft as it is now, and reports whether any is
// still on its way.
func (d *Door) look(ctx context.Context) (moving bool) {
	d.watches.mu.Lock()
	all := maps.Clone(d.watches.all)
	d.watches.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(all)) {
		w := all[id]
		if w.rests(d.Now()) {
			continue
		}
		over, err := d.show(ctx, id, w)
		if err != nil && ctx.Err() == nil {
			d.Log.Warn("how far a draft is was not shown", "draft", id, "err", err)
		}
		if over {
			d.watches.mu.Lock()
			if d.watches.all[id] == w {
				delete(d.watches.all, id)
			}
			d.watches.mu.Unlock()
		}
		moving = moving || !w.rests(d.Now())
	}
	return moving
}

// show brings one progress message up to date. In words, only a new state is
// worth a message. Who is no editor any more is told nothing.
func (d *Door) show(ctx context.Context, id desk.DraftID, w *watch) (over bool, err error) {
	_, sits, err := d.Desk.Who(ctx, desk.Seat{Account: w.place.to.Account, Chat: w.place.to.Chat})
	if err != nil || !sits {
		return err == nil, err
	}
	draft, err := d.Desk.Store.Draft(ctx, id)
	if err != nil {
		return false, fmt.Errorf("read draft %d: %w", id, err)
	}
	over = draft.State.Open() || !draft.State.Live()
	if draft.State == w.state && !over && w.place.edit == "" || draft.State == desk.Publishing {
		return false, nil
	}
	plain := !d.buttons(w.place.to.Account)
	m, pulse, err := d.progress(ctx, draft, w.pulse, plain)
	if err != nil {
		return false, err
	}
	if text := m.Blocks[0].String(); text != w.shown && (!draft.State.Open() || w.place.edit != "") {
		unlock := d.lock(w.place.to.Account, w.place.to.Chat)
		err = d.write(ctx, w.place.to, "", []talk.Reply{{Message: m, Edit: w.place.edit}})
		unlock()
		if err != nil {
			return false, err
		}
		w.shown = text
	}
	w.state, w.pulse = draft.State, pulse
	if over {
		over = w.rest(draft, d.Now())
	}
	return over, nil
}

// progress sets the message about a draft on its way, or at its end.
func (d *Door) progress(ctx context.Context, draft desk.Draft, before []news.Pulse, plain bool) (news.Message, []news.Pulse, error) {
	if draft.Broadcast == 0 {
		return d.standing(draft, nil, plain), nil, nil
	}
	pulse, err := d.Desk.Pulse(ctx, draft.ID)
	if err != nil {
		return news.Message{}, nil, err
	}
	if draft.State == desk.Sending || draft.State == desk.Paused {
		return d.standing(draft, d.bars(pulse, before), plain), pulse, nil
	}
	lines, failed, err := d.outcome(ctx, draft)
	if err != nil {
		return news.Message{}, nil, err
	}
	m := d.standing(draft, lines, plain)
	if failed > 0 && draft.State == desk.Done && !plain {
		m.Buttons = [][]news.Button{{{Label: d.phrases.Retry, Data: dataMark + actRetry + ":" + fmt.Sprint(draft.ID)}}}
	}
	return m, pulse, nil
}

// standing is a draft's state in a message, with what can be done about it.
func (d *Door) standing(draft desk.Draft, lines []string, plain bool) news.Message {
	w := d.phrases
	lines = append([]string{d.title(draft), brief(draft.Words)}, lines...)
	button := func(label, act string) news.Button {
		return news.Button{Label: label, Data: fmt.Sprintf("%s%s:%d", dataMark, act, draft.ID)}
	}
	var row []news.Button
	how := ""
	switch draft.State {
	case desk.Counting:
		lines = append(lines, put(w.Counting, "span", d.said.Span(d.Desk.Left(draft).Round(time.Second))))
		row, how = []news.Button{button(w.Halt, actHalt)}, w.HowStop
	case desk.Scheduled:
		lines = append(lines, put(w.At, "when", d.when(draft.Due)))
		row, how = []news.Button{button(w.Halt, actHalt)}, w.HowStop+" "+fmt.Sprint(draft.ID)
	case desk.Sending:
		row, how = []news.Button{button(w.Pause, actPause), button(w.Stop, actHalt)}, w.HowPause
	case desk.Paused:
		row, how = []news.Button{button(w.Resume, actResume), button(w.Stop, actHalt)}, w.HowResume
	}
	if plain && how != "" {
		lines = append(lines, how)
	}
	m := message(lines...)
	if row != nil && !plain {
		m.Buttons = [][]news.Button{row}
	}
	return m
}

// bars is how far a broadcast is, network by network.
func (d *Door) bars(now, before []news.Pulse) (lines []string) {
	by := map[news.Platform]news.Pulse{}
	rate := map[news.Platform]float64{}
	var networks []news.Platform
	for _, p := range now {
		n := p.Account.Platform()
		sum, known := by[n]
		if !known {
			networks, sum.Counts = append(networks, n), map[news.Outcome]int{}
		}
		for o, c := range p.Counts {
			sum.Counts[o] += c
		}
		sum.Audience += p.Audience
		by[n] = sum
		for _, b := range before {
			if b.Account == p.Account && b.Channels == p.Channels {
				rate[n] += p.Rate(b)
			}
		}
	}
	slices.Sort(networks)
	w := d.phrases
	for _, n := range networks {
		p := by[n]
		left := max(0, p.Audience-p.Told())
		line := d.said.Network(n) + ": "
		if p.Audience > 0 {
			line += put(w.Bar, "bar", bar(p.Told(), p.Audience), "percent", fmt.Sprint(min(100, 100*p.Told()/p.Audience))) + " "
		}
		line += put(w.Sent, "sent", arabic.Number(p.Counts[news.Sent]+p.Counts[news.Unknown]), "left", arabic.Number(left))
		if rate[n] >= 1 {
			line += put(w.Rate, "rate", arabic.Number(int(rate[n])))
		}
		lines = append(lines, line)
		for _, more := range []struct {
			phrase string
			n      int
		}{{w.Blocked, p.Counts[news.Left]}, {w.Failed, p.Counts[news.Failed]}, {w.Deferred, p.Counts[news.Deferred]}} {
			if more.n > 0 {
				lines = append(lines, put(more.phrase, "n", arabic.Number(more.n)))
			}
		}
	}
	return lines
}

func bar(done, all int) string {
	n := min(10, 10*done/max(1, all))
	return strings.Repeat("▰", n) + strings.Repeat("▱", 10-n)
}

// outcome is the report of a draft that is over, or of what it has reached so
// far.
func (d *Door) outcome(ctx context.Context, draft desk.Draft) (lines []string, failed int, err error) {
	w := d.phrases
	some := func(phrase string, n int) {
		if n > 0 {
			lines = append(lines, put(phrase, "n", arabic.Number(n)))
		}
	}
	if draft.Form != desk.FormAlert && d.Reach != nil {
		r, err := d.Reach(ctx, draft.Broadcast)
		if err != nil {
			return nil, 0, fmt.Errorf("count what a correction reached: %w", err)
		}
		each := func(phrase string, n int) { lines = append(lines, put(phrase, "n", arabic.Number(n))) }
		if draft.Form == desk.FormWithdrawal {
			each(w.Taken, r.Changed)
			each(w.Lined, r.Lined)
			some(w.Stayed, r.Followed)
		} else {
			each(w.Changed, r.Changed)
			each(w.Followed, r.Followed)
		}
		each(w.Missed, r.Missed)
		some(w.Deferred, r.Waiting)
		if draft.Form == desk.FormWithdrawal {
			lines = append(lines, w.Forwarded)
		}
		return lines, 0, nil
	}
	a, err := d.Desk.Arrived(ctx, draft.Broadcast)
	if err != nil {
		return nil, 0, err
	}
	lines = append(lines, put(w.Reached, "readers", d.said.Numbers.Copies.Of(a.Sent+a.Unknown)))
	lines = append(lines, d.seen(a)...)
	some(w.Failed, a.Failed)
	some(w.Deferred, a.Waiting)
	some(w.Left, a.Left)
	return lines, a.Failed, nil
}

// report says what became of a draft: of the one with a number, or of the
// newest alert.
func (t *turn) report(ctx context.Context, rest string) (bool, error) {
	id, _, ok, err := t.original(ctx, rest, true)
	if err != nil || !ok {
		return true, err
	}
	draft, err := t.door.Desk.Store.Draft(ctx, id)
	if err != nil || !draft.State.Out() {
		t.refuse(t.door.said.Refused.NoSuch)
		return true, nil //nolint:nilerr // a number that is not there
	}
	m, _, err := t.door.progress(ctx, draft, nil, t.plain)
	if err != nil {
		return false, err
	}
	if how := t.door.phrases.HowRetry; t.plain && draft.State == desk.Done {
		if _, failed, err := t.door.outcome(ctx, draft); err == nil && failed > 0 {
			m.Blocks = append(m.Blocks, message(put(how, "draft", fmt.Sprint(id))).Blocks...)
		}
	}
	t.reply(m)
	return true, nil
}
