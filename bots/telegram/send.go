package telegram

import (
	"context"
	"errors"
	"fmt"

	"github.com/nashra-bot/nashra/bots"
)

// Send sends one message. A part for which Telegram refuses it is left out
// and logged: a photo becomes the preview of a text, buttons, looks and the
// reply are dropped. The receipt of a message that went out without its photo
// has no Photo.
func (a *Adapter) Send(ctx context.Context, m bots.Message) (bots.Receipt, error) {
	to, ok := parseChat(m.Chat)
	if !ok {
		return bots.Receipt{}, fmt.Errorf("send: no chat of Telegram's: %w", bots.ErrMissing)
	}
	if m.Text.Empty() && m.Photo == "" {
		return bots.Receipt{}, fmt.Errorf("send: nothing to say: %w", bots.ErrRejected)
	}
	d := a.draft(to, m)
	d.reply, _ = parseMessage(m.Reply)
	defer a.photo.pass(d)
	for {
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
	if errors.Is(err, errPhoto) && d.upload == nil && a.fetchPhoto(ctx, d) {
		return true
	}
	if errors.Is(err, errPhoto) {
		a.photo.spoil(d.link)
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
	if n := len(answer.Photo); n > 0 && d.photo != "" {
		r.Photo = answer.Photo[n-1].FileID // the largest
		a.photo.learn(d.link, r.Photo)
	}
	return r, nil
}

// fetchPhoto gets a photo that Telegram could not get, to be uploaded. It is
// false when there is nobody to fetch it, or nothing to be had. Messages with
// photos of this kind wait here for each other, so that one uploads and the
// rest use what Telegram has then.
func (a *Adapter) fetchPhoto(ctx context.Context, d *draft) bool {
	if a.config.Fetch == nil || d.link == "" || !a.photo.wait(ctx, d) {
		return false
	}
	ref, _, bad := a.photo.look(d.link)
	if bad {
		return false
	}
	if ref != d.photo {
		d.photo = ref
		return true
	}
	data, err := a.config.Fetch(ctx, d.link)
	if err != nil || len(data) == 0 {
		a.log.Warn("a photo could not be fetched", "error", err)
		return false
	}
	d.upload = data
	return true
}
