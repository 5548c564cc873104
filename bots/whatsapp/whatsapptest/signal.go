package whatsapptest

import (
	"context"
	"fmt"
	"math/rand/v2"

	grouprecord "go.mau.fi/libsignal/groups/state/record"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/session"
	"go.mau.fi/libsignal/state/record"
	signalstore "go.mau.fi/libsignal/state/store"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// party is one phone's Signal state, in memory. Records are kept as they are,
// not serialised: phones must cost little beside the client that is measured.
type party struct {
	identity     *keys.KeyPair
	registration uint32
	signed       *keys.PreKey
	preKeys      map[uint32]*keys.PreKey
	lastPreKey   uint32
	sessions     map[string]*record.Session
	senderKeys   map[string]*grouprecord.SenderKey
}

var _ signalstore.SignalProtocol = (*party)(nil)

// prepare makes the keys when they are first needed: most readers of a large
// test never are.
func (p *party) prepare() {
	if p.identity != nil {
		return
	}
	p.identity = keys.NewKeyPair()
	p.registration = rand.Uint32()>>18 + 1
	p.signed = p.identity.CreateSignedPreKey(1)
	p.preKeys = map[uint32]*keys.PreKey{}
	p.sessions = map[string]*record.Session{}
	p.senderKeys = map[string]*grouprecord.SenderKey{}
}

func (p *party) newPreKey() *keys.PreKey {
	p.lastPreKey++
	key := keys.NewPreKey(p.lastPreKey)
	p.preKeys[key.KeyID] = key
	return key
}

func (p *party) cipher(peer types.JID) (*session.Builder, *session.Cipher) {
	p.prepare()
	address := peer.SignalAddress()
	builder := session.NewBuilderFromSignal(p, address, store.SignalProtobufSerializer)
	return builder, session.NewCipher(builder, address)
}

// knows says whether there is a session with a device.
func (p *party) knows(peer types.JID) bool {
	return p.sessions[peer.SignalAddress().String()] != nil
}

// meet starts a session from the other device's prekey bundle.
func (p *party) meet(peer types.JID, bundle *prekey.Bundle) error {
	builder, _ := p.cipher(peer)
	return builder.ProcessBundle(context.Background(), bundle)
}

// seal encrypts for a device that the party knows; kind is "pkmsg" or "msg".
func (p *party) seal(peer types.JID, plain []byte) (kind string, sealed []byte, err error) {
	_, cipher := p.cipher(peer)
	message, err := cipher.Encrypt(context.Background(), pad(plain))
	if err != nil {
		return "", nil, fmt.Errorf("encrypt: %w", err)
	}
	if message.Type() == protocol.PREKEY_TYPE {
		return "pkmsg", message.Serialize(), nil
	}
	return "msg", message.Serialize(), nil
}

// open decrypts what a device sent.
func (p *party) open(peer types.JID, kind string, sealed []byte) ([]byte, error) {
	_, cipher := p.cipher(peer)
	serializer := store.SignalProtobufSerializer
	var plain []byte
	switch kind {
	case "pkmsg":
		message, err := protocol.NewPreKeySignalMessageFromBytes(sealed, serializer.PreKeySignalMessage, serializer.SignalMessage)
		if err != nil {
			return nil, fmt.Errorf("parse prekey message: %w", err)
		}
		if plain, err = cipher.DecryptMessage(context.Background(), message); err != nil {
			return nil, fmt.Errorf("decrypt prekey message: %w", err)
		}
	case "msg":
		message, err := protocol.NewSignalMessageFromBytes(sealed, serializer.SignalMessage)
		if err != nil {
			return nil, fmt.Errorf("parse message: %w", err)
		}
		if plain, err = cipher.Decrypt(context.Background(), message); err != nil {
			return nil, fmt.Errorf("decrypt message: %w", err)
		}
	default:
		return nil, fmt.Errorf("decrypt message: unknown kind %q", kind)
	}
	return unpad(plain)
}

// bundle is the linked device's bundle for a phone that writes to it first; it
// spends one of the device's one-time prekeys.
func (s *Server) bundle() *prekey.Bundle {
	return bundleOf(s.device.registration, s.device, s.takePreKey(), s.device.signed)
}

// sealFor encrypts one phone's message for the linked device.
func (s *Server) sealFor(p *party, plain []byte) (kind string, sealed []byte, err error) {
	p.prepare()
	if !p.knows(s.device.lid) {
		if err := p.meet(s.device.lid, s.bundle()); err != nil {
			return "", nil, fmt.Errorf("start session: %w", err)
		}
	}
	return p.seal(s.device.lid, plain)
}

// pad adds 1 to 15 bytes of the padding's length, as WhatsApp does.
func pad(plain []byte) []byte {
	size := rand.IntN(15) + 1
	padded := make([]byte, 0, len(plain)+size)
	padded = append(padded, plain...)
	for range size {
		padded = append(padded, byte(size))
	}
	return padded
}

func unpad(plain []byte) ([]byte, error) {
	if len(plain) == 0 {
		return nil, fmt.Errorf("unpad: empty")
	}
	size := int(plain[len(plain)-1])
	if size == 0 || size > len(plain) {
		return nil, fmt.Errorf("unpad: %d of %d bytes", size, len(plain))
	}
	return plain[:len(plain)-size], nil
}
