package whatsapptest

import (
	"slices"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// onGroupQuery answers what the client asks or changes about groups.
func (s *Server) onGroupQuery(l *link, n *waBinary.Node, what string) {
	to := jid(n, "to")
	if to == types.GroupServerJID {
		s.onAllGroups(l, n, what)
		return
	}
	g := s.groups[to]
	switch {
	case g == nil:
		s.refuse(l, n, 404, "item-not-found")
	case g.find(s.phone.lid) < 0:
		s.refuse(l, n, 403, "forbidden")
	case what == "query":
		s.answer(l, n, g.node())
	case slices.Contains([]string{"add", "remove", "promote", "demote"}, what):
		s.changeGroup(l, n, g, what)
	default:
		s.unknownQuery(l, n, "w:g2", what)
	}
}

func (s *Server) onAllGroups(l *link, n *waBinary.Node, what string) {
	asked := n.GetChildByTag(what)
	switch what {
	case "participating":
		var nodes []waBinary.Node
		for _, g := range s.allGroups() {
			if g.find(s.phone.lid) >= 0 {
				nodes = append(nodes, g.node())
			}
		}
		s.answer(l, n, waBinary.Node{Tag: "groups", Content: nodes})
	case "create":
		g := s.newGroup(attr(&asked, "subject"))
		g.members = append(g.members, g.bot())
		g.members[0].admin = true
		for _, node := range asked.GetChildrenByTag("participant") {
			if r := s.byUser[jid(&node, "jid").User]; r != nil {
				g.members = append(g.members, memberOf(r))
			}
		}
		s.answer(l, n, g.node())
	case "leave":
		for _, node := range asked.GetChildren() {
			if g := s.groups[jid(&node, "id")]; g != nil {
				g.apply("remove", g.bot())
			}
		}
		s.answer(l, n, waBinary.Node{Tag: "leave"})
	default:
		s.unknownQuery(l, n, "w:g2", what)
	}
}

// changeGroup is the bot adding or removing members, which only an admin may.
func (s *Server) changeGroup(l *link, n *waBinary.Node, g *Group, what string) {
	if !g.members[g.find(s.phone.lid)].admin {
		s.refuse(l, n, 403, "forbidden")
		return
	}
	asked := n.GetChildByTag(what)
	var changed []waBinary.Node
	for _, node := range asked.GetChildrenByTag("participant") {
		if r := s.byUser[jid(&node, "jid").User]; r != nil {
			g.apply(what, memberOf(r))
			changed = append(changed, memberOf(r).node())
		}
	}
	s.answer(l, n, waBinary.Node{Tag: what, Content: changed})
}
