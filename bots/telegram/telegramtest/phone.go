package telegramtest

import (
	"fmt"
	"strings"
)

// User is a person. The zero ID is replaced by a fresh one.
type User struct {
	ID        int64
	FirstName string
	LastName  string
	Username  string
	Language  string // language_code, such as ar
}

// Phone is a user's Telegram: what the person does, and what they see.
type Phone struct {
	server *Server
	user   User
}

// Draft is a message that a person is about to send.
type Draft struct {
	Text      string // the caption, if there is Media
	Media     *Media // Kind, and what belongs to it; FileID is filled in if empty
	Thread    int
	ReplyTo   int
	Album     string   // shared by media that are sent together
	Forwarded string   // the name of whoever wrote it first
	Entities  []Entity // what the person marked; commands, links and such are found
}

// AddUser makes a person.
func (s *Server) AddUser(u User) *Phone {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == 0 {
		u.ID = s.newID()
	}
	if u.FirstName == "" {
		u.FirstName = "Reader"
	}
	if s.users == nil {
		s.users = map[int64]*Phone{}
	}
	p := &Phone{server: s, user: u}
	s.users[u.ID] = p
	return p
}

// ID is the user id, and the chat id of private chats with the user.
func (p *Phone) ID() int64 { return p.user.ID }

func (p *Phone) account() wireUser {
	u := p.user
	return wireUser{ID: u.ID, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username, Language: u.Language}
}

// Private is the user's chat with a bot. The bot cannot write there before
// the user has.
func (p *Phone) Private(b *Bot) *Chat {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return b.private(p)
}

// Start opens the private chat and presses Start, with a deep link's payload
// if there is one (t.me/BOT?start=PAYLOAD).
func (p *Phone) Start(b *Bot, payload string) *Chat {
	c := p.Private(b)
	p.Unblock(b)
	p.SendText(c, strings.TrimSpace("/start "+payload))
	return c
}

// SendText sends a text and returns its message id.
func (p *Phone) SendText(c *Chat, text string) int {
	return p.Send(c, Draft{Text: text})
}

// SendPhoto sends a photo with a caption.
func (p *Phone) SendPhoto(c *Chat, caption string) int {
	return p.Send(c, Draft{Text: caption, Media: &Media{Kind: "photo"}})
}

// SendSticker sends a sticker that stands for an emoji.
func (p *Phone) SendSticker(c *Chat, emoji string) int {
	return p.Send(c, Draft{Media: &Media{Kind: "sticker", Emoji: emoji}})
}

// SendVoice sends a voice message.
func (p *Phone) SendVoice(c *Chat) int {
	return p.Send(c, Draft{Media: &Media{Kind: "voice"}})
}

// SendLocation sends a place.
func (p *Phone) SendLocation(c *Chat, lat, lon float64) int {
	return p.Send(c, Draft{Media: &Media{Kind: "location", Lat: lat, Lon: lon}})
}

// Send sends a message and returns its id. In a channel it is posted in the
// channel's name. A user who had blocked the bot has to unblock it first.
func (p *Phone) Send(c *Chat, d Draft) int {
	text := cleanFormatted(d.Text, d.Entities)
	if text.problem != nil || d.Media == nil && text.text == "" {
		panic(fmt.Sprintf("telegramtest: no app would send %q", d.Text))
	}
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{
		Text: text.text, Entities: text.entities, Thread: d.Thread, ReplyTo: d.ReplyTo,
		Forwarded: d.Forwarded, Album: d.Album, sender: p,
	}
	m.Preview.find(m.Text, m.Entities)
	if d.Media != nil {
		media := *d.Media
		if media.FileID == "" && media.Kind != "location" {
			media.FileID = fmt.Sprintf("CgAC%s-%d", media.Kind, s.newID())
		}
		if media.Data != nil {
			s.keep(c, &media)
		}
		m.Media = &media
	}
	if d.Forwarded != "" {
		m.origin = &wireOrigin{Type: "hidden_user", Date: s.now().Unix(), Name: d.Forwarded}
	}
	if c.kind == Channel {
		m.sender = nil
	}
	if c.kind == Private {
		c.started = true
	}
	s.put(c, m)
	s.spread(c, m)
	return m.ID
}

// Edit changes a text or caption that the person sent before.
func (p *Phone) Edit(c *Chat, message int, text string) error {
	s := p.server
	body := cleanFormatted(text, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	m := c.find(message)
	if m == nil || m.sender != Account(p) {
		return fmt.Errorf("edit message %d: not one of this user's", message)
	}
	m.Text, m.Entities = body.text, body.entities
	m.Edited = s.now()
	m.Edits++
	s.notify()
	s.spreadEdit(c, m)
	return nil
}

// Delete takes a message away for everyone. Bots are not told.
func (p *Phone) Delete(c *Chat, message int) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := c.find(message); m != nil {
		m.Deleted = true
		s.notify()
	}
}

// Block stops the bot; it is told by my_chat_member.
func (p *Phone) Block(b *Bot) { p.setBlocked(b, true) }

// Unblock lets the bot write again.
func (p *Phone) Unblock(b *Bot) { p.setBlocked(b, false) }

func (p *Phone) setBlocked(b *Bot, blocked bool) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c := b.private(p)
	if c.blocked == blocked {
		return
	}
	c.blocked = blocked
	member, kicked := wireMember{Status: "member", User: b.account()}, wireMember{Status: "kicked", User: b.account()}
	change := &wireMemberUpdated{Chat: c.wire(), From: p.account(), Date: s.now().Unix(), Old: kicked, New: member}
	if blocked {
		change.Old, change.New = member, kicked
	}
	b.push(update{kind: "my_chat_member", MyChatMember: change})
	s.notify()
}
