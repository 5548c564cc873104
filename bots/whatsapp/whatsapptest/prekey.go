package whatsapptest

import (
	"encoding/binary"

	"go.mau.fi/libsignal/ecc"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// lowPreKeys is when the client is asked for more one-time prekeys.
const lowPreKeys = 5

// PreKeys is how many one-time prekeys of the client are left on the server, and
// how many times it has uploaded some.
func (s *Server) PreKeys() (left, uploads int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.device == nil {
		return 0, 0
	}
	return len(s.device.preKeys), s.device.uploads
}

// SpendPreKeys throws the client's one-time prekeys away until only keep are
// left, as many new contacts would, and tells the client.
func (s *Server) SpendPreKeys(keep int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.device != nil && len(s.device.preKeys) > keep {
		s.device.preKeys = s.device.preKeys[:keep]
		s.warnPreKeys()
	}
}

func (s *Server) onEncrypt(l *link, n *waBinary.Node, what string) {
	switch {
	case attr(n, "type") == "set":
		s.storePreKeys(l, n)
	case what == "count":
		s.answer(l, n, waBinary.Node{Tag: "count", Attrs: waBinary.Attrs{"value": len(l.device.preKeys)}})
	case what == "key":
		asked := n.GetChildByTag("key")
		users := make([]waBinary.Node, 0, len(asked.GetChildren()))
		for _, user := range asked.GetChildren() {
			users = append(users, s.bundleNode(jid(&user, "jid")))
		}
		s.answer(l, n, waBinary.Node{Tag: "list", Content: users})
	default:
		s.unknownQuery(l, n, "encrypt", what)
	}
}

// storePreKeys takes the client's upload, the signed prekey's signature checked.
func (s *Server) storePreKeys(l *link, n *waBinary.Node) {
	d := l.device
	signed := readPreKey(n.GetChildByTag("skey"))
	if signed == nil || signed.Signature == nil ||
		!verify(d.identity, append([]byte{ecc.DjbType}, signed.Pub[:]...), signed.Signature[:]) {
		s.complain("prekey upload: bad signed prekey")
		s.refuse(l, n, 400, "bad-request")
		return
	}
	list := n.GetChildByTag("list")
	for _, node := range list.GetChildren() {
		key := readPreKey(node)
		if key == nil {
			s.complain("prekey upload: malformed key")
			continue
		}
		d.preKeys = append(d.preKeys, key)
	}
	d.signed = signed
	d.uploads++
	s.answer(l, n)
}

// readPreKey is nil when the node is malformed.
func readPreKey(n waBinary.Node) *keys.PreKey {
	id, value := child(&n, "id"), child(&n, "value")
	if len(id) != 3 || len(value) != 32 {
		return nil
	}
	key := &keys.PreKey{
		KeyPair: keys.KeyPair{Pub: (*[32]byte)(value)},
		KeyID:   binary.BigEndian.Uint32(append([]byte{0}, id...)),
	}
	if signature := child(&n, "signature"); len(signature) == 64 {
		key.Signature = (*[64]byte)(signature)
	}
	return key
}

func preKeyNode(key *keys.PreKey) waBinary.Node {
	id := binary.BigEndian.AppendUint32(nil, key.KeyID)[1:]
	node := waBinary.Node{Tag: "key", Content: []waBinary.Node{bytesNode("id", id), bytesNode("value", key.Pub[:])}}
	if key.Signature != nil {
		node.Tag = "skey"
		node.Content = append(node.GetChildren(), bytesNode("signature", key.Signature[:]))
	}
	return node
}

// takePreKey hands out one of the client's one-time prekeys, nil when all are spent.
func (s *Server) takePreKey() *keys.PreKey {
	d := s.device
	if len(d.preKeys) == 0 {
		return nil
	}
	key := d.preKeys[0]
	d.preKeys = d.preKeys[1:]
	if len(d.preKeys) == lowPreKeys-1 {
		s.warnPreKeys()
	}
	return key
}

func (s *Server) warnPreKeys() {
	s.deliver(s.notification(types.ServerJID, "encrypt", waBinary.Node{
		Tag: "count", Attrs: waBinary.Attrs{"value": len(s.device.preKeys)},
	}))
}

// bundleNode is the prekey bundle of one device that the client wants to write to.
func (s *Server) bundleNode(who types.JID) waBinary.Node {
	node := waBinary.Node{Tag: "user", Attrs: waBinary.Attrs{"jid": who}}
	p := s.partyOf(who)
	if p == nil || who.Device != 0 {
		node.Content = []waBinary.Node{{Tag: "error", Attrs: waBinary.Attrs{"code": "404", "text": "item-not-found"}}}
		return node
	}
	p.prepare()
	node.Content = append([]waBinary.Node{
		bytesNode("registration", binary.BigEndian.AppendUint32(nil, p.registration)),
	}, p.keyNodes()...)
	return node
}

// keyNodes is what a bundle and a retry receipt have in common.
func (p *party) keyNodes() []waBinary.Node {
	return []waBinary.Node{
		bytesNode("type", []byte{ecc.DjbType}),
		bytesNode("identity", p.identity.Pub[:]),
		preKeyNode(p.newPreKey()),
		preKeyNode(p.signed),
	}
}

// partyOf finds the phone behind a LID or a number: a reader's or the bot's own.
func (s *Server) partyOf(who types.JID) *party {
	if who.User == s.number || who.User == s.phone.lid.User {
		return &s.phone.signal
	}
	if r := s.byUser[who.User]; r != nil {
		return &r.signal
	}
	return nil
}
