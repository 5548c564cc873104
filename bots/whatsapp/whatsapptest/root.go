package whatsapptest

import (
	"crypto/sha256"
	"fmt"
	"sync"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/logger"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCert"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// The serial numbers of the chain: the client demands that the intermediate was
// issued by serial 0 and the leaf by the intermediate.
const (
	rootSerial         = 0
	intermediateSerial = 1
	leafSerial         = 2
)

// farFuture ends the validity of the certificates, in Unix seconds (year 2100):
// they must hold under a fake clock as well as under the real one.
const farFuture = 4102444800

// RootKey is the public key that signs the certificates of every Server. It is
// derived from a fixed phrase, so it is the same in every process: a child
// process needs no key handed over, it calls Trust as its parent did.
func RootKey() [32]byte { return *rootPair().Pub }

// Trust makes every whatsmeow client of this process accept a Server and refuse
// the real network. whatsmeow keeps the root in one variable per process, and
// this is the only place that sets it: call it (New does) before the first
// client connects. It sets the same value once, so parallel tests do not race.
// For the same reason it silences libsignal's logger, another variable of the
// process, which libsignal would otherwise set at its first use, unguarded.
func Trust() { trust() }

var trust = sync.OnceFunc(func() {
	whatsmeow.WACertPubKey = RootKey()
	var silent logger.Loggable = quiet{}
	logger.Setup(&silent)
})

// quiet is a logger that says nothing.
type quiet struct{}

func (quiet) Debug(string, string)   {}
func (quiet) Info(string, string)    {}
func (quiet) Warning(string, string) {}
func (quiet) Error(string, string)   {}
func (quiet) Configure(string)       {}

func rootPair() *keys.KeyPair {
	return keys.NewKeyPairFromPrivateKey(clamp(sha256.Sum256([]byte("nashra whatsapptest root"))))
}

func clamp(key [32]byte) [32]byte {
	key[0] &= 248
	key[31] &= 127
	key[31] |= 64
	return key
}

// certificates is the server's static Noise key with the chain that vouches for it.
type certificates struct {
	static *keys.KeyPair
	chain  []byte
}

// issue makes a new static key and has root vouch for it.
func issue(root *keys.KeyPair) (certificates, error) {
	middle, static := keys.NewKeyPair(), keys.NewKeyPair()
	intermediate, err := certify(root, intermediateSerial, rootSerial, middle)
	if err != nil {
		return certificates{}, fmt.Errorf("issue intermediate certificate: %w", err)
	}
	leaf, err := certify(middle, leafSerial, intermediateSerial, static)
	if err != nil {
		return certificates{}, fmt.Errorf("issue leaf certificate: %w", err)
	}
	chain, err := proto.Marshal(&waCert.CertChain{Intermediate: intermediate, Leaf: leaf})
	if err != nil {
		return certificates{}, fmt.Errorf("encode certificate chain: %w", err)
	}
	return certificates{static: static, chain: chain}, nil
}

func certify(by *keys.KeyPair, serial, issuer uint32, subject *keys.KeyPair) (*waCert.CertChain_NoiseCertificate, error) {
	details, err := proto.Marshal(&waCert.CertChain_NoiseCertificate_Details{
		Serial:       proto.Uint32(serial),
		IssuerSerial: proto.Uint32(issuer),
		Key:          subject.Pub[:],
		NotBefore:    proto.Uint64(1),
		NotAfter:     proto.Uint64(farFuture),
	})
	if err != nil {
		return nil, err
	}
	return &waCert.CertChain_NoiseCertificate{Details: details, Signature: sign(by, details)}, nil
}

// sign is XEd25519 over message with a Curve25519 key, as Signal does it.
func sign(by *keys.KeyPair, message []byte) []byte {
	signature := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*by.Priv), message)
	return signature[:]
}

// verify is the counterpart of sign; key has 32 bytes and signature 64, or it fails.
func verify(key, message, signature []byte) bool {
	if len(key) != 32 || len(signature) != 64 {
		return false
	}
	return ecc.VerifySignature(ecc.NewDjbECPublicKey([32]byte(key)), message, [64]byte(signature))
}
