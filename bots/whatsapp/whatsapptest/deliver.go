package whatsapptest

import (
	"slices"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// stanza is something the client must acknowledge; until it does, the stanza is
// sent again, byte for byte the same, after every login.
type stanza struct {
	node waBinary.Node
	from types.JID
	id   string
}

// deliver hands a stanza to the client, now or when it is next connected.
func (s *Server) deliver(node waBinary.Node) {
	if s.device == nil {
		return
	}
	s.pending = append(s.pending, &stanza{node: node, from: jid(&node, "from"), id: attr(&node, "id")})
	if s.link == nil || !s.link.active {
		return
	}
	s.send(s.link, node)
	if s.faults.duplicates > 0 {
		s.faults.duplicates--
		s.send(s.link, node)
	}
}

// settle forgets a stanza that the client acknowledged.
func (s *Server) settle(class, id string, from types.JID) {
	i := slices.IndexFunc(s.pending, func(item *stanza) bool {
		return item.id == id && item.node.Tag == class && item.from == from
	})
	if i >= 0 {
		s.pending = slices.Delete(s.pending, i, i+1)
	}
}

// Pending is how many stanzas the client has not acknowledged.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending)
}

func (s *Server) onAck(n *waBinary.Node) {
	if code := attr(n, "error"); code != "" {
		s.complain("client refused a %s with %s", attr(n, "class"), code)
	}
	s.settle(attr(n, "class"), attr(n, "id"), jid(n, "to"))
}

// whenPaired runs write at once, or, before there is a device to write to, when it logs in.
func (s *Server) whenPaired(write func()) {
	if s.device == nil {
		s.backlog = append(s.backlog, write)
		return
	}
	write()
}
