package telegramtest

import (
	"time"
)

// Message is a message as the phones of its chat show it. It is a copy: the
// world goes on without it.
type Message struct {
	ID       int       `json:"id"`
	Chat     int64     `json:"chat"`
	Thread   int       `json:"thread,omitempty"`
	From     int64     `json:"from"` // user, bot, or the channel itself
	Name     string    `json:"name,omitempty"`
	FromBot  bool      `json:"from_bot"`
	Date     time.Time `json:"date"`
	Edited   time.Time `json:"edited,omitzero"`
	Edits    int       `json:"edits,omitempty"`
	Deleted  bool      `json:"deleted,omitempty"`
	Text     string    `json:"text"` // the caption, if there is Media
	Entities []Entity  `json:"entities,omitempty"`
	Media    *Media    `json:"media,omitempty"`
	Album    string    `json:"album,omitempty"` // shared by an album's items
	// Buttons is the inline keyboard, row by row, left to right.
	Buttons [][]Button `json:"buttons,omitempty"`
	// Keyboard is the reply keyboard (or its removal) that came with it.
	Keyboard  *Keyboard `json:"keyboard,omitempty"`
	ReplyTo   int       `json:"reply_to,omitempty"`
	Silent    bool      `json:"silent,omitempty"`
	Protected bool      `json:"protected,omitempty"`
	Preview   Preview   `json:"preview"`
	Forwarded string    `json:"forwarded,omitempty"` // the origin's name
	Pinned    bool      `json:"pinned,omitempty"`
	// Service is joined, left, migrated or pinned for a service message.
	Service     string `json:"service,omitempty"`
	Who         string `json:"who,omitempty"` // whom a service message is about
	MigrateTo   int64  `json:"migrate_to,omitempty"`
	MigrateFrom int64  `json:"migrate_from,omitempty"`

	sender Account // nil for a channel post
	posted int64   // the bot that wrote a channel post; 0: a person
	joined []wireUser
	left   *wireUser
	origin *wireOrigin
}

// Media is what a message carries besides text.
type Media struct {
	Kind   string  `json:"kind"` // photo, video, video_note, animation, document, sticker, voice, location
	FileID string  `json:"file_id,omitempty"`
	URL    string  `json:"url,omitempty"` // where the server got it, if by URL
	Name   string  `json:"name,omitempty"`
	Size   int     `json:"size,omitempty"`
	MIME   string  `json:"mime,omitempty"`  // of a document and a video
	Data   []byte  `json:"-"`               // what a phone sends
	Emoji  string  `json:"emoji,omitempty"` // of a sticker
	Lat    float64 `json:"lat,omitempty"`
	Lon    float64 `json:"lon,omitempty"`
	// Above shows the caption over the picture.
	Above   bool `json:"above,omitempty"`
	Spoiler bool `json:"spoiler,omitempty"`
}

// Preview is what link_preview_options asked for. URL is the page that would
// be shown: the one asked for, else the text's first link; empty if none.
type Preview struct {
	URL      string `json:"url,omitempty"`
	Disabled bool   `json:"disabled,omitempty"`
	Small    bool   `json:"small,omitempty"`
	Large    bool   `json:"large,omitempty"`
	Above    bool   `json:"above,omitempty"`
	asked    string
}

// put stores a message at the end of a chat and dates it. The lock is held.
func (s *Server) put(c *Chat, m *Message) *Message {
	m.ID = c.nextMessageID()
	m.Chat, m.Date = c.id, s.now()
	if m.sender != nil {
		who := m.sender.account()
		m.From, m.Name, m.FromBot = who.ID, who.FirstName, who.IsBot
	} else {
		m.From, m.Name = c.id, c.title
	}
	if !s.Forget {
		c.messages = append(c.messages, m)
	}
	if m.Keyboard != nil {
		c.keyboard = m.Keyboard
		if m.Keyboard.Remove || m.Keyboard.ForceReply {
			c.keyboard = nil
		}
	}
	s.notify()
	return m
}

type wireOrigin struct {
	Type string    `json:"type"`
	Date int64     `json:"date"`
	Name string    `json:"sender_user_name,omitempty"`
	User *wireUser `json:"sender_user,omitempty"`
	Chat *wireChat `json:"chat,omitempty"`
}

type wireMessage struct {
	ID         int          `json:"message_id"`
	Thread     int          `json:"message_thread_id,omitempty"`
	From       *wireUser    `json:"from,omitempty"`
	SenderChat *wireChat    `json:"sender_chat,omitempty"`
	Chat       wireChat     `json:"chat"`
	Date       int64        `json:"date"`
	EditDate   int64        `json:"edit_date,omitempty"`
	Origin     *wireOrigin  `json:"forward_origin,omitempty"`
	IsTopic    bool         `json:"is_topic_message,omitempty"`
	ReplyTo    *wireMessage `json:"reply_to_message,omitempty"`
	Protected  bool         `json:"has_protected_content,omitempty"`
	Album      string       `json:"media_group_id,omitempty"`
	Text       string       `json:"text,omitempty"`
	Entities   []Entity     `json:"entities,omitempty"`
	Preview    *wirePreview `json:"link_preview_options,omitempty"`
	wireMedia
	Caption         string       `json:"caption,omitempty"`
	CaptionEntities []Entity     `json:"caption_entities,omitempty"`
	Above           bool         `json:"show_caption_above_media,omitempty"`
	Joined          []wireUser   `json:"new_chat_members,omitempty"`
	Left            *wireUser    `json:"left_chat_member,omitempty"`
	MigrateTo       int64        `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64        `json:"migrate_from_chat_id,omitempty"`
	Pinned          *wireMessage `json:"pinned_message,omitempty"`
	Markup          *wireMarkup  `json:"reply_markup,omitempty"`
}

type wireMarkup struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// show is the message as the Bot API gives it. The lock is held.
func (c *Chat) show(m *Message, withReply bool) *wireMessage {
	w := &wireMessage{
		ID: m.ID, Thread: m.Thread, IsTopic: m.Thread != 0, Chat: c.wire(), Date: m.Date.Unix(),
		Origin: m.origin, Protected: m.Protected, Album: m.Album,
		Joined: m.joined, Left: m.left, MigrateTo: m.MigrateTo, MigrateFrom: m.MigrateFrom,
	}
	if m.sender != nil {
		who := m.sender.account()
		w.From = &who
	} else {
		w.SenderChat = &w.Chat
	}
	if !m.Edited.IsZero() {
		w.EditDate = m.Edited.Unix()
	}
	if m.Media == nil {
		w.Text, w.Entities, w.Preview = m.Text, m.Entities, m.Preview.wire()
	} else {
		w.Caption, w.CaptionEntities, w.Above = m.Text, m.Entities, m.Media.Above
		w.wireMedia = m.Media.wire()
	}
	if len(m.Buttons) > 0 {
		w.Markup = &wireMarkup{Rows: m.Buttons}
	}
	if withReply && m.ReplyTo != 0 {
		if to := c.find(m.ReplyTo); to != nil {
			w.ReplyTo = c.show(to, false)
		}
	}
	if m.Service == "pinned" {
		if to := c.find(c.pinned); to != nil && withReply {
			w.Pinned = c.show(to, false)
		}
	}
	return w
}
