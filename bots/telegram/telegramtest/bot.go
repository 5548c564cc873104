package telegramtest

import (
	"strconv"
	"strings"
)

// Bot is one bot account of the server.
type Bot struct {
	server   *Server
	id       int64
	token    string
	username string
	name     string
	readsAll bool
	revoked  bool
	chats    map[int64]*Chat // private chats, by user id
	lastID   int             // of private chats and basic groups
	menus    map[menuKey][]Command
	texts    map[string]string // name and descriptions, by "method lang"
	queue    queue
	hook     *webhook
	presses  map[string]*Press
	pressed  int64
}

// AddBot makes a bot. The number before the token's colon is its user id.
func (s *Server) AddBot(token, username string) *Bot {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, err := strconv.ParseInt(strings.SplitN(token, ":", 2)[0], 10, 64)
	if err != nil || id <= 0 {
		panic("telegramtest: a token is <bot id>:<secret>")
	}
	b := &Bot{
		server: s, id: id, token: token, username: username, name: username,
		chats: map[int64]*Chat{}, menus: map[menuKey][]Command{}, texts: map[string]string{},
		presses: map[string]*Press{},
	}
	b.queue.next = int(id%1_000_000)*1000 + 1
	if s.bots == nil {
		s.bots = map[string]*Bot{}
	}
	s.bots[token] = b
	return b
}

// ID is the bot's user id.
func (b *Bot) ID() int64 { return b.id }

// Username is without @.
func (b *Bot) Username() string { return b.username }

// Token is what the program is configured with.
func (b *Bot) Token() string { return b.token }

// ReadEverything turns the privacy mode of groups off (it is on at first: a
// bot that is no admin sees only what is meant for it).
func (b *Bot) ReadEverything() {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	b.readsAll = true
}

// Revoke makes every call with the bot's token fail with 401, as after
// /revoke in BotFather.
func (b *Bot) Revoke() {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	b.revoked = true
	b.stopWebhook()
	b.endPoll(&Error{Code: 401, Description: "Unauthorized"})
}

// Restore undoes Revoke.
func (b *Bot) Restore() {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	b.revoked = false
}

func (b *Bot) account() wireUser {
	return wireUser{ID: b.id, IsBot: true, FirstName: b.name, Username: b.username}
}

// private is the chat of the bot and a user, made if need be. The lock is held.
func (b *Bot) private(user *Phone) *Chat {
	if c := b.chats[user.user.ID]; c != nil {
		if c.user == nil { // was only an id so far
			c.user = user
		}
		return c
	}
	c := &Chat{server: b.server, id: user.user.ID, kind: Private, user: user, bot: b}
	b.chats[c.id] = c
	return c
}

// nextMessageID counts for the account: private chats and basic groups share
// one sequence, as in Telegram.
func (b *Bot) nextMessageID() int {
	b.lastID++
	return b.lastID
}

type wireUser struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name,omitempty"`
	Username  string `json:"username,omitempty"`
	Language  string `json:"language_code,omitempty"`
	Premium   bool   `json:"is_premium,omitempty"`
}

type wireMe struct {
	wireUser
	CanJoinGroups   bool `json:"can_join_groups"`
	CanReadAll      bool `json:"can_read_all_group_messages"`
	SupportsInline  bool `json:"supports_inline_queries"`
	CanConnect      bool `json:"can_connect_to_business"`
	HasMainWebApp   bool `json:"has_main_web_app"`
	HasTopicsActive bool `json:"has_topics_enabled"`
}

func (s *Server) getMe(b *Bot, _ *request) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return wireMe{wireUser: b.account(), CanJoinGroups: true, CanReadAll: b.readsAll}, nil
}
