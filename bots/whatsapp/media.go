package whatsapp

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// refPrefix opens our reference to a medium that is on the network's hosts.
const refPrefix = "wa:"

var (
	errNoPicture = errors.New("this is no picture that phones show")
	errNoFetch   = errors.New("nothing is fetched here")
)

// medium is a file on the network's hosts, with all that a message about it
// says. Those in channels are not encrypted and have a handle.
type medium struct {
	Kind              news.MediaKind // empty: a photo
	URL, Path, Handle string
	Key, Sum, Sealed  []byte
	Size              uint64
	Width, Height     uint32
	Seconds           uint32 // of a voice note
	MIME, Name        string
	Thumbnail         []byte
	Source            string // where it came from: an address, or a file of ours
}

// hosted returns what our reference says of a medium that a chat of the kind can
// show; otherwise where it is to be had from. What is on the hosts for people is
// not there for channels, nor the other way round: then it is had from its source.
func hosted(given news.Media, channel bool) (m medium, from news.Media, err error) {
	if !strings.HasPrefix(given.Ref, refPrefix) {
		return medium{}, given, nil
	}
	m, err = parseMedium(given.Ref)
	switch {
	case err != nil || m.Source == "":
		return medium{}, news.Media{}, errNoPicture
	case (m.Handle != "") == channel:
		return m, news.Media{}, nil
	}
	given.Ref = m.Source
	return medium{}, given, nil
}

// uploadKey is what a medium is called among the uploads.
func uploadKey(from news.Media, channel bool) string {
	if channel {
		return "channel " + from.Ref
	}
	return from.Ref
}

// Upload names the medium that m would begin by uploading.
func (a *Adapter) Upload(m bots.Message, _ bool) string {
	to, ok := parseChat(m.Chat)
	channel := ok && kindOf(to) == news.Channel
	_, from, err := hosted(m.Media, channel)
	if !ok || err != nil || from.None() {
		return ""
	}
	if key := uploadKey(from, channel); !a.media.made(key) {
		return key
	}
	return ""
}

// medium gets what a message names: by our reference, an address, or a file of
// ours.
func (a *Adapter) medium(ctx context.Context, client *whatsmeow.Client, given news.Media, channel bool) (medium, error) {
	m, from, err := hosted(given, channel)
	if err != nil || from.None() {
		return m, err
	}
	m, err = a.media.get(ctx, uploadKey(from, channel), func(ctx context.Context) (medium, error) {
		data, err := a.config.Fetch(ctx, from.Ref)
		if err != nil {
			return medium{}, fmt.Errorf("fetch: %w", err)
		}
		switch from.Kind {
		case news.MediaVideo, news.MediaDocument, news.MediaVoice:
			return a.uploadFile(ctx, client, data, from, channel)
		}
		return a.upload(ctx, client, data, whatsmeow.MediaImage, channel)
	})
	m.Name, m.Source = from.Name, from.Ref
	return m, err
}

// upload puts a picture on the network's hosts.
func (a *Adapter) upload(ctx context.Context, client *whatsmeow.Client, data []byte, kind whatsmeow.MediaType, channel bool) (medium, error) {
	look, err := a.inspect(data)
	if err != nil {
		return medium{}, err
	}
	m, err := a.put(ctx, client, data, kind, channel)
	m.Width, m.Height, m.MIME, m.Thumbnail = look.width, look.height, look.mime, look.thumbnail
	return m, err
}

// uploadFile puts a video, a document or a voice note there.
func (a *Adapter) uploadFile(ctx context.Context, client *whatsmeow.Client, data []byte, given news.Media, channel bool) (medium, error) {
	kind := whatsmeow.MediaDocument
	switch given.Kind {
	case news.MediaVideo:
		kind = whatsmeow.MediaVideo
	case news.MediaVoice:
		kind = whatsmeow.MediaAudio
	}
	m, err := a.put(ctx, client, data, kind, channel)
	m.Kind, m.MIME = given.Kind, given.MIME
	if given.Kind == news.MediaVoice {
		m.Seconds = seconds(data)
	}
	return m, err
}

func (a *Adapter) put(ctx context.Context, client *whatsmeow.Client, data []byte, kind whatsmeow.MediaType, channel bool) (medium, error) {
	send := client.Upload
	if channel {
		send = client.UploadNewsletter
	}
	up, err := send(ctx, data, kind)
	if err != nil {
		return medium{}, fmt.Errorf("upload: %w", err)
	}
	return medium{
		URL: up.URL, Path: up.DirectPath, Handle: up.Handle, Key: up.MediaKey, Sum: up.FileSHA256, Sealed: up.FileEncSHA256,
		Size: up.FileLength,
	}, nil
}

func (m medium) message(words string, info *waE2E.ContextInfo) *waE2E.Message {
	var caption *string
	if words != "" {
		caption = &words
	}
	switch m.Kind {
	case news.MediaVideo:
		return &waE2E.Message{VideoMessage: &waE2E.VideoMessage{
			URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Sum, FileEncSHA256: m.Sealed, FileLength: &m.Size,
			Mimetype: &m.MIME, Caption: caption, ContextInfo: info,
		}}
	case news.MediaVoice: // nobody sees words under it
		return &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
			URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Sum, FileEncSHA256: m.Sealed, FileLength: &m.Size,
			Mimetype: &m.MIME, Seconds: &m.Seconds, PTT: proto.Bool(true), ContextInfo: info,
		}}
	case news.MediaDocument:
		d := &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
			URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Sum, FileEncSHA256: m.Sealed, FileLength: &m.Size,
			Mimetype: &m.MIME, FileName: &m.Name, Title: &m.Name, Caption: caption, ContextInfo: info,
		}}
		if caption == nil {
			return d
		}
		// Phones show the words of a document only in this envelope.
		return &waE2E.Message{DocumentWithCaptionMessage: &waE2E.FutureProofMessage{Message: d}}
	}
	return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
		URL: &m.URL, DirectPath: &m.Path, MediaKey: m.Key, FileSHA256: m.Sum, FileEncSHA256: m.Sealed, FileLength: &m.Size,
		Width: &m.Width, Height: &m.Height, Mimetype: &m.MIME, JPEGThumbnail: m.Thumbnail, Caption: caption, ContextInfo: info,
	}}
}

// reference writes the medium down, without its thumbnail, for further copies.
func (m medium) reference() string {
	m.Thumbnail = nil
	data, err := json.Marshal(m)
	if err != nil { // strings, bytes and numbers always marshal
		return ""
	}
	return refPrefix + base64.RawURLEncoding.EncodeToString(data)
}

func parseMedium(ref string) (medium, error) {
	var m medium
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(ref, refPrefix))
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil || m.Path == "" {
		return medium{}, errNoPicture
	}
	return m, nil
}
