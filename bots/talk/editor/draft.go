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

// alert writes a draft of what stands behind the words, and shows it. What
// readers say of their own breaking news is left to the conversation.
func (t *turn) alert(ctx context.Context, text string) (bool, error) {
	switch {
	case text == "":
		return t.latest(ctx, "")
	case t.door.words.own[arabic.FoldCommand(text)]:
		return false, nil
	}
	if id, ok := number(text); ok {
		return t.chosen(ctx, news.ArticleID(id))
	}
	words, link := split(text)
	draft, err := t.door.Desk.Write(ctx, t.who.ID, t.key(), desk.Content{Words: words, Link: link})
	if err != nil {
		return false, err
	}
	return true, t.preview(ctx, draft.ID)
}

// split takes a link off the last line, or off the end of a text.
func split(text string) (words, link string) {
	text = strings.TrimSpace(text)
	i := strings.LastIndexAny(text, " \n\t")
	last := text[i+1:]
	if i > 0 && (strings.HasPrefix(last, "https://") || strings.HasPrefix(last, "http://")) {
		return strings.TrimSpace(text[:i]), last
	}
	return text, ""
}

// mine returns the newest draft of the editor that can be edited.
func (t *turn) mine(ctx context.Context) (desk.Draft, bool, error) {
	all, err := t.door.Desk.Store.Desk(ctx)
	if err != nil {
		return desk.Draft{}, false, fmt.Errorf("read the drafts: %w", err)
	}
	for _, draft := range slices.Backward(all) {
		if draft.By == t.who.ID && draft.State.Open() {
			return draft, true, nil
		}
	}
	return desk.Draft{}, false, nil
}

// set changes the newest open draft; without one the words are a reader's.
func (t *turn) set(change func(*desk.Content)) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, rest string) (bool, error) {
		draft, ok, err := t.mine(ctx)
		if err != nil || !ok || rest != "" {
			return false, err
		}
		c := draft.Content
		change(&c)
		return t.edited(ctx, draft, c)
	}
}

func (t *turn) edited(ctx context.Context, draft desk.Draft, c desk.Content) (bool, error) {
	if _, err := t.door.Desk.Edit(ctx, t.who.ID, draft.ID, draft.Version, c); err != nil {
		return false, err
	}
	return true, t.preview(ctx, draft.ID)
}

func (t *turn) edit(ctx context.Context, text string) (bool, error) {
	draft, ok, err := t.mine(ctx)
	if err != nil || !ok || text == "" {
		return false, err
	}
	c := draft.Content
	words, link := split(text)
	c.Words = words
	if link != "" {
		c.Link = link
	}
	return t.edited(ctx, draft, c)
}

// to names the sections of the newest open draft.
func (t *turn) to(ctx context.Context, names string) (bool, error) {
	draft, ok, err := t.mine(ctx)
	if err != nil || !ok || names == "" {
		return false, err
	}
	chosen, ok := t.sections(names)
	if !ok {
		return true, nil
	}
	c := draft.Content
	c.Sections, c.Everyone = chosen, false
	return t.edited(ctx, draft, c)
}

// section finds a section by its name, a synonym or its slug.
func (t *turn) section(name string) (news.Slug, bool) {
	key := arabic.FoldCommand(name)
	for _, s := range t.door.Tree().All() {
		for _, n := range append([]string{s.Name, string(s.Slug)}, s.Synonyms...) {
			if arabic.FoldCommand(n) == key {
				return s.Slug, true
			}
		}
	}
	return "", false
}

func (d *Door) slugs() (out []news.Slug) {
	for _, s := range d.Tree().All() {
		out = append(out, s.Slug)
	}
	return out
}

func (d *Door) names(slugs []news.Slug) string {
	var out []string
	for _, s := range slugs {
		out = append(out, d.Tree().Name(s))
	}
	return strings.Join(out, d.phrases.Comma)
}

// at reads when the newest open draft is to go out. Loose: what is no time is
// left to the conversation.
func (t *turn) at(ctx context.Context, text string, loose bool) (bool, error) {
	if loose && !strings.Contains(text, ":") && len(strings.Fields(text)) < 2 || arabic.Runes(text) > 60 {
		return false, nil
	}
	draft, ok, err := t.mine(ctx)
	if err != nil || !ok {
		return false, err
	}
	at, _, err := t.door.Desk.When(text)
	if code, refused := desk.CodeOf(err); refused && loose && code == desk.BadTime {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c := draft.Content
	c.At = at
	return t.edited(ctx, draft, c)
}

func (t *turn) now(ctx context.Context, _ string) (bool, error) {
	return t.set(func(c *desk.Content) { c.At = time.Time{} })(ctx, "")
}

// list names what waits for its time.
func (t *turn) list(ctx context.Context, _ string) (bool, error) {
	drafts, err := t.door.Desk.Scheduled(ctx, t.who.ID)
	if err != nil {
		return false, err
	}
	var lines []string
	for _, draft := range drafts {
		lines = append(lines, put(t.door.phrases.Listed, "draft", fmt.Sprint(draft.ID), "when", t.door.when(draft.Due), "words", arabic.Clip(draft.Words, 60)))
	}
	if len(lines) == 0 {
		lines = []string{t.door.phrases.NoneListed}
	}
	t.say(lines...)
	return true, nil
}

func (d *Door) when(at time.Time) string {
	zone := d.Zone()
	return d.said.When(at.In(zone), d.Now().In(zone))
}

// correct makes a correction of the newest alert, or of the one whose number
// stands before a colon.
func (t *turn) correct(typo bool) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, rest string) (bool, error) {
		form := desk.FormCorrection
		if typo {
			form = desk.FormTypo
		}
		if rest == "" {
			t.say(put(t.door.phrases.NoText, "word", t.door.phrases.Forms[form]))
			return true, nil
		}
		of, words, ok, err := t.original(ctx, rest, strings.HasPrefix(strings.TrimSpace(t.e.Text), "/"))
		if err != nil || !ok {
			return true, err
		}
		draft, err := t.door.Desk.Correct(ctx, t.who.ID, t.key(), of, words, typo)
		if err != nil {
			return false, err
		}
		return true, t.preview(ctx, draft.ID)
	}
}

func (t *turn) withdraw(ctx context.Context, rest string) (bool, error) {
	of, line, ok, err := t.original(ctx, rest, true)
	if err != nil || !ok {
		return true, err
	}
	draft, err := t.door.Desk.Withdraw(ctx, t.who.ID, t.key(), of, line)
	if err != nil {
		return false, err
	}
	return true, t.preview(ctx, draft.ID)
}

// original returns the alert that words are about: the one with the number
// that they begin with, or whose report they answer, or else the newest. Bare:
// no colon is needed.
func (t *turn) original(ctx context.Context, text string, bare bool) (id desk.DraftID, words string, ok bool, err error) {
	if first, rest, colon := strings.Cut(text, ":"); colon {
		if id, ok := number(first); ok {
			return id, strings.TrimSpace(rest), true, nil
		}
	}
	if first, rest := head(text); bare {
		if id, ok := number(first); ok {
			return id, rest, true, nil
		}
	}
	if id, ok := t.reported(); ok {
		return id, text, true, nil
	}
	sent, err := t.door.Desk.Store.Alerts(ctx, t.door.Now().Add(-48*time.Hour))
	if err != nil {
		return 0, "", false, fmt.Errorf("read the last alerts: %w", err)
	}
	for _, a := range sent {
		draft, err := t.door.Desk.OfBroadcast(ctx, a.Broadcast)
		if code, refused := desk.CodeOf(err); refused && code == desk.NoSuch {
			continue // of a time before there were drafts
		}
		return draft.ID, text, err == nil, err
	}
	t.say(t.door.phrases.NoSent)
	return 0, "", false, nil
}
