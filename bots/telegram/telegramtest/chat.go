package telegramtest

import (
	"sort"
	"strings"
)

// Kind of a chat, in the Bot API's words.
type Kind string

// The four kinds.
const (
	Private    Kind = "private"
	Group      Kind = "group"
	Supergroup Kind = "supergroup"
	Channel    Kind = "channel"
)

// Chat is one chat of the world. A private chat is one user's with one bot.
type Chat struct {
	server   *Server
	id       int64
	kind     Kind
	title    string
	username string
	user     *Phone // of a private chat; nil for one of AnyChat's
	bot      *Bot   // of a private chat
	members  map[int64]*member
	blocked  bool // the user has blocked the bot
	started  bool // the user has written, so the bot may
	gone     bool // user deactivated, group deleted
	forum    bool
	topics   map[int]*topic
	moved    *Chat // the supergroup that the group became
	lastID   int   // of a supergroup or channel, which count for themselves
	messages []*Message
	pinned   int
	keyboard *Keyboard
}

type topic struct {
	name   string
	closed bool
}

// AddGroup makes a basic group.
func (s *Server) AddGroup(title string, creator *Phone) *Chat {
	return s.addChat(Group, title, "", creator)
}

// AddSupergroup makes a supergroup.
func (s *Server) AddSupergroup(title string, creator *Phone) *Chat {
	return s.addChat(Supergroup, title, "", creator)
}

// AddForum makes a supergroup with topics; see [Chat.AddTopic].
func (s *Server) AddForum(title string, creator *Phone) *Chat {
	c := s.addChat(Supergroup, title, "", creator)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.forum, c.topics = true, map[int]*topic{}
	return c
}

// AddChannel makes a channel, public if it has a username (without @).
func (s *Server) AddChannel(title, username string, creator *Phone) *Chat {
	return s.addChat(Channel, title, username, creator)
}

func (s *Server) addChat(kind Kind, title, username string, creator *Phone) *Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := -s.newID()
	if kind != Group {
		id -= 1_000_000_000_000
	}
	c := &Chat{server: s, id: id, kind: kind, title: title, username: username, members: map[int64]*member{}}
	if creator != nil {
		c.members[creator.user.ID] = &member{who: creator, status: "creator", rights: AllRights()}
	}
	if s.chats == nil {
		s.chats = map[int64]*Chat{}
	}
	s.chats[id] = c
	return c
}

// ID is the chat_id of the Bot API.
func (c *Chat) ID() int64 { return c.id }

// Kind of the chat.
func (c *Chat) Kind() Kind { return c.kind }

// AddTopic opens a topic in a forum and returns its message_thread_id.
func (c *Chat) AddTopic(name string) int {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.lastID++
	id := c.lastID
	c.topics[id] = &topic{name: name}
	return id
}

// CloseTopic lets only admins with the right to manage topics write there.
func (c *Chat) CloseTopic(thread int) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.topics[thread].closed = true
}

// DeleteTopic removes a topic and its messages.
func (c *Chat) DeleteTopic(thread int) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	delete(c.topics, thread)
	for _, m := range c.messages {
		if m.Thread == thread {
			m.Deleted = true
		}
	}
	c.server.notify()
}

// Delete deletes a group or channel for everyone, its name with it, or a private
// chat's user.
func (c *Chat) Delete() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.gone = true
}

// Migrate turns a basic group into a supergroup and returns that. The bots in
// it see migrate_to_chat_id and migrate_from_chat_id; calls with the old id
// are refused with parameters.migrate_to_chat_id.
func (c *Chat) Migrate() *Chat {
	next := c.server.addChat(Supergroup, c.title, "", nil)
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, m := range c.members {
		next.members[id] = m
	}
	old := s.put(c, &Message{Service: "migrated", MigrateTo: next.id})
	fresh := s.put(next, &Message{Service: "migrated", MigrateFrom: c.id})
	c.moved = next
	s.spread(c, old)
	s.spread(next, fresh)
	return next
}

// chat finds what a chat_id parameter names. The lock is held.
func (s *Server) chat(b *Bot, param string) (*Chat, *Error) {
	param = strings.TrimSpace(param)
	if param == "" {
		return nil, bad("chat_id is empty")
	}
	if name, ok := strings.CutPrefix(param, "@"); ok {
		for _, c := range s.chats {
			if c.username != "" && !c.gone && strings.EqualFold(c.username, name) {
				return c, nil
			}
		}
		return nil, bad("chat not found")
	}
	id := (&request{params: map[string]string{"n": param}}).number("n")
	if id > 0 {
		return s.privateByID(b, id)
	}
	if c := s.chats[id]; c != nil && (c.username != "" || c.members[b.id] != nil) {
		return c, nil
	}
	return nil, bad("chat not found") // never met
}

func (s *Server) privateByID(b *Bot, id int64) (*Chat, *Error) {
	if c := b.chats[id]; c != nil {
		return c, nil
	}
	if s.AnyChat {
		c := &Chat{server: s, id: id, kind: Private, user: s.users[id], bot: b, started: true}
		if !s.Forget {
			b.chats[id] = c
		}
		return c, nil
	}
	if p := s.users[id]; p != nil && s.meets(b, p) {
		return b.private(p), nil // known from a group, but has never written
	}
	return nil, bad("chat not found")
}

// meets tells whether a bot has seen a user in some group.
func (s *Server) meets(b *Bot, p *Phone) bool {
	for _, c := range s.chats {
		if c.kind != Channel && c.members[b.id] != nil && c.members[p.user.ID] != nil {
			return true
		}
	}
	return false
}

// access refuses what the bot cannot reach. The lock is held.
func (c *Chat) access(b *Bot) *Error {
	switch {
	case c.moved != nil:
		e := bad("group chat was upgraded to a supergroup chat")
		e.MigrateTo = c.moved.id
		return e
	case c.kind == Private && c.gone:
		return forbidden("user is deactivated")
	case c.kind == Private:
		return nil
	case c.gone && c.kind == Channel: // it has become one that is forbidden to everybody
		return forbidden("bot was kicked from the channel chat")
	case c.gone:
		return forbidden("the group chat was deleted")
	}
	switch m := c.members[b.id]; {
	case m != nil && m.status == "kicked":
		return forbidden("bot was kicked from the " + string(c.kind) + " chat")
	case m == nil || m.status == "left":
		return forbidden("bot is not a member of the " + string(c.kind) + " chat")
	}
	return nil
}

// find returns a message that still stands. The lock is held.
func (c *Chat) find(id int) *Message {
	i := sort.Search(len(c.messages), func(i int) bool { return c.messages[i].ID >= id })
	if i == len(c.messages) || c.messages[i].ID != id || c.messages[i].Deleted {
		return nil
	}
	return c.messages[i]
}

// nextMessageID follows Telegram: one sequence for each account in private
// chats and basic groups, one for each supergroup and channel.
func (c *Chat) nextMessageID() int {
	switch c.kind {
	case Private:
		return c.bot.nextMessageID()
	case Group:
		return c.nextGroupID()
	}
	c.lastID++
	return c.lastID
}

func (c *Chat) nextGroupID() int {
	var bots []*Bot
	id := c.lastID
	for _, m := range c.members {
		if b, ok := m.who.(*Bot); ok {
			bots, id = append(bots, b), max(id, b.lastID)
		}
	}
	for _, b := range bots {
		b.lastID = id + 1
	}
	c.lastID = id + 1
	return id + 1
}

type wireChat struct {
	ID        int64  `json:"id"`
	Type      Kind   `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

func (c *Chat) wire() wireChat {
	w := wireChat{ID: c.id, Type: c.kind, Title: c.title, Username: c.username, IsForum: c.forum}
	if c.kind == Private {
		w.FirstName = "Reader"
		if c.user != nil {
			u := c.user.user
			w.FirstName, w.LastName, w.Username = u.FirstName, u.LastName, u.Username
		}
	}
	return w
}
