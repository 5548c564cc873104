package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// shifted is a calendar with what editors have switched over it, newest first.
// A shift of a slot that is gone from the configuration changes nothing.
func shifted(c digest.Calendar, shifts []desk.Shift) digest.Calendar {
	if len(shifts) == 0 {
		return c
	}
	out := make(digest.Calendar, len(c))
	for i, slot := range c {
		var over []digest.SlotRule
		for _, s := range shifts {
			if s.Slot != slot.Name {
				continue
			}
			rule := digest.SlotRule{From: s.From, To: s.To, Weekdays: s.Weekdays}
			if !s.Off {
				at, err := digest.ParseSchedule(s.At)
				if err != nil {
					continue // not an hour: the desk takes none such
				}
				rule.Time = at
			}
			over = append(over, rule)
		}
		slot.Rules = append(over, slot.Rules...)
		out[i] = slot
	}
	return out
}

// Newsroom is the newsroom as it is now: what the configuration says, with the
// calendar as editors have switched it.
func (p *Program) Newsroom() digest.Newsroom {
	n := p.Plan().Newsroom
	if shifts := p.shifts.Load(); shifts != nil {
		n.Calendar = shifted(n.Calendar, *shifts)
	}
	return n
}

// turned reads what editors have switched of the calendar, for everything that
// asks for it from now on.
func (p *Program) turned(ctx context.Context) error {
	shifts, err := p.parts.Store.Shifts(ctx, news.DateOf(p.parts.Now().In(p.Plan().Newsroom.Zone)))
	if err != nil {
		return fmt.Errorf("read the exceptions of the calendar: %w", err)
	}
	p.shifts.Store(&shifts)
	p.publisher.Woken()
	return nil
}

// turn returns when a digest comes, and until when it is caught up.
func (p *Program) turn(slot news.Slot, date news.Date) (at, until time.Time, ok bool) {
	n := p.Newsroom()
	s, found := n.Calendar.Find(slot)
	if !found {
		return at, until, false
	}
	at, ok = s.At(date, n.Zone)
	return at, at.Add(n.Limits.CatchUp()), ok
}

// coming makes the digest of a slot and a date as it would look now, or the next
// one of a slot, or the next of all; ok is false when it cannot come any more.
func (p *Program) coming(ctx context.Context, slot news.Slot, date news.Date) (u desk.Upcoming, ok bool, err error) {
	turns, err := p.pending(ctx, slot)
	if err != nil {
		return u, false, err
	}
	if date != "" {
		at, until, found := p.turn(slot, date)
		out, err := p.published(ctx, slot, date)
		if err != nil || out || !found || p.parts.Now().After(until) {
			return u, false, err
		}
		turns = []digest.Turn{{Slot: slot, Date: date, At: at}}
	}
	if len(turns) == 0 {
		return u, false, nil
	}
	u, err = p.upcoming(ctx, turns[0])
	return u, err == nil, err
}

// pending are the digests that can still go out, held ones whose hour has come
// first, then the next one; an empty slot is any.
func (p *Program) pending(ctx context.Context, slot news.Slot) (out []digest.Turn, err error) {
	n := p.Newsroom()
	c := n.Calendar
	if slot != "" {
		one, ok := c.Find(slot)
		if !ok {
			return nil, nil
		}
		c = digest.Calendar{one}
	}
	now := p.parts.Now().In(n.Zone)
	for _, turn := range c.Due(now, n.Limits.CatchUp()) {
		gone, err := p.published(ctx, turn.Slot, turn.Date)
		if err != nil {
			return nil, err
		}
		if !gone {
			out = append(out, turn)
		}
	}
	if turn, ok := c.Next(now); ok {
		out = append(out, turn)
	}
	return out, nil
}

// published reports whether a digest has gone out, or a later one of its slot.
func (p *Program) published(ctx context.Context, slot news.Slot, date news.Date) (bool, error) {
	last, err := p.parts.Store.Editions(ctx)
	if err != nil {
		return false, fmt.Errorf("read the last editions: %w", err)
	}
	return last[slot].Date >= date, nil
}

// slots are the digest hours as editors know them.
func (p *Program) slots() (out []editor.Slot) {
	for _, s := range p.Plan().Newsroom.Calendar {
		out = append(out, editor.Slot{Name: s.Name, Label: s.Label})
	}
	return out
}

// upcoming makes a digest as a reader of all sections would get it now.
func (p *Program) upcoming(ctx context.Context, turn digest.Turn) (desk.Upcoming, error) {
	n := p.Newsroom()
	u := desk.Upcoming{At: turn.At, Label: n.Calendar.Label(turn.Slot)}
	last, err := p.parts.Store.Editions(ctx)
	if err != nil {
		return u, fmt.Errorf("read the last editions: %w", err)
	}
	if u.Halted, err = p.held(ctx); err != nil {
		return u, err
	}
	if u.Edition, err = p.desk.Edition(ctx, turn.Slot, turn.Date); err != nil {
		return u, err
	}
	made, err := digest.MakeEdition(ctx, p.parts.Store, n, turn, last[turn.Slot], p.parts.Now())
	if err != nil {
		return u, err
	}
	b := made.Broadcast
	b.Published, b.Trial = turn.At, !p.opened.Load()
	for _, network := range []news.Platform{news.Telegram, news.WhatsApp} {
		m, err := p.composer.Compose(ctx, b, articlesOf(b.Items), network)
		if err != nil {
			return u, err
		}
		if len(m.Blocks) == 0 {
			break
		}
		if u.Messages == nil {
			u.Messages = map[news.Platform]news.Message{}
		}
		u.Messages[network] = m
	}
	articles, err := p.parts.Store.Articles(ctx, articlesOf(b.Items))
	if err != nil {
		return u, fmt.Errorf("read the articles of %s %s: %w", turn.Slot, turn.Date, err)
	}
	pinned := map[news.ArticleID]bool{}
	for _, item := range b.Items {
		pinned[item.Article] = item.Pinned
	}
	for _, a := range articles {
		u.Articles = append(u.Articles, desk.Headline{ID: a.ID, Title: a.Title, Pinned: pinned[a.ID]})
	}
	for _, a := range made.Out {
		u.Out = append(u.Out, desk.Headline{ID: a.ID, Title: a.Title})
	}
	return u, nil
}

// lookAhead shows those on duty the next digest before its slot.
func (p *Program) lookAhead(ctx context.Context) error {
	n := p.Newsroom()
	now := p.parts.Now().In(n.Zone)
	turn, ok := n.Calendar.Next(now)
	if !ok || turn.At.Sub(now) > p.desk.Ahead() {
		return nil
	}
	u, err := p.upcoming(ctx, turn)
	if err != nil {
		return err
	}
	return p.desk.ShowAhead(ctx, u)
}
