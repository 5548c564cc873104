package whatsapptest

import (
	"slices"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// confirm sends the delivery receipt, unless the person's phone leaves that to the test.
func (r *Reader) confirm(in *incoming) {
	owed := &unread{id: in.id, chat: in.chat}
	if !r.person.Silent {
		r.tick(owed)
	}
	if r.person.ReadAtOnce {
		r.receipt(owed, "read")
		return
	}
	r.unread = append(r.unread, owed)
}

// unread is a message whose receipts are owed to the bot.
type unread struct {
	id     string
	chat   types.JID
	ticked bool // its delivery was confirmed
}

func (r *Reader) tick(m *unread) {
	if !m.ticked {
		m.ticked = true
		r.receipt(m, "")
	}
}

// Receive sends the delivery receipts that a Silent phone has held back.
func (r *Reader) Receive() {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	for _, m := range r.unread {
		r.tick(m)
	}
}

// ReadAll opens the chats: everything that has arrived is marked as read.
func (r *Reader) ReadAll() {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	for _, m := range r.unread {
		r.tick(m)
		r.receipt(m, "read")
	}
	r.unread = nil
}

// receipt tells the bot what became of its message; kind "" is delivered.
func (r *Reader) receipt(m *unread, kind string) {
	s := r.server
	attrs := waBinary.Attrs{"id": m.id, "from": r.lid, "t": s.now().Unix()}
	if kind != "" {
		attrs["type"] = kind
	}
	if m.chat.Server == types.GroupServer {
		attrs["from"], attrs["participant"] = m.chat, r.lid
	}
	s.deliver(waBinary.Node{Tag: "receipt", Attrs: attrs})
}

// onReceipt takes the client's word on what it received, read, or could not read.
func (s *Server) onReceipt(l *link, n *waBinary.Node) {
	kind, to := attr(n, "type"), jid(n, "to")
	ids := []string{attr(n, "id")}
	list := n.GetChildByTag("list")
	for _, item := range list.GetChildren() {
		ids = append(ids, attr(&item, "id"))
	}
	switch kind {
	case "retry":
		s.onRetry(n)
		return
	case "view":
		s.onViewed(l, n, list)
		return
	case "", "inactive", "sender", "peer_msg":
		for _, id := range ids {
			s.settle("message", id, to)
		}
	}
	if what := signOf(kind); what != "" {
		s.showTicks(n, to, what, ids)
	}
}

// signOf is what the writer of a message sees of a receipt, "" for nothing.
func signOf(kind string) string {
	switch kind {
	case "", "inactive":
		return "delivered"
	case "read", "played":
		return kind
	default:
		return ""
	}
}

func (s *Server) showTicks(n *waBinary.Node, to types.JID, what string, ids []string) {
	who := to
	if participant := jid(n, "participant"); !participant.IsEmpty() {
		who = participant
	}
	r := s.byUser[who.User]
	if r == nil {
		return
	}
	r.signs = append(r.signs, Sign{What: what, IDs: ids, Time: s.now()})
	chat := s.phone.lid
	if to.Server == types.GroupServer {
		chat = to
	}
	for _, m := range r.thread(chat).order {
		if m.Mine && slices.Contains(ids, m.ID) {
			m.Delivered = true
			m.Read = m.Read || what != "delivered"
		}
	}
}

// onChatState shows the bot's typing to the reader.
func (s *Server) onChatState(n *waBinary.Node) {
	children := n.GetChildren()
	if r := s.byUser[jid(n, "to").User]; r != nil && len(children) == 1 {
		r.signs = append(r.signs, Sign{What: children[0].Tag, Time: s.now()})
	}
}

func (s *Server) onPresence(n *waBinary.Node) {
	if kind := attr(n, "type"); kind == "available" || kind == "unavailable" {
		s.presence = kind
	}
}

// Presence is the last of "available" and "unavailable" that the client announced, "" if none.
func (s *Server) Presence() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.presence
}
