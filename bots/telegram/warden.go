package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Admin reports whether user runs chat: as its creator or as an administrator,
// or anonymously, in the name of the chat itself. A private chat is run by its
// person.
func (a *Adapter) Admin(ctx context.Context, chat news.ChatID, user news.UserID) (bool, error) {
	to, okChat := parseChat(chat)
	n, okUser := parseUser(user)
	if !okChat || !okUser {
		return false, fmt.Errorf("look up an administrator: no chat or person of Telegram's: %w", bots.ErrMissing)
	}
	if to.name == "" && (n == to.chat || to.chat > 0) {
		return n == to.chat, nil
	}
	if n < 0 {
		return false, nil // a channel that writes in a group
	}
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	member, err := a.api.GetChatMember(ctx, &telegram.GetChatMemberParams{ChatID: to.api(), UserID: n})
	if err != nil {
		var o *outcome
		if errors.As(err, &o) && stranger(o.description) {
			return false, nil
		}
		return false, a.redact.fail("getChatMember", err)
	}
	return member.Type == models.ChatMemberTypeOwner || member.Type == models.ChatMemberTypeAdministrator, nil
}

// stranger reports whether a description says that the chat has no such member.
func stranger(description string) bool {
	words := strings.ToLower(description)
	for _, w := range []string{"user not found", "member not found", "participant_id_invalid", "user_not_participant", "invalid user_id"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}
