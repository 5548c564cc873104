package whatsapp

import (
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"github.com/nashra-bot/nashra/news"
)

// receipted passes on what a reader's phone says became of messages of ours.
// In groups it would be each member's word, and from our own devices nobody's.
func (a *Adapter) receipted(e *events.Receipt) {
	if a.config.Seen == nil || e.IsGroup || e.IsFromMe {
		return
	}
	who := e.Chat
	if who.Server == types.DefaultUserServer && e.SenderAlt.Server == types.HiddenUserServer {
		who = e.SenderAlt
	}
	if who.Server != types.HiddenUserServer && who.Server != types.DefaultUserServer {
		return
	}
	read := false
	switch e.Type {
	case types.ReceiptTypeDelivered:
	case types.ReceiptTypeRead, types.ReceiptTypePlayed:
		read = true
	default:
		return
	}
	ids := make([]news.MessageID, 0, min(len(e.MessageIDs), mostSeen))
	for _, id := range e.MessageIDs[:min(len(e.MessageIDs), mostSeen)] {
		ids = append(ids, news.MessageID(id))
	}
	a.config.Seen(chatID(who), ids, read)
}

// mostSeen is how many messages one receipt is believed about: a phone that
// was away for days tells of all at once.
const mostSeen = 256
