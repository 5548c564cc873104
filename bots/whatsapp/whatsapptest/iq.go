package whatsapptest

import (
	"maps"
	"strconv"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// onIQ answers a query. What no real client of ours should ask is answered with
// 501 and kept for UnknownQueries.
func (s *Server) onIQ(l *link, n *waBinary.Node) {
	kind := attr(n, "type")
	if kind == "result" || kind == "error" {
		if l.linking != nil && attr(n, "id") == l.linking.request {
			s.onPairAnswer(l, n)
		}
		return
	}
	var what string
	if children := n.GetChildren(); len(children) > 0 {
		what = children[0].Tag
	}
	space := attr(n, "xmlns")
	s.queries[space+" "+what]++
	if l.device == nil && space != "md" && space != "w:p" {
		s.refuse(l, n, 401, "not-authorized")
		return
	}
	switch space {
	case "w:p", "urn:xmpp:ping", "tos", "privacy", "passive":
		s.onSetting(l, n, space, what)
	case "encrypt":
		s.onEncrypt(l, n, what)
	case "usync":
		s.onUsync(l, n)
	case "md":
		s.onLinking(l, n, what)
	case "w:g2":
		s.onGroupQuery(l, n, what)
	case "w:mex":
		s.onMex(l, n)
	case "newsletter":
		s.onNewsletterQuery(l, n, what)
	case "w:m":
		s.answer(l, n, s.mediaHosts())
	case "blocklist":
		s.answer(l, n, waBinary.Node{Tag: "list", Attrs: waBinary.Attrs{"dhash": "0"}})
	case "status", "w:profile:picture":
		s.refuse(l, n, 404, "item-not-found")
	default:
		s.unknownQuery(l, n, space, what)
	}
}

// onSetting covers the queries whose answer hardly matters to a bot.
func (s *Server) onSetting(l *link, n *waBinary.Node, space, what string) {
	switch {
	case space == "passive":
		s.answer(l, n)
		if what == "active" {
			s.activate(l)
		}
	case space == "privacy" && what == "privacy" && attr(n, "type") == "get":
		s.answer(l, n, waBinary.Node{Tag: "privacy", Content: []waBinary.Node{{
			Tag: "category", Attrs: waBinary.Attrs{"name": "readreceipts", "value": "all"},
		}}})
	case space == "tos":
		s.tosDone = true
		s.answer(l, n)
	default:
		s.answer(l, n)
	}
}

// onLinking covers the "md" namespace: linking and unlinking devices.
func (s *Server) onLinking(l *link, n *waBinary.Node, what string) {
	switch what {
	case "link_code_companion_reg":
		s.onCodePairing(l, n)
	case "ref", "passkey_request_options", "passkey_prologue", "companion_nonce", "encrypted_pairing_request":
		s.onPasskey(l, n, what)
	case "remove-companion-device":
		s.answer(l, n)
		s.dropDevice()
	default:
		s.unknownQuery(l, n, "md", what)
	}
}

func (s *Server) unknownQuery(l *link, n *waBinary.Node, space, what string) {
	s.unknown = append(s.unknown, space+" "+what)
	s.log.Info("whatsapptest: unknown query", "xmlns", space, "child", what)
	s.refuse(l, n, 501, "feature-not-implemented")
}

// Queries counts the client's queries by namespace and first child, such as
// "encrypt key" for prekey bundles or "usync usync" for device lists.
func (s *Server) Queries() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.queries)
}

// UnknownQueries lists the namespace and first child of every query that was answered with 501.
func (s *Server) UnknownQueries() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.unknown...)
}

func (s *Server) answer(l *link, n *waBinary.Node, children ...waBinary.Node) {
	from := jid(n, "to")
	if from.IsEmpty() {
		from = types.ServerJID
	}
	reply := waBinary.Node{Tag: "iq", Attrs: waBinary.Attrs{"from": from, "type": "result", "id": attr(n, "id")}}
	if len(children) > 0 {
		reply.Content = children
	}
	s.reply(l, reply)
}

func (s *Server) refuse(l *link, n *waBinary.Node, code int, text string) {
	s.reply(l, waBinary.Node{
		Tag:   "iq",
		Attrs: waBinary.Attrs{"from": types.ServerJID, "type": "error", "id": attr(n, "id")},
		Content: []waBinary.Node{{
			Tag: "error", Attrs: waBinary.Attrs{"code": strconv.Itoa(code), "text": text},
		}},
	})
}

// reply sends an answer or an ack, late if the test wants so.
func (s *Server) reply(l *link, node waBinary.Node) {
	if s.faults.delay > 0 {
		s.after(s.faults.delay, func() { s.send(l, node) })
		return
	}
	s.send(l, node)
}
