package whatsapptest

import (
	"strconv"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// device is the client once it is linked to the account.
type device struct {
	lid          types.JID // with the device's number
	static       [32]byte
	identity     []byte
	registration uint32
	signed       *keys.PreKey
	preKeys      []*keys.PreKey
	uploads      int
	linking      *linking // what the phone signed when it linked the device
	proof        []byte   // the device identity that was last found valid
}

func newDevice(c *linking, static [32]byte, lid types.JID) *device {
	lid.Device = c.number
	return &device{lid: lid, static: static, identity: c.identity, registration: c.registration, signed: c.signed, linking: c}
}

// Connected says whether the client is logged in and ready for messages.
func (s *Server) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.link != nil && s.link.active
}

// greet decides what a new connection is for: pairing or login.
func (s *Server) greet(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.notify()
	if failure := s.faults.failure; failure != nil && failure.Reason == 405 {
		s.endLink(l, failure.node())
		return
	}
	if s.outdated(l) {
		s.endLink(l, Failure{Reason: 405}.node())
		return
	}
	if l.payload.GetUsername() == 0 {
		if err := s.offerPairing(l); err != nil {
			s.complain("offer pairing: %v", err)
			s.cutLink(l)
		}
		return
	}
	s.login(l)
}

func (s *Server) login(l *link) {
	switch {
	case s.faults.failure != nil:
		s.endLink(l, s.faults.failure.node())
	case s.device == nil, s.device.static != l.static,
		strconv.FormatUint(l.payload.GetUsername(), 10) != s.number,
		uint32(s.device.lid.Device) != l.payload.GetDevice():
		s.endLink(l, Failure{Reason: 401}.node())
	default:
		if s.link != nil {
			s.endLink(s.link, replaced())
		}
		s.link, l.device = l, s.device
		s.send(l, waBinary.Node{Tag: "success", Attrs: waBinary.Attrs{"t": s.now().Unix(), "lid": s.device.lid}})
	}
}

// activate starts the flow of messages: what waited for the client comes first.
func (s *Server) activate(l *link) {
	if l.active || s.link != l {
		return
	}
	l.active = true
	waiting := s.backlog
	s.backlog = nil
	count := len(s.pending) + len(waiting)
	s.send(l, waBinary.Node{
		Tag:   "ib",
		Attrs: waBinary.Attrs{"from": types.ServerJID},
		Content: []waBinary.Node{{Tag: "offline_preview", Attrs: waBinary.Attrs{
			"count": count, "message": count, "notification": 0, "receipt": 0, "appdata": 0,
		}}},
	})
	for _, item := range s.pending {
		s.send(l, item.node)
	}
	for _, deliver := range waiting {
		deliver()
	}
	s.send(l, waBinary.Node{
		Tag:     "ib",
		Attrs:   waBinary.Attrs{"from": types.ServerJID},
		Content: []waBinary.Node{{Tag: "offline", Attrs: waBinary.Attrs{"count": count}}},
	})
}

// dropDevice unlinks the client: what waited for it, and its Signal sessions, are lost.
func (s *Server) dropDevice() {
	s.device, s.pending = nil, nil
}

// send writes to a connection; a connection that fails is cut and its reader ends.
func (s *Server) send(l *link, node waBinary.Node) {
	if l.cut {
		return
	}
	if err := l.send(node); err != nil {
		s.log.Debug("send", "tag", node.Tag, "error", err)
		s.cutLink(l)
	}
}

// cutLink ends a connection without a word.
func (s *Server) cutLink(l *link) {
	l.cut = true
	l.linking = nil
	if s.link == l {
		s.link = nil
	}
	l.close()
}

// endLink says a last word and ends the connection when the client had time to read it.
func (s *Server) endLink(l *link, last waBinary.Node) {
	s.send(l, last)
	l.cut = true
	l.linking = nil
	if s.link == l {
		s.link = nil
	}
	s.after(closeDelay, l.close)
}
