package whatsapptest

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Group is a group that the bot may be in. Members are addressed by LID.
type Group struct {
	server  *Server
	jid     types.JID
	name    string
	made    time.Time
	members []member
}

// member is a reader in a group; the bot's own account is the one without reader.
type member struct {
	who   types.JID
	phone types.JID // empty if hidden
	admin bool
}

// NewGroup makes a group of the bot and these readers; the first of them made
// the group and is its admin.
func (s *Server) NewGroup(name string, readers ...*Reader) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.newGroup(name)
	for i, r := range readers {
		g.members = append(g.members, memberOf(r))
		g.members[i].admin = i == 0
	}
	g.addBot()
	s.notify()
	return g
}

func (s *Server) newGroup(name string) *Group {
	g := &Group{
		server: s, name: name, made: s.seconds(),
		jid: types.NewJID("12036399900"+strconv.Itoa(1000+len(s.groups)), types.GroupServer),
	}
	s.groups[g.jid] = g
	return g
}

func (s *Server) allGroups() []*Group {
	return slices.SortedFunc(maps.Values(s.groups), func(a, b *Group) int { return strings.Compare(a.jid.User, b.jid.User) })
}

func memberOf(r *Reader) member {
	m := member{who: r.lid, phone: phoneJID(r.number)}
	if r.person.HidePhone {
		m.phone = types.EmptyJID
	}
	return m
}

// JID is the group's address.
func (g *Group) JID() types.JID { return g.jid }

// Name is the group's subject.
func (g *Group) Name() string { return g.name }

// Add, Remove, Promote and Demote change a reader's place in the group; the bot is told.
func (g *Group) Add(r *Reader) { g.change("add", memberOf(r)) }

// Remove takes a reader out of the group.
func (g *Group) Remove(r *Reader) { g.change("remove", memberOf(r)) }

// Promote makes a reader an admin.
func (g *Group) Promote(r *Reader) { g.change("promote", memberOf(r)) }

// Demote takes an admin's rights.
func (g *Group) Demote(r *Reader) { g.change("demote", memberOf(r)) }

// RemoveBot takes the bot out of the group.
func (g *Group) RemoveBot() { g.change("remove", g.bot()) }

// PromoteBot makes the bot an admin.
func (g *Group) PromoteBot() { g.change("promote", g.bot()) }

// AddBot takes the bot back in.
func (g *Group) AddBot() {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.addBot()
	g.server.notify()
}

func (g *Group) bot() member {
	return member{who: g.server.phone.lid, phone: phoneJID(g.server.number)}
}

func (g *Group) addBot() {
	if g.find(g.bot().who) < 0 {
		g.members = append(g.members, g.bot())
	}
	g.tell(waBinary.Node{Tag: "create", Attrs: waBinary.Attrs{"reason": "invite"}, Content: []waBinary.Node{g.node()}})
}

func (g *Group) find(who types.JID) int {
	return slices.IndexFunc(g.members, func(m member) bool { return m.who.User == who.User })
}

func (g *Group) change(what string, m member) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	told := g.find(g.bot().who) >= 0
	g.apply(what, m)
	if told {
		g.tell(waBinary.Node{Tag: what, Content: []waBinary.Node{m.node()}})
	}
	g.server.notify()
}

func (g *Group) apply(what string, m member) {
	i := g.find(m.who)
	switch {
	case what == "add" && i < 0:
		g.members = append(g.members, m)
	case what == "remove" && i >= 0:
		g.members = slices.Delete(g.members, i, i+1)
	case i >= 0:
		g.members[i].admin = what == "promote" || what == "add" && g.members[i].admin
	}
}

// tell notifies the client of a change that the group's first member made.
func (g *Group) tell(change waBinary.Node) {
	note := g.server.notification(g.jid, "w:gp2", change)
	note.Attrs["addressing_mode"] = string(types.AddressingModeLID)
	if len(g.members) > 0 {
		note.Attrs["participant"] = g.members[0].who
	}
	g.server.deliver(note)
}

func (m member) node() waBinary.Node {
	attrs := waBinary.Attrs{"jid": m.who}
	if !m.phone.IsEmpty() {
		attrs["phone_number"] = m.phone
	}
	if m.admin {
		attrs["type"] = "admin"
	}
	return waBinary.Node{Tag: "participant", Attrs: attrs}
}

func (g *Group) node() waBinary.Node {
	attrs := waBinary.Attrs{
		"id": g.jid.User, "subject": g.name, "s_t": g.made.Unix(), "creation": g.made.Unix(),
		"addressing_mode": string(types.AddressingModeLID), "size": len(g.members),
	}
	if len(g.members) > 0 {
		attrs["creator"], attrs["s_o"] = g.members[0].who, g.members[0].who
	}
	nodes := make([]waBinary.Node, len(g.members))
	for i, m := range g.members {
		nodes[i] = m.node()
	}
	return waBinary.Node{Tag: "group", Attrs: attrs, Content: nodes}
}

// Say writes a text in a group.
func (r *Reader) Say(g *Group, text string) string {
	return r.SayContent(g, &waE2E.Message{Conversation: proto.String(text)})
}

// Mention writes a text in a group that mentions the bot: "@…" and the text.
func (r *Reader) Mention(g *Group, text string) string {
	bot := r.server.phone.lid
	return r.SayContent(g, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text:        proto.String("@" + bot.User + " " + text),
		ContextInfo: &waE2E.ContextInfo{MentionedJID: []string{bot.String()}},
	}})
}

// Retort writes a text in a group that quotes a message of that group.
func (r *Reader) Retort(g *Group, id, text string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.say(g, r.quoting(g.jid, id, text))
}

// SayContent writes any message in a group.
func (r *Reader) SayContent(g *Group, content *waE2E.Message) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.say(g, content)
}

func (r *Reader) say(g *Group, content *waE2E.Message) string {
	s := r.server
	if g.find(r.lid) < 0 {
		s.complain("a reader writes in a group that they are not in")
		return ""
	}
	if g.find(s.phone.lid) < 0 {
		id := s.nextID()
		r.thread(g.jid).apply(post{id: id, from: r.lid, mine: true, at: s.seconds(), content: content})
		return id
	}
	id := r.write(g.jid, content, time.Time{}, "")
	for _, m := range g.members {
		if other := s.byUser[m.who.User]; other != nil && other != r {
			other.thread(g.jid).apply(post{id: id, from: r.lid, at: s.seconds(), content: content})
		}
	}
	return id
}
