package editor

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// The data of buttons: the mark, an act, a draft, its version, and sometimes a
// section. None of it is trusted: the desk checks the act.
const (
	dataMark = "desk:"

	actAll     = "all"
	actSection = "to"
	actSound   = "sound"
	actWeight  = "weight"
	actNetwork = "net"
	actConfirm = "yes"
	actHalt    = "halt"
	actPause   = "pause"
	actResume  = "go"
	actRetry   = "again"
	actTake    = "take"
	actDecline = "leave"
	actArticle = "article"
	actBare    = "bare"
	actTip     = "tip"
	actShut    = "shut"
	actLook    = "look"
	actAuto    = "auto"
)

// press does what a button asks for.
func (t *turn) press(ctx context.Context) (bool, error) {
	data, ours := strings.CutPrefix(t.e.Data, dataMark)
	if !ours {
		return false, nil
	}
	if sheet, ok := strings.CutPrefix(t.e.Data, sheetMark); ok {
		return t.pressSheet(ctx, sheet)
	}
	if shift, ok := strings.CutPrefix(t.e.Data, shiftMark); ok {
		n, err := strconv.Atoi(shift)
		if err != nil || n <= 0 {
			t.refuse(t.door.said.Refused.NoSuch)
			return true, nil //nolint:nilerr // a forged button, most likely
		}
		return t.switched(ctx, n)
	}
	part := append(strings.Split(data, ":"), "", "", "")
	id, ok := number(part[1])
	version, _ := strconv.Atoi(part[2])
	if !ok {
		t.refuse(t.door.said.Refused.NoSuch)
		return true, nil
	}
	switch part[0] {
	case actAll, actSection, actSound, actWeight, actNetwork:
		return true, t.toggle(ctx, part[0], id, version, news.Slug(part[3]))
	case actConfirm:
		return t.sure(ctx, id, version)
	case actHalt:
		return t.halt(ctx, id)
	case actPause:
		return t.paused(ctx, id)
	case actResume:
		return t.resumed(ctx, id)
	case actRetry:
		return t.retry(ctx, part[1])
	case actTake:
		return t.take(ctx, part[1])
	case actDecline:
		return t.decline(ctx, part[1])
	case actArticle:
		return t.chosen(ctx, news.ArticleID(id))
	case actBare:
		return t.stripped(ctx, id, version)
	case actTip:
		return t.tip(ctx, desk.TipID(id))
	case actAuto:
		return t.unstall(ctx, "")
	case actLook:
		return true, t.preview(ctx, id)
	case actShut:
		return t.shut(ctx, part[1])
	}
	t.refuse(t.door.said.Refused.NoSuch)
	return true, nil
}

// Offer returns the buttons under a proposal.
func (d *Door) Offer(desk.Proposal) [][]news.Button {
	return [][]news.Button{{
		{Label: d.phrases.Look, Data: dataMark + actTake + ":" + desk.ProposalMark},
		{Label: d.phrases.Ignore, Data: dataMark + actDecline + ":" + desk.ProposalMark},
	}}
}

// Under returns the buttons under a notice.
func (d *Door) Under(n desk.Notice) [][]news.Button {
	one := func(label, act string) [][]news.Button {
		return [][]news.Button{{{Label: label, Data: fmt.Sprintf("%s%s:%d", dataMark, act, n.Draft)}}}
	}
	switch n.Kind {
	case desk.NoticeSecond, desk.NoticeReady:
		return one(d.phrases.Look, actLook)
	case desk.NoticeThawed:
		return d.unstalls(n.N)
	case desk.NoticeConfirmed, desk.NoticeScheduled:
		return one(d.phrases.Halt, actHalt)
	}
	return nil
}

// toggle changes whom a draft is for, and the message under the button: the
// text, which has not changed, stays where it is.
func (t *turn) toggle(ctx context.Context, act string, id desk.DraftID, version int, slug news.Slug) error {
	draft, err := t.door.Desk.Store.Draft(ctx, id)
	if err != nil {
		t.refuse(t.door.said.Refused.NoSuch)
		return nil //nolint:nilerr // a forged number, most likely
	}
	c := draft.Content
	switch {
	case act == actAll:
		c.Everyone = !c.Everyone
	case act == actSound:
		c.Silent = !c.Silent
	case act == actWeight:
		c.Weight = turned(draft)
	case act == actNetwork:
		c.Networks = t.door.toggled(c, news.Platform(slug))
	case slices.Contains(c.Sections, slug):
		c.Everyone, c.Sections = false, slices.DeleteFunc(slices.Clone(c.Sections), func(s news.Slug) bool { return s == slug })
	default:
		c.Everyone, c.Sections = false, append(slices.Clone(c.Sections), slug)
	}
	if _, err := t.door.Desk.Edit(ctx, t.who.ID, id, version, c); err != nil {
		return err
	}
	p, err := t.seen(ctx, id)
	if err != nil {
		return err
	}
	t.replies = append(t.replies, talk.Reply{Message: t.control(p), Edit: t.e.Message})
	return nil
}

// confirm reads the number and the version that were seen.
func (t *turn) confirm(ctx context.Context, rest string) (bool, error) {
	id, version, ok := versioned(rest)
	if ok {
		return t.sure(ctx, id, version)
	}
	if done, err := t.confirmShift(ctx, rest); done || err != nil {
		return done, err
	}
	draft, found, err := t.mine(ctx)
	if err != nil || !found {
		return false, err
	}
	t.say(put(t.door.phrases.Which, "draft", fmt.Sprint(draft.ID), "version", fmt.Sprint(draft.Version)))
	return true, nil
}

// sure confirms a version, and begins the message that follows its way. Who has
// to look at it first is shown it.
func (t *turn) sure(ctx context.Context, id desk.DraftID, version int) (bool, error) {
	draft, err := t.door.Desk.Confirm(ctx, t.who.ID, id, version)
	if code, refused := desk.CodeOf(err); refused && code == desk.NotShown {
		words, _ := t.door.said.Refusal(err)
		t.refuse(words)
		return true, t.preview(ctx, id)
	}
	if err != nil {
		return false, err
	}
	if draft.State == desk.Second {
		t.say(put(t.door.phrases.Asked, "draft", fmt.Sprint(id), "version", fmt.Sprint(version)))
		return true, nil
	}
	m, edit := t.follow(draft)
	t.replies = append(t.replies, talk.Reply{Message: m, Edit: edit})
	return true, nil
}

// follow begins the message that follows a draft's way, or goes on with the one
// whose button was pressed.
func (t *turn) follow(draft desk.Draft) (news.Message, news.MessageID) {
	m := t.door.standing(draft, nil, t.plain)
	return m, t.followFrom(draft, m)
}

// followFrom does so where the message says something else at first.
func (t *turn) followFrom(draft desk.Draft, m news.Message) news.MessageID {
	place := place{to: talk.Address{Account: t.e.Account, Chat: t.e.Chat}}
	if !t.plain {
		place.edit = t.e.Message // empty where it was confirmed in words
	}
	t.door.watches.follow(draft, place, m, t.door.Now())
	return place.edit
}

// halt stops a draft wherever it is.
func (t *turn) halt(ctx context.Context, id desk.DraftID) (bool, error) {
	draft, err := t.door.Desk.Stop(ctx, t.who.ID, id)
	if err != nil {
		return false, err
	}
	w := t.door.phrases
	words := w.Stopped
	switch draft.State {
	case desk.Drafting:
		words = w.Returned
	case desk.Dropped:
		words = w.Dropped
	}
	t.say(t.door.named(words, draft))
	return true, nil
}

func (t *turn) paused(ctx context.Context, id desk.DraftID) (bool, error) {
	draft, err := t.door.Desk.Pause(ctx, t.who.ID, id)
	if err != nil {
		return false, err
	}
	t.settled(t.door.phrases.Paused, draft)
	return true, nil
}

func (t *turn) resumed(ctx context.Context, id desk.DraftID) (bool, error) {
	draft, err := t.door.Desk.Resume(ctx, t.who.ID, id)
	if err != nil {
		return false, err
	}
	t.settled(t.door.phrases.Resumed, draft)
	return true, nil
}

// settled says something short: over the button, where one was pressed.
func (t *turn) settled(words string, draft desk.Draft) { t.refuse(t.door.named(words, draft)) }

// named is a sentence about a draft, with what it is and its number.
func (d *Door) named(words string, draft desk.Draft) string {
	return put(words, "form", d.phrases.Named[draft.Form], "draft", fmt.Sprint(draft.ID))
}
