package whatsapptest

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"go.mau.fi/whatsmeow/util/keys"
)

// The pairing code is stretched this often, the protocol says.
const codeRounds = 2 << 16

// codePairing is a pairing by phone number and code.
type codePairing struct {
	ref      []byte
	wrapped  []byte // the device's ephemeral key, under the code
	own      *keys.KeyPair
	theirs   []byte
	answered bool
}

// onCodePairing answers the device's two steps: hello, and the key bundle that
// it sends when the phone has entered the code.
func (s *Server) onCodePairing(l *link, n *waBinary.Node) {
	step := n.GetChildByTag("link_code_companion_reg")
	if l.linking == nil || jid(&step, "jid").User != s.number {
		s.refuse(l, n, 400, "bad-request")
		return
	}
	switch attr(&step, "stage") {
	case "companion_hello":
		c := &codePairing{
			ref: []byte("code-" + s.nextID()), wrapped: child(&step, "link_code_pairing_wrapped_companion_ephemeral_pub"),
		}
		if len(c.wrapped) != 80 || !bytes.Equal(child(&step, "companion_server_auth_key_pub"), l.static[:]) {
			s.refuse(l, n, 400, "bad-request")
			return
		}
		l.linking.code = c
		s.answer(l, n, waBinary.Node{Tag: "link_code_companion_reg", Content: []waBinary.Node{
			bytesNode("link_code_pairing_ref", c.ref),
		}})
	case "companion_finish":
		s.answer(l, n)
		if err := s.finishCode(l, &step); err != nil {
			s.pairingErr = err
			s.log.Debug("code pairing", "error", err)
		}
	default:
		s.unknownQuery(l, n, "md", "link_code_companion_reg")
	}
}

// EnterCode is the owner typing the code that the client shows, such as
// ABCD-1234, into the phone. A wrong code is noticed only by the two devices
// failing to understand each other: see PairingError.
func (s *Server) EnterCode(code string) error {
	code = strings.ToUpper(strings.ReplaceAll(code, "-", ""))
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.findLinking(func(c *linking) bool { return c.code != nil && !c.code.answered })
	if l == nil {
		return fmt.Errorf("enter code: %w", ErrUnknownCode)
	}
	c := l.linking.code
	var err error
	if c.theirs, err = unwrapKey(code, c.wrapped); err != nil {
		return fmt.Errorf("enter code: %w", err)
	}
	c.own, c.answered = keys.NewKeyPair(), true
	wrapped, err := wrapKey(code, c.own.Pub[:])
	if err != nil {
		return fmt.Errorf("enter code: %w", err)
	}
	return l.send(s.notification(types.ServerJID, "link_code_companion_reg", waBinary.Node{
		Tag:   "link_code_companion_reg",
		Attrs: waBinary.Attrs{"stage": "primary_hello"},
		Content: []waBinary.Node{
			bytesNode("link_code_pairing_wrapped_primary_ephemeral_pub", wrapped),
			bytesNode("primary_identity_pub", s.phone.signal.identity.Pub[:]),
			bytesNode("link_code_pairing_ref", c.ref),
		},
	}))
}

// finishCode opens the key bundle: only a device that shows the entered code can have sealed it.
func (s *Server) finishCode(l *link, step *waBinary.Node) error {
	c := l.linking.code
	bundle := child(step, "link_code_pairing_wrapped_key_bundle")
	if c == nil || !c.answered || !bytes.Equal(child(step, "link_code_pairing_ref"), c.ref) || len(bundle) < 44 {
		return errors.New("finish code pairing: out of turn")
	}
	secret, err := shared(c.own, c.theirs)
	if err != nil {
		return fmt.Errorf("finish code pairing: %w", err)
	}
	key := hkdfutil.SHA256(secret, bundle[:32], []byte("link_code_pairing_key_bundle_encryption_key"), 32)
	plain, err := gcmutil.Decrypt(key, bundle[32:44], bundle[44:], nil)
	if err != nil {
		return fmt.Errorf("finish code pairing: the code was wrong: %w", err)
	}
	if len(plain) != 96 || !bytes.Equal(plain[:32], l.linking.identity) || !bytes.Equal(plain[32:64], s.phone.signal.identity.Pub[:]) {
		return errors.New("finish code pairing: other identities in the bundle")
	}
	identity, err := shared(s.phone.signal.identity, l.linking.identity)
	if err != nil {
		return fmt.Errorf("finish code pairing: %w", err)
	}
	input := bytes.Join([][]byte{secret, identity, plain[64:]}, nil)
	return s.approve(l, hkdfutil.SHA256(input, nil, []byte("adv_secret"), 32))
}

func wrapKey(code string, public []byte) ([]byte, error) {
	wrapped := make([]byte, 80)
	_, _ = rand.Read(wrapped[:48])
	copy(wrapped[48:], public)
	return wrapped, cryptKey(code, wrapped)
}

func unwrapKey(code string, wrapped []byte) ([]byte, error) {
	plain := bytes.Clone(wrapped)
	return plain[48:], cryptKey(code, plain)
}

// cryptKey encrypts or decrypts in place: 32 bytes of salt, 16 of IV, 32 of key.
func cryptKey(code string, wrapped []byte) error {
	key, err := pbkdf2.Key(sha256.New, code, wrapped[:32], codeRounds, 32)
	if err != nil {
		return err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return err
	}
	cipher.NewCTR(block, wrapped[32:48]).XORKeyStream(wrapped[48:], wrapped[48:])
	return nil
}
