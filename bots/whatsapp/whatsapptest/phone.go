package whatsapptest

import (
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Phone is the phone of the bot's own account, in the hand of whoever runs it.
// Its Signal identity is the account's key, which signed the linked device.
type Phone struct {
	signal party
	server *Server
	lid    types.JID
	chats  map[types.JID]*thread
}

func newPhone(s *Server) *Phone {
	p := &Phone{server: s, lid: lidJID(botLID), chats: map[types.JID]*thread{}}
	p.signal.prepare()
	return p
}

// Phone is the phone of the bot's own account.
func (s *Server) Phone() *Phone { return s.phone }

// Chat is the chat with a reader as the bot's own phone shows it: what the bot
// sent is there because the client sends its phone a copy of everything.
func (p *Phone) Chat(r *Reader) []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.chats[r.lid].messages(nil)
}

// Send answers a reader by hand, from the phone, and returns the message's id.
// The linked client gets a copy, as every linked device does.
func (p *Phone) Send(r *Reader, text string) string {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	content := &waE2E.Message{Conversation: proto.String(text)}
	id, at := s.nextID(), s.seconds()
	p.thread(r.lid).apply(post{id: id, from: p.lid, mine: true, at: at, content: content})
	r.thread(p.lid).apply(post{id: id, from: p.lid, at: at, content: content})
	r.log = append(r.log, Arrival{ID: id, Chat: p.lid.String(), Time: s.now()})
	s.whenPaired(func() { p.copyToDevice(r, id, at, content) })
	s.notify()
	return id
}

func (p *Phone) copyToDevice(r *Reader, id string, at time.Time, content *waE2E.Message) {
	s := p.server
	plain, err := proto.Marshal(&waE2E.Message{DeviceSentMessage: &waE2E.DeviceSentMessage{
		DestinationJID: proto.String(r.lid.String()), Message: content,
	}})
	if err != nil {
		s.complain("bot's phone: %v", err)
		return
	}
	kind, sealed, err := s.sealFor(&p.signal, plain)
	if err != nil {
		s.complain("bot's phone: %v", err)
		return
	}
	attrs := waBinary.Attrs{
		"id": id, "t": at.Unix(), "type": "text", "from": p.lid, "recipient": r.lid,
		"addressing_mode": string(types.AddressingModeLID),
	}
	if !r.person.HidePhone {
		attrs["peer_recipient_pn"] = phoneJID(r.number)
	}
	s.deliver(waBinary.Node{Tag: "message", Attrs: attrs, Content: []waBinary.Node{encNode(kind, sealed)}})
}

// arrive takes the copy of what the client has sent to somebody.
func (p *Phone) arrive(in *incoming, to types.JID) {
	plain, err := p.signal.open(in.from, attr(&in.enc[0], "type"), content(in.enc[0]))
	if err != nil {
		p.server.log.Debug("bot's phone cannot read", "id", in.id, "error", err)
		return
	}
	message := &waE2E.Message{}
	if err := proto.Unmarshal(plain, message); err != nil {
		p.server.complain("bot's phone: %v", err)
		return
	}
	copied := message.GetDeviceSentMessage()
	if copied == nil {
		return // a message between the account's own devices
	}
	if copied.GetDestinationJID() != to.String() {
		p.server.complain("copy for the bot's phone names another chat")
	}
	if r := p.server.byUser[to.User]; r != nil {
		p.thread(r.lid).apply(post{id: in.id, from: p.lid, mine: true, at: in.at, content: message})
	}
}

func (p *Phone) thread(chat types.JID) *thread {
	t := p.chats[chat]
	if t == nil {
		t = newThread()
		p.chats[chat] = t
	}
	return t
}
