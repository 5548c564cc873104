package editor

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// turn is one event of one editor, and what is said to it.
type turn struct {
	door    *Door
	e       bots.Event
	who     desk.Editor
	seat    desk.Seat
	plain   bool // the network shows no buttons
	leaves  bool // the editor wants to end the subscription, and nothing is live
	replies []talk.Reply
	toast   string
}

// say adds a reply of lines.
func (t *turn) say(lines ...string) { t.reply(t.door.message(lines...)) }

func (t *turn) reply(m news.Message) { t.replies = append(t.replies, talk.Reply{Message: m}) }

// pressed reports whether a button was pressed, over which something can be
// shown.
func (t *turn) pressed() bool { return t.e.Kind == bots.Pressed && !t.plain }

// refuse says why something is not done: over the button, where one was
// pressed.
func (t *turn) refuse(words string) {
	if t.pressed() {
		t.toast = words
		return
	}
	t.say(words)
}

// nobody answers the button of somebody who is no editor, or not any more.
func (t *turn) nobody(context.Context) (bool, error) {
	t.refuse(t.door.said.Refused.NoEditor)
	return true, nil
}

func (t *turn) claim(ctx context.Context) (bool, error) {
	e, back, err := t.door.Desk.Claim(ctx, t.seat, t.e.Text, "")
	if err != nil {
		return false, err
	}
	w := t.door.phrases
	lines := []string{put(w.Claimed, "role", t.door.said.Role(e.Role))}
	if len(e.Sections) > 0 {
		lines = append(lines, t.door.scope(e.Sections))
	}
	lines = append(lines, t.door.takenBack(back)...)
	more, err := t.trial(ctx)
	if err != nil {
		return false, err
	}
	t.say(append(lines, more...)...)
	return true, nil
}

// trial says to who was seated that the bot is not open yet, and how to see what
// readers see. Nobody becomes a reader by the way: that is theirs to ask for.
func (t *turn) trial(ctx context.Context) ([]string, error) {
	s, err := t.door.Desk.Standing(ctx)
	if err != nil || s.Open {
		return nil, err
	}
	chat, err := t.door.Store.Chat(ctx, t.seat.Account, t.seat.Chat)
	if err != nil {
		return nil, fmt.Errorf("look whether an editor is a reader: %w", err)
	}
	lines := []string{t.door.phrases.Trial}
	if chat.Reader.ID == 0 {
		lines = append(lines, t.door.phrases.NoReader)
	}
	return lines, nil
}

// act does what an event asks of the desk; false: it asks for nothing of it.
func (t *turn) act(ctx context.Context) (bool, error) {
	switch t.e.Kind {
	case bots.Pressed:
		return t.press(ctx)
	case bots.Sent:
		// A caption can stop, whatever it stands under.
		if !t.door.Stops(t.e.Text) {
			return t.sent(ctx)
		}
		return t.stop(ctx, "")
	}
	if done, err := t.sending(ctx); done || err != nil {
		return done, err
	}
	if text, urgent := t.door.words.alerts(t.e.Text); urgent {
		return t.alert(ctx, text)
	}
	do, rest, ok := t.door.words.find(t.e.Text)
	if ok {
		if done, err := t.do(ctx, do, rest); done || err != nil || t.leaves {
			return done, err
		}
	}
	if t.door.Stops(t.e.Text) || t.halts() {
		return t.stop(ctx, t.e.Text)
	}
	if id, shown := t.quoted(); shown {
		return t.replied(ctx, id, t.e.Text)
	}
	return t.at(ctx, t.e.Text, true)
}

// halts reports whether a text is a stop word with the number of a draft.
func (t *turn) halts() bool {
	word, rest := head(t.e.Text)
	_, ok := number(rest)
	return ok && t.door.Stops(word)
}

// do plays a verb; false leaves the words to the conversation.
func (t *turn) do(ctx context.Context, do verb, rest string) (bool, error) {
	return t.acts()[do](ctx, rest)
}

func (t *turn) acts() map[verb]func(context.Context, string) (bool, error) {
	return map[verb]func(context.Context, string) (bool, error){
		doAlert: t.alert, doEdit: t.edit, doTo: t.to, doPreview: t.look, doConfirm: t.confirm,
		doCorrect: t.correct(false), doTypo: t.correct(true), doWithdraw: t.withdraw,
		doStats: t.stats, doEditors: t.editors, doSeat: t.newSeat, doOpen: t.open, doList: t.list,
		doRetry: t.retry, doReport: t.report, doTake: t.take, doDecline: t.decline, doHelp: t.help,
		doFreeze: t.freeze, doThaw: t.thaw, doHold: t.hold, doRelease: t.release,
		doPause: t.pause, doHalt: t.pause, doResume: t.resume, doUnstall: t.unstall, doLeave: t.leave,
		doAll:      t.set(func(c *desk.Content) { c.Everyone, c.Sections = true, nil }),
		doSilent:   t.set(func(c *desk.Content) { c.Silent = true }),
		doLoud:     t.set(func(c *desk.Content) { c.Silent = false }),
		doTelegram: t.through(news.Telegram), doWhatsApp: t.through(news.WhatsApp), doNetworks: t.through(),
		doWeigh: t.weigh(desk.Important), doEase: t.weigh(desk.Ordinary),
		doAt:     func(ctx context.Context, rest string) (bool, error) { return t.at(ctx, rest, rest == "") },
		doNow:    t.now,
		doAttach: t.attachAlone, doBare: t.bare, doLatest: t.latest,
		doTips: t.tips, doAnswer: t.answer, doShut: t.shut, doDuty: t.duty,
		doDigest: t.digest, doDrop: t.item(actDrop), doKeep: t.item(actKeep), doPin: t.item(actPin), doUnpin: t.item(actUnpin),
		doIntro: t.intro, doNoIntro: t.plainly, doHoldNext: t.bulletin(actHold), doReleaseNext: t.bulletin(actRelease), doCalendar: t.calendar,
	}
}

// stop is what every stop word means here: what is live stops first, and the
// editor stays a reader.
func (t *turn) stop(ctx context.Context, text string) (bool, error) {
	p := t.door.phrases
	if id, ok := t.live(ctx, text); ok {
		return t.halt(ctx, id)
	}
	draft, ok, err := t.door.Desk.Live(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	if !ok {
		t.say(p.AskLeave)
		return true, nil
	}
	return t.halt(ctx, draft.ID)
}

// live reads a number behind a stop word. One that is of nothing live does not
// keep the word from its meaning.
func (t *turn) live(ctx context.Context, text string) (desk.DraftID, bool) {
	_, rest := head(text)
	id, ok := number(rest)
	if !ok {
		return 0, false
	}
	draft, err := t.door.Desk.Store.Draft(ctx, id)
	return id, err == nil && draft.State.Live()
}

// leave hands the words for ending a subscription on, while nothing is live.
func (t *turn) leave(ctx context.Context, _ string) (bool, error) {
	draft, ok, err := t.door.Desk.Live(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	if !ok {
		t.leaves = true
		return false, nil
	}
	return t.halt(ctx, draft.ID)
}

// number reads a draft's number, in any digits.
func number(text string) (desk.DraftID, bool) {
	n, err := strconv.ParseInt(strings.TrimLeft(arabic.Western(strings.TrimSpace(text)), "#"), 10, 64)
	return desk.DraftID(n), err == nil && n > 0
}

// versioned reads "7.2": a draft's number and the version that was seen, with
// whatever point a keyboard has.
func versioned(text string) (id desk.DraftID, version int, ok bool) {
	points := strings.NewReplacer("\u066b", ".", "\u060c", ".", ",", ".")
	a, b, found := strings.Cut(strings.Join(strings.Fields(points.Replace(arabic.Western(text))), ""), ".")
	id, ok = number(a)
	version, err := strconv.Atoi(b)
	return id, version, found && ok && err == nil
}

func (t *turn) key() string { return fmt.Sprintf("chat/%s/%s", t.e.Account, t.e.Key) }
