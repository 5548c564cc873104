package whatsapp

import (
	"go.mau.fi/whatsmeow/proto/waE2E"
)

// content is what a message of somebody says.
type content struct {
	text  string
	media string // of bots.Event; empty: only words
	info  *waE2E.ContextInfo
	empty bool // nothing that a person sees as a message
}

// contentOf reads a message without its envelopes.
func contentOf(m *waE2E.Message) content {
	switch {
	case m.GetConversation() != "":
		return content{text: m.GetConversation()}
	case m.GetExtendedTextMessage() != nil:
		t := m.GetExtendedTextMessage()
		return content{text: t.GetText(), info: t.GetContextInfo(), empty: t.GetText() == ""}
	case m.GetImageMessage() != nil:
		t := m.GetImageMessage()
		return content{text: t.GetCaption(), media: "photo", info: t.GetContextInfo()}
	case m.GetVideoMessage() != nil:
		t := m.GetVideoMessage()
		return content{text: t.GetCaption(), media: "video", info: t.GetContextInfo()}
	case m.GetPtvMessage() != nil:
		return content{media: "video", info: m.GetPtvMessage().GetContextInfo()}
	case m.GetAudioMessage() != nil:
		t := m.GetAudioMessage()
		if t.GetPTT() {
			return content{media: "voice", info: t.GetContextInfo()}
		}
		return content{media: "other", info: t.GetContextInfo()}
	case m.GetStickerMessage() != nil:
		return content{media: "sticker", info: m.GetStickerMessage().GetContextInfo()}
	case m.GetDocumentMessage() != nil:
		t := m.GetDocumentMessage()
		return content{text: t.GetCaption(), media: "document", info: t.GetContextInfo()}
	}
	return rareContent(m)
}

func rareContent(m *waE2E.Message) content {
	switch {
	case m.GetLocationMessage() != nil:
		return content{media: "location", info: m.GetLocationMessage().GetContextInfo()}
	case m.GetLiveLocationMessage() != nil:
		return content{media: "location", info: m.GetLiveLocationMessage().GetContextInfo()}
	case m.GetContactMessage() != nil:
		return content{media: "contact", info: m.GetContactMessage().GetContextInfo()}
	case m.GetContactsArrayMessage() != nil:
		return content{media: "contact", info: m.GetContactsArrayMessage().GetContextInfo()}
	case m.GetPollCreationMessage() != nil, m.GetPollCreationMessageV2() != nil, m.GetPollCreationMessageV3() != nil:
		return content{media: "poll"}
	case m.GetGroupInviteMessage() != nil, m.GetEventMessage() != nil, m.GetProductMessage() != nil, m.GetOrderMessage() != nil:
		return content{media: "other"}
	}
	// Reactions, keys, settings, and whatever is not yet known: no answer is
	// better than a wrong one.
	return content{empty: true}
}
