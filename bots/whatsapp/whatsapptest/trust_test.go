package whatsapptest

import (
	"bytes"
	"strings"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// A client must not talk to a server whose certificates another root has signed.
func TestOtherRootIsRefused(t *testing.T) {
	t.Parallel()
	s := New(Config{})
	t.Cleanup(s.Close)
	var err error
	if s.certs, err = issue(keys.NewKeyPair()); err != nil {
		t.Fatal(err)
	}
	identity := keys.NewKeyPair()
	client := whatsmeow.NewClient(&store.Device{
		NoiseKey: keys.NewKeyPair(), IdentityKey: identity, SignedPreKey: identity.CreateSignedPreKey(1),
	}, nil)
	s.Install(client)
	if err := client.Connect(); err == nil || !strings.Contains(err.Error(), "cert") {
		t.Errorf("connect: %v", err)
	}
}

// The server itself must notice a device that signs badly.
func TestDeviceSignatureIsChecked(t *testing.T) {
	t.Parallel()
	account, device := keys.NewKeyPair(), keys.NewKeyPair()
	c := &linking{identity: device.Pub[:], details: []byte("details")}
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	good := func() *waAdv.ADVSignedDeviceIdentity {
		return &waAdv.ADVSignedDeviceIdentity{
			Details:          c.details,
			AccountSignature: sign(account, join([]byte{6, 0}, c.details, c.identity)),
			DeviceSignature:  sign(device, join([]byte{6, 1}, c.details, c.identity, account.Pub[:])),
		}
	}
	for name, spoil := range map[string]func(*waAdv.ADVSignedDeviceIdentity){
		"details":           func(i *waAdv.ADVSignedDeviceIdentity) { i.Details = []byte("detailz") },
		"account signature": func(i *waAdv.ADVSignedDeviceIdentity) { i.AccountSignature[3] ^= 1 },
		"device signature":  func(i *waAdv.ADVSignedDeviceIdentity) { i.DeviceSignature[3] ^= 1 },
		"no signature":      func(i *waAdv.ADVSignedDeviceIdentity) { i.DeviceSignature = nil },
		"":                  func(*waAdv.ADVSignedDeviceIdentity) {},
	} {
		identity := good()
		spoil(identity)
		raw, err := proto.Marshal(identity)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkDeviceSignature(raw, c, account.Pub[:]); (err == nil) != (name == "") {
			t.Errorf("spoiled %q: %v", name, err)
		}
	}
}

// A client that registers a signed prekey of another identity may not pair.
func TestRegistrationIsChecked(t *testing.T) {
	t.Parallel()
	identity := keys.NewKeyPair()
	signed := identity.CreateSignedPreKey(7)
	data := &waWa6.ClientPayload_DevicePairingRegistrationData{
		ERegid: []byte{0, 0, 1, 2}, EIdent: identity.Pub[:], ESkeyID: []byte{0, 0, 7},
		ESkeyVal: signed.Pub[:], ESkeySig: signed.Signature[:],
	}
	got, err := readRegistration(data)
	if err != nil || got.registration != 258 || got.signed.KeyID != 7 {
		t.Errorf("registration %+v, %v", got, err)
	}
	data.EIdent = keys.NewKeyPair().Pub[:]
	if _, err := readRegistration(data); err == nil {
		t.Error("a foreign signed prekey was accepted")
	}
	if _, err := readRegistration(nil); err == nil {
		t.Error("a registration without keys was accepted")
	}
}
