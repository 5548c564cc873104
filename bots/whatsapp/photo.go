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
)

// refPrefix opens our reference to a photo that is on the network's hosts.
const refPrefix = "wa:"

var errNoPicture = errors.New("this is no picture that phones show")

// picture is a photo on the network's hosts, with all that a message about it
// says. Those in channels are not encrypted and have a handle.
type picture struct {
	URL, Path, Handle string
	Key, Sum, Sealed  []byte
	Size              uint64
	Width, Height     uint32
	MIME              string
	Thumbnail         []byte
}

// photo gets the picture that a message names: by our reference or an address.
func (a *Adapter) photo(ctx context.Context, client *whatsmeow.Client, given string, channel bool) (picture, error) {
	if strings.HasPrefix(given, refPrefix) {
		p, err := parsePicture(given)
		if err == nil && (p.Handle != "") == channel {
			return p, nil
		}
		return picture{}, errNoPicture
	}
	key := given
	if channel {
		key = "channel " + given
	}
	return a.photos.get(ctx, key, func(ctx context.Context) (picture, error) {
		data, err := a.config.Fetch(ctx, given)
		if err != nil {
			return picture{}, fmt.Errorf("fetch: %w", err)
		}
		return a.upload(ctx, client, data, whatsmeow.MediaImage, channel)
	})
}

// upload puts a picture on the network's hosts.
func (a *Adapter) upload(ctx context.Context, client *whatsmeow.Client, data []byte, kind whatsmeow.MediaType, channel bool) (picture, error) {
	look, err := inspect(data)
	if err != nil {
		return picture{}, err
	}
	send := client.Upload
	if channel {
		send = client.UploadNewsletter
	}
	up, err := send(ctx, data, kind)
	if err != nil {
		return picture{}, fmt.Errorf("upload: %w", err)
	}
	return picture{
		URL: up.URL, Path: up.DirectPath, Handle: up.Handle, Key: up.MediaKey, Sum: up.FileSHA256, Sealed: up.FileEncSHA256,
		Size: up.FileLength, Width: look.width, Height: look.height, MIME: look.mime, Thumbnail: look.thumbnail,
	}, nil
}

func (p picture) message(caption string, info *waE2E.ContextInfo) *waE2E.Message {
	m := &waE2E.ImageMessage{
		URL: &p.URL, DirectPath: &p.Path, MediaKey: p.Key, FileSHA256: p.Sum, FileEncSHA256: p.Sealed, FileLength: &p.Size,
		Width: &p.Width, Height: &p.Height, Mimetype: &p.MIME, JPEGThumbnail: p.Thumbnail, ContextInfo: info,
	}
	if caption != "" {
		m.Caption = proto.String(caption)
	}
	return &waE2E.Message{ImageMessage: m}
}

// reference writes the picture down, without its thumbnail, for further
// copies.
func (p picture) reference() string {
	p.Thumbnail = nil
	data, err := json.Marshal(p)
	if err != nil { // strings, bytes and numbers always marshal
		return ""
	}
	return refPrefix + base64.RawURLEncoding.EncodeToString(data)
}

func parsePicture(ref string) (picture, error) {
	var p picture
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(ref, refPrefix))
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil || p.Path == "" {
		return picture{}, errNoPicture
	}
	return p, nil
}
