package telegramtest

import (
	"slices"
	"strings"
)

// update is one Update of the Bot API; kind is the name of its field.
type update struct {
	ID           int                `json:"update_id"`
	Message      *wireMessage       `json:"message,omitempty"`
	Edited       *wireMessage       `json:"edited_message,omitempty"`
	Post         *wireMessage       `json:"channel_post,omitempty"`
	EditedPost   *wireMessage       `json:"edited_channel_post,omitempty"`
	Callback     *wireCallback      `json:"callback_query,omitempty"`
	MyChatMember *wireMemberUpdated `json:"my_chat_member,omitempty"`
	ChatMember   *wireMemberUpdated `json:"chat_member,omitempty"`
	kind         string
}

// queue holds a bot's updates until they are confirmed.
type queue struct {
	next    int
	pending []update
	done    []update // the last confirmed ones, for Redeliver
	allowed []string // nil: the default set
	wake    chan struct{}
	poll    *poll
	history pollHistory
}

const keepDone = 200

// push queues an update if the bot asked for its kind. The lock is held.
func (b *Bot) push(u update) {
	allowed := u.kind != "chat_member"
	if b.queue.allowed != nil {
		allowed = slices.Contains(b.queue.allowed, u.kind)
	}
	if !allowed || b.revoked {
		return
	}
	u.ID = b.queue.next
	b.queue.next++
	b.queue.pending = append(b.queue.pending, u)
	b.wakeUp()
}

func (b *Bot) wakeUp() {
	if b.queue.wake != nil {
		close(b.queue.wake)
		b.queue.wake = nil
	}
}

// waiting returns the channel that the next update closes. The lock is held.
func (b *Bot) waiting() <-chan struct{} {
	if b.queue.wake == nil {
		b.queue.wake = make(chan struct{})
	}
	return b.queue.wake
}

// confirm forgets the updates below an offset. The lock is held.
func (b *Bot) confirm(offset int) {
	q := &b.queue
	n := 0
	for n < len(q.pending) && q.pending[n].ID < offset {
		n++
	}
	if n == 0 {
		return
	}
	q.done = append(q.done, q.pending[:n]...)
	if extra := len(q.done) - keepDone; extra > 0 {
		q.done = slices.Clone(q.done[extra:])
	}
	q.pending = slices.Clone(q.pending[n:])
	b.server.notify()
}

// Redeliver queues the last n confirmed updates once more, with the same
// update ids, as happens after a bot dies before it confirmed them.
func (b *Bot) Redeliver(n int) {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	q := &b.queue
	n = min(n, len(q.done))
	again := slices.Clone(q.done[len(q.done)-n:])
	q.done = q.done[:len(q.done)-n]
	q.pending = append(again, q.pending...)
	b.wakeUp()
}

// Pending tells how many updates the bot has not confirmed.
func (b *Bot) Pending() int {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	return len(b.queue.pending)
}

// spread queues a new message for every bot that may see it. The lock is held.
func (s *Server) spread(c *Chat, m *Message) {
	s.eachReader(c, m, func(b *Bot) {
		if c.kind == Channel {
			b.push(update{kind: "channel_post", Post: c.show(m, true)})
		} else {
			b.push(update{kind: "message", Message: c.show(m, true)})
		}
	})
}

// spreadEdit queues an edited message likewise.
func (s *Server) spreadEdit(c *Chat, m *Message) {
	s.eachReader(c, m, func(b *Bot) {
		if c.kind == Channel {
			b.push(update{kind: "edited_channel_post", EditedPost: c.show(m, true)})
		} else {
			b.push(update{kind: "edited_message", Edited: c.show(m, true)})
		}
	})
}

func (s *Server) eachReader(c *Chat, m *Message, tell func(*Bot)) {
	if c.kind == Private {
		if c.bot != nil && m.sender != Account(c.bot) {
			tell(c.bot)
		}
		return
	}
	for _, one := range c.members {
		b, ok := one.who.(*Bot)
		if ok && one.inside() && m.sender != Account(b) && m.posted != b.id && c.sees(b, one, m) {
			tell(b)
		}
	}
}

// sees is the privacy mode of groups: a plain bot gets commands for it,
// mentions, replies to it and service messages.
func (c *Chat) sees(b *Bot, me *member, m *Message) bool {
	if c.kind == Channel || me.admin() || b.readsAll || m.Service != "" {
		return true
	}
	if m.FromBot {
		return false
	}
	if to := c.find(m.ReplyTo); to != nil && to.sender == Account(b) {
		return true
	}
	for _, e := range m.Entities {
		part := strings.ToLower(utf16Slice(m.Text, e.Offset, e.Length))
		at := "@" + strings.ToLower(b.username)
		switch {
		case e.Type == "mention" && part == at:
			return true
		case e.Type == "bot_command" && (!strings.Contains(part, "@") || strings.HasSuffix(part, at)):
			return true
		}
	}
	return false
}
