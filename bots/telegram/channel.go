package telegram

import (
	"context"
	"errors"
	"fmt"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Place is what the bot may do in a channel. Whoever may post may also edit what
// it has posted, at any time, and delete it for 48 hours: the rights to edit and
// to delete are about what others have posted (Bot API,
// ChatMemberAdministrator and deleteMessage).
type Place struct {
	Admin bool
	Posts bool // may post; in a group, whoever is not muted
	Group bool // it is a group: members may write there
}

// Place looks up the bot's own place in a channel. The error matches
// bots.ErrMissing when Telegram knows no such chat, or the bot has never been in
// it, and bots.ErrGone when it is not there any more.
func (a *Adapter) Place(ctx context.Context, chat news.ChatID) (Place, error) {
	to, ok := parseChat(chat)
	if !ok {
		return Place{}, fmt.Errorf("look up a channel: no chat of Telegram's: %w", bots.ErrMissing)
	}
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	found, err := a.api.GetChat(ctx, &telegram.GetChatParams{ChatID: to.api()})
	if err != nil {
		return Place{}, a.redact.fail("getChat", err)
	}
	member, err := a.api.GetChatMember(ctx, &telegram.GetChatMemberParams{ChatID: to.api(), UserID: a.id})
	var o *outcome
	switch {
	case errors.As(err, &o) && stranger(o.description):
		return Place{}, nil
	case err != nil:
		return Place{}, a.redact.fail("getChatMember", err)
	}
	return placeOf(member, found.Type != models.ChatTypeChannel), nil
}

func placeOf(m *models.ChatMember, group bool) Place {
	p := Place{Group: group}
	switch m.Type {
	case models.ChatMemberTypeOwner:
		p.Admin, p.Posts = true, true
	case models.ChatMemberTypeAdministrator:
		p.Admin, p.Posts = true, group || m.Administrator.CanPostMessages
	case models.ChatMemberTypeMember:
		p.Posts = group
	case models.ChatMemberTypeRestricted:
		p.Posts = group && m.Restricted.CanSendMessages
	}
	return p
}
