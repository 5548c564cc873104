package editor

import (
	"context"
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news/arabic"
)

// sending answers who types what the button says: with number and version of
// the newest open draft, as nothing else confirms. A mere yes may answer what
// the conversation has asked, and is then left to it.
func (t *turn) sending(ctx context.Context) (bool, error) {
	w, said := t.door.words, arabic.FoldCommand(t.e.Text)
	if !w.send[said] && !w.yes[said] {
		return false, nil
	}
	draft, ok, err := t.mine(ctx)
	if err != nil || !ok {
		return false, err
	}
	if !w.send[said] {
		chat, err := t.door.Store.Chat(ctx, t.seat.Account, t.seat.Chat)
		if err != nil {
			return false, fmt.Errorf("look what an editor was asked: %w", err)
		}
		if talk.Awaits(chat.Memo, t.door.Now()) {
			return false, nil
		}
	}
	t.say(put(t.door.phrases.Which, "draft", fmt.Sprint(draft.ID), "version", fmt.Sprint(draft.Version)))
	return true, nil
}

// alerts returns what stands behind a word that makes an alert of it when a
// colon follows. The word alone, or with what readers say of their own breaking
// news, is theirs.
func (v *vocabulary) alerts(text string) (rest string, ok bool) {
	i := strings.IndexAny(text, ":：\n")
	if i < 0 || !v.urgent[arabic.FoldCommand(text[:i])] {
		return "", false
	}
	rest = strings.TrimSpace(strings.TrimLeft(text[i:], ":： \n"))
	return rest, len(strings.Fields(rest)) > 1
}
