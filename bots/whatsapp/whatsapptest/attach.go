package whatsapptest

import (
	"time"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Attachment is a picture, a video or a document that a reader sends.
type Attachment struct {
	Kind    Kind
	Data    []byte
	Caption string
	Name    string // of a document
	Answers string // the message that it quotes; empty: none
	Album   string // the message that announced those sent together; empty: it comes alone

	Forwarded bool   // somebody else wrote it
	Claims    uint64 // what the phone says of its length; 0: the truth
	MIME      string // and of what it is; empty: what its kind usually is
}

// Attach writes a file to the bot, as a phone does that quotes or sends several
// at once.
func (r *Reader) Attach(a Attachment) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	content, err := r.server.compose(a.Kind, a.Data, a.Caption)
	if err != nil {
		r.server.complain("reader's phone: %v", err)
		return ""
	}
	var info *waE2E.ContextInfo
	if a.Answers != "" {
		info = r.quoting(r.server.phone.lid, a.Answers, "").GetExtendedTextMessage().GetContextInfo()
	}
	if a.Forwarded {
		if info == nil {
			info = &waE2E.ContextInfo{}
		}
		info.IsForwarded, info.ForwardingScore = proto.Bool(true), proto.Uint32(5)
	}
	a.lie(content)
	switch {
	case content.ImageMessage != nil:
		content.ImageMessage.ContextInfo = info
	case content.AudioMessage != nil:
		content.AudioMessage.ContextInfo = info
	case content.VideoMessage != nil:
		content.VideoMessage.ContextInfo = info
	case content.DocumentMessage != nil:
		content.DocumentMessage.ContextInfo = info
		if a.Name != "" {
			content.DocumentMessage.FileName = &a.Name
		}
		if a.Caption != "" { // phones put a document with words in an envelope
			content = &waE2E.Message{DocumentWithCaptionMessage: &waE2E.FutureProofMessage{Message: content}}
		}
	}
	if a.Album != "" {
		content.MessageContextInfo = &waE2E.MessageContextInfo{MessageAssociation: &waE2E.MessageAssociation{
			AssociationType:  waE2E.MessageAssociation_MEDIA_ALBUM.Enum(),
			ParentMessageKey: &waCommon.MessageKey{ID: proto.String(a.Album)},
		}}
	}
	return r.write(r.server.phone.lid, content, time.Time{}, "")
}

// lie has a phone say something else of its file than is true.
func (a Attachment) lie(content *waE2E.Message) {
	file, _, _, _ := attachmentOf(content)
	body, ok := file.(proto.Message)
	if !ok {
		return
	}
	m := body.ProtoReflect()
	fields := m.Descriptor().Fields()
	if a.Claims != 0 {
		m.Set(fields.ByName("fileLength"), protoreflect.ValueOfUint64(a.Claims))
	}
	if a.MIME != "" {
		m.Set(fields.ByName("mimetype"), protoreflect.ValueOfString(a.MIME))
	}
}
