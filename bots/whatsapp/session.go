package whatsapp

import (
	"context"
	"fmt"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/store"
)

// open makes the client of the account's session, or of a new one.
func (a *Adapter) open(ctx context.Context) error {
	devices, err := a.container.GetAllDevices(ctx)
	if err != nil {
		return fmt.Errorf("open the session: %w: %s", ErrSession, clean(err.Error()))
	}
	device := a.container.NewDevice()
	for _, d := range devices {
		if a.number == "" || d.ID.User == a.number {
			device = d
			a.number = d.ID.User
			break
		}
	}
	a.adopt(device)
	return nil
}

// adopt makes the client of a session the account's.
func (a *Adapter) adopt(device *store.Device) {
	if device.PushName == "" {
		device.PushName = a.config.Name
	}
	if device.EventBuffer != nil {
		device.EventBuffer = &outgoing{EventBuffer: device.EventBuffer}
	}
	if device.PrivacyTokens != nil {
		device.PrivacyTokens = &tokens{PrivacyTokenStore: device.PrivacyTokens}
	}
	client := whatsmeow.NewClient(device, libraryLog{a.log})
	client.EnableAutoReconnect = false // the line does it
	client.DisableLoginAutoReconnect = true
	client.SynchronousAck = true
	client.EnableDecryptedEventBuffer = true
	client.UseRetryMessageStore = true
	client.ManualHistorySyncDownload = true // the library would keep names; see history
	client.GetClientPayload = func() *waWa6.ClientPayload { return introduced(device, a.version) }
	client.SetPreLoginHTTPClient(a.wire.client())
	client.SetWebsocketHTTPClient(a.wire.client())
	client.SetMediaHTTPClient(bounded(a.config.HTTP))
	client.AddEventHandlerWithSuccessStatus(func(event any) bool { return a.heard(client, event) })
	a.change(func() { a.client, a.paired, a.online = client, device.ID != nil, false })
}

// library is the client of the present session.
func (a *Adapter) library() *whatsmeow.Client {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.client
}
