package whatsapptest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Failure is how the server refuses a login: 401 logged out, 402 temporary ban,
// 403 account locked, 405 client outdated, 406 banned, 503 unavailable.
type Failure struct {
	Reason int
	// Code and Expire belong to a temporary ban: 101 too many strangers, 104 the
	// same message too often, 106 a broadcast list; Expire in whole seconds.
	Code   int
	Expire time.Duration
}

func (f Failure) node() waBinary.Node {
	attrs := waBinary.Attrs{"reason": f.Reason, "location": "test"}
	if f.Code != 0 {
		attrs["code"], attrs["expire"] = f.Code, int(f.Expire/time.Second)
	}
	return waBinary.Node{Tag: "failure", Attrs: attrs}
}

// FailLogins cuts the connection and refuses every login with f until AllowLogins.
// 401, 403 and 406 unlink the device, as the network does; 405 refuses pairing too.
func (s *Server) FailLogins(f Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.failure = &f
	if s.link != nil {
		s.cutLink(s.link)
	}
	if f.Reason == 401 || f.Reason == 403 || f.Reason == 406 {
		s.dropDevice()
	}
	s.notify()
}

// AllowLogins ends FailLogins; a device that was unlinked must pair again.
func (s *Server) AllowLogins() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.failure = nil
}

// RemoveDevice is the owner unlinking the bot on the phone: the client is told
// device_removed if it is connected, 401 at its next login if not.
func (s *Server) RemoveDevice() {
	s.end(deviceRemoved())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropDevice()
	s.notify()
}

// Replace tells the client that another one has taken its session.
func (s *Server) Replace() { s.end(replaced()) }

// Restart tells the client that the server goes down for a moment (503).
func (s *Server) Restart() {
	s.end(waBinary.Node{Tag: "stream:error", Attrs: waBinary.Attrs{"code": "503"}})
}

func deviceRemoved() waBinary.Node {
	return waBinary.Node{
		Tag: "stream:error", Attrs: waBinary.Attrs{"code": "401"},
		Content: []waBinary.Node{{Tag: "conflict", Attrs: waBinary.Attrs{"type": "device_removed"}}},
	}
}

func replaced() waBinary.Node {
	return waBinary.Node{
		Tag:     "stream:error",
		Content: []waBinary.Node{{Tag: "conflict", Attrs: waBinary.Attrs{"type": "replaced"}}},
	}
}

func (s *Server) end(last waBinary.Node) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.link != nil {
		s.endLink(s.link, last)
	}
	s.notify()
}

// TimeLock tells the client that its account may not write to strangers until
// the given time (active), or may again (not active).
func (s *Server) TimeLock(active bool, until time.Time) error {
	type lock struct {
		Type   string `json:"enforcement_type"`
		Active bool   `json:"is_active"`
		Ends   string `json:"time_enforcement_ends"`
	}
	data, err := json.Marshal(map[string]any{"data": map[string]any{
		"xwa2_notify_account_reachout_timelock": lock{
			Type: "REACHOUT_TIMELOCK", Active: active, Ends: strconv.FormatInt(until.Unix(), 10),
		},
	}})
	if err != nil {
		return fmt.Errorf("encode time-lock: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliver(s.notification(types.ServerJID, "mex", waBinary.Node{
		Tag: "update", Attrs: waBinary.Attrs{"op_name": "NotificationUserReachoutTimelockUpdate"}, Content: data,
	}))
	return nil
}

// notification builds a stanza that the client must acknowledge.
func (s *Server) notification(from types.JID, kind string, children ...waBinary.Node) waBinary.Node {
	return waBinary.Node{
		Tag:     "notification",
		Attrs:   waBinary.Attrs{"from": from, "type": kind, "id": s.nextID(), "t": s.now().Unix()},
		Content: children,
	}
}
