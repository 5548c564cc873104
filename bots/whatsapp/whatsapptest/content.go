package whatsapptest

import (
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
)

// Media is a file of a message. Data is the file itself, downloaded, its hashes
// checked and decrypted as a phone would; Error says why that failed. In JSON
// Data is left out: ask File for it.
type Media struct {
	MIME     string `json:"mime"`
	Size     int    `json:"size"`
	FileName string `json:"fileName,omitempty"`
	Data     []byte `json:"-"`
	Error    string `json:"error,omitempty"`
}

// attachment is what all messages with a file have in common.
type attachment interface {
	whatsmeow.DownloadableMessage
	GetMimetype() string
	GetFileLength() uint64
}

// fill describes body in m, over whatever m said before.
func (m *Message) fill(body *waE2E.Message) {
	m.Content = body
	m.Kind, m.Text, m.Preview, m.Media, m.Poll = KindUnknown, "", nil, nil, nil
	var context *waE2E.ContextInfo
	switch {
	case body.Conversation != nil:
		m.Kind, m.Text = KindText, body.GetConversation()
	case body.GetExtendedTextMessage() != nil:
		text := body.GetExtendedTextMessage()
		m.Kind, m.Text, context = KindText, text.GetText(), text.GetContextInfo()
		m.Preview = previewOf(text)
	case body.GetLocationMessage() != nil:
		m.Kind, m.Text, context = KindLocation, body.GetLocationMessage().GetName(), body.GetLocationMessage().GetContextInfo()
	case body.GetContactMessage() != nil:
		m.Kind, m.Text, context = KindContact, body.GetContactMessage().GetDisplayName(), body.GetContactMessage().GetContextInfo()
	case pollOf(body) != nil:
		poll := pollOf(body)
		m.Kind, m.Text, context = KindPoll, poll.GetName(), poll.GetContextInfo()
		m.Poll = &Poll{Limit: int(poll.GetSelectableOptionsCount())}
		for _, option := range poll.GetOptions() {
			m.Poll.Options = append(m.Poll.Options, option.GetOptionName())
		}
	default:
		context = m.fillMedia(body)
	}
	m.fillContext(context)
}

func (m *Message) fillMedia(body *waE2E.Message) *waE2E.ContextInfo {
	file, kind, caption, context := attachmentOf(body)
	if file == nil {
		return nil
	}
	m.Kind, m.Text = kind, caption
	m.Media = &Media{MIME: file.GetMimetype(), Size: int(file.GetFileLength()), FileName: body.GetDocumentMessage().GetFileName()}
	return context
}

func attachmentOf(body *waE2E.Message) (file attachment, kind Kind, caption string, context *waE2E.ContextInfo) {
	switch {
	case body.GetImageMessage() != nil:
		image := body.GetImageMessage()
		return image, KindImage, image.GetCaption(), image.GetContextInfo()
	case body.GetVideoMessage() != nil:
		video := body.GetVideoMessage()
		return video, KindVideo, video.GetCaption(), video.GetContextInfo()
	case body.GetAudioMessage() != nil:
		audio := body.GetAudioMessage()
		if audio.GetPTT() {
			return audio, KindVoice, "", audio.GetContextInfo()
		}
		return audio, KindAudio, "", audio.GetContextInfo()
	case body.GetDocumentMessage() != nil:
		document := body.GetDocumentMessage()
		return document, KindDocument, document.GetCaption(), document.GetContextInfo()
	case body.GetStickerMessage() != nil:
		return body.GetStickerMessage(), KindSticker, "", body.GetStickerMessage().GetContextInfo()
	default:
		return nil, KindUnknown, "", nil
	}
}

func previewOf(text *waE2E.ExtendedTextMessage) *Preview {
	if text.GetMatchedText() == "" && text.GetTitle() == "" {
		return nil
	}
	return &Preview{
		URL: text.GetMatchedText(), Title: text.GetTitle(), Description: text.GetDescription(),
		Thumbnail: text.GetJPEGThumbnail(), Large: text.GetThumbnailDirectPath() != "",
	}
}

// pollOf finds a poll under any of its field numbers; V3 is a poll with one choice.
func pollOf(body *waE2E.Message) *waE2E.PollCreationMessage {
	switch {
	case body.GetPollCreationMessage() != nil:
		return body.GetPollCreationMessage()
	case body.GetPollCreationMessageV2() != nil:
		return body.GetPollCreationMessageV2()
	default:
		return body.GetPollCreationMessageV3()
	}
}

func (m *Message) fillContext(context *waE2E.ContextInfo) {
	m.Quote, m.Mentions, m.Forwarded = nil, context.GetMentionedJID(), context.GetIsForwarded()
	if context.GetExpiration() > 0 {
		m.Vanishing = true
	}
	if context.GetStanzaID() != "" {
		quoted := Message{}
		body, _ := unwrap(context.GetQuotedMessage())
		if body.GetExtendedTextMessage().GetContextInfo().GetStanzaID() == "" { // one level is enough
			quoted.fill(body)
		}
		m.Quote = &Quote{ID: context.GetStanzaID(), From: context.GetParticipant(), Text: quoted.Text}
	}
}
