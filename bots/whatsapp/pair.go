package whatsapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"github.com/nashra-bot/nashra/bots"
)

// Pairer is an Adapter whose account is linked to a phone by hand.
type Pairer interface {
	bots.Adapter
	Pair(ctx context.Context, o PairOptions) error
	State() State
}

// Errors of Pair.
var (
	ErrPaired      = errors.New("the account is paired already")
	ErrBusy        = errors.New("the account is in use")
	ErrOtherNumber = errors.New("the phone has another number than the configuration")
	ErrPairing     = errors.New("the pairing failed")
	ErrPasskey     = fmt.Errorf("%w: the network asks for a passkey", ErrPairing) // and PairOptions.OnPasskey is nil
)

// PairOptions are what Pair shows and asks. It calls one function at a time.
type PairOptions struct {
	// Phone asks for a code to be typed on the phone with this number, instead
	// of a picture to be scanned.
	Phone string
	// OnQR is given the text of a QR code, and how long it is good for; see
	// Terminal and PNG. The next one follows.
	OnQR func(text string, valid time.Duration)
	// OnCode is given the code for the phone, like "ABCD-1234".
	OnCode func(code string, valid time.Duration)
	// OnPasskey is given the options of a WebAuthn request (JSON of
	// PublicKeyCredentialRequestOptions) that the network makes for some
	// accounts, and returns the assertion (JSON of AuthenticationResponseJSON),
	// which only a browser at web.whatsapp.com can make. Nil: such a pairing
	// fails.
	OnPasskey func(ctx context.Context, options []byte) (assertion []byte, err error)
	// OnConfirm is given the code that the phone shows too, to be compared
	// (nil: it is not).
	OnConfirm func(ctx context.Context, code string) error
}

// How long the codes of one connection last.
const (
	firstCode = time.Minute
	nextCode  = 20 * time.Second
	phoneCode = 160 * time.Second
	browser   = "Chrome (" + deviceSystem + ")" // for a code; the network knows a few
)

// pairing takes the library's events to Pair.
type pairing struct {
	events chan any
	ended  chan struct{}
}

// pairs passes what concerns a pairing on.
func (a *Adapter) pairs(_ *whatsmeow.Client, event any) {
	a.mu.Lock()
	p := a.pairing
	a.mu.Unlock()
	if p == nil {
		return
	}
	select {
	case p.events <- event:
	case <-p.ended:
	}
}

// Pair links the account to its phone. It shows codes until one is used or
// ctx ends, and returns when the account has logged in once: Run can begin.
// What an earlier session left behind stays: readers, queue, notes.
func (a *Adapter) Pair(ctx context.Context, o PairOptions) error {
	if err := a.pair(ctx, o); err != nil {
		return fmt.Errorf("pair: %w", err)
	}
	return nil
}

func (a *Adapter) pair(ctx context.Context, o PairOptions) error {
	p := &pairing{events: make(chan any, 16), ended: make(chan struct{})}
	a.mu.Lock()
	paired, busy := a.paired, a.inbox != nil || a.pairing != nil
	if !paired && !busy {
		a.pairing = p
	}
	a.mu.Unlock()
	switch {
	case paired:
		return ErrPaired
	case busy:
		return ErrBusy
	}
	defer func() {
		close(p.ended)
		a.mu.Lock()
		a.pairing = nil
		a.mu.Unlock()
	}()
	a.change(func() { a.ending = ReasonNone })
	a.adopt(a.container.NewDevice())
	client := a.library()
	other := false
	client.PrePairCallback = func(jid types.JID, _, _ string) bool {
		other = a.number != "" && jid.User != a.number
		return !other
	}
	defer client.Disconnect()
	way := &steps{adapter: a, client: client, options: o, pairing: p}
	err := way.walk(ctx)
	if other {
		err = ErrOtherNumber
	}
	if err != nil {
		return err
	}
	a.mu.Lock()
	a.number = client.Store.GetJID().User
	a.mu.Unlock()
	a.linked(ctx)
	return nil
}

// steps is one pairing on its way.
type steps struct {
	adapter *Adapter
	client  *whatsmeow.Client
	options PairOptions
	pairing *pairing

	codes  []string
	shown  int
	linked bool // the phone has agreed
}

// walk connects until the account has logged in.
func (s *steps) walk(ctx context.Context) error {
	pause := time.Duration(0)
	for s.adapter.line.wait(ctx, pause) {
		pause = min(max(2*pause, firstPause), longPause)
		s.codes = nil
		end, err := s.adapter.connect(ctx, s.client)
		if err != nil {
			s.adapter.log.Info("the network is not reached", "error", clean(err.Error()))
			continue
		}
		done, err := s.connection(ctx)
		end()
		if done || err != nil {
			return err
		}
		if s.linked {
			pause = 0
		}
	}
	return ctx.Err()
}

// connection follows one connection; done when the account has logged in.
func (s *steps) connection(ctx context.Context) (done bool, err error) {
	next := time.NewTimer(time.Hour)
	defer next.Stop()
	next.Stop()
	for {
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-next.C:
			s.show(next)
		case event := <-s.pairing.events:
			switch e := event.(type) {
			case *events.QR:
				if err := s.offer(ctx, e.Codes, next); err != nil {
					return false, err
				}
			case *events.PairSuccess:
				s.linked = true
				next.Stop()
			case *events.Connected:
				return true, nil
			case *events.ManualLoginReconnect, *events.Disconnected:
				return false, nil
			default:
				next, err := s.special(ctx, e, next)
				if err != nil || next == nil {
					return false, err
				}
			}
		}
	}
}

// special handles what most pairings do not meet.
func (s *steps) special(ctx context.Context, event any, next *time.Timer) (*time.Timer, error) {
	switch e := event.(type) {
	case *events.PairError:
		return nil, fmt.Errorf("%w: %s", ErrPairing, clean(e.Error.Error()))
	case *events.PairPasskeyRequest:
		next.Stop()
		return next, s.passkey(ctx, e)
	case *events.PairPasskeyConfirmation:
		return next, s.confirm(ctx, e)
	case *events.PairPasskeyError:
		return nil, fmt.Errorf("%w: passkey: %s", ErrPairing, clean(e.Error.Error()))
	case *events.ClientOutdated:
		s.adapter.mu.Lock()
		defer s.adapter.mu.Unlock()
		return nil, s.adapter.endedLocked()
	case *events.LoggedOut:
		return nil, fmt.Errorf("%w: the phone took it back", ErrPairing)
	}
	return next, nil
}

// offer shows what the network offers for linking.
func (s *steps) offer(ctx context.Context, codes []string, next *time.Timer) error {
	s.codes, s.shown = codes, 0
	if s.options.Phone == "" {
		s.show(next)
		return nil
	}
	code, err := s.client.PairPhone(ctx, s.options.Phone, true, whatsmeow.PairClientChrome, browser)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrPairing, clean(err.Error()))
	}
	if s.options.OnCode != nil {
		s.options.OnCode(code, phoneCode)
	}
	return nil
}

// show shows the next code, and sets the timer for the one behind it.
func (s *steps) show(next *time.Timer) {
	if s.shown >= len(s.codes) {
		return // the network ends the connection, and offers others then
	}
	valid := nextCode
	if s.shown == 0 {
		valid = firstCode
	}
	code := s.codes[s.shown]
	s.shown++
	next.Reset(valid)
	if s.options.OnQR != nil {
		s.options.OnQR(code, valid)
	}
}

func (s *steps) passkey(ctx context.Context, e *events.PairPasskeyRequest) error {
	if s.options.OnPasskey == nil {
		return ErrPasskey
	}
	options, err := json.Marshal(e.PublicKey)
	if err != nil {
		return fmt.Errorf("%w: encode the passkey's options", ErrPairing)
	}
	assertion, err := s.options.OnPasskey(ctx, options)
	if err != nil {
		return err
	}
	var response types.WebAuthnResponse
	if err := json.Unmarshal(assertion, &response); err != nil {
		return fmt.Errorf("%w: this is no assertion", ErrPairing)
	}
	if err := s.client.SendPasskeyResponse(ctx, &response); err != nil {
		return fmt.Errorf("%w: %s", ErrPairing, clean(err.Error()))
	}
	return nil
}

func (s *steps) confirm(ctx context.Context, e *events.PairPasskeyConfirmation) error {
	if s.options.OnConfirm != nil && !e.SkipHandoffUX {
		if err := s.options.OnConfirm(ctx, e.Code); err != nil {
			return err
		}
	}
	if err := s.client.SendPasskeyConfirmation(ctx); err != nil {
		return fmt.Errorf("%w: %s", ErrPairing, clean(err.Error()))
	}
	return nil
}
