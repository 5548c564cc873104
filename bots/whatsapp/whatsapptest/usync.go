package whatsapptest

import (
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// onUsync answers who somebody is: devices, LID, whether a number is on WhatsApp.
func (s *Server) onUsync(l *link, n *waBinary.Node) {
	query, list := n.GetChildByTag("usync", "query"), n.GetChildByTag("usync", "list")
	users := make([]waBinary.Node, 0, len(list.GetChildren()))
	for _, user := range list.GetChildren() {
		if contact := child(&user, "contact"); contact != nil {
			users = append(users, s.contactNode(string(contact)))
			continue
		}
		users = append(users, s.userNode(l, jid(&user, "jid"), query))
	}
	s.answer(l, n, waBinary.Node{Tag: "usync", Content: []waBinary.Node{{Tag: "list", Content: users}}})
}

// userNode lists the devices of a user. The device that asks is left out: it
// does not write to itself.
func (s *Server) userNode(l *link, who types.JID, query waBinary.Node) waBinary.Node {
	node := waBinary.Node{Tag: "user", Attrs: waBinary.Attrs{"jid": who}}
	if s.partyOf(who) == nil {
		return node
	}
	var children []waBinary.Node
	if _, asked := query.GetOptionalChildByTag("devices"); asked {
		devices := []waBinary.Node{{Tag: "device", Attrs: waBinary.Attrs{"id": 0}}}
		if who.User == s.phone.lid.User || who.User == s.number {
			if s.device != nil && s.device != l.device {
				devices = append(devices, waBinary.Node{Tag: "device", Attrs: waBinary.Attrs{"id": int(s.device.lid.Device)}})
			}
		}
		children = append(children, waBinary.Node{
			Tag: "devices", Content: []waBinary.Node{{Tag: "device-list", Content: devices}},
		})
	}
	if _, asked := query.GetOptionalChildByTag("lid"); asked {
		children = append(children, waBinary.Node{Tag: "lid", Attrs: waBinary.Attrs{"val": s.lidFor(who)}})
	}
	node.Content = children
	return node
}

func (s *Server) lidFor(who types.JID) types.JID {
	if r := s.byUser[who.User]; r != nil {
		return r.lid
	}
	return s.phone.lid
}

// contactNode says whether a number, given as 999…@c.us or +999…, is somebody's.
func (s *Server) contactNode(asked string) waBinary.Node {
	number, _, _ := strings.Cut(strings.TrimPrefix(asked, "+"), "@")
	contact := waBinary.Node{Tag: "contact", Attrs: waBinary.Attrs{"type": "out"}, Content: []byte(asked)}
	attrs := waBinary.Attrs{"jid": phoneJID(number), "pn_jid": phoneJID(number)}
	if r := s.byUser[number]; r != nil && r.number == number {
		contact.Attrs["type"] = "in"
		attrs["jid"] = r.lid
	}
	return waBinary.Node{Tag: "user", Attrs: attrs, Content: []waBinary.Node{contact}}
}
