package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// This file is who hears of what a colleague has done with a draft: one letter
// for each step, in its transaction, and none to whoever took it.

// glance is how much of a draft's words a letter shows, in characters.
const glance = 200

// told are the letters about a step of a draft.
func (d *Desk) told(ctx context.Context, who Editor, was, next Draft) ([]Letter, error) {
	n := Notice{Draft: next.ID, Name: d.named(who)}
	switch {
	case next.State == Second && was.State != Second:
		n.Kind = NoticeSecond
		return d.askOthers(ctx, who, next, n)
	case next.Offered && !was.Offered:
		n.Kind = NoticeReady
		return d.askOthers(ctx, who, next, n)
	case next.State == Counting && was.State.Open():
		n.Kind, n.In = NoticeConfirmed, d.Left(next)
	case next.State == Scheduled && was.State.Open():
		zone := d.setup().Zone
		n.Kind, n.When = NoticeScheduled, d.words().When(next.Due.In(zone), d.Now().In(zone))
	case next.State == Dropped && was.State != Dropped:
		n.Kind = NoticeDropped
	case next.State == Stopped && was.State != Stopped, next.Halt && !was.Halt:
		n.Kind = NoticeStopped
	case next.State.Open() && next.State != Second && (was.State.Waiting() || was.State == Second):
		n.Kind = NoticeReturned
	default:
		return nil, nil
	}
	return d.tellPeople(ctx, who, was, next, n)
}

// named is how a letter calls who did something.
func (d *Desk) named(who Editor) string {
	if who.ID == 0 {
		return d.words().Notices.Server
	}
	return who.Name
}

// notice sets a notice, with the buttons that the doors have for it.
func (d *Desk) notice(n Notice) news.Message {
	m := d.words().Notice(n)
	if d.Under != nil {
		m.Buttons = d.Under(n)
	}
	return m
}

// people are those whose draft it is: who wrote it and who confirmed it, but for
// the one who acts.
func (d Draft) people(but Editor) (out []EditorID) {
	for _, id := range []EditorID{d.By, d.Confirmed, d.Approved} {
		if id != 0 && id != but.ID && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// tellPeople tells those whose draft it is. Who has a message before them that
// shows it already is left alone. Of a client's alert those on duty hear, who
// were told that it would go out.
func (d *Desk) tellPeople(ctx context.Context, who Editor, was, next Draft, n Notice) ([]Letter, error) {
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	sits := func(id EditorID) bool { return slices.ContainsFunc(all, func(e Editor) bool { return e.ID == id }) }
	if was.By != 0 && !sits(was.By) && !was.State.Open() {
		on, err := d.OnDuty(ctx)
		if err != nil {
			return nil, err
		}
		return d.colleagues(ctx, d.notice(n), who, on)
	}
	people := was.people(who)
	return seats(d.notice(n), slices.DeleteFunc(all, func(e Editor) bool {
		return !slices.Contains(people, e.ID) || d.watches(next, e)
	})), nil
}

// watches reports whether a message that an editor has before them shows how a
// draft stands.
func (d *Desk) watches(draft Draft, e Editor) bool {
	return d.Shows != nil && slices.ContainsFunc(e.Seats, func(s Seat) bool { return d.Shows(draft, s) })
}

// askOthers asks those on duty for a decision about a draft that is theirs to
// make; when it is none of theirs, all whose it is.
func (d *Desk) askOthers(ctx context.Context, who Editor, draft Draft, n Notice) ([]Letter, error) {
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	on, err := d.OnDuty(ctx)
	if err != nil {
		return nil, err
	}
	may := func(from []Editor) []Editor {
		return slices.DeleteFunc(slices.Clone(from), func(e Editor) bool {
			return e.ID == who.ID || e.allowedFor(ActConfirm, d.Tree(), draft) != nil
		})
	}
	asked := may(on)
	if len(asked) == 0 {
		asked = may(all)
	}
	n.Words = arabic.Clip(strings.Join(strings.Fields(said(draft.Words)), " "), glance)
	n.Do = put(d.words().Notices.Preview, "draft", fmt.Sprint(draft.ID))
	return d.colleagues(ctx, d.notice(n), who, asked)
}

// colleagues addresses a message to editors, but for the one who acts.
func (d *Desk) colleagues(ctx context.Context, m news.Message, who Editor, on []Editor) ([]Letter, error) {
	on = slices.DeleteFunc(slices.Clone(on), func(e Editor) bool { return e.ID == who.ID })
	if len(on) == 0 {
		return nil, nil
	}
	letters, err := d.deliver(ctx, m, on)
	return slices.DeleteFunc(letters, func(l Letter) bool { return slices.Contains(who.Seats, l.Seat) }), err
}

// toldDuty are the letters of a switch to those on duty.
func (d *Desk) toldDuty(ctx context.Context, who Editor, n Notice) ([]Letter, error) {
	on, err := d.OnDuty(ctx)
	if err != nil {
		return nil, err
	}
	n.Name = d.named(who)
	return d.colleagues(ctx, d.notice(n), who, on)
}

// toldFrozen are the letters of a freeze: to the owners, who alone can lift it,
// and to those whose countdown it has ended, or whose sending it has paused.
func (d *Desk) toldFrozen(who Editor, all []Editor, counting, moving []Draft) (out []Letter) {
	x := d.words().Notices
	for _, e := range all {
		if e.ID == who.ID {
			continue
		}
		lines := append(d.mine(e, x.GaveBack, counting, func(draft Draft) Draft { return draft.Revoked(false) }),
			d.mine(e, x.StandStill, moving, func(draft Draft) Draft { draft.State = Paused; return draft })...)
		if e.Role == Owner || len(lines) > 0 {
			out = append(out, seats(d.notice(Notice{Kind: NoticeFroze, Name: d.named(who), Words: strings.Join(lines, "\n")}), []Editor{e})...)
		}
	}
	return out
}

// mine names those of the drafts that are an editor's, as they are by now, unless
// a message of theirs shows it.
func (d *Desk) mine(e Editor, phrase string, drafts []Draft, now func(Draft) Draft) []string {
	list := ""
	for _, draft := range drafts {
		if !slices.Contains(draft.people(Editor{}), e.ID) || d.watches(now(draft), e) {
			continue
		}
		if id := fmt.Sprint(draft.ID); list == "" {
			list = id
		} else {
			list = put(d.words().Notices.Comma, "first", list, "last", id)
		}
	}
	if list == "" {
		return nil
	}
	return []string{put(phrase, "list", list)}
}

// toldThawed are the letters of a thaw: to the other owners, and to whoever had
// frozen all.
func (d *Desk) toldThawed(ctx context.Context, who Editor) ([]Letter, error) {
	standing, err := d.Standing(ctx)
	if err != nil {
		return nil, err
	}
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	n := Notice{Kind: NoticeThawed, Name: d.named(who)}
	if who.ID == 0 { // who lifts it in a chat is told there what it has paused
		stalled, err := d.Stalled(ctx)
		if err != nil {
			return nil, err
		}
		n.Words = strings.Join(d.words().Stalled(stalled, d.setup().Zone), "\n")
		n.N = len(slices.DeleteFunc(stalled, Stalled.ByHand))
	}
	return seats(d.notice(n), slices.DeleteFunc(all, func(e Editor) bool {
		return e.ID == who.ID || e.Role != Owner && e.ID != standing.FrozenBy
	})), nil
}
