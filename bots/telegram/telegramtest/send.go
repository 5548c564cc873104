package telegramtest

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// outgoing is a message that a bot wants to send, read but not yet judged.
type outgoing struct {
	chat      string
	thread    int
	text      formatted
	media     *Media
	markup    markup
	reply     replyTo
	preview   Preview
	silent    bool
	protected bool
}

type replyTo struct {
	ID      int             `json:"message_id"`
	Chat    json.RawMessage `json:"chat_id"`
	Without bool            `json:"allow_sending_without_reply"`
}

// readOutgoing reads what all sending methods share.
func readOutgoing(q *request) (outgoing, *Error) {
	o := outgoing{
		chat: q.params["chat_id"], thread: max(0, int(q.number("message_thread_id"))),
		silent: q.truth("disable_notification"), protected: q.truth("protect_content"),
	}
	var fail *Error
	if o.markup, fail = readMarkup(q.params["reply_markup"]); fail != nil {
		return o, fail
	}
	o.reply = replyTo{ID: int(q.number("reply_to_message_id")), Without: q.truth("allow_sending_without_reply")}
	if raw := q.params["reply_parameters"]; raw != "" {
		if !json.Valid([]byte(raw)) {
			return o, bad("can't parse reply parameters JSON object")
		}
		if json.Unmarshal([]byte(raw), &o.reply) != nil {
			return o, bad("object expected as reply parameters")
		}
	}
	return o, nil
}

func (s *Server) sendMessage(b *Bot, q *request) (any, *Error) {
	text := q.params["text"]
	if text == "" {
		return nil, bad("message text is empty")
	}
	body, fail := readText(text, q.params["parse_mode"], q.params["entities"])
	if fail != nil {
		return nil, fail
	}
	o, fail := readOutgoing(q)
	if fail != nil {
		return nil, fail
	}
	if o.preview, fail = readPreview(q); fail != nil {
		return nil, fail
	}
	o.text = body
	return s.send(b, o)
}

func (s *Server) sendMedia(kind string) method {
	return func(b *Bot, q *request) (any, *Error) {
		media, fail := s.media(b, q, kind, kind)
		if fail != nil {
			return nil, fail
		}
		media.Above, media.Spoiler = q.truth("show_caption_above_media"), q.truth("has_spoiler")
		body, fail := readText(q.params["caption"], q.params["parse_mode"], q.params["caption_entities"])
		if fail != nil {
			return nil, fail
		}
		o, fail := readOutgoing(q)
		if fail != nil {
			return nil, fail
		}
		o.text, o.media = body, media
		return s.send(b, o)
	}
}

func (s *Server) send(b *Bot, o outgoing) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, reply, fail := s.judge(b, o)
	if fail != nil {
		return nil, fail
	}
	if fail := s.pace.take(s, b, c, 1); fail != nil {
		return nil, fail
	}
	m := s.deliver(b, c, o, reply, "")
	return c.show(m, true), nil
}

// judge decides whether a message may be sent, in the real server's order. The
// lock is held.
func (s *Server) judge(b *Bot, o outgoing) (*Chat, int, *Error) {
	c, fail := s.chat(b, o.chat)
	if fail != nil {
		return nil, 0, fail
	}
	if fail := c.access(b); fail != nil {
		return nil, 0, fail
	}
	if c.forum && (o.thread == 1 || o.thread != 0 && c.topics[o.thread] == nil) {
		return nil, 0, bad("message thread not found")
	}
	reply, fail := s.judgeReply(b, c, o.reply)
	if fail != nil {
		return nil, 0, fail
	}
	if fail := c.mayPost(b, o.media); fail != nil {
		return nil, 0, fail
	}
	if fail := o.text.check(o.media != nil); fail != nil {
		return nil, 0, fail
	}
	if fail := c.checkMarkup(o.markup); fail != nil {
		return nil, 0, fail
	}
	switch {
	case s.Refuse != nil && s.Refuse(b, c.id) != nil:
		return nil, 0, s.Refuse(b, c.id)
	case c.kind == Private && c.blocked:
		return nil, 0, forbidden("bot was blocked by the user")
	case c.kind == Private && !c.started && !s.AnyChat:
		return nil, 0, forbidden("bot can't initiate conversation with a user")
	case o.thread != 0 && c.forum && c.topics[o.thread].closed && !c.members[b.id].rights.ManageTopics:
		return nil, 0, bad("TOPIC_CLOSED")
	}
	return c, reply, nil
}

// judgeReply finds the message replied to; 0 is none.
func (s *Server) judgeReply(b *Bot, c *Chat, to replyTo) (int, *Error) {
	if to.ID <= 0 {
		return 0, nil
	}
	in := c
	if name := strings.Trim(string(to.Chat), `"`); name != "" && name != "null" {
		var fail *Error
		if in, fail = s.chat(b, name); fail != nil {
			return 0, fail
		}
	}
	switch {
	case in.find(to.ID) != nil && in == c:
		return to.ID, nil
	case in.find(to.ID) != nil || to.Without:
		return 0, nil
	}
	return 0, bad("message to be replied not found")
}

// mayPost looks at the bot's rights in groups and channels.
func (c *Chat) mayPost(b *Bot, media *Media) *Error {
	m := c.members[b.id]
	poster := m.admin() && m.rights.Post
	switch {
	case c.kind == Channel && !poster:
		return bad("need administrator rights in the channel chat")
	case m != nil && m.status == "restricted":
		what := "text messages"
		if media != nil {
			what = media.Kind + "s"
		}
		return bad("not enough rights to send " + what + " to the chat")
	}
	return nil
}

// check measures a text after entity parsing.
func (f formatted) check(caption bool) *Error {
	switch {
	case f.problem != nil:
		return f.problem
	case caption && utf8.RuneCountInString(f.text) > maxCaption:
		return bad("message caption is too long")
	case caption:
		return nil
	case f.text == "":
		return bad("text must be non-empty")
	case utf8.RuneCountInString(f.text) > maxText:
		return bad("message is too long")
	}
	return nil
}

// deliver puts a bot's message into the chat and shows it to the other bots.
// The lock is held.
func (s *Server) deliver(b *Bot, c *Chat, o outgoing, reply int, album string) *Message {
	m := &Message{
		Thread: o.thread, Text: o.text.text, Entities: o.text.entities, Media: o.media, Album: album,
		Buttons: o.markup.buttons, Keyboard: o.markup.keyboard, ReplyTo: reply,
		Silent: o.silent, Protected: o.protected, Preview: o.preview, sender: b,
	}
	if !c.forum {
		m.Thread = 0
	}
	m.Preview.find(m.Text, m.Entities)
	if c.kind == Channel {
		m.sender, m.Keyboard = nil, nil
	}
	if to := c.find(reply); to != nil && m.Thread == 0 {
		m.Thread = to.Thread // an answer goes where the question was asked
	}
	if s.put(c, m); c.kind == Channel {
		m.FromBot, m.posted = true, b.id
		s.spread(c, m) // to the other bots
	}
	return m
}

func (s *Server) sendChatAction(b *Bot, q *request) (any, *Error) {
	switch q.params["action"] {
	case "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
		"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note":
	default:
		return nil, bad("wrong parameter action in request")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, fail := s.chat(b, q.params["chat_id"])
	if fail == nil {
		fail = c.access(b)
	}
	return true, fail
}
