package editor

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// digest shows the next digest, or the next one of the slot that is named.
func (t *turn) digest(ctx context.Context, rest string) (bool, error) {
	slot := news.Slot("")
	if rest != "" {
		one, _, ok := t.door.slot(strings.Fields(rest))
		if !ok {
			return false, nil
		}
		slot = one.Name
	}
	u, ok, err := t.door.Coming(ctx, slot, "")
	if err != nil {
		return false, err
	}
	if !ok {
		t.say(t.door.rhythm.NoDigest)
		return true, nil
	}
	return true, t.show(ctx, u)
}

// show puts a digest before the editor. Items keep the numbers that they have
// in this chat, so that words that come twice mean the same.
func (t *turn) show(ctx context.Context, u desk.Upcoming) error {
	l := u.Look(t.door.Now())
	before, err := t.door.Desk.Looking(ctx, t.seat)
	if _, refused := desk.CodeOf(err); err != nil && !refused {
		return err
	}
	if before.Slot == u.Slot && before.Date == u.Date {
		fresh := slices.DeleteFunc(l.Items, func(id news.ArticleID) bool { return slices.Contains(before.Items, id) })
		l.Items = append(slices.Clone(before.Items), fresh...)
	}
	if err := t.door.Desk.Shown(ctx, l, t.seat); err != nil {
		return err
	}
	for _, m := range t.door.sheet(u, l.Items, t.seat) {
		t.reply(m)
	}
	return nil
}

// decided says what was decided, in the place of the old board where there is
// one, and shows the new look.
func (t *turn) decided(ctx context.Context, ed desk.Edition, words string) (bool, error) {
	u, ok, err := t.door.Coming(ctx, ed.Slot, ed.Date)
	if err != nil {
		return false, err
	}
	done := talk.Reply{Message: t.door.message(words)}
	if t.e.Kind == bots.Pressed && !t.plain {
		done.Edit = t.e.Message
	}
	t.replies = append(t.replies, done)
	if !ok {
		return true, nil
	}
	return true, t.show(ctx, u)
}

// item decides about the item with a number, in words.
func (t *turn) item(act string) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, rest string) (bool, error) {
		n, ok := number(rest)
		if !ok {
			return false, nil
		}
		l, err := t.door.Desk.Looking(ctx, t.seat)
		if err != nil {
			return false, err
		}
		id, err := l.Item(int(n))
		if err != nil {
			return false, err
		}
		return t.decide(ctx, act, l.Ref, id)
	}
}

// intro sets the words above the digest that the chat has before it.
func (t *turn) intro(ctx context.Context, words string) (bool, error) {
	if words == "" {
		t.say(t.door.rhythm.HowIntro)
		return true, nil
	}
	l, err := t.door.Desk.Looking(ctx, t.seat)
	if err != nil {
		return false, err
	}
	ed, err := t.door.Desk.Introduce(ctx, t.who.ID, l.Ref, words)
	if err != nil {
		return false, err
	}
	return t.decided(ctx, ed, t.door.rhythm.Introduced)
}

// bulletin decides about the whole digest that the chat has before it; without
// one, about the next. Holding it is a stop word: what is on its way stops too.
func (t *turn) bulletin(act string) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, rest string) (bool, error) {
		if rest != "" {
			return false, nil
		}
		var also []string
		if act == actHold {
			var err error
			if also, err = t.stopsLive(ctx, t.door.rhythm.LiveFirst); err != nil {
				return false, err
			}
		}
		at, ok, err := t.before(ctx, act == actHold)
		if err != nil {
			return false, err
		}
		if !ok {
			t.say(append(also, t.door.rhythm.NoDigest)...)
			return true, nil
		}
		for _, line := range also {
			t.say(line)
		}
		return t.decide(ctx, act, at, 0)
	}
}

// plainly takes the introduction away.
func (t *turn) plainly(ctx context.Context, rest string) (bool, error) {
	return t.bulletin(actNoIntro)(ctx, rest)
}

// before is the digest that the chat has before it, as it was shown; the next one
// when none was. For holding it is one that can still be held, as it is now:
// whatever has changed, that does no harm.
func (t *turn) before(ctx context.Context, hold bool) (at desk.Ref, ok bool, err error) {
	l, err := t.door.Desk.Looking(ctx, t.seat)
	if _, none := desk.CodeOf(err); err != nil && !none {
		return l.Ref, false, err
	}
	if err == nil && !hold {
		return l.Ref, true, nil
	}
	if err == nil {
		if u, ok, err := t.door.Coming(ctx, l.Slot, l.Date); ok || err != nil {
			return u.Ref(), ok, err
		}
	}
	u, ok, err := t.door.Coming(ctx, "", "")
	return u.Ref(), ok, err
}

// decide has the desk decide, as of what was shown.
func (t *turn) decide(ctx context.Context, act string, at desk.Ref, id news.ArticleID) (bool, error) {
	d, w := t.door.Desk, t.door.rhythm
	var ed desk.Edition
	var err error
	var words string
	switch act {
	case actDrop:
		words = w.Dropped
		ed, err = d.DropItem(ctx, t.who.ID, at, id, true)
	case actKeep:
		words = w.Kept
		ed, err = d.DropItem(ctx, t.who.ID, at, id, false)
	case actPin:
		words = w.Pinned
		ed, err = d.PinItem(ctx, t.who.ID, at, id, true)
	case actUnpin:
		words = w.Unpinned
		ed, err = d.PinItem(ctx, t.who.ID, at, id, false)
	case actHold:
		words = w.NowHeld
		ed, err = d.HoldEdition(ctx, t.who.ID, at, true)
	case actRelease:
		words = w.NowReleased
		ed, err = d.HoldEdition(ctx, t.who.ID, at, false)
	case actNoIntro:
		words = w.NoIntroNow
		ed, err = d.Introduce(ctx, t.who.ID, at, "")
	default:
		t.refuse(t.door.said.Refused.NoSuch)
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return t.decided(ctx, ed, words)
}

// pressSheet does what a button under a digest asks for. A page of numbers takes
// the place of the board.
func (t *turn) pressSheet(ctx context.Context, data string) (bool, error) {
	part := append(strings.Split(data, ":"), "", "", "", "", "")
	revision, err := strconv.Atoi(part[3])
	if err != nil {
		t.refuse(t.door.said.Refused.NoSuch)
		return true, nil //nolint:nilerr // a forged button, most likely
	}
	at := desk.Ref{Slot: news.Slot(part[1]), Date: news.Date(part[2]), Revision: revision}
	id, _ := strconv.ParseInt(part[4], 10, 64)
	switch part[0] {
	case actIntro:
		t.say(t.door.rhythm.HowIntro)
		return true, nil
	case actDropPage, actPinPage, actFront:
		return true, t.turnPage(ctx, part[0], at)
	}
	return t.decide(ctx, part[0], at, news.ArticleID(id))
}

func (t *turn) turnPage(ctx context.Context, page string, at desk.Ref) error {
	u, ok, err := t.door.Coming(ctx, at.Slot, at.Date)
	switch {
	case err != nil:
		return err
	case !ok:
		t.refuse(t.door.said.Refused.EditionOut)
		return nil
	case u.Revision != at.Revision:
		t.refuse(t.door.said.Refused.OldLook)
		return nil
	}
	if page == actFront {
		page = ""
	}
	l, err := t.door.Desk.Looking(ctx, t.seat)
	if err != nil {
		return err
	}
	t.replies = append(t.replies, talk.Reply{Message: t.door.board(u, l.Items, false, page), Edit: t.e.Message})
	return nil
}
