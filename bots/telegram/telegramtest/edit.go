package telegramtest

import (
	"encoding/json"
	"reflect"
)

// change is what an edit makes of a message.
type change struct {
	what    string // text, caption, media, markup
	text    formatted
	media   *Media
	markup  markup
	preview Preview
}

func (s *Server) editMessageText(b *Bot, q *request) (any, *Error) {
	if q.params["text"] == "" {
		return nil, bad("message text is empty")
	}
	text, fail := readText(q.params["text"], q.params["parse_mode"], q.params["entities"])
	if fail != nil {
		return nil, fail
	}
	preview, fail := readPreview(q)
	if fail != nil {
		return nil, fail
	}
	return s.edit(b, q, change{what: "text", text: text, preview: preview})
}

func (s *Server) editMessageCaption(b *Bot, q *request) (any, *Error) {
	text, fail := readText(q.params["caption"], q.params["parse_mode"], q.params["caption_entities"])
	if fail != nil {
		return nil, fail
	}
	return s.edit(b, q, change{what: "caption", text: text})
}

func (s *Server) editMessageReplyMarkup(b *Bot, q *request) (any, *Error) {
	return s.edit(b, q, change{what: "markup"})
}

func (s *Server) editMessageMedia(b *Bot, q *request) (any, *Error) {
	raw := q.params["media"]
	if raw == "" {
		return nil, bad("parameter \"media\" is required")
	}
	var in inputMedia
	if json.Unmarshal([]byte(raw), &in) != nil {
		return nil, bad("can't parse input media JSON object")
	}
	media, text, fail := s.readMedia(b, q, in)
	if fail != nil {
		return nil, fail
	}
	return s.edit(b, q, change{what: "media", text: text, media: media})
}

func (s *Server) edit(b *Bot, q *request, to change) (any, *Error) {
	markup, fail := readMarkup(q.params["reply_markup"])
	if fail != nil {
		return nil, fail
	}
	to.markup = markup
	if q.params["chat_id"] == "" && q.params["inline_message_id"] == "" {
		return nil, bad("message identifier is not specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, fail := s.message(b, q, "message to edit")
	if fail != nil {
		return nil, fail
	}
	if fail := c.mayEdit(b, m, to); fail != nil {
		return nil, fail
	}
	if fail := s.pace.take(s, b, c, 1); fail != nil {
		return nil, fail
	}
	if !m.apply(to) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly " +
			"the same as a current content and reply markup of the message")
	}
	if to.what != "markup" {
		m.Edited = s.now()
	}
	m.Edits++
	s.notify()
	return c.show(m, true), nil
}

// message finds the message that a call is about. The lock is held.
func (s *Server) message(b *Bot, q *request, what string) (*Chat, *Message, *Error) {
	c, fail := s.chat(b, q.params["chat_id"])
	if fail != nil {
		return nil, nil, fail
	}
	if fail := c.access(b); fail != nil {
		return nil, nil, fail
	}
	m := c.find(int(q.number("message_id")))
	if m == nil {
		return nil, nil, bad(what + " not found")
	}
	return c, m, nil
}

// mayEdit refuses what TDLib's can_edit_message and the edit methods refuse.
func (c *Chat) mayEdit(b *Bot, m *Message, to change) *Error {
	switch {
	case !c.editable(b, m):
		return bad("message can't be edited")
	case to.what == "text" && m.Media != nil:
		return bad("there is no text in the message to edit")
	case to.what == "caption" && m.Media == nil:
		return bad("there is no caption in the message to edit")
	case to.markup.keyboard != nil:
		return bad("inline keyboard expected")
	case m.Album != "" && to.what == "media" && (to.media.Kind == "document") != (m.Media.Kind == "document"):
		return bad("message content type can't be used in an album")
	case c.kind == Private && c.blocked:
		return forbidden("bot was blocked by the user")
	}
	if to.what != "markup" {
		if fail := to.text.check(to.what != "text"); fail != nil {
			return fail
		}
	}
	return c.checkMarkup(to.markup)
}

// editable: a bot's own message, not forwarded, not sent with a reply keyboard.
func (c *Chat) editable(b *Bot, m *Message) bool {
	if m.Keyboard != nil || m.Service != "" || m.Forwarded != "" {
		return false
	}
	if c.kind != Channel {
		return m.sender == Account(b)
	}
	me := c.members[b.id]
	return me.admin() && (me.rights.Edit || m.posted == b.id && me.rights.Post)
}

// apply changes the message; false if that changes nothing.
func (m *Message) apply(to change) bool {
	next := *m
	next.Buttons = to.markup.buttons
	if to.what != "markup" {
		next.Text, next.Entities = to.text.text, to.text.entities
	}
	switch to.what {
	case "text":
		next.Preview = to.preview
	case "media":
		next.Media = to.media
	}
	next.Preview.find(next.Text, next.Entities)
	if same(m, &next) {
		return false
	}
	*m = next
	return true
}

func same(a, b *Message) bool {
	return a.Text == b.Text && a.Preview == b.Preview && reflect.DeepEqual(a.Media, b.Media) &&
		(len(a.Entities) == 0 && len(b.Entities) == 0 || reflect.DeepEqual(a.Entities, b.Entities)) &&
		(len(a.Buttons) == 0 && len(b.Buttons) == 0 || reflect.DeepEqual(a.Buttons, b.Buttons))
}
