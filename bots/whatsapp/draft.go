package whatsapp

import (
	"context"
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// draft is a message as the network takes it.
type draft struct {
	id      types.MessageID
	body    *waE2E.Message
	handle  string   // of a file in a channel
	medium  string   // our reference to it
	options []option // of a poll
}

// draft sets a message for a chat. Its error is about nothing to say.
func (a *Adapter) draft(ctx context.Context, client *whatsmeow.Client, to types.JID, m bots.Message) (*draft, error) {
	d := &draft{}
	if body, options, ok := a.pollOf(m, m.Key); ok && kindOf(to) != news.Channel {
		d.body, d.options = body, options
		return d, nil
	}
	words := a.wordings.of(withChoices(m.Text, m.Buttons))
	info := a.reply(ctx, client, to, m.Reply)
	if !m.Media.None() {
		f, err := a.medium(ctx, client, m.Media, kindOf(to) == news.Channel)
		if err == nil {
			d.body, d.handle, d.medium = f.message(words, info), f.Handle, f.reference()
			return d, nil
		}
		a.log.Warn("a message goes without its medium", "error", clean(err.Error()))
		if strings.TrimSpace(words) == "" {
			return nil, fmt.Errorf("no medium and no words: %w", bots.ErrRejected)
		}
	}
	d.body = a.text(ctx, client, words, m, info, kindOf(to) == news.Channel)
	return d, nil
}

// text sets words, with the preview of a link if there is one.
func (a *Adapter) text(ctx context.Context, client *whatsmeow.Client, words string, m bots.Message, info *waE2E.ContextInfo, channel bool) *waE2E.Message {
	t := &waE2E.ExtendedTextMessage{Text: &words, ContextInfo: info}
	if m.Preview != "" {
		a.addPreview(ctx, client, t, m, channel)
	}
	if info == nil && t.MatchedText == nil {
		return &waE2E.Message{Conversation: proto.String(words)}
	}
	return &waE2E.Message{ExtendedTextMessage: t}
}
