package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/nashra-bot/nashra/bots"
)

const (
	longestTitle   = 120 // characters
	longestSummary = 200
)

var errNoPreview = errors.New("the page has no title")

// preview is the card of a page: phones make none of what a bot sends, the
// sender has to.
type preview struct {
	title, summary string
	thumbnail      []byte
	large          medium
}

// addPreview puts a card under a text. Phones show it for an address that is
// in the text: the one to be shown, else the first.
func (a *Adapter) addPreview(ctx context.Context, client *whatsmeow.Client, t *waE2E.ExtendedTextMessage, m bots.Message, channel bool) {
	shown := m.Preview
	if !strings.Contains(t.GetText(), shown) {
		start, end := nextLink(t.GetText())
		if start == end {
			return
		}
		shown = t.GetText()[start:end]
	}
	key := m.Preview
	if channel {
		key = "channel " + key
	}
	p, err := a.previews.get(ctx, key, func(ctx context.Context) (preview, error) {
		return a.makePreview(ctx, client, m.Preview, channel)
	})
	if err != nil {
		a.log.Info("a message goes without its preview", "error", clean(err.Error()))
		return
	}
	if p.title == "" { // a picture was to be shown
		p.title, _, _ = strings.Cut(strings.TrimSpace(m.Text.String()), "\n")
	}
	title, summary := clip(p.title, longestTitle), clip(p.summary, longestSummary)
	t.MatchedText, t.Title, t.Description, t.JPEGThumbnail = &shown, &title, &summary, p.thumbnail
	t.PreviewType = waE2E.ExtendedTextMessage_NONE.Enum()
	if p.large.Path != "" {
		t.ThumbnailDirectPath, t.MediaKey = &p.large.Path, p.large.Key
		t.ThumbnailSHA256, t.ThumbnailEncSHA256 = p.large.Sum, p.large.Sealed
		t.ThumbnailWidth, t.ThumbnailHeight = &p.large.Width, &p.large.Height
	}
}

// makePreview reads a page, or takes a picture for its own preview.
func (a *Adapter) makePreview(ctx context.Context, client *whatsmeow.Client, address string, channel bool) (preview, error) {
	data, err := a.config.Fetch(ctx, address)
	if err != nil {
		return preview{}, err
	}
	var p preview
	if strings.HasPrefix(http.DetectContentType(data), "image/") {
		a.addPicture(ctx, client, &p, data, channel)
		return p, nil
	}
	p, picture := readPage(data)
	if p.title == "" {
		return preview{}, errNoPreview
	}
	if picture == "" {
		return p, nil
	}
	base, err := url.Parse(address)
	if err != nil {
		return preview{}, fmt.Errorf("read the address of a page: %w", err)
	}
	if at, err := base.Parse(picture); err == nil {
		if data, err := a.config.Fetch(ctx, at.String()); err == nil {
			a.addPicture(ctx, client, &p, data, channel)
		}
	}
	return p, nil
}

// addPicture adds the small picture, and the large one where it can be
// uploaded: a card without them is one all the same.
func (a *Adapter) addPicture(ctx context.Context, client *whatsmeow.Client, p *preview, data []byte, channel bool) {
	p.thumbnail = a.thumbnail(data)
	if channel {
		return
	}
	large, err := a.upload(ctx, client, data, whatsmeow.MediaLinkThumbnail, false)
	if err != nil {
		a.log.Debug("a preview has a small picture only", "error", clean(err.Error()))
		return
	}
	p.large = large
}

// readPage finds title, summary and picture in the head of a page: what it
// says for previews (the Open Graph protocol), else its own title.
func readPage(data []byte) (p preview, picture string) {
	var title string
	reader, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return p, ""
	}
	tokens := html.NewTokenizer(reader)
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if p.title == "" {
				p.title = title
			}
			return p, picture
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			switch token.DataAtom {
			case atom.Title:
				if title == "" && tokens.Next() == html.TextToken {
					title = squeeze(string(tokens.Text()))
				}
			case atom.Meta:
				readMeta(token, &p, &picture)
			case atom.Body:
				if p.title == "" {
					p.title = title
				}
				return p, picture
			}
		}
	}
}

func readMeta(token html.Token, p *preview, picture *string) {
	var name, content string
	for _, a := range token.Attr {
		switch a.Key {
		case "property", "name":
			name = strings.ToLower(a.Val)
		case "content":
			content = squeeze(a.Val)
		}
	}
	switch {
	case name == "og:title" && p.title == "":
		p.title = content
	case name == "og:description" && content != "", name == "description" && p.summary == "":
		p.summary = content
	case (name == "og:image" || name == "og:image:secure_url") && *picture == "":
		*picture = content
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(html.UnescapeString(s)), " ") }

func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
