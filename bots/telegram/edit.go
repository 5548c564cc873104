package telegram

import (
	"context"
	"errors"
	"fmt"

	telegram "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Edit puts m in the place of a message of the bot's, whatever its age. A
// message with a medium keeps one, the old one if m brings none that can be
// had, or a file of ours, which never changes; a text takes a photo where the
// server allows it. Silent and Reply mean nothing to an edit.
func (a *Adapter) Edit(ctx context.Context, id news.MessageID, m bots.Message) (bots.Receipt, error) {
	to, okChat := parseChat(m.Chat)
	n, okMessage := parseMessage(id)
	if !okChat || !okMessage {
		return bots.Receipt{}, fmt.Errorf("edit: no message of Telegram's: %w", bots.ErrGone)
	}
	if m.Text.Empty() && m.Media.None() {
		return bots.Receipt{}, fmt.Errorf("edit: nothing to say: %w", bots.ErrRejected)
	}
	d := a.draft(to, m)
	d.caption = d.media != "" && !isLink(d.source)
	for range maxForms {
		answer, err := a.edit(ctx, n, d)
		switch {
		case err == nil:
			return a.edited(id, d, answer), nil
		case errors.Is(err, errSame):
			return bots.Receipt{ID: id}, nil
		}
		if errors.Is(err, errMedia) {
			a.media.spoil(d.source)
		}
		if !d.reform(err) {
			return bots.Receipt{}, err
		}
	}
	return bots.Receipt{}, fmt.Errorf("edit: no form fits: %w", bots.ErrRejected)
}

// maxForms bounds the tries of one edit: three forms, buttons, entities and
// preview.
const maxForms = 6

// reform makes another try of an edit that was refused.
func (d *draft) reform(err error) bool {
	switch {
	case errors.Is(err, errNoText) && !d.caption: // there is a medium
		d.caption = true
		return true
	case errors.Is(err, errNoCaption) && (d.caption || d.media != ""): // there is a text
		d.dropMedia()
		return true
	case (errors.Is(err, errMedia) || errors.Is(err, errNoMedia)) && d.media != "" && !d.caption: // keep the one that is there
		d.caption = true
		return true
	}
	return d.without(err) != ""
}

func (a *Adapter) edited(id news.MessageID, d *draft, answer *sent) bots.Receipt {
	r := bots.Receipt{ID: id}
	if kind, fileID := answer.file(); fileID != "" {
		r.Media = fileID
		if !d.caption {
			a.media.learn(d.source, kind, fileID)
		}
	}
	return r
}

// Delete takes back a message, for 48 hours after it was sent.
func (a *Adapter) Delete(ctx context.Context, chat news.ChatID, id news.MessageID) error {
	to, okChat := parseChat(chat)
	n, okMessage := parseMessage(id)
	if !okChat || !okMessage {
		return fmt.Errorf("delete: no message of Telegram's: %w", bots.ErrRejected)
	}
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	_, err := a.api.DeleteMessage(ctx, &telegram.DeleteMessageParams{ChatID: to.api(), MessageID: n})
	if err = a.redact.fail("deleteMessage", err); errors.Is(err, errDeleted) {
		return nil
	}
	return err
}
