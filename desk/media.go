package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/jpeg" // what phones show
	_ "image/png"  // and this
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// The most bytes that an alert carries: Telegram takes no larger photo by
// upload (Bot API, "Sending files"), and WhatsApp no larger video (its help
// pages).
const (
	MaxPhoto = 10 << 20
	MaxFile  = 16 << 20
)

// What Telegram takes of a photo's sides (Bot API, sendPhoto), and what a phone
// can decode.
const (
	mostSides  = 10_000 // width and height together
	mostRatio  = 20
	mostPixels = 40_000_000
	longName   = 60 // runes
)

// File is what is known of a file that came with an alert.
type File struct {
	Sum  string // SHA-256, hex
	Kind news.MediaKind
	MIME string
	Size int
}

// Files are what editors send along with their words.
type Files interface {
	// Attached keeps a file; one that is there already is kept for longer.
	Attached(ctx context.Context, f File, data []byte, at time.Time) error

	// Attachment returns what is known of a file; ErrNone.
	Attachment(ctx context.Context, sum string) (File, error)

	// AttachmentData returns what is in it, or in the file of a tip that is lent;
	// ErrNone.
	AttachmentData(ctx context.Context, sum string) ([]byte, error)
}

// MayAttach refuses, before a file of so many bytes is fetched (0: not known),
// who may write no draft, and what is too big.
func (d *Desk) MayAttach(ctx context.Context, by EditorID, size int64) error {
	who, err := d.editor(ctx, by)
	if err != nil {
		return err
	}
	if err := who.allowed(ActWrite); err != nil {
		return err
	}
	if size > MaxFile {
		return tooBig(MaxFile)
	}
	return nil
}

// Attach keeps a file for a draft, and returns how the draft names it. What it
// is tells its content, whatever it is called.
func (d *Desk) Attach(ctx context.Context, by EditorID, name string, data []byte) (news.Media, error) {
	if err := d.MayAttach(ctx, by, int64(len(data))); err != nil {
		return news.Media{}, err
	}
	kind, mime, err := inspect(data)
	if err != nil {
		return news.Media{}, err
	}
	f := fileOf(data, kind, mime)
	if err := d.Store.Attached(ctx, f, data, d.Now()); err != nil {
		return news.Media{}, fmt.Errorf("keep a file: %w", err)
	}
	return f.Media(name), nil
}

// PictureFile is what is known of a PNG that the program has drawn itself.
func PictureFile(png []byte) File { return fileOf(png, news.MediaPhoto, "image/png") }

func fileOf(data []byte, kind news.MediaKind, mime string) File {
	sum := sha256.Sum256(data)
	return File{Sum: hex.EncodeToString(sum[:]), Kind: kind, MIME: mime, Size: len(data)}
}

// Media is how a message names a file; name is a document's.
func (f File) Media(name string) news.Media {
	m := news.Media{Kind: f.Kind, Ref: news.FileRef(f.Sum), MIME: f.MIME}
	if f.Kind == news.MediaDocument {
		m.Name = fileName(name)
	}
	return m
}

// medium checks what a draft is to carry: a file of ours as it is kept, or a
// picture at an address.
func (d *Desk) medium(ctx context.Context, m news.Media) (news.Media, error) {
	if m.None() {
		return news.Media{}, nil
	}
	sum, ours := news.FileSum(m.Ref)
	if !ours {
		if !webAddress(m.Ref) || m.Kind != news.MediaPhoto {
			return m, refuseAs(BadFile, "%q is neither a file of ours nor a picture at an address", m.Ref)
		}
		return news.PhotoAt(m.Ref), nil
	}
	f, err := d.Store.Attachment(ctx, sum)
	if is(err, ErrNone) {
		return m, refuseAs(LostFile, "the file is not kept any more: send it again")
	}
	if err != nil {
		return m, fmt.Errorf("look for a file: %w", err)
	}
	return f.Media(m.Name), nil
}

// inspect tells by its content what a file is.
func inspect(data []byte) (kind news.MediaKind, mime string, err error) {
	switch {
	case len(data) == 0:
		return "", "", refuseAs(EmptyFile, "the file is empty")
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return news.MediaDocument, "application/pdf", nil
	case isMP4(data):
		return news.MediaVideo, "video/mp4", nil
	}
	head, format, err := image.DecodeConfig(bytes.NewReader(data))
	w, h := head.Width, head.Height
	switch {
	case err != nil || format != "jpeg" && format != "png":
		return "", "", refuseAs(BadFile, "the file is no JPEG or PNG photo, MP4 video or PDF")
	case len(data) > MaxPhoto:
		return "", "", tooBig(MaxPhoto)
	case w <= 0 || h <= 0 || w+h > mostSides || w > mostRatio*h || h > mostRatio*w || w*h > mostPixels:
		return "", "", refuseAs(BadFile, "phones show no picture of %d by %d pixels", w, h)
	}
	return news.MediaPhoto, "image/" + format, nil
}

// isMP4 reports whether data begins like a video that every phone plays: by
// its box ftyp, whose first brand is one of those of MP4 (ISO/IEC 14496-12).
func isMP4(data []byte) bool {
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return false
	}
	brands := []string{"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV"}
	return slices.Contains(brands, string(data[8:12]))
}

func tooBig(most int) error {
	err := &RefusedError{Reason: fmt.Sprintf("the file is too big: at most %d MB", most>>20), Code: BigFile, Name: fmt.Sprint(most >> 20)}
	return err
}

// fileName is what readers see of a document's name: no folders, nothing that
// turns a line, and the ending that it deserves.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(arabic.Clean(name), "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	name = strings.TrimSpace(strings.TrimSuffix(name, path.Ext(name)))
	if runes := []rune(name); len(runes) > longName {
		name = strings.TrimSpace(string(runes[:longName]))
	}
	if strings.Trim(name, ". /") == "" {
		name = "document"
	}
	return name + ".pdf"
}

// captioned warns of words that are too long for a caption, of a message as
// readers get it.
func captioned(m news.Message, limit int) []Warning {
	if m.Media.None() {
		return nil
	}
	units := 0
	for i, b := range m.Blocks {
		if units += b.Units(); i > 0 {
			units += 2 // the gap
		}
	}
	switch {
	case units <= limit:
		return nil
	case m.Media.File():
		return []Warning{{Kind: WarnSplit, N: units - limit}}
	}
	return []Warning{{Kind: WarnPicture, N: units - limit}}
}
