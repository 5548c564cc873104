package whatsapptest

import (
	"bytes"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Sent is one message stanza that the client has sent, repeats included.
type Sent struct {
	ID     string    `json:"id"`
	To     string    `json:"to"`
	Type   string    `json:"type"`           // text, media, poll, reaction
	Edit   string    `json:"edit,omitempty"` // 1 edit, 3 channel edit, 7 revoke, 8 channel or admin revoke
	Time   time.Time `json:"time"`
	Copy   int       `json:"copy"`            // 1 for the first with this id and address
	Error  int       `json:"error,omitempty"` // how the server refused it
	NoAck  bool      `json:"noAck,omitempty"` // delivered, but the ack was lost
	Resent bool      `json:"resent,omitempty"`
}

// Sent lists every message stanza that the client has sent, in order.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Sent(nil), s.journal...)
}

// onMessage routes what the client sends, then acknowledges it.
func (s *Server) onMessage(l *link, n *waBinary.Node) {
	if l.device == nil {
		return
	}
	to := jid(n, "to")
	entry := Sent{ID: attr(n, "id"), To: to.String(), Type: attr(n, "type"), Edit: attr(n, "edit"), Time: s.now()}
	entry.Resent = n.Attrs["device_fanout"] != nil
	key := entry.ID + " " + entry.To
	s.arrived[key]++
	entry.Copy = s.arrived[key]
	serverID := 0
	verdict := s.faults.judge(s, to, entry)
	entry.Error = verdict.code
	if entry.Error == 0 {
		entry.Error, serverID = s.route(to, n)
	}
	entry.NoAck = verdict.loseAck
	s.journal = append(s.journal, entry)
	if !verdict.loseAck {
		s.ackMessage(l, n, entry.Error, serverID)
	}
	if verdict.cut {
		s.cutLink(l)
	}
}

func (s *Server) route(to types.JID, n *waBinary.Node) (code, serverID int) {
	switch to.Server {
	case types.NewsletterServer:
		return s.routeNewsletter(to, n)
	case types.GroupServer:
		return s.routeGroup(to, n), 0
	case types.HiddenUserServer, types.DefaultUserServer:
		return s.routePerson(to, n), 0
	default:
		s.complain("message to %s", to.Server)
		return 400, 0
	}
}

// routePerson delivers a message to the phones it was encrypted for: the
// reader's, and the bot's own, which gets a copy.
func (s *Server) routePerson(to types.JID, n *waBinary.Node) int {
	if s.partyOf(to) == nil {
		return 404
	}
	if enc, direct := n.GetOptionalChildByTag("enc"); direct { // peer message, or an answer to a retry
		s.toDevice(to, to, n, enc)
		return 0
	}
	participants := n.GetChildByTag("participants")
	for _, device := range participants.GetChildren() {
		s.toDevice(jid(&device, "jid"), to, n, device.GetChildByTag("enc"))
	}
	return 0
}

func (s *Server) toDevice(who, to types.JID, n *waBinary.Node, enc waBinary.Node) {
	in := &incoming{
		id: attr(n, "id"), from: s.device.lid, chat: s.phone.lid, enc: []waBinary.Node{enc}, at: s.seconds(),
	}
	if attr(&enc, "type") == "pkmsg" && !s.proven(n) {
		s.complain("prekey message without a valid device identity")
		return
	}
	if r := s.byUser[who.User]; r != nil {
		r.arrive(in)
		return
	}
	s.phone.arrive(in, to)
}

// proven checks the device identity that must come with a prekey message.
func (s *Server) proven(n *waBinary.Node) bool {
	raw, d := child(n, "device-identity"), s.device
	if d.proof != nil && bytes.Equal(raw, d.proof) {
		return true
	}
	if checkDeviceSignature(raw, d.linking, s.phone.signal.identity.Pub[:]) != nil {
		return false
	}
	d.proof = raw
	return true
}

func (s *Server) ackMessage(l *link, n *waBinary.Node, code, serverID int) {
	attrs := waBinary.Attrs{"class": "message", "id": attr(n, "id"), "from": jid(n, "to"), "t": s.now().Unix()}
	if code != 0 {
		attrs["error"] = code
	}
	if serverID != 0 {
		attrs["server_id"] = serverID
	}
	s.reply(l, waBinary.Node{Tag: "ack", Attrs: attrs})
}

// incoming is a message on its way into a phone.
type incoming struct {
	id   string
	from types.JID // the sending device
	chat types.JID
	enc  []waBinary.Node
	at   time.Time
}

// arrive decrypts a message on the reader's phone and shows it.
func (r *Reader) arrive(in *incoming) {
	s := r.server
	if r.block {
		return
	}
	entry := Arrival{ID: in.id, Chat: in.chat.String(), Time: s.now(), Repeat: r.seen[in.id]}
	message, err := r.decrypt(in)
	if err != nil && !entry.Repeat {
		entry.Failed = true
		s.log.Debug("phone cannot read", "id", in.id, "error", err)
	}
	r.log = append(r.log, entry)
	if entry.Failed {
		r.askAgain(in)
		return
	}
	r.seen[in.id] = true
	if err == nil {
		shown := r.thread(in.chat).apply(post{id: in.id, from: in.from.ToNonAD(), at: in.at, content: message})
		s.fetch(shown)
	}
	r.confirm(in)
}

func (r *Reader) decrypt(in *incoming) (*waE2E.Message, error) {
	whole := &waE2E.Message{}
	for _, enc := range in.enc {
		plain, err := r.openAny(in, enc)
		if err != nil {
			return nil, err
		}
		part := &waE2E.Message{}
		if err := proto.Unmarshal(plain, part); err != nil {
			return nil, err
		}
		if keys := part.GetSenderKeyDistributionMessage(); keys != nil {
			if err := r.learnSenderKey(in, keys); err != nil {
				return nil, err
			}
		}
		proto.Merge(whole, part)
	}
	return whole, nil
}

func (r *Reader) openAny(in *incoming, enc waBinary.Node) ([]byte, error) {
	if kind := attr(&enc, "type"); kind != "skmsg" {
		return r.signal.open(in.from, kind, content(enc))
	}
	return r.openGroup(in.chat, in.from, content(enc))
}

// seconds is the server's time as stanzas carry it.
func (s *Server) seconds() time.Time { return time.Unix(s.now().Unix(), 0) }
