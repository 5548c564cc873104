package whatsapp

import (
	"context"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/news"
)

// ownQuote finds a message of ours that is to be quoted, in what is kept to be
// sent again.
func (a *Adapter) ownQuote(ctx context.Context, client *whatsmeow.Client, to types.JID, id types.MessageID) (quote, bool) {
	if kindOf(to) == news.Channel {
		return quote{}, false // phones show none there
	}
	format, data, err := client.Store.EventBuffer.GetOutgoingEvent(ctx, to, types.EmptyJID, id)
	if err != nil || format != "wa" {
		return quote{}, false
	}
	var sent waE2E.Message
	if proto.Unmarshal(data, &sent) != nil {
		return quote{}, false
	}
	text := contentOf(&sent).text
	if text == "" {
		return quote{}, false
	}
	return quote{author: client.Store.GetLID().ToNonAD(), body: &waE2E.Message{Conversation: &text}}, true
}
