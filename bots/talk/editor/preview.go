package editor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// look shows a draft again: the one with a number, or the editor's newest.
func (t *turn) look(ctx context.Context, rest string) (bool, error) {
	id, ok := number(rest)
	if !ok {
		draft, found, err := t.mine(ctx)
		if err != nil {
			return false, err
		}
		if !found {
			t.say(t.door.phrases.NoDraft)
			return true, nil
		}
		id = draft.ID
	}
	return true, t.preview(ctx, id)
}

// preview sends the real message to each network on which the editor sits and
// it goes out, and what there is to know and to decide about it to this chat.
func (t *turn) preview(ctx context.Context, id desk.DraftID) error {
	p, err := t.seen(ctx, id)
	if err != nil {
		return err
	}
	here := t.seat
	if m, ok := p.Messages[here.Account.Platform()]; ok {
		t.reply(m)
	} else if len(t.who.Seats) < 2 { // it goes to another network alone
		for _, n := range sorted(p.Messages) {
			t.reply(p.Messages[n])
		}
	}
	for _, s := range t.who.Seats {
		if m, ok := p.Messages[s.Account.Platform()]; ok && s.Account.Platform() != here.Account.Platform() {
			t.replies = append(t.replies, talk.Reply{Message: m, To: talk.Address{Account: s.Account, Chat: s.Chat}})
		}
	}
	t.reply(t.control(p))
	return nil
}

// seen has the desk note that the editor has a draft before them.
func (t *turn) seen(ctx context.Context, id desk.DraftID) (desk.Preview, error) {
	return t.door.Desk.Preview(ctx, t.who.ID, id)
}

func sorted(m map[news.Platform]news.Message) []news.Platform {
	var out []news.Platform
	for n := range m {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// control is the message under a preview: audience, cost, warnings, and what
// can be decided.
func (t *turn) control(p desk.Preview) news.Message {
	w, d := t.door.phrases, p.Draft
	lines := []string{t.door.title(d), put(w.Version, "version", fmt.Sprint(d.Version))}
	to := t.door.names(d.Sections)
	switch {
	case d.Everyone:
		to = w.Everyone
	case to == "":
		to = w.NoOne
	}
	lines = append(append(lines, put(w.To, "to", to)), t.door.weight(d)...)
	if what := t.door.attached(d.Media); what != "" && d.Form == desk.FormAlert {
		lines = append(lines, what)
	}
	if d.Form == desk.FormAlert {
		lines = append(lines, t.door.only(d.Content)...)
	}
	lines = append(lines, t.door.counted(p)...)
	switch d.Form {
	case desk.FormTypo:
		lines = append(lines, w.WayTypo)
	case desk.FormCorrection:
		lines = append(lines, w.Way)
	case desk.FormWithdrawal:
		lines = append(lines, w.WayBack, w.Forwarded)
	}
	if d.Silent && d.Form == desk.FormAlert {
		lines = append(lines, w.Silent)
	}
	if p.When != "" {
		lines = append(lines, put(w.At, "when", p.When))
	}
	if p.Second {
		lines = append(lines, w.Second)
	}
	if p.Closed {
		lines = append(lines, t.door.said.Closed)
	}
	for _, warning := range p.Warnings {
		lines = append(lines, "⚠️ "+t.door.said.Warning(warning, t.door.Now().In(t.door.Zone())))
	}
	if !t.plain {
		m := t.door.message(lines...)
		m.Buttons = t.choices(d)
		return m
	}
	if d.Form == desk.FormAlert && !d.Everyone && len(d.Sections) == 0 {
		lines = append(lines, t.howTo())
	}
	stop := w.HowDrop
	if d.By != t.who.ID { // the word alone means one's own first
		stop += " " + fmt.Sprint(d.ID)
	}
	return t.door.message(append(lines, put(w.HowConfirm, "draft", fmt.Sprint(d.ID), "version", fmt.Sprint(d.Version)), stop)...)
}

// howTo says how to choose who gets a draft: of what the editor may choose.
func (t *turn) howTo() string {
	if len(t.who.Sections) != 0 {
		return put(t.door.phrases.HowToOwn, "section", t.door.names(t.who.Sections[:1]))
	}
	return put(t.door.phrases.HowTo, "section", t.door.names(t.door.slugs()[:1]))
}

func (d *Door) title(draft desk.Draft) string {
	return put(d.phrases.Title, "form", d.phrases.Forms[draft.Form], "draft", fmt.Sprint(draft.ID), "state", d.said.State(draft.State))
}

// mostSections is how many sections have a button; the others are named in
// words.
const mostSections = 20

// choices are the buttons under a preview. Each names the version that it was
// shown with.
func (t *turn) choices(d desk.Draft) [][]news.Button {
	w := t.door.phrases
	b := func(label, act string, more ...string) news.Button {
		return news.Button{Label: label, Data: strings.Join(append([]string{dataMark + act, fmt.Sprint(d.ID), fmt.Sprint(d.Version)}, more...), ":")}
	}
	var rows [][]news.Button
	if d.Form == desk.FormAlert {
		all := b(w.All, actAll)
		all.On = d.Everyone
		rows = append(rows, []news.Button{all})
		for i, s := range t.door.Tree().All() {
			if i == mostSections {
				break
			}
			one := b(s.Name, actSection, string(s.Slug))
			one.On = slices.Contains(d.Sections, s.Slug)
			if i%2 == 0 {
				rows = append(rows, nil)
			}
			rows[len(rows)-1] = append(rows[len(rows)-1], one)
		}
		sound := b(w.Quiet, actSound)
		if d.Silent {
			sound.Label = w.Loud
		}
		rows = append(rows, []news.Button{sound, t.door.weightOf(d, b("", actWeight))})
		if row := t.door.networks(d.Content, func(n news.Platform) news.Button { return b("", actNetwork, string(n)) }); row != nil {
			rows = slices.Insert(rows, len(rows)-1, row)
		}
		if !d.Media.None() {
			rows[len(rows)-1] = append(rows[len(rows)-1], b(t.door.phrases.Strip[d.Media.Kind], actBare))
		}
	}
	return append(rows, []news.Button{b(w.Confirm, actConfirm), b(w.Drop, actHalt)})
}

// brief is the beginning of a text.
func brief(words string) string { return arabic.Clip(strings.Join(strings.Fields(words), " "), 80) }
