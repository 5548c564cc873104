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

// Role is the bot's place in a channel.
type Role string

const (
	RoleOwner      Role = "OWNER"
	RoleAdmin      Role = "ADMIN"
	RoleSubscriber Role = "SUBSCRIBER"
	RoleGuest      Role = "GUEST"
)

// Newsletter is a channel: posts are not encrypted, and one post reaches every follower.
type Newsletter struct {
	server      *Server
	jid         types.JID
	name        string
	description string
	invite      string
	role        Role
	muted       bool
	made        time.Time
	posts       *thread
	lastID      int
	followers   map[*Reader]bool
}

// NewNewsletter makes a channel that somebody else owns, with the bot in this
// role. Channels that the client creates itself are found by Newsletters.
func (s *Server) NewNewsletter(name, description string, role Role) *Newsletter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newNewsletter(name, description, role)
}

func (s *Server) newNewsletter(name, description string, role Role) *Newsletter {
	number := len(s.channels) + 1
	n := &Newsletter{
		server: s, name: name, description: description, role: role, made: s.seconds(),
		jid:    types.NewJID("12036388800"+strconv.Itoa(1000+number), types.NewsletterServer),
		invite: "TestChannel" + strconv.Itoa(1000+number),
		posts:  newThread(), followers: map[*Reader]bool{}, lastID: 99,
	}
	s.channels[n.jid] = n
	s.notify()
	return n
}

// Newsletters lists all channels, the oldest first.
func (s *Server) Newsletters() []*Newsletter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.allNewsletters()
}

func (s *Server) allNewsletters() []*Newsletter {
	return slices.SortedFunc(maps.Values(s.channels), func(a, b *Newsletter) int {
		return strings.Compare(a.jid.User, b.jid.User)
	})
}

// JID is the channel's address.
func (n *Newsletter) JID() types.JID { return n.jid }

// Name is the channel's name.
func (n *Newsletter) Name() string { return n.name }

// Link is the address under which the channel can be found and followed.
func (n *Newsletter) Link() string { return "https://whatsapp.com/channel/" + n.invite }

// SetRole changes the bot's place in the channel.
func (n *Newsletter) SetRole(role Role) {
	n.server.mu.Lock()
	defer n.server.mu.Unlock()
	n.role = role
}

// Posts is what the channel shows now, the oldest first.
func (n *Newsletter) Posts() []Message {
	n.server.mu.Lock()
	defer n.server.mu.Unlock()
	return n.posts.messages(nil)
}

// Followers is how many readers follow the channel.
func (n *Newsletter) Followers() int {
	n.server.mu.Lock()
	defer n.server.mu.Unlock()
	return len(n.followers)
}

// Follow makes the reader follow a channel, Unfollow leave it.
func (r *Reader) Follow(n *Newsletter) {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	n.followers[r] = true
	r.server.notify()
}

// Unfollow leaves a channel.
func (r *Reader) Unfollow(n *Newsletter) {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	delete(n.followers, r)
	r.server.notify()
}

// Posts is what the reader sees of a channel: all its posts, nothing unless they follow it.
func (r *Reader) Posts(n *Newsletter) []Message {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	if !n.followers[r] {
		return nil
	}
	return n.posts.messages(nil)
}

// ViewPost counts a view of a post, with a reaction unless emoji is "".
func (r *Reader) ViewPost(n *Newsletter, id, emoji string) {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	m := n.posts.byID[id]
	if m == nil || !n.followers[r] {
		return
	}
	m.Views++
	if emoji != "" {
		n.posts.react(post{from: r.lid}, &waE2E.ReactionMessage{Key: r.key(n.jid, id), Text: proto.String(emoji)})
	}
	r.server.notify()
}

// routeNewsletter publishes, edits or revokes a post of the client's. A post with
// an id that is there already is acknowledged with its number and not shown
// again; whether the network does so is unknown, Sent tells the copies apart.
func (s *Server) routeNewsletter(to types.JID, stanza *waBinary.Node) (code, serverID int) {
	n := s.channels[to]
	if n == nil {
		return 404, 0
	}
	if attr(stanza, "type") == "reaction" {
		return 0, 0
	}
	if n.role != RoleOwner && n.role != RoleAdmin {
		return 401, 0 // as was seen of the network
	}
	id := attr(stanza, "id")
	content := &waE2E.Message{}
	if err := proto.Unmarshal(child(stanza, "plaintext"), content); err != nil {
		s.complain("post: %v", err)
		return 400, 0
	}
	if edit := attr(stanza, "edit"); edit != "" {
		return n.change(id, edit, content)
	}
	if !s.mediaHandled(stanza, content) {
		return 400, 0
	}
	n.posts.apply(post{id: id, from: n.jid, at: s.seconds(), content: content})
	m := n.posts.byID[id]
	if m == nil {
		return 400, 0
	}
	if m.ServerID == 0 {
		n.lastID++
		m.ServerID = n.lastID
		s.fetch(m)
	}
	return 0, m.ServerID
}

func (n *Newsletter) change(id, edit string, content *waE2E.Message) (code, serverID int) {
	m := n.posts.byID[id]
	if m == nil || m.Revoked {
		return 404, 0
	}
	switch types.EditAttribute(edit) {
	case types.EditAttributeAdminEdit:
		m.Edits++
		m.fill(content)
		n.server.fetch(m)
	case types.EditAttributeAdminRevoke:
		m.revoke()
	default:
		n.server.complain("post: edit %q", edit)
		return 400, 0
	}
	return 0, m.ServerID
}

// mediaHandled checks that a post with a file names the upload's handle and no key.
func (s *Server) mediaHandled(stanza *waBinary.Node, content *waE2E.Message) bool {
	file, _, _, _ := attachmentOf(content)
	if file == nil {
		return true
	}
	for _, b := range s.blobs {
		if b.handle == attr(stanza, "media_id") && len(file.GetMediaKey()) == 0 {
			return true
		}
	}
	s.complain("post: media without the upload's handle, or encrypted")
	return false
}
