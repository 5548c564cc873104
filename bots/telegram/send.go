package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Send sends one message. A part for which Telegram refuses it is left out
// and logged: a picture becomes the preview of a text, another medium, buttons,
// looks and the reply are dropped. The receipt of a message that went out
// without its medium has no Media.
func (a *Adapter) Send(ctx context.Context, m bots.Message) (bots.Receipt, error) {
	to, ok := parseChat(m.Chat)
	if !ok {
		return bots.Receipt{}, fmt.Errorf("send: no chat of Telegram's: %w", bots.ErrMissing)
	}
	if m.Text.Empty() && m.Media.None() {
		return bots.Receipt{}, fmt.Errorf("send: nothing to say: %w", bots.ErrRejected)
	}
	d := a.draft(to, m)
	d.reply, _ = parseMessage(m.Reply)
	defer a.media.pass(d)
	for {
		if isFile(d.media) && d.upload == nil && !a.fetchMedia(ctx, d) {
			a.log.Warn("a message goes without a file that could not be had")
			if ctx.Err() == nil {
				a.media.spoil(d.source)
			}
			d.dropMedia()
		}
		answer, err := a.send(ctx, d)
		if err == nil {
			return a.receipt(d, answer)
		}
		if !a.mend(ctx, d, err) {
			return bots.Receipt{}, err
		}
	}
}

// mend takes out of the draft what it was refused for. It is false when that
// is nothing that could be left out. Every part goes at most once, so trying
// again comes to an end.
func (a *Adapter) mend(ctx context.Context, d *draft, err error) bool {
	if errors.Is(err, errMedia) && d.upload == nil && a.fetchMedia(ctx, d) {
		return true
	}
	if errors.Is(err, errMedia) {
		a.media.spoil(d.source)
	}
	part := d.without(err)
	if part == "" {
		return false
	}
	a.log.Warn("a message goes without a part that was refused", "part", part, "error", err)
	return true
}

// receipt reads the answer to a message that was taken. One without a message
// id is no word at all.
func (a *Adapter) receipt(d *draft, answer *sent) (bots.Receipt, error) {
	if answer.ID <= 0 {
		return bots.Receipt{}, fmt.Errorf("send: the answer names no message: %w", bots.ErrUnknown)
	}
	r := bots.Receipt{ID: messageID(answer.ID)}
	if kind, fileID := answer.file(); fileID != "" && d.media != "" {
		r.Media = fileID
		a.media.learn(d.source, kind, fileID)
	}
	return r, nil
}

// fetchMedia gets a medium that Telegram does not have, to be uploaded. It is
// false when there is nobody to fetch it, or nothing to be had. Messages with
// media of this kind wait here for each other, so that one uploads and the rest
// use what Telegram has then.
func (a *Adapter) fetchMedia(ctx context.Context, d *draft) bool {
	if a.config.Fetch == nil || d.source == "" || !a.media.wait(ctx, d) {
		return false
	}
	known, bad := a.media.look(news.Media{Kind: d.kind, Ref: d.source})
	if bad {
		return false
	}
	if known.fileID != d.media {
		d.media, d.kind = known.fileID, known.kind
		return true
	}
	data, err := a.config.Fetch(ctx, d.source)
	if err != nil || len(data) == 0 {
		a.log.Warn("a medium could not be fetched", "error", err)
		return false
	}
	d.upload = data
	return true
}
