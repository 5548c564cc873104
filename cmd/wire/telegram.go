package wire

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// TokenName is the secret that the Telegram bot needs.
const TokenName = "TELEGRAM_BOT_TOKEN"

// webhookSecretName is the secret that Telegram shows when it calls.
const webhookSecretName = "TELEGRAM_WEBHOOK_SECRET"

// joinTelegram makes the Telegram account. It reaches no network.
func (p *Program) joinTelegram() error {
	c := p.Plan().Config.Telegram
	if c == nil {
		return nil
	}
	token, err := p.parts.Secret(TokenName)
	if err != nil {
		return err
	}
	a := &account{program: p, seats: make(chan struct{}, 1)}
	config := telegram.Config{
		Token: token, ServerURL: c.ServerURL, Transport: p.parts.Network, Rate: c.Rate,
		Apology: talk.Apology(p.settings().Language), Heard: p.heardTelegram, Reached: a.reach.heard, Rivalled: a.rivals.met, Fetch: p.media, Now: p.parts.Now, Log: p.parts.Log,
	}
	if c.Webhook != nil {
		secret, err := p.parts.Secret(webhookSecretName)
		if err != nil {
			return err
		}
		config.Webhook = &telegram.Webhook{
			URL: c.Webhook.URL, Listen: orDefault(c.Webhook.Listen, "127.0.0.1:8443"), Secret: secret,
		}
	}
	id, err := telegram.AccountOf(token)
	if err != nil {
		return fmt.Errorf("read %s: %w", TokenName, err)
	}
	a.id = id
	a.connect = func(ctx context.Context) (bots.Adapter, error) { return telegram.New(ctx, config) }
	a.channels = func(plan *Plan) []store.ChannelReader {
		if plan.Config.Telegram == nil {
			return nil
		}
		return channelReaders(id, plan, plan.Config.Telegram.Channels)
	}
	p.accounts = append(p.accounts, a)
	return nil
}

// channelReaders are the channels that the configuration names, as readers of
// an account.
func channelReaders(id news.AccountID, plan *Plan, channels []ChannelConfig) []store.ChannelReader {
	var out []store.ChannelReader
	for _, c := range channels {
		r := store.ChannelReader{
			Account: id, Chat: news.ChatID(c.Chat), Sections: c.Sections, Slots: c.Slots,
			Pace: news.Pace(orDefault(c.Pace, string(news.PaceDigest))), Breaking: c.Breaking == nil || *c.Breaking,
		}
		if len(r.Sections) == 0 {
			for _, s := range plan.Newsroom.Tree.Children("") {
				r.Sections = append(r.Sections, s.Slug)
			}
		}
		if len(r.Slots) == 0 {
			for _, slot := range plan.Newsroom.Calendar {
				r.Slots = append(r.Slots, slot.Name)
			}
		}
		out = append(out, r)
	}
	return out
}
