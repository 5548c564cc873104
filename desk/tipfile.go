package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// TipFile is the one file that came with a tip: where it can be fetched, and
// what its sender's phone said of it. Its name is kept nowhere. The zero TipFile
// is none.
type TipFile struct {
	Account news.AccountID // that it was sent to, which alone can fetch it
	Ref     string         // the account's own
	Kind    news.MediaKind // as what it was sent
	MIME    string         // as it was sent; not kept
	Size    int64          // the same; 0: not known
}

// None reports whether there is no file.
func (f TipFile) None() bool { return f.Ref == "" }

// Most is how many bytes such a file may have.
func (f TipFile) Most() int64 {
	if f.Kind == news.MediaPhoto || strings.HasPrefix(mimeType(f.MIME), "image/") {
		return MaxPhoto
	}
	return MaxFile
}

// Unfit says by what is known before it is fetched why a file cannot come with a
// tip: BadFile or BigFile, or empty if it can. What it really is shows when an
// editor opens it.
func (f TipFile) Unfit() Code {
	documents := []string{"", "application/octet-stream", "application/pdf", "image/jpeg", "image/png", "video/mp4"}
	switch {
	case !slices.Contains([]news.MediaKind{news.MediaPhoto, news.MediaVideo, news.MediaDocument, news.MediaVoice}, f.Kind):
		return BadFile
	case f.Kind == news.MediaDocument && !slices.Contains(documents, mimeType(f.MIME)):
		return BadFile
	case f.Size > f.Most():
		return BigFile
	}
	return ""
}

func mimeType(s string) string {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	return strings.TrimSpace(s)
}

// TipFiles are the contents of tips' files, from when an editor opens one until
// it has surely been sent: for a day, and never longer than the tip.
type TipFiles interface {
	// Lend keeps what is in the file of a tip, in the place of what was kept;
	// ErrNone when the tip is gone. AttachmentData finds it by f.Sum, and
	// Attachment does not: it is no alert's.
	Lend(ctx context.Context, id TipID, f File, data []byte, e Entry) error

	// Lent returns what is kept of a tip's file; ErrNone.
	Lent(ctx context.Context, id TipID) (File, error)
}

// Lent returns the file of a tip for an editor who may read tips; false: it has
// to be fetched, and lent.
func (d *Desk) Lent(ctx context.Context, by EditorID, id TipID) (news.Media, bool, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return news.Media{}, false, err
	}
	if err := who.allowed(ActFetch); err != nil {
		return news.Media{}, false, err
	}
	f, err := d.Store.Lent(ctx, id)
	switch {
	case is(err, ErrNone):
		return news.Media{}, false, nil
	case err != nil:
		return news.Media{}, false, fmt.Errorf("look for the file of a tip: %w", err)
	}
	return f.tipMedia(id), true, nil
}

// Lend keeps what was fetched of a tip's file while it is sent to an editor who
// may read tips, and returns how a message names it. What it is tells its
// content, whatever its sender's phone said.
func (d *Desk) Lend(ctx context.Context, by EditorID, id TipID, data []byte) (news.Media, error) {
	kind, mime, err := inspectTip(data)
	if err != nil {
		return news.Media{}, err
	}
	f := File{Sum: tipSum(id, data), Kind: kind, MIME: mime, Size: len(data)}
	err = d.turn(ctx, by, ActFetch, func(ctx context.Context, e Entry) error {
		e.About = fmt.Sprintf("tip %d", id)
		return d.Store.Lend(ctx, id, f, data, e)
	})
	if err != nil {
		return news.Media{}, err
	}
	return f.tipMedia(id), nil
}

// inspectTip is inspect for what tips bring: voice notes as well.
func inspectTip(data []byte) (kind news.MediaKind, mime string, err error) {
	switch {
	case len(data) > MaxFile:
		return "", "", tooBig(MaxFile)
	case isVoice(data):
		return news.MediaVoice, "audio/ogg; codecs=opus", nil
	}
	return inspect(data)
}

// isVoice reports whether data begins like Opus in Ogg (RFC 7845), which both
// networks make of what is spoken into a phone.
func isVoice(data []byte) bool {
	const header = 28 // of the first page, whose one segment begins behind it
	return bytes.HasPrefix(data, []byte("OggS")) && len(data) > header && bytes.HasPrefix(data[header:], []byte("OpusHead"))
}

// tipSum names the file of a tip. It is never the name of another tip's, or of an
// alert's, whatever is in them: an adapter that knows one would send it under
// the other's name.
func tipSum(id TipID, data []byte) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "tip %d\x00", id)
	sum.Write(data)
	return hex.EncodeToString(sum.Sum(nil))
}

// tipMedia is how a message names the file. It is called by the tip's number:
// what its sender called it may tell who that is.
func (f File) tipMedia(id TipID) news.Media {
	m := news.Media{Kind: f.Kind, Ref: news.FileRef(f.Sum), MIME: f.MIME}
	if f.Kind == news.MediaDocument {
		m.Name = fmt.Sprintf("tip-%d.pdf", id)
	}
	return m
}
