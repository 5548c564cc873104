package whatsapptest

import (
	"encoding/json"
	"strconv"

	waBinary "go.mau.fi/whatsmeow/binary"
	"google.golang.org/protobuf/proto"
)

// The GraphQL queries on channels go by number.
const (
	mexFetch      = "6563316087068696"
	mexSubscribed = "6388546374527196"
	mexCreate     = "6234210096708695"
	mexFollow     = "9926858900719341"
	mexUnfollow   = "6392786840836363"
	mexMute       = "6274038279359549"
	mexUnmute     = "6068417879924485"
)

// mexVariables is the union of what these queries carry.
type mexVariables struct {
	Input struct {
		Key  string `json:"key"`
		Type string `json:"type"`
	} `json:"input"`
	Create struct {
		Name        string `json:"name"`
		Description string `json:"description"`
	} `json:"newsletter_input"`
	Newsletter string `json:"newsletter_id"`
}

func (s *Server) onMex(l *link, stanza *waBinary.Node) {
	query := stanza.GetChildByTag("query")
	var request struct {
		Variables mexVariables `json:"variables"`
	}
	if err := json.Unmarshal(content(query), &request); err != nil {
		s.complain("mex: %v", err)
		s.refuse(l, stanza, 400, "bad-request")
		return
	}
	v := request.Variables
	switch attr(&query, "query_id") {
	case mexFetch:
		if s.faults.noChannels {
			s.answer(l, stanza, bytesNode("result", []byte(`{"data":{"xwa2_newsletter":null}}`)))
			return
		}
		s.answerMex(l, stanza, "xwa2_newsletter", s.describe(s.findNewsletter(v.Input.Key, v.Input.Type)))
	case mexSubscribed:
		list := []any{}
		for _, n := range s.allNewsletters() {
			if n.role != RoleGuest {
				list = append(list, s.describe(n))
			}
		}
		s.answerMex(l, stanza, "xwa2_newsletter_subscribed", list)
	case mexCreate:
		s.createNewsletter(l, stanza, v.Create.Name, v.Create.Description)
	case mexFollow, mexUnfollow, mexMute, mexUnmute:
		n := s.findNewsletter(v.Newsletter, "JID")
		if n != nil {
			n.turn(attr(&query, "query_id"))
		}
		s.answerMex(l, stanza, "xwa2_newsletter_update", s.describe(n))
	default:
		s.unknownQuery(l, stanza, "w:mex", attr(&query, "query_id"))
	}
}

// HideChannels answers questions about channels with none, and without an error,
// as GraphQL may.
func (s *Server) HideChannels(hide bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.noChannels = hide
}

func (n *Newsletter) turn(query string) {
	switch {
	case query == mexFollow && n.role == RoleGuest:
		n.role = RoleSubscriber
	case query == mexUnfollow:
		n.role = RoleGuest
	case query == mexMute, query == mexUnmute:
		n.muted = query == mexMute
	}
}

// createNewsletter demands the terms of service first, as the network does.
func (s *Server) createNewsletter(l *link, stanza *waBinary.Node, name, description string) {
	if !s.tosDone {
		s.answerMex(l, stanza, "", nil)
		return
	}
	s.answerMex(l, stanza, "xwa2_newsletter_create", s.describe(s.newNewsletter(name, description, RoleOwner)))
}

func (s *Server) findNewsletter(key, kind string) *Newsletter {
	for _, n := range s.channels {
		if kind == "JID" && n.jid.String() == key || kind == "INVITE" && n.invite == key {
			return n
		}
	}
	return nil
}

// describe is a channel as GraphQL shows it; nil if there is none.
func (s *Server) describe(n *Newsletter) any {
	if n == nil {
		return nil
	}
	text := func(value string) map[string]any {
		return map[string]any{"text": value, "id": "1", "update_time": strconv.FormatInt(n.made.UnixMicro(), 10)}
	}
	mute := "OFF"
	if n.muted {
		mute = "ON"
	}
	return map[string]any{
		"id":    n.jid.String(),
		"state": map[string]any{"type": "ACTIVE"},
		"thread_metadata": map[string]any{
			"creation_time": strconv.FormatInt(n.made.Unix(), 10), "invite": n.invite,
			"name": text(n.name), "description": text(n.description),
			"subscribers_count": strconv.Itoa(len(n.followers)), "verification": "UNVERIFIED",
		},
		"viewer_metadata": map[string]any{"mute": mute, "role": string(n.role)},
	}
}

// answerMex sends the data of a GraphQL answer; an error when there is none.
func (s *Server) answerMex(l *link, stanza *waBinary.Node, name string, data any) {
	body := map[string]any{"data": map[string]any{name: data}}
	if data == nil {
		body = map[string]any{"data": nil, "errors": []any{map[string]any{
			"message":    "Not Found or not allowed",
			"extensions": map[string]any{"error_code": 404, "is_retryable": false, "severity": "CRITICAL"},
		}}}
	}
	raw, err := json.Marshal(body)
	if err != nil {
		s.complain("mex: %v", err)
		return
	}
	s.answer(l, stanza, bytesNode("result", raw))
}

// onNewsletterQuery answers what the client asks about a channel's posts.
func (s *Server) onNewsletterQuery(l *link, stanza *waBinary.Node, what string) {
	query := stanza.GetChildByTag(what)
	where := jid(stanza, "to")
	if what == "messages" {
		where = jid(&query, "jid")
	}
	n := s.channels[where]
	switch {
	case n == nil:
		s.refuse(l, stanza, 404, "item-not-found")
	case what == "live_updates":
		s.answer(l, stanza, waBinary.Node{Tag: what, Attrs: waBinary.Attrs{"duration": "300"}})
	case what == "messages":
		s.answer(l, stanza, n.page(&query))
	case what == "message_updates":
		s.answer(l, stanza, waBinary.Node{Tag: what, Content: []waBinary.Node{n.page(&query)}})
	default:
		s.unknownQuery(l, stanza, "newsletter", what)
	}
}

// page lists posts, the oldest first: the last count of those before an id.
func (n *Newsletter) page(query *waBinary.Node) waBinary.Node {
	count, _ := strconv.Atoi(attr(query, "count"))
	before, _ := strconv.Atoi(attr(query, "before"))
	after, _ := strconv.Atoi(attr(query, "after"))
	var nodes []waBinary.Node
	for _, m := range n.posts.order {
		if (before == 0 || m.ServerID < before) && m.ServerID > after {
			nodes = append(nodes, m.postNode())
		}
	}
	if count > 0 && len(nodes) > count {
		nodes = nodes[len(nodes)-count:]
	}
	return waBinary.Node{Tag: "messages", Attrs: waBinary.Attrs{"jid": n.jid}, Content: nodes}
}

func (m *Message) postNode() waBinary.Node {
	attrs := waBinary.Attrs{
		"id": m.ID, "server_id": m.ServerID, "t": m.Time.Unix(), "type": "text",
	}
	if m.Media != nil {
		attrs["type"] = "media"
	}
	children := []waBinary.Node{{Tag: "views_count", Attrs: waBinary.Attrs{"count": m.Views}}}
	if raw, err := proto.Marshal(m.Content); err == nil && m.Content != nil {
		children = append(children, bytesNode("plaintext", raw))
	}
	counts := map[string]int{}
	for _, emoji := range m.Reactions {
		counts[emoji]++
	}
	if len(counts) > 0 {
		var reactions []waBinary.Node
		for emoji, count := range counts {
			reactions = append(reactions, waBinary.Node{Tag: "reaction", Attrs: waBinary.Attrs{"code": emoji, "count": count}})
		}
		children = append(children, waBinary.Node{Tag: "reactions", Content: reactions})
	}
	return waBinary.Node{Tag: "message", Attrs: attrs, Content: children}
}

// onViewed counts the client's own views of posts, and answers as the client expects.
func (s *Server) onViewed(l *link, stanza *waBinary.Node, list waBinary.Node) {
	if n := s.channels[jid(stanza, "to")]; n != nil {
		for _, item := range list.GetChildren() {
			for _, m := range n.posts.order {
				if strconv.Itoa(m.ServerID) == attr(&item, "server_id") {
					m.Views++
				}
			}
		}
	}
	s.reply(l, waBinary.Node{Tag: "ack", Attrs: waBinary.Attrs{
		"class": "receipt", "id": attr(stanza, "id"), "from": jid(stanza, "to"), "type": "view",
	}})
}
