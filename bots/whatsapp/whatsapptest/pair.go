package whatsapptest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.mau.fi/libsignal/ecc"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/proto/waCompanionReg"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// linkLifetime is how long a connection that has not paired yet is kept: six QR
// codes, the first for a minute and the others for twenty seconds each.
const linkLifetime = 160 * time.Second

// restartDelay is the pause between a client's last word of a pairing and the 515
// that has it connect anew. The library takes a 515 that overtakes the end of its
// own writing for a failure, which can be on no network where both take a while.
const restartDelay = 100 * time.Millisecond

// closeDelay is the pause between a last word, such as a failure, and the end of
// the connection: the client must read the word first, as it does on a real
// network, where both take a while.
const closeDelay = 100 * time.Millisecond

// Errors that ScanQR and EnterCode return for what a phone would show its owner.
var (
	ErrUnknownCode = errors.New("no device shows this code any more")
	ErrNotThisCode = errors.New("the code belongs to another device")

	errUnpaired = errors.New("no device is linked")
)

// Corruption is a fault of the pairing that a client must notice.
type Corruption int

const (
	CorruptNothing Corruption = iota
	CorruptHMAC               // the HMAC over the device identity
	CorruptAccount            // the account's signature over the device identity
)

// pairing is how the next pairings go.
type pairing struct {
	corrupt Corruption
	passkey bool
}

// linking is a device that wants to be linked, while its connection lasts.
type linking struct {
	refs         []string
	identity     []byte
	registration uint32
	signed       *keys.PreKey
	code         *codePairing
	passkey      *passkeyPairing
	request      string // id of the pair-success iq
	details      []byte
	number       uint16
	says         *waCompanionReg.DeviceProps // what it is
}

// Introduced returns what the linked device said that it is when it was linked:
// its system, and the kind of program, as a phone lists them.
func (s *Server) Introduced() (system, kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.introduced.GetOs(), s.introduced.GetPlatformType().String()
}

// CorruptPairing spoils the pairings from now on, until it is called with CorruptNothing.
func (s *Server) CorruptPairing(how Corruption) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pairing.corrupt = how
}

// Paired says whether a device is linked to the account.
func (s *Server) Paired() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.device != nil
}

// PairingError is what went wrong in the last pairing, by the client's word or
// the server's; nil when it succeeded or none was tried.
func (s *Server) PairingError() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pairingErr
}

// ScanQR is the owner's phone scanning what the client shows. It returns when
// the phone has sent its answer; whether the client accepted it is Paired's to
// say. With a passkey demanded, the answer comes after the ceremony.
func (s *Server) ScanQR(text string) error {
	_, code, found := strings.Cut(text, "#")
	fields := strings.Split(code, ",")
	if !found || len(fields) < 4 {
		return fmt.Errorf("scan QR: %q is no link to a device", text)
	}
	var raw [3][]byte
	for i, field := range fields[1:4] {
		var err error
		if raw[i], err = base64.StdEncoding.DecodeString(field); err != nil || len(raw[i]) != 32 {
			return fmt.Errorf("scan QR: part %d is no key", i+2)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.findLinking(func(c *linking) bool { return contains(c.refs, fields[0]) })
	if l == nil {
		return fmt.Errorf("scan QR: %w", ErrUnknownCode)
	}
	if !bytes.Equal(raw[0], l.static[:]) || !bytes.Equal(raw[1], l.linking.identity) {
		return fmt.Errorf("scan QR: %w", ErrNotThisCode)
	}
	if s.pairing.passkey {
		return s.demandPasskey(l, raw[2])
	}
	return s.approve(l, raw[2])
}

func (s *Server) findLinking(match func(*linking) bool) *link {
	for l := range s.links {
		if l.linking != nil && !l.cut && match(l.linking) {
			return l
		}
	}
	return nil
}

// offerPairing shows a client that has no account the codes it may display.
func (s *Server) offerPairing(l *link) error {
	data := l.payload.GetDevicePairingData()
	candidate, err := readRegistration(data)
	if err != nil {
		return err
	}
	l.linking = candidate
	refs := make([]waBinary.Node, 6)
	for i := range refs {
		ref := "ref-" + s.nextID()
		candidate.refs = append(candidate.refs, ref)
		refs[i] = bytesNode("ref", []byte(ref))
	}
	s.after(linkLifetime, func() {
		if l.linking != nil {
			s.cutLink(l)
		}
	})
	return l.send(waBinary.Node{
		Tag:     "iq",
		Attrs:   waBinary.Attrs{"from": types.ServerJID, "type": "set", "id": s.nextID()},
		Content: []waBinary.Node{{Tag: "pair-device", Content: refs}},
	})
}

// readRegistration checks what an unpaired client registers, its signed prekey included.
func readRegistration(data *waWa6.ClientPayload_DevicePairingRegistrationData) (*linking, error) {
	identity, value, signature := data.GetEIdent(), data.GetESkeyVal(), data.GetESkeySig()
	if len(identity) != 32 || len(value) != 32 || len(data.GetERegid()) != 4 || len(data.GetESkeyID()) != 3 {
		return nil, errors.New("read registration: keys missing")
	}
	if !verify(identity, append([]byte{ecc.DjbType}, value...), signature) {
		return nil, errors.New("read registration: signed prekey has a bad signature")
	}
	says := new(waCompanionReg.DeviceProps)
	if err := proto.Unmarshal(data.GetDeviceProps(), says); err != nil {
		return nil, fmt.Errorf("read registration: %w", err)
	}
	id := binary.BigEndian.Uint32(append([]byte{0}, data.GetESkeyID()...))
	return &linking{
		says:         says,
		identity:     identity,
		registration: binary.BigEndian.Uint32(data.GetERegid()),
		signed: &keys.PreKey{
			KeyPair: keys.KeyPair{Pub: (*[32]byte)(value)}, KeyID: id, Signature: (*[64]byte)(signature),
		},
	}, nil
}

// approve is the phone's half of the device identity (ADV): signed by the account,
// and authenticated with the secret that only the scanned code told.
func (s *Server) approve(l *link, secret []byte) error {
	s.pairingErr = nil
	c := l.linking
	s.devices++
	c.number = s.devices
	account := s.phone.signal.identity
	var err error
	c.details, err = proto.Marshal(&waAdv.ADVDeviceIdentity{
		RawID: proto.Uint32(uint32(c.number)), Timestamp: proto.Uint64(uint64(s.now().Unix())),
		KeyIndex: proto.Uint32(uint32(c.number)),
	})
	if err != nil {
		return fmt.Errorf("encode device identity: %w", err)
	}
	signature := sign(account, bytes.Join([][]byte{{6, 0}, c.details, c.identity}, nil))
	if s.pairing.corrupt == CorruptAccount {
		signature[5] ^= 1
	}
	signed, err := proto.Marshal(&waAdv.ADVSignedDeviceIdentity{
		Details: c.details, AccountSignatureKey: account.Pub[:], AccountSignature: signature,
	})
	if err != nil {
		return fmt.Errorf("encode signed device identity: %w", err)
	}
	sum := hmac.New(sha256.New, secret)
	sum.Write(signed)
	mac := sum.Sum(nil)
	if s.pairing.corrupt == CorruptHMAC {
		mac[5] ^= 1
	}
	container, err := proto.Marshal(&waAdv.ADVSignedDeviceIdentityHMAC{Details: signed, HMAC: mac})
	if err != nil {
		return fmt.Errorf("encode device identity container: %w", err)
	}
	return s.sendPairSuccess(l, container)
}

func (s *Server) sendPairSuccess(l *link, container []byte) error {
	c := l.linking
	c.request = s.nextID()
	number, lid := phoneJID(s.number), s.phone.lid
	number.Device, lid.Device = c.number, c.number
	return l.send(waBinary.Node{
		Tag:   "iq",
		Attrs: waBinary.Attrs{"from": types.ServerJID, "type": "set", "id": c.request, "t": s.now().Unix()},
		Content: []waBinary.Node{{Tag: "pair-success", Content: []waBinary.Node{
			bytesNode("device-identity", container),
			{Tag: "device", Attrs: waBinary.Attrs{"jid": number, "lid": lid}},
			{Tag: "platform", Attrs: waBinary.Attrs{"name": "android"}},
		}}},
	})
}

// onPairAnswer takes the client's answer to pair-success: its own signature, or why it refuses.
func (s *Server) onPairAnswer(l *link, n *waBinary.Node) {
	c := l.linking
	if attr(n, "type") == "error" {
		refusal := n.GetChildByTag("error")
		s.pairingErr = fmt.Errorf("client refused: %s %s", attr(&refusal, "code"), attr(&refusal, "text"))
		return
	}
	raw := child(n, "pair-device-sign", "device-identity")
	if err := checkDeviceSignature(raw, c, s.phone.signal.identity.Pub[:]); err != nil {
		s.pairingErr = err
		s.complain("pairing: %v", err)
		s.endLink(l, waBinary.Node{Tag: "stream:error", Attrs: waBinary.Attrs{"code": "401"}})
		return
	}
	if s.link != nil { // one device at a time: the newer one takes the place
		s.endLink(s.link, deviceRemoved())
	}
	s.dropDevice()
	s.device, s.introduced = newDevice(c, l.static, s.phone.lid), c.says
	l.linking = nil
	s.after(restartDelay, func() { s.endLink(l, waBinary.Node{Tag: "stream:error", Attrs: waBinary.Attrs{"code": "515"}}) })
}

// checkDeviceSignature verifies the device's signature over its identity, as every phone would.
func checkDeviceSignature(raw []byte, c *linking, account []byte) error {
	identity := &waAdv.ADVSignedDeviceIdentity{}
	if err := proto.Unmarshal(raw, identity); err != nil {
		return fmt.Errorf("decode device identity: %w", err)
	}
	if !bytes.Equal(identity.GetDetails(), c.details) {
		return errors.New("check device identity: other details than the phone signed")
	}
	if !verify(account, bytes.Join([][]byte{{6, 0}, c.details, c.identity}, nil), identity.GetAccountSignature()) {
		return errors.New("check device identity: bad account signature")
	}
	if !verify(c.identity, bytes.Join([][]byte{{6, 1}, c.details, c.identity, account}, nil), identity.GetDeviceSignature()) {
		return errors.New("check device identity: bad device signature")
	}
	return nil
}

func contains(list []string, want string) bool {
	for _, item := range list {
		if item == want {
			return true
		}
	}
	return false
}
