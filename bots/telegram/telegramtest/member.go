package telegramtest

// Account is a [Bot] or a [Phone]: who can be in a group.
type Account interface {
	ID() int64
	account() wireUser
}

// Rights are an admin's, as far as the stand-in looks at them.
type Rights struct {
	Post         bool // channels: can_post_messages
	Edit         bool // channels: can_edit_messages
	Delete       bool // can_delete_messages
	Pin          bool // can_pin_messages
	ManageTopics bool // can_manage_topics
}

// AllRights are the creator's.
func AllRights() Rights {
	return Rights{Post: true, Edit: true, Delete: true, Pin: true, ManageTopics: true}
}

type member struct {
	who    Account
	status string // creator, administrator, member, restricted, left, kicked
	rights Rights
}

func (m *member) admin() bool {
	return m != nil && (m.status == "creator" || m.status == "administrator")
}

func (m *member) inside() bool {
	return m != nil && m.status != "left" && m.status != "kicked"
}

// Add puts an account into a group or channel, as the member by does it (nil:
// by itself). Bots join channels only as admins: use Promote there.
func (c *Chat) Add(who, by Account) {
	c.change(who, by, "member", Rights{})
}

// Remove takes an account out of the chat: kicked if somebody else does it,
// left otherwise.
func (c *Chat) Remove(who, by Account) {
	status := "kicked"
	if by == nil || by.ID() == who.ID() {
		status = "left"
	}
	c.change(who, by, status, Rights{})
}

// Promote makes an account an admin with these rights.
func (c *Chat) Promote(who, by Account, rights Rights) {
	c.change(who, by, "administrator", rights)
}

// Demote makes an admin a plain member.
func (c *Chat) Demote(who, by Account) {
	c.change(who, by, "member", Rights{})
}

// Mute keeps a member from sending anything.
func (c *Chat) Mute(who, by Account) {
	c.change(who, by, "restricted", Rights{})
}

func (c *Chat) change(who, by Account, status string, rights Rights) {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if by == nil {
		by = who
	}
	s.changeMember(c, who, by, status, rights)
}

// changeMember moves a member and tells the bots. The lock is held.
func (s *Server) changeMember(c *Chat, who, by Account, status string, rights Rights) {
	before := c.members[who.ID()]
	if before == nil {
		before = &member{who: who, status: "left"}
	}
	after := &member{who: who, status: status, rights: rights}
	c.members[who.ID()] = after
	at := s.now().Unix()
	updated := wireMemberUpdated{
		Chat: c.wire(), From: by.account(), Date: at, Old: before.wire(c.kind), New: after.wire(c.kind),
	}
	for _, m := range c.members {
		b, ok := m.who.(*Bot)
		switch {
		case !ok:
		case b.id == who.ID():
			b.push(update{kind: "my_chat_member", MyChatMember: &updated})
		case m.admin():
			b.push(update{kind: "chat_member", ChatMember: &updated})
		}
	}
	s.tellMembership(c, before, after, by)
	s.notify()
}

// tellMembership writes the service message of a group.
func (s *Server) tellMembership(c *Chat, before, after *member, by Account) {
	if c.kind == Channel || before.inside() == after.inside() {
		return
	}
	m := &Message{From: by.ID(), sender: by, Service: "left", Who: after.who.account().FirstName}
	user := after.who.account()
	if after.inside() {
		m.Service, m.joined = "joined", []wireUser{user}
	} else {
		m.left = &user
	}
	s.spread(c, s.put(c, m))
}

type wireMember struct {
	Status       string   `json:"status"`
	User         wireUser `json:"user"`
	IsAnonymous  *bool    `json:"is_anonymous,omitempty"`
	CanBeEdited  *bool    `json:"can_be_edited,omitempty"`
	CanPost      *bool    `json:"can_post_messages,omitempty"`
	CanEdit      *bool    `json:"can_edit_messages,omitempty"`
	CanDelete    *bool    `json:"can_delete_messages,omitempty"`
	CanPin       *bool    `json:"can_pin_messages,omitempty"`
	ManageTopics *bool    `json:"can_manage_topics,omitempty"`
	ManageChat   *bool    `json:"can_manage_chat,omitempty"`
	IsMember     *bool    `json:"is_member,omitempty"`
	CanSend      *bool    `json:"can_send_messages,omitempty"`
	UntilDate    *int64   `json:"until_date,omitempty"`
}

func (m *member) wire(kind Kind) wireMember {
	w := wireMember{Status: m.status, User: m.who.account()}
	yes, no, never := true, false, int64(0)
	switch m.status {
	case "creator":
		w.IsAnonymous = &no
	case "administrator":
		r := m.rights
		w.IsAnonymous, w.CanBeEdited, w.ManageChat, w.CanDelete = &no, &no, &yes, &r.Delete
		if kind == Channel {
			w.CanPost, w.CanEdit = &r.Post, &r.Edit
		} else {
			w.CanPin, w.ManageTopics = &r.Pin, &r.ManageTopics
		}
	case "restricted":
		w.IsMember, w.CanSend, w.UntilDate = &yes, &no, &never
	case "kicked":
		w.UntilDate = &never
	}
	return w
}

type wireMemberUpdated struct {
	Chat wireChat   `json:"chat"`
	From wireUser   `json:"from"`
	Date int64      `json:"date"`
	Old  wireMember `json:"old_chat_member"`
	New  wireMember `json:"new_chat_member"`
}
