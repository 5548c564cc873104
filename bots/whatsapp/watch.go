package whatsapp

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

const (
	deadLine   = 90 * time.Second // without an answer to the library's pings
	unknownBan = time.Hour        // of a ban without an end
)

// heard is told everything by the library. It is false when the network is
// not to be told that it was received.
func (a *Adapter) heard(client *whatsmeow.Client, event any) bool {
	if client != a.library() {
		return false
	}
	switch e := event.(type) {
	case *events.Message:
		return a.received(client, e)
	case *events.Receipt:
		a.receipted(e)
	case *events.JoinedGroup:
		return a.joined(e)
	case *events.GroupInfo:
		return a.groupChanged(client, e)
	case *events.NotifyAccountReachoutTimelock:
		a.timeLocked(e)
	default:
		a.stands(client, event)
		a.pairs(client, event) // last: Pair may end by it
	}
	return true
}

// stands follows how the account stands.
func (a *Adapter) stands(client *whatsmeow.Client, event any) {
	switch e := event.(type) {
	case *events.Connected:
		// The connection of a pairing ends at once: no message goes by it.
		a.change(func() { a.online = a.pairing == nil })
		if client.Store.PushName != "" { // the network learns the name by this, and nobody sees the bot online
			a.sign(client.SendPresence(context.Background(), types.PresenceUnavailable))
		}
	case *events.Disconnected:
		if !client.IsConnected() { // else it is about an earlier connection
			a.change(func() { a.online = false })
			a.line.drop()
		}
	case *events.KeepAliveTimeout:
		if time.Since(e.LastSuccess) > deadLine {
			a.line.drop()
		}
	case *events.LoggedOut:
		a.log.Error("the account was logged out and must be paired again", "reason", e.Reason.String())
		a.loggedOut(endOf(e.Reason))
	case *events.StreamReplaced:
		a.log.Error("another program has taken the session")
		a.change(func() { a.ending, a.online = ReasonReplaced, false })
	case *events.ClientOutdated:
		a.outdated()
	case *events.TemporaryBan:
		expire := e.Expire
		if expire <= 0 {
			expire = unknownBan
		}
		a.log.Error("the account is banned for a time", "code", int(e.Code), "for", expire)
		a.halt(context.Background(), ReasonBanned, a.config.Now().Add(expire))
		a.line.drop()
	case *events.ConnectFailure:
		a.log.Warn("the network refused the connection", "reason", int(e.Reason))
		a.line.drop()
	}
}

// endOf says why an account was logged out.
func endOf(r events.ConnectFailureReason) Reason {
	switch r {
	case events.ConnectFailureMainDeviceGone:
		return ReasonLocked
	case events.ConnectFailureUnknownLogout:
		return ReasonClosed
	}
	return ReasonUnpaired
}

func (a *Adapter) timeLocked(e *events.NotifyAccountReachoutTimelock) {
	ctx := context.Background()
	if !e.IsActive {
		a.release(ctx, ReasonTimeLock)
		return
	}
	// The end is the server's time.
	a.halt(ctx, ReasonTimeLock, a.ours(e.TimeEnforcementEnds.Time))
}

// learn takes the server's time of something that happened just now.
func (a *Adapter) learn(server time.Time) {
	if server.IsZero() {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.drift = server.Sub(a.config.Now())
}

// theirs is the server's time now, ours its time by our clock.
func (a *Adapter) theirs() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.config.Now().Add(a.drift)
}

func (a *Adapter) ours(server time.Time) time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return server.Add(-a.drift)
}
