package whatsapptest

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/libsignal/groups"
	"go.mau.fi/libsignal/protocol"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// PostStatus puts a text in the reader's status, which the bot sees if it is a contact.
func (r *Reader) PostStatus(text string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.write(types.StatusBroadcastJID, &waE2E.Message{Conversation: proto.String(text)}, time.Time{}, "")
}

// SendBroadcast writes a text to one of the reader's broadcast lists that the bot is on.
func (r *Reader) SendBroadcast(text string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	list := types.NewJID("1700000000", types.BroadcastServer)
	return r.write(list, &waE2E.Message{Conversation: proto.String(text)}, time.Time{}, "")
}

// sealGroup encrypts once for everybody, with the sender key that the first
// message to the linked device carries.
func (r *Reader) sealGroup(out *outgoing) ([]waBinary.Node, error) {
	r.signal.prepare()
	plain, err := proto.Marshal(out.content)
	if err != nil {
		return nil, err
	}
	name := protocol.NewSenderKeyName(out.chat.String(), r.lid.SignalAddress())
	builder := groups.NewGroupSessionBuilder(&r.signal, store.SignalProtobufSerializer)
	distribution, err := builder.Create(context.Background(), name)
	if err != nil {
		return nil, fmt.Errorf("make sender key: %w", err)
	}
	var enc []waBinary.Node
	if told := out.chat.String() + " " + r.server.device.lid.String(); !r.told[told] {
		r.told[told] = true
		enc, err = r.sealDirect(&waE2E.Message{SenderKeyDistributionMessage: &waE2E.SenderKeyDistributionMessage{
			GroupID: proto.String(out.chat.String()), AxolotlSenderKeyDistributionMessage: distribution.Serialize(),
		}})
		if err != nil {
			return nil, err
		}
	}
	sealed, err := groups.NewGroupCipher(builder, name, &r.signal).Encrypt(context.Background(), pad(plain))
	if err != nil {
		return nil, fmt.Errorf("encrypt for group: %w", err)
	}
	return append(enc, encNode("skmsg", sealed.SignedSerialize())), nil
}

func (r *Reader) openGroup(chat, from types.JID, sealed []byte) ([]byte, error) {
	r.signal.prepare()
	serializer := store.SignalProtobufSerializer
	message, err := protocol.NewSenderKeyMessageFromBytes(sealed, serializer.SenderKeyMessage)
	if err != nil {
		return nil, fmt.Errorf("parse group message: %w", err)
	}
	name := protocol.NewSenderKeyName(chat.String(), from.SignalAddress())
	builder := groups.NewGroupSessionBuilder(&r.signal, serializer)
	plain, err := groups.NewGroupCipher(builder, name, &r.signal).Decrypt(context.Background(), message)
	if err != nil {
		return nil, fmt.Errorf("decrypt group message: %w", err)
	}
	return unpad(plain)
}

func (r *Reader) learnSenderKey(in *incoming, keys *waE2E.SenderKeyDistributionMessage) error {
	serializer := store.SignalProtobufSerializer
	message, err := protocol.NewSenderKeyDistributionMessageFromBytes(
		keys.GetAxolotlSenderKeyDistributionMessage(), serializer.SenderKeyDistributionMessage)
	if err != nil {
		return fmt.Errorf("parse sender key: %w", err)
	}
	name := protocol.NewSenderKeyName(keys.GetGroupID(), in.from.SignalAddress())
	return groups.NewGroupSessionBuilder(&r.signal, serializer).Process(context.Background(), name, message)
}

// routeGroup hands a group message of the client's to every member's phone.
func (s *Server) routeGroup(to types.JID, n *waBinary.Node) int {
	g := s.groups[to]
	if g == nil {
		return 404
	}
	if g.find(s.phone.lid) < 0 {
		return 403
	}
	at := s.seconds()
	pairwise := map[string]waBinary.Node{}
	participants := n.GetChildByTag("participants")
	for _, device := range participants.GetChildren() {
		enc := device.GetChildByTag("enc")
		if attr(&enc, "type") == "pkmsg" && !s.proven(n) {
			s.complain("prekey message without a valid device identity")
			return 400
		}
		pairwise[jid(&device, "jid").User] = enc
	}
	one := jid(n, "participant") // an answer to one member's retry
	for _, m := range g.members {
		r := s.byUser[m.who.User]
		if r == nil || !one.IsEmpty() && one.User != m.who.User {
			continue
		}
		in := &incoming{id: attr(n, "id"), from: s.device.lid, chat: to, at: at}
		if enc, ok := pairwise[m.who.User]; ok {
			in.enc = append(in.enc, enc)
		}
		if enc, ok := n.GetOptionalChildByTag("enc"); ok {
			in.enc = append(in.enc, enc)
		}
		r.arrive(in)
	}
	return 0
}
