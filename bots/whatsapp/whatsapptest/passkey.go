package whatsapptest

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCompanionReg"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// PasskeyAssertion is the signature that the server takes for a valid passkey;
// any other is refused. Real ones come from an authenticator, which is not played.
const PasskeyAssertion = "test-assertion"

// passkeyPairing is the ceremony between the scan and the link.
type passkeyPairing struct {
	handoff    []byte // proves that the device is the one that was scanned
	ref        string
	identity   *waCompanionReg.CompanionEphemeralIdentity
	raw        []byte
	commitment []byte
	own        *keys.KeyPair
	nonce      []byte
	code       string
}

// DemandPasskey makes every later scan ask for a passkey before it links.
func (s *Server) DemandPasskey(demand bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pairing.passkey = demand
}

// PasskeyCode is the code that the owner's phone shows during the ceremony, to
// be compared with the client's; "" outside it.
func (s *Server) PasskeyCode() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.findLinking(func(c *linking) bool { return c.passkey != nil }); l != nil {
		return l.linking.passkey.code
	}
	return ""
}

func (s *Server) demandPasskey(l *link, secret []byte) error {
	l.linking.passkey = &passkeyPairing{
		handoff: hkdfutil.SHA256(secret, nil, []byte("shortcake-passkey-handoff-v1"), 32),
	}
	return l.send(s.notification(types.ServerJID, "passkey_prologue_request", passkeyOptions()))
}

// passkeyOptions is what an authenticator would be asked to sign.
func passkeyOptions() waBinary.Node {
	return bytesNode("passkey_request_options", []byte(`{"challenge":"dGVzdC1jaGFsbGVuZ2U","timeout":60000,`+
		`"rpId":"whatsapp.com","allowCredentials":[{"id":"dGVzdC1rZXk","type":"public-key","transports":["internal"]}],`+
		`"userVerification":"required","extensions":{}}`))
}

func (s *Server) onPasskey(l *link, n *waBinary.Node, what string) {
	c := l.linking
	if c == nil {
		s.refuse(l, n, 401, "not-authorized")
		return
	}
	if what == "passkey_request_options" {
		s.answer(l, n, passkeyOptions())
		return
	}
	if c.passkey == nil {
		s.refuse(l, n, 400, "bad-request")
		return
	}
	var err error
	switch what {
	case "ref":
		c.passkey.ref = "passkey-" + s.nextID()
		s.answer(l, n, bytesNode("ref", []byte(c.passkey.ref)))
		return
	case "passkey_prologue":
		err = s.passkeyPrologue(l, n)
	case "companion_nonce":
		err = c.passkey.reveal(child(n, "companion_nonce"))
	case "encrypted_pairing_request":
		err = s.passkeyRequest(l, n)
	}
	if err != nil {
		s.pairingErr = err
		s.refuse(l, n, 403, "forbidden")
		return
	}
	s.answer(l, n)
	switch what {
	case "passkey_prologue":
		s.continuePasskey(l)
	case "encrypted_pairing_request":
		if err := s.approve(l, c.passkey.nonce); err != nil {
			s.complain("passkey: %v", err)
		}
	}
}

// passkeyPrologue checks the assertion and that the device is the scanned one.
func (s *Server) passkeyPrologue(l *link, n *waBinary.Node) error {
	p := l.linking.passkey
	var assertion types.WebAuthnResponse
	if err := json.Unmarshal(child(n, "passkey_prologue", "webauthn_assertion"), &assertion); err != nil {
		return fmt.Errorf("passkey: decode assertion: %w", err)
	}
	if string(assertion.Response.Signature) != PasskeyAssertion {
		return errors.New("passkey: bad assertion")
	}
	payload := child(n, "passkey_prologue", "prologue_payload")
	mac := hmac.New(sha256.New, p.handoff)
	mac.Write(payload)
	if !hmac.Equal(mac.Sum(nil), child(n, "passkey_prologue", "pairing_handoff_proof")) {
		return errors.New("passkey: bad handoff proof")
	}
	prologue, identity := &waCompanionReg.ProloguePayload{}, &waCompanionReg.CompanionEphemeralIdentity{}
	if err := proto.Unmarshal(payload, prologue); err != nil {
		return fmt.Errorf("passkey: decode prologue: %w", err)
	}
	p.raw, p.commitment = prologue.GetCompanionEphemeralIdentity(), prologue.GetCommitment().GetHash()
	if err := proto.Unmarshal(p.raw, identity); err != nil {
		return fmt.Errorf("passkey: decode identity: %w", err)
	}
	if p.identity = identity; identity.GetRef() != p.ref {
		return errors.New("passkey: other reference")
	}
	return nil
}

func (s *Server) continuePasskey(l *link) {
	p := l.linking.passkey
	p.own, p.nonce = keys.NewKeyPair(), make([]byte, 32)
	_, _ = rand.Read(p.nonce)
	raw, err := proto.Marshal(&waCompanionReg.PrimaryEphemeralIdentity{PublicKey: p.own.Pub[:], Nonce: p.nonce})
	if err != nil {
		s.complain("passkey: %v", err)
		return
	}
	s.send(l, s.notification(types.ServerJID, "crsc_continuation", bytesNode("primary_ephemeral_identity", raw)))
}

// reveal checks the nonce that the device had committed to, and makes the code
// that both sides show.
func (p *passkeyPairing) reveal(nonce []byte) error {
	if sum := sha256.Sum256(append(bytes.Clone(p.raw), nonce...)); p.own == nil || !bytes.Equal(sum[:], p.commitment) {
		return errors.New("passkey: the device committed to another nonce")
	}
	digest := sha256.Sum256(append(bytes.Clone(nonce), p.own.Pub[:]...))
	code := make([]byte, 5)
	for i := range code {
		code[i] = p.nonce[i] ^ digest[i]
	}
	text := base32.NewEncoding("123456789ABCDEFGHJKLMNPQRSTVWXYZ").EncodeToString(code)
	p.code = text[:4] + "-" + text[4:]
	return nil
}

// passkeyRequest opens the device's last word: its keys and a new ADV secret,
// which takes the place of the nonce.
func (s *Server) passkeyRequest(l *link, n *waBinary.Node) error {
	p := l.linking.passkey
	sealed, request := &waCompanionReg.EncryptedPairingRequest{}, &waCompanionReg.PairingRequest{}
	if err := proto.Unmarshal(child(n, "encrypted_pairing_request"), sealed); err != nil {
		return fmt.Errorf("passkey: decode request: %w", err)
	}
	if p.code == "" {
		return errors.New("passkey: request out of turn")
	}
	secret, err := shared(p.own, p.identity.GetPublicKey())
	if err != nil {
		return fmt.Errorf("passkey: %w", err)
	}
	salt := fmt.Sprintf("Companion Pairing %d with ref %s", p.identity.GetDeviceType(), p.ref)
	key := hkdfutil.SHA256(secret, []byte(salt), []byte("Pairing Information Encryption Key"), 32)
	plain, err := gcmutil.Decrypt(key, sealed.GetIV(), sealed.GetEncryptedPayload(), nil)
	if err != nil {
		return fmt.Errorf("passkey: open request: %w", err)
	}
	if err := proto.Unmarshal(plain, request); err != nil {
		return fmt.Errorf("passkey: decode request: %w", err)
	}
	if !bytes.Equal(request.GetCompanionPublicKey(), l.static[:]) || !bytes.Equal(request.GetCompanionIdentityKey(), l.linking.identity) {
		return errors.New("passkey: another device's keys")
	}
	p.nonce = request.GetAdvSecret()
	return nil
}
