package whatsapptest

import (
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"
)

// SendKind writes something other than text to the bot: a voice note, a sticker,
// a picture, a location … with a few bytes for the file.
func (r *Reader) SendKind(kind Kind) string { return r.SendFile(kind, []byte("test file"), "") }

// SendFile writes a file of the given kind to the bot, encrypted and uploaded
// first. Locations and contacts have no file; caption is their name.
func (r *Reader) SendFile(kind Kind, data []byte, caption string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	content, err := r.server.compose(kind, data, caption)
	if err != nil {
		r.server.complain("reader's phone: %v", err)
		return ""
	}
	return r.write(r.server.phone.lid, content, time.Time{}, "")
}

func (s *Server) compose(kind Kind, data []byte, caption string) (*waE2E.Message, error) {
	text := proto.String(caption)
	switch kind {
	case KindText:
		return &waE2E.Message{Conversation: text}, nil
	case KindLocation:
		return &waE2E.Message{LocationMessage: &waE2E.LocationMessage{
			DegreesLatitude: proto.Float64(23.6), DegreesLongitude: proto.Float64(58.5), Name: text,
		}}, nil
	case KindContact:
		return &waE2E.Message{ContactMessage: &waE2E.ContactMessage{
			DisplayName: text, Vcard: proto.String("BEGIN:VCARD\nVERSION:3.0\nFN:" + caption + "\nEND:VCARD"),
		}}, nil
	}
	f, err := s.attach(data, mediaInfo(kind))
	if err != nil {
		return nil, err
	}
	return f.message(kind, text), nil
}

// message is the message that carries the file; a kind without a file becomes a document.
func (f file) message(kind Kind, caption *string) *waE2E.Message {
	switch kind {
	case KindImage:
		return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
			URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileEncSHA256: f.sealed, FileSHA256: f.sum,
			FileLength: &f.size, Mimetype: proto.String("image/jpeg"), Caption: caption,
		}}
	case KindVideo:
		return &waE2E.Message{VideoMessage: &waE2E.VideoMessage{
			URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileEncSHA256: f.sealed, FileSHA256: f.sum,
			FileLength: &f.size, Mimetype: proto.String("video/mp4"), Caption: caption,
		}}
	case KindVoice, KindAudio:
		return &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
			URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileEncSHA256: f.sealed, FileSHA256: f.sum,
			FileLength: &f.size, Mimetype: proto.String("audio/ogg; codecs=opus"),
			PTT: proto.Bool(kind == KindVoice), Seconds: proto.Uint32(2),
		}}
	case KindSticker:
		return &waE2E.Message{StickerMessage: &waE2E.StickerMessage{
			URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileEncSHA256: f.sealed, FileSHA256: f.sum,
			FileLength: &f.size, Mimetype: proto.String("image/webp"),
		}}
	default:
		return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
			URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileEncSHA256: f.sealed, FileSHA256: f.sum,
			FileLength: &f.size, Mimetype: proto.String("application/pdf"), Caption: caption,
			FileName: proto.String("test.pdf"),
		}}
	}
}
