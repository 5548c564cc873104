package wire

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
)

// askTime is how long asking for one channel may take.
const askTime = 10 * time.Second

// ChannelPlace is what a number may do in a WhatsApp Channel that the
// configuration names, as the network says when it is asked.
type ChannelPlace struct {
	Chat      news.ChatID
	Name      string
	Publishes bool   // the number owns it or is its admin
	Missing   bool   // the network knows no such Channel
	Problem   string // why it is not known; empty: it is
}

// places asks for the Channels of the number. A bot on Telegram is asked for by
// the check itself, which can do that beside the program.
func (p *Program) places(ctx context.Context) (any, error) {
	list := []ChannelPlace{}
	for _, a := range p.accounts {
		l := a.live.Load()
		if l == nil {
			continue
		}
		if publisher, ok := l.adapter.(whatsapp.Publisher); ok {
			for _, c := range a.channels(p.Plan()) {
				list = append(list, placeIn(ctx, publisher, c.Chat))
			}
		}
	}
	return list, nil
}

func placeIn(ctx context.Context, a whatsapp.Publisher, chat news.ChatID) ChannelPlace {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	found, err := a.FindChannel(ctx, string(chat))
	switch {
	case errors.Is(err, bots.ErrMissing):
		return ChannelPlace{Chat: chat, Missing: true}
	case err != nil:
		return ChannelPlace{Chat: chat, Problem: err.Error()}
	}
	return ChannelPlace{Chat: chat, Name: found.Name, Publishes: found.Publishes}
}
