package whatsapptest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// The protocol name is padded to the hash length, so it is the first hash itself.
const noiseName = "Noise_XX_25519_AESGCM_SHA256\x00\x00\x00\x00"

// prologue is what the client sends before its first frame and mixes into the hash.
var prologue = [4]byte{'W', 'A', 6, 3}

// noise is the responder's symmetric state of Noise XX (Noise specification, section 5.2).
type noise struct {
	hash  [32]byte
	chain []byte
	aead  cipher.AEAD
	nonce uint32
}

func newNoise() *noise {
	n := &noise{chain: []byte(noiseName)}
	copy(n.hash[:], noiseName)
	n.mixHash(prologue[:])
	return n
}

func (n *noise) mixHash(data []byte) {
	n.hash = sha256.Sum256(append(n.hash[:], data...))
}

func (n *noise) mixKey(secret []byte) error {
	key, err := hkdf.Key(sha256.New, secret, n.chain, "", 64)
	if err != nil {
		return err
	}
	n.chain, n.nonce = key[:32], 0
	n.aead, err = newGCM(key[32:])
	return err
}

func (n *noise) seal(plain []byte) []byte {
	sealed := n.aead.Seal(nil, iv(n.nonce), plain, n.hash[:])
	n.nonce++
	n.mixHash(sealed)
	return sealed
}

func (n *noise) open(sealed []byte) ([]byte, error) {
	plain, err := n.aead.Open(nil, iv(n.nonce), sealed, n.hash[:])
	if err != nil {
		return nil, err
	}
	n.nonce++
	n.mixHash(sealed)
	return plain, nil
}

// split ends the handshake: the initiator writes with the first key.
func (n *noise) split() (read, write cipher.AEAD, err error) {
	key, err := hkdf.Key(sha256.New, nil, n.chain, "", 64)
	if err != nil {
		return nil, nil, err
	}
	if read, err = newGCM(key[:32]); err != nil {
		return nil, nil, err
	}
	write, err = newGCM(key[32:])
	return read, write, err
}

// handshake answers the client's Noise XX and leaves l encrypted, with the
// client's static key and its registration or login payload.
func (s *Server) handshake(l *link) error {
	hello, err := l.handshakeMessage()
	if err != nil {
		return fmt.Errorf("read client hello: %w", err)
	}
	n, own := newNoise(), keys.NewKeyPair()
	theirs := hello.GetClientHello().GetEphemeral()
	n.mixHash(theirs)
	n.mixHash(own.Pub[:])
	if err := n.mixShared(own, theirs); err != nil {
		return fmt.Errorf("mix ephemeral keys: %w", err)
	}
	static := n.seal(s.certs.static.Pub[:])
	if err := n.mixShared(s.certs.static, theirs); err != nil {
		return fmt.Errorf("mix static key: %w", err)
	}
	err = l.sendHandshake(&waWa6.HandshakeMessage{ServerHello: &waWa6.HandshakeMessage_ServerHello{
		Ephemeral: own.Pub[:], Static: static, Payload: n.seal(s.certs.chain),
	}})
	if err != nil {
		return fmt.Errorf("send server hello: %w", err)
	}
	finish, err := l.handshakeMessage()
	if err != nil {
		return fmt.Errorf("read client finish: %w", err)
	}
	return l.finish(n, own, finish.GetClientFinish())
}

func (l *link) finish(n *noise, own *keys.KeyPair, finish *waWa6.HandshakeMessage_ClientFinish) error {
	static, err := n.open(finish.GetStatic())
	if err != nil {
		return fmt.Errorf("open client's static key: %w", err)
	}
	if err := n.mixShared(own, static); err != nil {
		return fmt.Errorf("mix client's static key: %w", err)
	}
	raw, err := n.open(finish.GetPayload())
	if err != nil {
		return fmt.Errorf("open client's payload: %w", err)
	}
	l.payload = &waWa6.ClientPayload{}
	if err := proto.Unmarshal(raw, l.payload); err != nil {
		return fmt.Errorf("decode client's payload: %w", err)
	}
	l.static = [32]byte(static)
	l.readKey, l.writeKey, err = n.split()
	return err
}

func (n *noise) mixShared(own *keys.KeyPair, theirs []byte) error {
	secret, err := shared(own, theirs)
	if err != nil {
		return err
	}
	return n.mixKey(secret)
}

// shared is X25519 of a private and a public key.
func shared(own *keys.KeyPair, theirs []byte) ([]byte, error) {
	private, err := ecdh.X25519().NewPrivateKey(own.Priv[:])
	if err != nil {
		return nil, err
	}
	public, err := ecdh.X25519().NewPublicKey(theirs)
	if err != nil {
		return nil, err
	}
	return private.ECDH(public)
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func iv(counter uint32) []byte {
	return binary.BigEndian.AppendUint32(make([]byte, 8, 12), counter)
}
