package whatsapptest_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// unpaired connects a new bot and returns it with the first code that it shows.
func unpaired(t *testing.T, s *whatsapptest.Server) (*bot, string) {
	b := newBot(t, s, filepath.Join(t.TempDir(), "session.db"))
	b.connect()
	return b, wait[*events.QR](b).Codes[0]
}

func TestPairByQR(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b, code := unpaired(t, s)
	if err := s.ScanQR(code); err != nil {
		t.Fatal(err)
	}
	got := wait[*events.PairSuccess](b)
	if got.ID.User != s.Number() || got.LID.ToNonAD() != s.LID() || got.ID.Device == 0 {
		t.Errorf("paired as %+v", got)
	}
	wait[*events.Connected](b)
	if !s.Paired() || !s.Connected() || s.PairingError() != nil {
		t.Errorf("paired %v, connected %v: %v", s.Paired(), s.Connected(), s.PairingError())
	}
	if left, uploads := s.PreKeys(); left != 812 || uploads != 1 {
		t.Errorf("%d prekeys after %d uploads", left, uploads)
	}
	content(t, s)
}

func TestWrongQR(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	_, first := unpaired(t, s)
	_, second := unpaired(t, s)
	ref, _, _ := strings.Cut(first, ",")
	_, keys, _ := strings.Cut(second, ",")
	for name, code := range map[string]string{
		"no link": "hello", "no keys": "https://wa.me/settings/linked_devices#a,b,c,d,1",
		"unknown": strings.Replace(first, "ref-", "fer-", 1), "another device's keys": ref + "," + keys,
	} {
		if err := s.ScanQR(code); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if s.Paired() {
		t.Error("paired")
	}
}

func TestCorruptPairing(t *testing.T) {
	for _, tt := range []struct {
		name string
		how  whatsapptest.Corruption
		spy  bool // the phone was shown another ADV secret than the client has
		want error
	}{
		{name: "HMAC", how: whatsapptest.CorruptHMAC, want: whatsmeow.ErrPairInvalidDeviceIdentityHMAC},
		{name: "account signature", how: whatsapptest.CorruptAccount, want: whatsmeow.ErrPairInvalidDeviceSignature},
		{name: "secret", spy: true, want: whatsmeow.ErrPairInvalidDeviceIdentityHMAC},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.CorruptPairing(tt.how)
			b, code := unpaired(t, s)
			if tt.spy {
				parts := strings.Split(code, ",")
				parts[3] = parts[2]
				code = strings.Join(parts, ",")
			}
			if err := s.ScanQR(code); err != nil {
				t.Fatal(err)
			}
			if got := wait[*events.PairError](b); !errors.Is(got.Error, tt.want) {
				t.Errorf("client says %v", got.Error)
			}
			until(t, s, "refusal", func() bool { return s.PairingError() != nil })
			if s.Paired() || b.Store.ID != nil {
				t.Error("paired all the same")
			}
		})
	}
}

func TestPairByCode(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b, _ := unpaired(t, s)
	if _, err := b.PairPhone(short(t), "+999 12345678", true, whatsmeow.PairClientChrome, "Chrome (Linux)"); err == nil {
		t.Error("paired with somebody else's number")
	}
	code, err := b.PairPhone(short(t), "+"+s.Number(), true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EnterCode(strings.ToLower(code)); err != nil {
		t.Fatal(err)
	}
	wait[*events.PairSuccess](b)
	wait[*events.Connected](b)
	r := s.NewReader(whatsapptest.Person{})
	b.message(r.Send("بعد الرمز"))
	content(t, s)
}

func TestWrongCode(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	if err := s.EnterCode("AAAA-1111"); err == nil {
		t.Error("a code that nobody shows was accepted")
	}
	b, _ := unpaired(t, s)
	code, err := b.PairPhone(short(t), s.Number(), true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	if err != nil {
		t.Fatal(err)
	}
	wrong := "1" + code[1:]
	if wrong == code {
		wrong = "2" + code[1:]
	}
	if err := s.EnterCode(wrong); err != nil {
		t.Fatal(err)
	}
	until(t, s, "failure", func() bool { return s.PairingError() != nil })
	if s.Paired() {
		t.Error("paired")
	}
}

func TestPairWithPasskey(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.DemandPasskey(true)
	b, code := unpaired(t, s)
	if err := s.ScanQR(code); err != nil {
		t.Fatal(err)
	}
	request := wait[*events.PairPasskeyRequest](b)
	if request.PublicKey.RelyingPartID != "whatsapp.com" || len(request.PublicKey.Challenge) == 0 {
		t.Errorf("options %+v", request.PublicKey)
	}
	response := &types.WebAuthnResponse{ID: "dGVzdC1rZXk", RawID: []byte("test-key"), Type: "public-key"}
	response.Response.Signature = []byte("wrong")
	if err := b.SendPasskeyResponse(short(t), response); err == nil {
		t.Error("a wrong assertion was accepted")
	}
	response.Response.Signature = []byte(whatsapptest.PasskeyAssertion)
	if err := b.SendPasskeyResponse(short(t), response); err != nil {
		t.Fatal(err)
	}
	confirm := wait[*events.PairPasskeyConfirmation](b)
	if confirm.Code != s.PasskeyCode() || !confirm.SkipHandoffUX {
		t.Errorf("client shows %q, phone %q", confirm.Code, s.PasskeyCode())
	}
	if err := b.SendPasskeyConfirmation(short(t)); err != nil {
		t.Fatal(err)
	}
	wait[*events.PairSuccess](b)
	wait[*events.Connected](b)
	content(t, s)
}

// A prekey message must prove that the account linked the device that sent it.
func TestDeviceIdentityIsChecked(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	b.Store.Account.DeviceSignature[7] ^= 1
	b.text(r.LID(), "من جهاز مزيف")
	if len(r.Inbox()) != 0 || len(s.Complaints()) == 0 {
		t.Errorf("inbox %+v, complaints %q", r.Inbox(), s.Complaints())
	}
}

// With a passkey demanded, the device must also prove that it is the scanned one.
func TestPasskeyHandoffIsChecked(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.DemandPasskey(true)
	b, code := unpaired(t, s)
	parts := strings.Split(code, ",")
	parts[3] = parts[2]
	if err := s.ScanQR(strings.Join(parts, ",")); err != nil {
		t.Fatal(err)
	}
	wait[*events.PairPasskeyRequest](b)
	response := &types.WebAuthnResponse{RawID: []byte("test-key")}
	response.Response.Signature = []byte(whatsapptest.PasskeyAssertion)
	if err := b.SendPasskeyResponse(short(t), response); err == nil {
		t.Error("another device took over the ceremony")
	}
	if s.PairingError() == nil || s.Paired() {
		t.Errorf("paired %v: %v", s.Paired(), s.PairingError())
	}
}

func TestBeforePairing(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{Name: "مريم"})
	old := s.Phone().Chat(r)
	if len(old) != 0 {
		t.Fatal("chat is not empty")
	}
	at := fixed.AddDate(-1, 0, 0)
	id := r.SendAt("سؤال قديم", at)
	b := pairedBot(t, s)
	if err := s.Phone().ShareHistory(); err != nil {
		t.Fatal(err)
	}
	history := wait[*events.HistorySync](b).Data.GetConversations()
	if len(history) != 1 || history[0].GetMessages()[0].GetMessage().GetMessage().GetConversation() != "سؤال قديم" {
		t.Errorf("history %v", history)
	}
	got := b.message(id)
	if !got.Info.Timestamp.Equal(at) || got.Message.GetConversation() != "سؤال قديم" {
		t.Errorf("message of %v: %v", got.Info.Timestamp, got.Message)
	}
	content(t, s)
}

func TestListen(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	addr, err := s.Listen(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b := newBot(t, s, filepath.Join(t.TempDir(), "session.db"))
	whatsapptest.InstallClient(b.Client, whatsapptest.Dial(addr))
	b.pair()
	r := s.NewReader(whatsapptest.Person{})
	b.message(r.Send("عبر TCP"))
	data := []byte("jpeg")
	up, err := b.Upload(short(t), data, whatsmeow.MediaImage)
	if err != nil {
		t.Fatal(err)
	}
	b.send(r.LID(), image(up, "صورة"))
	if got := r.Inbox()[0]; got.Media == nil || string(got.Media.Data) != "jpeg" {
		t.Errorf("got %+v", got)
	}
	s.NetworkDown(true)
	wait[*events.Disconnected](b)
	s.NetworkDown(false)
	wait[*events.Connected](b)
	content(t, s)
}
