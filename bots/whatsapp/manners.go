package whatsapp

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// How long a reply seems to be typed.
const (
	typingFirst   = 400 * time.Millisecond
	typingUnit    = 10 * time.Millisecond
	typingLongest = 2500 * time.Millisecond
)

func typing(units int) time.Duration {
	return min(typingFirst+time.Duration(units)*typingUnit, typingLongest)
}

// seemToType lets a person who has just written see that an answer is coming.
// Nobody else sees the bot type, and nobody sees it online otherwise.
func (a *Adapter) seemToType(ctx context.Context, client *whatsmeow.Client, to types.JID, text news.Text) error {
	if kindOf(to) != news.Private || !a.recent.types(to) {
		return nil
	}
	pause := a.config.Typing(text.Units())
	if pause <= 0 {
		return nil
	}
	a.sign(client.SendPresence(ctx, types.PresenceAvailable))
	a.sign(client.SendChatPresence(ctx, to, types.ChatPresenceComposing, types.ChatPresenceMediaText))
	defer func() { a.sign(client.SendPresence(ctx, types.PresenceUnavailable)) }()
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", bots.ErrNotSent, ctx.Err())
	}
}

// sign takes note of a sign that was not given: it is worth no more.
func (a *Adapter) sign(err error) {
	if err != nil {
		a.log.Debug("a sign of life was not given", "error", clean(err.Error()))
	}
}
