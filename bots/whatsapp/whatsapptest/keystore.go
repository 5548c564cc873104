package whatsapptest

import (
	"context"
	"errors"

	"go.mau.fi/libsignal/ecc"
	grouprecord "go.mau.fi/libsignal/groups/state/record"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/state/record"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/util/keys"
)

// What libsignal asks of its store, over the maps of a party. A phone trusts
// whatever identity it is shown: the warnings of real phones are not played.

var errUnused = errors.New("not used by these phones")

func (p *party) GetIdentityKeyPair() *identity.KeyPair {
	return identity.NewKeyPair(identity.NewKey(ecc.NewDjbECPublicKey(*p.identity.Pub)), ecc.NewDjbECPrivateKey(*p.identity.Priv))
}

func (p *party) GetLocalRegistrationID() uint32 { return p.registration }

func (p *party) SaveIdentity(context.Context, *protocol.SignalAddress, *identity.Key) error {
	return nil
}

func (p *party) IsTrustedIdentity(context.Context, *protocol.SignalAddress, *identity.Key) (bool, error) {
	return true, nil
}

func (p *party) LoadPreKey(_ context.Context, id uint32) (*record.PreKey, error) {
	key := p.preKeys[id]
	if key == nil {
		return nil, nil
	}
	return record.NewPreKey(id, pairOf(key), nil), nil
}

func (p *party) StorePreKey(context.Context, uint32, *record.PreKey) error { return errUnused }

func (p *party) ContainsPreKey(_ context.Context, id uint32) (bool, error) {
	return p.preKeys[id] != nil, nil
}

func (p *party) RemovePreKey(_ context.Context, id uint32) error {
	delete(p.preKeys, id)
	return nil
}

func (p *party) LoadSession(_ context.Context, address *protocol.SignalAddress) (*record.Session, error) {
	if known := p.sessions[address.String()]; known != nil {
		return known, nil
	}
	serializer := store.SignalProtobufSerializer
	return record.NewSession(serializer.Session, serializer.State), nil
}

func (p *party) GetSubDeviceSessions(context.Context, string) ([]uint32, error) {
	return nil, errUnused
}

func (p *party) StoreSession(_ context.Context, address *protocol.SignalAddress, session *record.Session) error {
	p.sessions[address.String()] = session
	return nil
}

func (p *party) ContainsSession(_ context.Context, address *protocol.SignalAddress) (bool, error) {
	return p.sessions[address.String()] != nil, nil
}

func (p *party) DeleteSession(_ context.Context, address *protocol.SignalAddress) error {
	delete(p.sessions, address.String())
	return nil
}

func (p *party) DeleteAllSessions(context.Context) error {
	clear(p.sessions)
	return nil
}

func (p *party) LoadSignedPreKey(_ context.Context, id uint32) (*record.SignedPreKey, error) {
	if id != p.signed.KeyID {
		return nil, nil
	}
	return record.NewSignedPreKey(id, 0, pairOf(p.signed), *p.signed.Signature, nil), nil
}

func (p *party) LoadSignedPreKeys(context.Context) ([]*record.SignedPreKey, error) {
	return nil, errUnused
}

func (p *party) StoreSignedPreKey(context.Context, uint32, *record.SignedPreKey) error {
	return errUnused
}

func (p *party) ContainsSignedPreKey(_ context.Context, id uint32) (bool, error) {
	return id == p.signed.KeyID, nil
}

func (p *party) RemoveSignedPreKey(context.Context, uint32) error { return errUnused }

func (p *party) StoreSenderKey(_ context.Context, name *protocol.SenderKeyName, key *grouprecord.SenderKey) error {
	p.senderKeys[name.GroupID()+" "+name.Sender().String()] = key
	return nil
}

func (p *party) LoadSenderKey(_ context.Context, name *protocol.SenderKeyName) (*grouprecord.SenderKey, error) {
	if known := p.senderKeys[name.GroupID()+" "+name.Sender().String()]; known != nil {
		return known, nil
	}
	serializer := store.SignalProtobufSerializer
	return grouprecord.NewSenderKey(serializer.SenderKeyRecord, serializer.SenderKeyState), nil
}

func pairOf(key *keys.PreKey) *ecc.ECKeyPair {
	return ecc.NewECKeyPair(ecc.NewDjbECPublicKey(*key.Pub), ecc.NewDjbECPrivateKey(*key.Priv))
}
