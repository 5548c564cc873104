package whatsapptest

import (
	"encoding/binary"
	"strconv"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/util/optional"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// maxRetries is how often a message is asked for, or sent, again.
const maxRetries = 5

// askAgain is the reader's phone asking for a message that it could not read,
// with fresh keys so that the answer can be read.
func (r *Reader) askAgain(in *incoming) {
	s := r.server
	r.signal.prepare()
	attempt := 0
	for _, entry := range r.log {
		if entry.ID == in.id && entry.Failed {
			attempt++
		}
	}
	if attempt >= maxRetries {
		s.complain("a phone gave up on a message after %d attempts", attempt)
		return
	}
	from := waBinary.Attrs{"id": in.id, "type": "retry", "from": r.lid, "t": s.now().Unix()}
	if in.chat.Server == types.GroupServer {
		from["from"], from["participant"] = in.chat, r.lid
	}
	s.deliver(waBinary.Node{Tag: "receipt", Attrs: from, Content: []waBinary.Node{
		{Tag: "retry", Attrs: waBinary.Attrs{"count": attempt, "id": in.id, "t": in.at.Unix(), "v": "1"}},
		bytesNode("registration", binary.BigEndian.AppendUint32(nil, r.signal.registration)),
		{Tag: "keys", Content: r.signal.keyNodes()},
	}})
}

// onRetry is the client asking for a message of a reader's, or of its own phone's, again.
func (s *Server) onRetry(n *waBinary.Node) {
	who := jid(n, "to")
	if participant := jid(n, "participant"); !participant.IsEmpty() {
		who = participant
	}
	r := s.byUser[who.User]
	if r == nil {
		return
	}
	out := r.sent[attr(n, "id")]
	if out == nil || out.retries >= maxRetries {
		return
	}
	out.retries++
	s.retries++
	bundle := s.retryBundle(n)
	if bundle == nil {
		bundle = s.bundle()
	}
	if err := r.signal.meet(s.device.lid, bundle); err != nil {
		s.complain("retry: %v", err)
		return
	}
	enc, err := r.sealDirect(out.content)
	if err != nil {
		s.complain("retry: %v", err)
		return
	}
	enc[0].Attrs["count"] = strconv.Itoa(out.retries)
	s.deliver(r.stanza(out, enc))
}

// Retries is how often the client has asked for a message again.
func (s *Server) Retries() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.retries
}

// retryBundle reads the keys that may come with a retry receipt; nil if none did.
func (s *Server) retryBundle(n *waBinary.Node) *prekey.Bundle {
	sent := n.GetChildByTag("keys")
	one, signed := readPreKey(sent.GetChildByTag("key")), readPreKey(sent.GetChildByTag("skey"))
	if one == nil || signed == nil || signed.Signature == nil || len(child(n, "registration")) != 4 {
		return nil
	}
	return bundleOf(binary.BigEndian.Uint32(child(n, "registration")), s.device, one, signed)
}

func bundleOf(registration uint32, d *device, one, signed *keys.PreKey) *prekey.Bundle {
	id, public := optional.NewEmptyUint32(), ecc.ECPublicKeyable(nil)
	if one != nil {
		id, public = optional.NewOptionalUint32(one.KeyID), ecc.NewDjbECPublicKey(*one.Pub)
	}
	return prekey.NewBundle(registration, uint32(d.lid.Device), id, signed.KeyID, public,
		ecc.NewDjbECPublicKey(*signed.Pub), *signed.Signature,
		identity.NewKey(ecc.NewDjbECPublicKey([32]byte(d.identity))))
}

// tellIdentity tells the client that somebody has a new phone.
func (s *Server) tellIdentity(who types.JID) {
	s.deliver(s.notification(who, "encrypt", waBinary.Node{Tag: "identity"}))
}
