package editor

import (
	"context"
	"errors"
	"fmt"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// tipFile sends the file of a tip after its words, or says why it does not. It
// comes from the account that got it, whichever network that is on. A reply to
// it is one to the tip.
func (t *turn) tipFile(ctx context.Context, one desk.Tip) error {
	if one.File.None() {
		return nil
	}
	media, there, err := t.door.Desk.Lent(ctx, t.who.ID, one.ID)
	if err == nil && !there {
		media, there, err = t.borrow(ctx, one)
	}
	if err != nil || !there {
		return err
	}
	m := news.Message{Media: media}
	if media.Kind != news.MediaVoice { // under which no words stand
		m.Blocks = t.door.message(put(t.door.phrases.TipNo, "n", fmt.Sprint(one.ID))).Blocks
	}
	t.reply(m)
	return nil
}

// borrow has the desk keep the file of a tip while it is sent; false: it has been
// said why not. Nothing is fetched for somebody who may not read tips.
func (t *turn) borrow(ctx context.Context, one desk.Tip) (news.Media, bool, error) {
	w, n := t.door.phrases, fmt.Sprint(one.ID)
	data, err := t.bytes(ctx, one.File.Account, bots.File{Ref: one.File.Ref, Kind: one.File.Kind, Size: one.File.Size})
	switch {
	case err == nil:
	case errors.Is(err, bots.ErrTooBig):
		t.say(put(w.TipBig, "n", n, "max", fmt.Sprint(desk.MaxFile>>20)))
		return news.Media{}, false, nil
	case errors.Is(err, bots.ErrMissing):
		t.say(put(w.TipGone, "n", n))
		return news.Media{}, false, nil
	default:
		t.door.Log.Warn("the file of a tip could not be fetched", "tip", one.ID, "account", one.File.Account, "err", err)
		t.say(put(w.TipLater, "n", n))
		return news.Media{}, false, nil
	}
	m, err := t.door.Desk.Lend(ctx, t.who.ID, one.ID, data)
	var refused *desk.RefusedError
	if !errors.As(err, &refused) {
		return m, err == nil, err
	}
	switch refused.Code {
	case desk.BigFile:
		t.say(put(w.TipBig, "n", n, "max", refused.Name))
	case desk.BadFile, desk.EmptyFile:
		t.say(put(w.TipBad, "n", n))
	default:
		return news.Media{}, false, err
	}
	return news.Media{}, false, nil
}
