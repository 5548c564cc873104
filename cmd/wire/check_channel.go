package wire

import (
	"context"
	"errors"
	"slices"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
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

// newsletters says where the number may publish, as the running program was told
// by the network; of a Channel that could not be asked for, what became of the
// last post.
func (c Checkup) newsletters(a AccountStatus) {
	for _, channel := range c.Plan.Config.WhatsApp.Channels {
		chat := news.ChatID(channel.Chat)
		what, place := "channel "+channel.Chat, ChannelPlace{Problem: "the running program does not say"}
		if at := slices.IndexFunc(c.Places, func(p ChannelPlace) bool { return p.Chat == chat }); at >= 0 {
			place = c.Places[at]
		}
		at := slices.IndexFunc(a.Refusals, func(r outbox.Refusal) bool { return r.Chat == chat })
		if place.Problem != "" && at >= 0 {
			place = ChannelPlace{Missing: a.Refusals[at].Why != outbox.NoRights}
		}
		switch {
		case place.Problem != "" && !a.Connected: // that is said already
		case place.Missing:
			c.wrong(what, "WhatsApp knows no such Channel", "look at its id in whatsapp.channels: nashra whatsapp channels lists those of the number")
		case place.Problem != "":
			c.wrong(what, "whether the number may publish there is not known: "+place.Problem, "try again when the number is connected")
		case !place.Publishes:
			c.wrong(what, "the number is no admin there, and may not publish",
				"have the Channel's owner invite the number as an admin, and accept the invitation on the bot's phone")
		default:
			c.right(what, "the number may publish in «%s»", place.Name)
		}
	}
}
