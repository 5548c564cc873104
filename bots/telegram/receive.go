package telegram

import (
	"cmp"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// event says what an update is about; ok is false when it is nothing to us:
// a service message, a channel's post, another bot, or talk in a group that
// is not addressed to the bot. The words of such talk go no further than here.
func (a *Adapter) event(u *update) (e bots.Event, ok bool) {
	switch {
	case u.Message != nil:
		e, ok = a.wrote(u.Message)
	case u.Edited != nil:
		e, ok = a.wrote(u.Edited)
		if e.Kind == bots.Moved {
			return bots.Event{}, false
		}
		e.Kind, e.Media, e.Start = bots.Sent, "edit", ""
		e.Time = a.date(u.Edited.EditDate)
	case u.Callback != nil:
		e, ok = a.pressed(u.Callback)
	case u.Member != nil:
		e, ok = a.moved(u.Member)
	}
	e.Account, e.Key = a.Account(), eventKey(u.ID)
	return e, ok
}

func (a *Adapter) wrote(m *message) (bots.Event, bool) {
	e := bots.Event{
		Kind: bots.Wrote, Time: a.date(m.Date),
		Chat: m.Chat.address(m.Thread, m.Topic), ChatKind: m.Chat.kind(), Message: messageID(m.ID),
	}
	switch {
	case m.MigrateTo != 0:
		e.Kind, e.Chat, e.To = bots.Moved, chatID(m.Chat.ID, 0), chatID(m.MigrateTo, 0)
		return e, true
	case m.MigrateFrom != 0:
		e.Kind, e.Chat, e.To = bots.Moved, chatID(m.MigrateFrom, 0), chatID(m.Chat.ID, 0)
		return e, true
	case m.Automatic, e.ChatKind == news.Channel, e.ChatKind == "", !m.by(&e):
		return e, false
	}
	text, entities := m.Text, m.Entities
	if text == "" {
		text, entities = m.Caption, m.CaptionEntities
	}
	heard := a.listenTo(text, entities)
	e.Text, e.Start = heard.text, heard.start
	e.Addressed = heard.addressed || e.ChatKind == news.Private ||
		m.ReplyTo.by(a.id)
	if m.ReplyTo.by(a.id) {
		e.Quoted = cmp.Or(m.ReplyTo.Text, m.ReplyTo.Caption)
	}
	if e.Media = m.media(); e.Media != "" {
		e.Kind, e.Start = bots.Sent, ""
		e.File, e.Album = m.file(), m.Album
	}
	return e, e.Addressed && (e.Media != "" || m.Text != "")
}

func (a *Adapter) pressed(c *callback) (bots.Event, bool) {
	if c.Message == nil || c.Data == "" {
		return bots.Event{}, false
	}
	e := bots.Event{
		Kind: bots.Pressed, Time: a.config.Now(),
		Chat: c.Message.Chat.address(c.Message.Thread, c.Message.Topic), ChatKind: c.Message.Chat.kind(),
		From: userID(c.From.ID), Language: c.From.Language, Name: c.From.name(),
		Data: c.Data, Message: messageID(c.Message.ID), Addressed: true,
	}
	return e, e.ChatKind != ""
}

// moved tells of the bot's own coming and going.
func (a *Adapter) moved(c *memberChange) (bots.Event, bool) {
	e := bots.Event{
		Kind: bots.Removed, Time: a.date(c.Date), Chat: chatID(c.Chat.ID, 0), ChatKind: c.Chat.kind(),
		From: userID(c.From.ID), Language: c.From.Language,
	}
	if c.New.in() {
		e.Kind = bots.Added
	}
	return e, e.ChatKind != "" && c.Old.in() != c.New.in()
}

func (a *Adapter) date(unix int64) time.Time {
	if unix <= 0 {
		return a.config.Now()
	}
	return time.Unix(unix, 0)
}

// by sets who wrote. An administrator who writes as the group itself, and a
// channel that writes in it, have the number of that chat. Other bots are not
// listened to.
func (m *message) by(e *bots.Event) bool {
	switch {
	case m.SenderChat != nil:
		e.From = userID(m.SenderChat.ID)
	case m.From == nil || m.From.Bot:
		return false
	default:
		e.From, e.Language, e.Name = userID(m.From.ID), m.From.Language, m.From.name()
	}
	return true
}

// by reports whether a message that is replied to is the bot's own.
func (r *replied) by(bot int64) bool { return r != nil && r.From != nil && r.From.ID == bot }

// name is what a person calls themselves.
func (u *user) name() string { return strings.TrimSpace(u.First + " " + u.Last) }

// media names what a message is besides text; empty: nothing, or a service
// message.
func (m *message) media() string {
	if m.Origin {
		return "forward"
	}
	return m.brings()
}

// brings names what a message carries, passed on or not.
func (m *message) brings() string {
	switch {
	case m.Photo.there:
		return "photo"
	case m.Video.there, m.VideoNote.there, bool(m.Animation): // an animation comes as a document, too
		return "video"
	case m.Voice.there:
		return "voice"
	case bool(m.Sticker):
		return "sticker"
	case m.Document.there:
		return "document"
	case bool(m.Location || m.Venue):
		return "location"
	case bool(m.Contact):
		return "contact"
	case bool(m.Poll):
		return "poll"
	case bool(m.Audio || m.Checklist || m.Dice || m.Game || m.Invoice || m.PaidMedia || m.Story):
		return "other"
	}
	return ""
}

// file is what can be fetched of a photo, a video, a document or a voice note.
func (m *message) file() bots.File {
	kind := m.brings()
	f := map[string]sentFile{
		"photo": m.Photo.sent, "video": cmp.Or(m.Video.sent, m.VideoNote.sent, m.Document.sent),
		"document": m.Document.sent, "voice": m.Voice.sent,
	}[kind]
	if f.ID == "" {
		return bots.File{}
	}
	return bots.File{Ref: f.ID, Kind: news.MediaKind(kind), Name: f.Name, MIME: f.MIME, Size: f.Size}
}

// address is the chat's id of ours. Only groups have topics; elsewhere a
// thread is a row of replies, or the reader's own sorting.
func (c chat) address(thread int, topic bool) news.ChatID {
	if !topic || c.kind() != news.Group {
		thread = 0
	}
	return chatID(c.ID, thread)
}

func (c chat) kind() news.ChatKind {
	switch c.Type {
	case "private":
		return news.Private
	case "group", "supergroup":
		return news.Group
	case "channel":
		return news.Channel
	}
	return ""
}
