package telegramtest

import (
	"context"
	"fmt"
)

// View is a chat as a phone draws it; it marshals to JSON for a page that
// plays the phone.
type View struct {
	ID       int64     `json:"id"`
	Kind     Kind      `json:"kind"`
	Title    string    `json:"title"`
	Blocked  bool      `json:"blocked,omitempty"`
	Pinned   int       `json:"pinned,omitempty"`
	Keyboard *Keyboard `json:"keyboard,omitempty"` // under the input line
	Menu     []Command `json:"menu,omitempty"`     // of the bot, in private chats
	Messages []Message `json:"messages"`
}

// Messages are those that stand in the chat, oldest first: deleted ones are gone.
func (c *Chat) Messages() []Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.standing(nil)
}

// FromBots are the standing messages that bots wrote.
func (c *Chat) FromBots() []Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.standing(func(m *Message) bool { return m.FromBot })
}

// History is every message ever, deleted ones marked.
func (c *Chat) History() []Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	all := make([]Message, len(c.messages))
	for i, m := range c.messages {
		all[i] = *m
	}
	return all
}

// Message finds a message, deleted or not.
func (c *Chat) Message(id int) (Message, bool) {
	for _, m := range c.History() {
		if m.ID == id {
			return m, true
		}
	}
	return Message{}, false
}

func (c *Chat) standing(want func(*Message) bool) []Message {
	list := []Message{}
	for _, m := range c.messages {
		if !m.Deleted && (want == nil || want(m)) {
			list = append(list, *m)
		}
	}
	return list
}

// View draws the chat.
func (c *Chat) View() View {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	v := View{
		ID: c.id, Kind: c.kind, Title: c.title, Blocked: c.blocked, Pinned: c.pinned, Keyboard: c.keyboard,
		Messages: c.standing(nil),
	}
	if c.kind == Private && c.bot != nil {
		v.Title, v.Menu = c.bot.name, c.menu()
		if c.user != nil && c.bot.texts["name "+c.user.user.Language] != "" {
			v.Title = c.bot.texts["name "+c.user.user.Language]
		}
	}
	return v
}

// menu is the command menu that the user's app shows: the narrowest scope
// wins, and in it the user's language.
func (c *Chat) menu() []Command {
	language := ""
	if c.user != nil {
		language = c.user.user.Language
	}
	for _, scope := range []string{"chat:" + decimal(c.id), "all_private_chats", "default"} {
		for _, l := range []string{language, ""} {
			if menu := c.bot.menus[menuKey{scope, l}]; menu != nil {
				return menu
			}
		}
	}
	return nil
}

// Wait returns the messages that bots wrote once there are n of them.
func (c *Chat) Wait(ctx context.Context, n int) ([]Message, error) {
	return c.WaitFor(ctx, func(all []Message) bool { return len(all) >= n })
}

// WaitFor returns the messages that bots wrote as soon as they are as wanted;
// what it has seen until then, and an error, if the context ends first.
func (c *Chat) WaitFor(ctx context.Context, wanted func([]Message) bool) ([]Message, error) {
	for {
		changed := c.server.Changed()
		seen := c.FromBots()
		if wanted(seen) {
			return seen, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return seen, fmt.Errorf("wait in chat %d with %d messages of bots: %w", c.id, len(seen), context.Cause(ctx))
		}
	}
}
