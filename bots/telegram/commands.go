package telegram

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// commandName is what Telegram takes (Bot API, BotCommand).
var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

const maxDescription = 256

// Announce sets the command menu of private chats and of groups, for Arabic
// phones and for all others. Setting the same menu again changes nothing. A
// menu that Telegram refuses doesn't keep the others from being set; the
// error names them all.
func (a *Adapter) Announce(ctx context.Context, commands []bots.Command) error {
	menu, err := menuOf(commands)
	if err != nil {
		return err
	}
	var problems []error
	for _, scope := range []models.BotCommandScope{&models.BotCommandScopeDefault{}, &models.BotCommandScopeAllGroupChats{}} {
		problems = append(problems, a.putMenu(ctx, scope, menu))
	}
	return errors.Join(problems...)
}

// AnnounceTo sets the command menu of one private chat, which goes before
// everybody's; without commands it is taken away.
func (a *Adapter) AnnounceTo(ctx context.Context, chat news.ChatID, commands []bots.Command) error {
	to, ok := parseChat(chat)
	if !ok || to.name != "" || to.chat <= 0 {
		return fmt.Errorf("announce to a chat: no private chat of Telegram's: %w", bots.ErrMissing)
	}
	menu, err := menuOf(commands)
	if err != nil {
		return err
	}
	return a.putMenu(ctx, &models.BotCommandScopeChat{ChatID: to.api()}, menu)
}

func menuOf(commands []bots.Command) ([]models.BotCommand, error) {
	menu := make([]models.BotCommand, 0, len(commands))
	for _, c := range commands {
		if !commandName.MatchString(c.Name) || c.Text == "" || len([]rune(c.Text)) > maxDescription {
			return nil, fmt.Errorf("announce the command %q: Telegram wants 1 to 32 of a-z, 0-9 and _, and a text of 1 to %d characters: %w",
				c.Name, maxDescription, bots.ErrRejected)
		}
		menu = append(menu, models.BotCommand{Command: c.Name, Description: c.Text})
	}
	return menu, nil
}

// putMenu sets a menu in both languages, or takes away what was set.
func (a *Adapter) putMenu(ctx context.Context, scope models.BotCommandScope, menu []models.BotCommand) error {
	var problems []error
	for _, language := range []string{"", "ar"} {
		if len(menu) == 0 {
			problems = append(problems, a.dropMenu(ctx, &telegram.DeleteMyCommandsParams{Scope: scope, LanguageCode: language}))
			continue
		}
		problems = append(problems, a.setMenu(ctx, &telegram.SetMyCommandsParams{Commands: menu, Scope: scope, LanguageCode: language}))
	}
	return errors.Join(problems...)
}

func (a *Adapter) setMenu(ctx context.Context, params *telegram.SetMyCommandsParams) error {
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	_, err := a.api.SetMyCommands(ctx, params)
	return a.redact.fail("setMyCommands", err)
}

func (a *Adapter) dropMenu(ctx context.Context, params *telegram.DeleteMyCommandsParams) error {
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	_, err := a.api.DeleteMyCommands(ctx, params)
	return a.redact.fail("deleteMyCommands", err)
}
