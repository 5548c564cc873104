package telegram

import (
	"bytes"
	"context"
	"errors"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// draft is a message as Telegram is about to get it: what is refused can be
// left out of it.
type draft struct {
	to       address
	text     string
	entities []models.MessageEntity
	keys     *keyboard
	kind     news.MediaKind
	media    string // link, file of ours or file_id; empty: a text message
	source   string // where the medium comes from, if that is known
	name     string // of a document
	upload   []byte // the medium itself
	preview  string
	reply    int
	silent   bool
	turn     bool // to upload
	caption  bool // editing: change the words under the medium only
}

func (a *Adapter) draft(to address, m bots.Message) *draft {
	d := &draft{to: to, preview: m.Preview, silent: m.Silent, keys: keys(m)}
	d.text, d.entities = render(m.Text)
	if m.Media.None() {
		return d
	}
	known, bad := a.media.look(m.Media)
	d.kind, d.media, d.source, d.name = known.kind, known.fileID, known.source, m.Media.Name
	if bad {
		d.dropMedia()
	}
	return d
}

// dropMedia makes a text message of it, which shows a picture that has an
// address as its preview.
func (d *draft) dropMedia() {
	d.media, d.upload, d.caption = "", nil, false
	if isLink(d.source) && d.preview == "" {
		d.preview = d.source
	}
}

// without takes out what the message was refused for, and says what it was;
// empty: there is nothing to take out.
func (d *draft) without(err error) string {
	switch {
	case (errors.Is(err, errMedia) || errors.Is(err, errNoMedia)) && d.media != "":
		d.dropMedia()
		return "medium"
	case errors.Is(err, errButtons) && d.keys != nil:
		d.keys = nil
		return "buttons"
	case errors.Is(err, errEntities) && d.entities != nil:
		d.entities = nil
		return "entities"
	case errors.Is(err, errReply) && d.reply != 0:
		d.reply = 0
		return "reply"
	case errors.Is(err, errPreview) && d.preview != "":
		d.preview = ""
		return "preview"
	}
	return ""
}

// markup is nil, and not a nil keyboard, when there is none.
func (d *draft) markup() models.ReplyMarkup {
	if d.keys == nil {
		return nil
	}
	return d.keys
}

func (d *draft) replyTo() *models.ReplyParameters {
	if d.reply == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: d.reply, AllowSendingWithoutReply: true}
}

// file is read anew on every try.
func (d *draft) file() models.InputFile {
	if d.upload != nil {
		return &models.InputFileUpload{Filename: d.filename(), Data: bytes.NewReader(d.upload)}
	}
	return &models.InputFileString{Data: d.media}
}

func (d *draft) previewOptions() *models.LinkPreviewOptions {
	if d.preview == "" {
		return &models.LinkPreviewOptions{IsDisabled: telegram.True()}
	}
	return &models.LinkPreviewOptions{
		URL: &d.preview, PreferLargeMedia: telegram.True(), ShowAboveText: telegram.True(),
	}
}

// send makes the one call that sends the draft as it is.
func (a *Adapter) send(ctx context.Context, d *draft) (*sent, error) {
	ctx, cancel := a.boundedBy(ctx, len(d.upload))
	defer cancel()
	ctx, answer := withSent(ctx)
	if d.media != "" {
		return answer, a.sendMedia(ctx, d)
	}
	_, err := a.api.SendMessage(ctx, &telegram.SendMessageParams{
		ChatID: d.to.api(), MessageThreadID: d.to.thread,
		Text: d.text, Entities: d.entities, LinkPreviewOptions: d.previewOptions(),
		DisableNotification: d.silent, ReplyParameters: d.replyTo(), ReplyMarkup: d.markup(),
	})
	return answer, a.redact.fail("sendMessage", err)
}

// edit makes the one call that puts the draft in the place of a message.
func (a *Adapter) edit(ctx context.Context, id int, d *draft) (*sent, error) {
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	ctx, answer := withSent(ctx)
	switch {
	case d.caption:
		_, err := a.api.EditMessageCaption(ctx, &telegram.EditMessageCaptionParams{
			ChatID: d.to.api(), MessageID: id,
			Caption: d.text, CaptionEntities: d.entities, ReplyMarkup: d.markup(),
		})
		return answer, a.redact.fail("editMessageCaption", err)
	case d.media != "":
		_, err := a.api.EditMessageMedia(ctx, &telegram.EditMessageMediaParams{
			ChatID: d.to.api(), MessageID: id, ReplyMarkup: d.markup(),
			Media: &models.InputMediaPhoto{Media: d.media, Caption: d.text, CaptionEntities: d.entities},
		})
		return answer, a.redact.fail("editMessageMedia", err)
	}
	_, err := a.api.EditMessageText(ctx, &telegram.EditMessageTextParams{
		ChatID: d.to.api(), MessageID: id,
		Text: d.text, Entities: d.entities, LinkPreviewOptions: d.previewOptions(), ReplyMarkup: d.markup(),
	})
	return answer, a.redact.fail("editMessageText", err)
}
