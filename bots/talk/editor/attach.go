package editor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// fetchTime is how long a file may take to come, while its sender waits.
const fetchTime = 2 * time.Minute

// sent is something else than text from an editor: the medium of a new alert,
// by its caption, or of an open draft, by its caption or by what it answers.
// Whatever says nothing of the desk is left to the conversation.
func (t *turn) sent(ctx context.Context) (bool, error) {
	do, rest, said := t.door.words.find(t.e.Text)
	switch {
	case t.e.Media == "edit" || t.e.Media == "forward":
		return false, nil
	case said && do == doAlert:
		return t.alertWith(ctx, rest)
	case said && (do == doCorrect || do == doTypo):
		t.say(t.door.said.Refused.SameMedia)
		return true, nil
	case said && do == doAttach:
		return t.attach(ctx, rest)
	case !said && t.e.Quoted != "":
		return t.answered(ctx)
	case t.e.Album != "" && t.e.Text == "": // the rest of what was sent together
		_, open, err := t.mine(ctx)
		return open, err
	}
	return false, nil
}

// alertWith makes a draft of a file and the words under it.
func (t *turn) alertWith(ctx context.Context, text string) (bool, error) {
	if text == "" {
		t.say(put(t.door.phrases.NoText, "word", t.door.phrases.Forms[desk.FormAlert]))
		return true, nil
	}
	m, ok, err := t.fetch(ctx)
	if err != nil || !ok {
		return true, err
	}
	words, link := split(text)
	draft, err := t.door.Desk.Write(ctx, t.who.ID, t.key(), desk.Content{Words: words, Link: link, Media: m})
	if err != nil {
		return false, err
	}
	return true, t.preview(ctx, draft.ID)
}

// attach gives a file to the draft with a number, or else to the newest open
// one.
func (t *turn) attach(ctx context.Context, rest string) (bool, error) {
	if id, ok := number(rest); ok {
		draft, err := t.door.Desk.Store.Draft(ctx, id)
		if err != nil {
			t.say(t.door.said.Refused.NoSuch)
			return true, nil //nolint:nilerr // a wrong number, most likely
		}
		return t.give(ctx, draft)
	}
	draft, ok, err := t.mine(ctx)
	if err != nil {
		return false, err
	}
	if !ok {
		t.say(t.door.phrases.NoDraft)
		return true, nil
	}
	return t.give(ctx, draft)
}

// answered gives a file to the draft whose message it answers: to the one whose
// number stands there, or else to the newest one. Without an open draft the
// file says nothing.
func (t *turn) answered(ctx context.Context) (bool, error) {
	all, err := t.door.Desk.Store.Desk(ctx)
	if err != nil {
		return false, fmt.Errorf("read the drafts: %w", err)
	}
	for _, draft := range slices.Backward(all) {
		if draft.State.Open() && t.door.shows(t.e.Quoted, draft) {
			return t.give(ctx, draft)
		}
	}
	draft, ok, err := t.mine(ctx)
	if err != nil || !ok {
		return false, err
	}
	return t.give(ctx, draft)
}

// shows reports whether a message of ours is the one under the preview of a
// draft.
func (d *Door) shows(words string, draft desk.Draft) bool {
	title, _, _ := strings.Cut(d.phrases.Title, "{state}")
	title = put(title, "form", d.phrases.Forms[draft.Form], "draft", fmt.Sprint(draft.ID))
	return strings.HasPrefix(strings.TrimLeft(words, "\u200f"), title)
}

func (t *turn) give(ctx context.Context, draft desk.Draft) (bool, error) {
	if draft.Form != desk.FormAlert {
		t.say(t.door.said.Refused.SameMedia)
		return true, nil
	}
	m, ok, err := t.fetch(ctx)
	if err != nil || !ok {
		return true, err
	}
	c := draft.Content
	c.Media = m
	return t.edited(ctx, draft, c)
}

// fetch has the desk keep the file of this event; false: it has been said why
// not. Nothing is fetched for somebody who may not write, and nothing larger
// than an alert carries.
func (t *turn) fetch(ctx context.Context) (news.Media, bool, error) {
	if t.e.File.Ref == "" || !slices.Contains([]string{"photo", "video", "document"}, t.e.Media) {
		t.say(t.door.phrases.NotAttached)
		return news.Media{}, false, nil
	}
	if err := t.door.Desk.MayAttach(ctx, t.who.ID, t.e.File.Size); err != nil {
		return news.Media{}, false, err
	}
	data, err := t.bytes(ctx, t.e.Account, t.e.File)
	switch {
	case errors.Is(err, bots.ErrTooBig):
		return news.Media{}, false, t.door.Desk.MayAttach(ctx, t.who.ID, desk.MaxFile+1)
	case err != nil:
		t.door.Log.Warn("a file of an editor could not be fetched", "account", t.e.Account, "err", err)
		t.say(t.door.said.Refused.LostFile)
		return news.Media{}, false, nil
	}
	m, err := t.door.Desk.Attach(ctx, t.who.ID, t.e.File.Name, data)
	if err == nil && t.e.Album != "" {
		t.say(t.door.phrases.FirstOnly)
	}
	return m, err == nil, err
}

func (t *turn) bytes(ctx context.Context, a news.AccountID, f bots.File) ([]byte, error) {
	if t.door.Fetch == nil {
		return nil, bots.ErrMissing
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	return t.door.Fetch(ctx, a, f, desk.MaxFile)
}

// attachAlone answers the word without a file.
func (t *turn) attachAlone(ctx context.Context, rest string) (bool, error) {
	_, ok, err := t.mine(ctx)
	if err != nil || !ok || rest != "" {
		return false, err
	}
	t.say(t.door.phrases.HowAttach)
	return true, nil
}

// bare takes off what the newest open draft carries.
func (t *turn) bare(ctx context.Context, rest string) (bool, error) {
	draft, ok, err := t.mine(ctx)
	if err != nil || !ok || rest != "" {
		return false, err
	}
	if draft.Media.None() {
		t.say(t.door.phrases.NoFile)
		return true, nil
	}
	c := draft.Content
	c.Media = news.Media{}
	return t.edited(ctx, draft, c)
}

// stripped is the same by a button.
func (t *turn) stripped(ctx context.Context, id desk.DraftID, version int) (bool, error) {
	draft, err := t.door.Desk.Store.Draft(ctx, id)
	if err != nil {
		t.refuse(t.door.said.Refused.NoSuch)
		return true, nil //nolint:nilerr // a forged number, most likely
	}
	draft.Version = version // that was seen
	c := draft.Content
	c.Media = news.Media{}
	return t.edited(ctx, draft, c)
}

// attached says what a draft carries; empty: nothing.
func (d *Door) attached(m news.Media) string {
	if m.None() {
		return ""
	}
	what := d.phrases.Media[m.Kind]
	if m.Name != "" {
		what += " (" + m.Name + ")"
	}
	return put(d.phrases.Attached, "what", what)
}
