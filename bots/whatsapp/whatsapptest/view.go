package whatsapptest

// View is everything that a page about the demo shows, in JSON: the readers'
// phones, groups and channels. It is a copy.
type View struct {
	Paired    bool          `json:"paired"`
	Connected bool          `json:"connected"`
	Number    string        `json:"number"`
	Readers   []ReaderView  `json:"readers"`
	Groups    []GroupView   `json:"groups,omitempty"`
	Channels  []ChannelView `json:"channels,omitempty"`
}

// ReaderView is one phone: the chat with the bot, both sides.
type ReaderView struct {
	Name   string    `json:"name"`
	Number string    `json:"number"`
	LID    string    `json:"lid"`
	Typing bool      `json:"typing,omitempty"` // the bot is typing
	Chat   []Message `json:"chat"`
}

// GroupView is a group with what each member sees, by LID.
type GroupView struct {
	Name    string               `json:"name"`
	JID     string               `json:"jid"`
	Members []string             `json:"members"`
	Chats   map[string][]Message `json:"chats"`
}

// ChannelView is a channel as its followers see it.
type ChannelView struct {
	Name      string    `json:"name"`
	JID       string    `json:"jid"`
	Link      string    `json:"link"`
	Role      Role      `json:"role"`
	Followers int       `json:"followers"`
	Posts     []Message `json:"posts"`
}

// View copies the present state; take Changed first to learn when it is old.
func (s *Server) View() View {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := View{
		Paired: s.device != nil, Connected: s.link != nil && s.link.active,
		Number: s.number, Readers: make([]ReaderView, 0, len(s.readers)),
	}
	for _, r := range s.readers {
		v.Readers = append(v.Readers, r.view())
	}
	for _, g := range s.allGroups() {
		v.Groups = append(v.Groups, g.view())
	}
	for _, n := range s.allNewsletters() {
		v.Channels = append(v.Channels, ChannelView{
			Name: n.name, JID: n.jid.String(), Link: n.Link(), Role: n.role,
			Followers: len(n.followers), Posts: n.posts.messages(nil),
		})
	}
	return v
}

// View is one phone's part of the server's View.
func (r *Reader) View() ReaderView {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.view()
}

func (r *Reader) view() ReaderView {
	return ReaderView{
		Name: r.person.Name, Number: r.number, LID: r.lid.String(),
		Typing: len(r.signs) > 0 && r.signs[len(r.signs)-1].What == "composing",
		Chat:   r.thread(r.server.phone.lid).messages(nil),
	}
}

func (g *Group) view() GroupView {
	v := GroupView{Name: g.name, JID: g.jid.String(), Chats: map[string][]Message{}}
	for _, m := range g.members {
		v.Members = append(v.Members, m.who.String())
		if r := g.server.byUser[m.who.User]; r != nil {
			v.Chats[m.who.String()] = r.thread(g.jid).messages(nil)
		}
	}
	return v
}
