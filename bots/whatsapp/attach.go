package whatsapp

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"path"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Fetch brings a file that was sent to the account, from the network's hosts.
func (a *Adapter) Fetch(ctx context.Context, f bots.File, most int64) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(f.Ref)
	var m waE2E.Message
	if err != nil || proto.Unmarshal(raw, &m) != nil {
		return nil, fmt.Errorf("fetch a file: no file of WhatsApp's: %w", bots.ErrMissing)
	}
	if f.Size > most {
		return nil, fmt.Errorf("fetch a file: %w", bots.ErrTooBig)
	}
	a.line.hold()
	defer a.line.release()
	if err := a.ready(ctx); err != nil {
		return nil, fmt.Errorf("fetch a file: %w", err)
	}
	data, err := download(within(ctx, most), a.library(), &m)
	switch {
	case errors.Is(err, bots.ErrTooBig):
		return nil, fmt.Errorf("fetch a file: %w", bots.ErrTooBig)
	case errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith403), errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith404), errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith410):
		return nil, fmt.Errorf("fetch a file: %s: %w", clean(err.Error()), bots.ErrMissing) // the hosts keep it for a while only
	case err != nil:
		return nil, fmt.Errorf("fetch a file: %s: %w", clean(err.Error()), bots.ErrNotSent)
	case int64(len(data)) > most:
		return nil, fmt.Errorf("fetch a file: %w", bots.ErrTooBig)
	}
	return data, nil
}

func download(ctx context.Context, client *whatsmeow.Client, m *waE2E.Message) ([]byte, error) {
	switch {
	case m.ImageMessage != nil:
		return client.Download(ctx, m.ImageMessage)
	case m.VideoMessage != nil:
		return client.Download(ctx, m.VideoMessage)
	case m.DocumentMessage != nil:
		return client.Download(ctx, m.DocumentMessage)
	case m.AudioMessage != nil:
		return client.Download(ctx, m.AudioMessage)
	}
	return nil, bots.ErrMissing
}

// attach adds to an event what it brings besides words: a file that can be
// fetched, and what it came together with.
func attach(m *waE2E.Message, e *bots.Event) {
	if e.ChatKind != news.Private {
		return
	}
	e.File = fileOf(m)
	if of := m.GetMessageContextInfo().GetMessageAssociation(); of.GetAssociationType() == waE2E.MessageAssociation_MEDIA_ALBUM {
		e.Album = of.GetParentMessageKey().GetID()
	}
}

// bare is a quoted message without the envelope of a document.
func bare(m *waE2E.Message) *waE2E.Message {
	if inner := m.GetDocumentWithCaptionMessage().GetMessage(); inner != nil {
		return inner
	}
	return m
}

// fileOf keeps of a message what it takes to fetch its file.
func fileOf(m *waE2E.Message) (f bots.File) {
	var kept waE2E.Message
	switch {
	case m.GetImageMessage() != nil:
		i := m.GetImageMessage()
		kept.ImageMessage = &waE2E.ImageMessage{
			URL: i.URL, DirectPath: i.DirectPath, MediaKey: i.MediaKey, FileSHA256: i.FileSHA256, FileEncSHA256: i.FileEncSHA256, FileLength: i.FileLength,
		}
		f.Kind, f.MIME, f.Size = news.MediaPhoto, i.GetMimetype(), size(i.GetFileLength())
	case m.GetVideoMessage() != nil, m.GetPtvMessage() != nil:
		v := cmp.Or(m.GetVideoMessage(), m.GetPtvMessage())
		kept.VideoMessage = &waE2E.VideoMessage{
			URL: v.URL, DirectPath: v.DirectPath, MediaKey: v.MediaKey, FileSHA256: v.FileSHA256, FileEncSHA256: v.FileEncSHA256, FileLength: v.FileLength,
		}
		f.Kind, f.MIME, f.Size = news.MediaVideo, v.GetMimetype(), size(v.GetFileLength())
	case m.GetDocumentMessage() != nil:
		d := m.GetDocumentMessage()
		kept.DocumentMessage = &waE2E.DocumentMessage{
			URL: d.URL, DirectPath: d.DirectPath, MediaKey: d.MediaKey, FileSHA256: d.FileSHA256, FileEncSHA256: d.FileEncSHA256, FileLength: d.FileLength,
		}
		f.Kind, f.MIME, f.Size = news.MediaDocument, d.GetMimetype(), size(d.GetFileLength())
		f.Name = path.Base(d.GetFileName())
	case m.GetAudioMessage().GetPTT():
		v := m.GetAudioMessage()
		kept.AudioMessage = &waE2E.AudioMessage{
			URL: v.URL, DirectPath: v.DirectPath, MediaKey: v.MediaKey, FileSHA256: v.FileSHA256, FileEncSHA256: v.FileEncSHA256, FileLength: v.FileLength,
		}
		f.Kind, f.MIME, f.Size = news.MediaVoice, v.GetMimetype(), size(v.GetFileLength())
	default:
		return f
	}
	data, err := proto.Marshal(&kept)
	if err != nil { // bytes and numbers always marshal
		return f
	}
	f.Ref = base64.RawURLEncoding.EncodeToString(data)
	return f
}

// size reads what a phone says of a file's length.
func size(n uint64) int64 { return int64(min(n, 1<<62)) }
