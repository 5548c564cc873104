package telegramtest

import (
	"cmp"
	"slices"
)

// chatMethod are the methods that ask about a chat.
func (s *Server) chatMethod(name string) method {
	return func(b *Bot, q *request) (any, *Error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		c, fail := s.chat(b, q.params["chat_id"])
		if fail != nil {
			return nil, fail
		}
		if fail := c.readable(b); fail != nil {
			return nil, fail
		}
		switch name {
		case "getchat":
			return c.full(), nil
		case "getchatmember":
			return c.getMember(b, q.number("user_id"))
		case "getchatadministrators":
			return c.administrators(b)
		case "getchatmembercount":
			return c.count(), nil
		}
		if c.kind == Private {
			return nil, bad("CHAT_ID_INVALID")
		}
		s.changeMember(c, b, b, "left", Rights{})
		return true, nil
	}
}

// readable is access, except that a public chat can be read from outside and a
// migrated or blocked one still be looked at.
func (c *Chat) readable(b *Bot) *Error {
	if c.username != "" || c.moved != nil || c.kind == Private {
		return nil
	}
	return c.access(b)
}

type wireFullChat struct {
	wireChat
	Accent        int            `json:"accent_color_id"`
	MaxReactions  int            `json:"max_reaction_count"`
	Gifts         map[string]any `json:"accepted_gift_types"`
	PinnedMessage *wireMessage   `json:"pinned_message,omitempty"`
}

func (c *Chat) full() wireFullChat {
	w := wireFullChat{wireChat: c.wire(), MaxReactions: 11, Gifts: map[string]any{}}
	if m := c.find(c.pinned); m != nil {
		w.PinnedMessage = c.show(m, false)
	}
	return w
}

func (c *Chat) getMember(b *Bot, user int64) (any, *Error) {
	if user <= 0 {
		return nil, bad("invalid user_id specified")
	}
	if c.kind == Private {
		if user == b.id {
			return wireMember{Status: "member", User: b.account()}, nil
		}
		return nil, bad("member not found")
	}
	if m := c.members[user]; m != nil {
		return m.wire(c.kind), nil
	}
	if p := c.server.users[user]; p != nil {
		return wireMember{Status: "left", User: p.account()}, nil
	}
	if user == b.id {
		return wireMember{Status: "left", User: b.account()}, nil
	}
	return nil, bad("user not found")
}

// administrators leaves out other bots, as the real server does.
func (c *Chat) administrators(b *Bot) (any, *Error) {
	if c.kind == Private {
		return nil, bad("there are no administrators in the private chat")
	}
	list := []wireMember{}
	for _, m := range c.members {
		if other, isBot := m.who.(*Bot); m.admin() && (!isBot || other == b) {
			list = append(list, m.wire(c.kind))
		}
	}
	slices.SortFunc(list, func(x, y wireMember) int { return cmp.Compare(x.User.ID, y.User.ID) })
	return list, nil
}

func (c *Chat) count() int {
	if c.kind == Private {
		return 2
	}
	n := 0
	for _, m := range c.members {
		if m.inside() {
			n++
		}
	}
	return n
}

func (s *Server) pinChatMessage(b *Bot, q *request) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, fail := s.message(b, q, "message to pin")
	if fail != nil {
		return nil, fail
	}
	me := c.members[b.id]
	allowed := c.kind == Private || me.admin() && (me.rights.Pin || c.kind == Channel && me.rights.Edit)
	if !allowed {
		return nil, bad("not enough rights to manage pinned messages in the chat")
	}
	for _, other := range c.messages {
		other.Pinned = false
	}
	m.Pinned, c.pinned = true, m.ID
	s.notify()
	return true, nil
}
