package editor

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

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
	m := d.message(lines...)
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
		sum.Lost = sum.Lost || p.Lost && (p.State == news.Running || p.State == news.Paused)
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
		if p.Lost {
			lines = append(lines, w.Astray)
		}
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
		a, err := d.Desk.Arrived(ctx, draft.Broadcast)
		return lines, a.Failed, err
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
// newest alert. Other words are what a reader reports.
func (t *turn) report(ctx context.Context, rest string) (bool, error) {
	if _, numbered := number(first(rest)); rest != "" && !numbered {
		return false, nil
	}
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
			m.Blocks = append(m.Blocks, t.door.message(put(how, "draft", fmt.Sprint(id))).Blocks...)
		}
	}
	t.reply(m)
	return true, nil
}
