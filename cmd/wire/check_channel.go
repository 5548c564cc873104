package wire

import (
	"context"
	"errors"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/news"
)

// channel asks what the bot may do in a channel of Telegram's.
func (c Checkup) channel(ctx context.Context, a *telegram.Adapter, chat news.ChatID) {
	what, bot := "channel "+string(chat), "@"+a.Username()
	place, err := a.Place(ctx, chat)
	switch {
	case errors.Is(err, bots.ErrMissing):
		c.wrong(what, "Telegram knows no such channel, or the bot has never been in it",
			"look at its name in telegram.channels: one that is not public goes by its id; then make "+bot+" an administrator there, with the right to post messages")
	case errors.Is(err, bots.ErrGone):
		c.wrong(what, "the bot was removed from it, or it was deleted",
			"make "+bot+" an administrator there again, with the right to post messages, or take the channel out of telegram.channels")
	case err != nil:
		c.wrong(what, err.Error(), "look whether this machine reaches Telegram, and try again")
	case place.Posts && place.Group:
		c.right(what, "it is a group, and the bot may write there")
	case place.Group:
		c.wrong(what, "it is a group, and the bot may not write there", "let "+bot+" send messages there, or name a channel")
	case !place.Admin:
		c.wrong(what, "the bot is no administrator there", "make "+bot+" one, with the right to post messages")
	case !place.Posts:
		c.wrong(what, "the bot is an administrator there, but may not post", "give "+bot+" the right to post messages in the channel's list of administrators")
	default:
		c.right(what, "the bot may post there, and so correct and withdraw its own posts; it needs no other right")
	}
}
