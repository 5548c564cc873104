package editor

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// mostTips are listed at once, the oldest first.
const mostTips = 12

// tips shows one of the readers' tips, or lists those that wait. Other words
// are a tip of the editor's own.
func (t *turn) tips(ctx context.Context, rest string) (bool, error) {
	if id, ok := number(rest); ok {
		return t.tip(ctx, desk.TipID(id))
	}
	if rest != "" {
		return false, nil
	}
	waiting, err := t.door.Desk.Tipped(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	w := t.door.phrases
	if len(waiting) == 0 {
		t.say(w.NoTips)
		return true, nil
	}
	lines := []string{w.TipsWait}
	var buttons []news.Button
	for _, one := range waiting[:min(len(waiting), mostTips)] {
		line := put(w.TipLine, "n", fmt.Sprint(one.ID), "time", t.ago(one), "words", cmp.Or(brief(one.Words), w.TipNoWords))
		lines = append(lines, strings.Join(append([]string{line}, t.about(one)...), " · "))
		buttons = append(buttons, news.Button{Label: put(w.TipNo, "n", fmt.Sprint(one.ID)), Data: tipData(actTip, one.ID)})
	}
	if more := len(waiting) - mostTips; more > 0 {
		lines = append(lines, put(w.TipMore, "n", arabic.Number(more)))
	}
	m := t.door.message(lines...)
	for len(buttons) > 0 && !t.plain {
		n := min(3, len(buttons))
		m.Buttons, buttons = append(m.Buttons, buttons[:n]), buttons[n:]
	}
	t.reply(m)
	return true, nil
}

func tipData(act string, id desk.TipID) string { return fmt.Sprintf("%s%s:%d", dataMark, act, id) }

func (t *turn) ago(one desk.Tip) string {
	zone := t.door.Zone()
	return t.door.said.Ago(t.door.Now().In(zone), one.At.In(zone))
}

// about is what is known of a tip besides its words: the name only of somebody
// who agreed.
func (t *turn) about(one desk.Tip) (out []string) {
	if one.Forward {
		out = append(out, t.door.phrases.TipForward)
	}
	if !one.File.None() {
		out = append(out, t.door.phrases.TipMedia[one.File.Kind])
	}
	if one.From != "" {
		out = append(out, put(t.door.phrases.TipFrom, "name", one.From))
	}
	return out
}

// tip shows one tip whole, and its file after it. Its first line is what a reply to it is known by.
func (t *turn) tip(ctx context.Context, id desk.TipID) (bool, error) {
	one, err := t.door.Desk.ReadTip(ctx, t.who.ID, id)
	if err != nil {
		return false, err
	}
	w, n := t.door.phrases, fmt.Sprint(id)
	how := put(w.HowTip, "n", n)
	if one.Closed != "" {
		how = w.TipClosed
	}
	m := t.door.message(put(w.TipNo, "n", n), strings.Join(append([]string{t.ago(one)}, t.about(one)...), " · "))
	m.Blocks = append(m.Blocks, t.door.message(cmp.Or(one.Words, w.TipNoWords)).Blocks[0], t.door.message(how).Blocks[0])
	if one.Closed == "" && !t.plain {
		m.Buttons = [][]news.Button{{{Label: put(w.ShutTip, "n", n), Data: tipData(actShut, id)}}}
	}
	t.reply(m)
	return true, t.tipFile(ctx, one)
}

// quoted is the shown tip that a message replies to. Networks let the phone say
// what it quotes: rights are looked at all the same.
func (t *turn) quoted() (desk.TipID, bool) {
	first, _, _ := strings.Cut(t.e.Quoted, "\n")
	before, after, _ := strings.Cut(t.door.phrases.TipNo, "{n}")
	rest, ok := strings.CutPrefix(strings.TrimLeft(first, "\u200f "), before)
	if !ok {
		return 0, false
	}
	id, ok := number(strings.TrimSuffix(strings.TrimSpace(rest), after))
	return desk.TipID(id), ok
}

// answer answers the tip whose number stands before the words, or the one that
// is replied to, with everything that was written.
func (t *turn) answer(ctx context.Context, rest string) (bool, error) {
	word, words := head(rest)
	if id, ok := number(strings.TrimRight(word, ":,.-\u060c")); ok {
		return t.replied(ctx, desk.TipID(id), words)
	}
	if id, ok := t.quoted(); ok {
		return t.replied(ctx, id, t.e.Text)
	}
	return false, nil
}

// replied sends an answer; an address alone is that of a check.
func (t *turn) replied(ctx context.Context, id desk.TipID, words string) (bool, error) {
	words = strings.TrimSpace(strings.TrimLeft(words, ":-–—"))
	if words == "" {
		t.say(put(t.door.phrases.HowTip, "n", fmt.Sprint(id)))
		return true, nil
	}
	say := t.door.Desk.Answer
	if strings.HasPrefix(words, "https://") && len(strings.Fields(words)) == 1 {
		say = t.door.Desk.Point
	}
	heard, err := say(ctx, t.who.ID, id, words)
	if err != nil {
		return false, err
	}
	t.settledTip(id, heard, t.door.phrases.TipAnswered)
	return true, nil
}

// shut closes a tip: the one with the number, or the one that is replied to.
func (t *turn) shut(ctx context.Context, rest string) (bool, error) {
	n, ok := number(rest)
	id := desk.TipID(n)
	if !ok && rest == "" {
		id, ok = t.quoted()
	}
	if !ok {
		return false, nil
	}
	heard, err := t.door.Desk.Close(ctx, t.who.ID, id)
	if err != nil {
		return false, err
	}
	t.settledTip(id, heard, t.door.phrases.TipShut)
	return true, nil
}

// settledTip says what became of a tip. Where its button was pressed, the words
// take the message's place: it can be pressed no more.
func (t *turn) settledTip(id desk.TipID, heard bool, words string) {
	if !heard {
		words = t.door.phrases.TipUnheard
	}
	m := t.door.message(put(words, "n", fmt.Sprint(id)))
	reply := talk.Reply{Message: m}
	if t.pressed() {
		reply.Edit = t.e.Message
	}
	t.replies = append(t.replies, reply)
}
