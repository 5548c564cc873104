package whatsapp

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"

	"github.com/nashra-bot/nashra/bots"
)

// LibraryVersion is the version of go.mau.fi/whatsmeow that this adapter was
// written for. The network refuses old clients after some months: take the
// newest one then.
const LibraryVersion = "v0.0.0-20260821141805-33cfac511629"

// ClientVersion is the version that the network is told, like "2.3000.1", unless
// Config.Client says a newer one.
func ClientVersion() string { return store.GetWAVersion().String() }

// ParseClientVersion reads a Config.Client, and returns the version that the
// network is told.
func ParseClientVersion(version string) (store.WAVersionContainer, error) {
	own := store.GetWAVersion()
	if version == "" {
		return own, nil
	}
	parsed, err := store.ParseVersion(version)
	switch {
	case err != nil || parsed.String() != version:
		return own, fmt.Errorf("read the client's version %q: it is not like %q", version, own)
	case parsed.LessThan(own): // left over from before an update
		return own, nil
	}
	return parsed, nil
}

// How long the network's page is waited for, and how much of it is read.
const (
	pageTime = 5 * time.Second
	pageSize = 8 << 20
)

// present asks the network's page which version of the client is the present
// one; empty when it does not say.
func (a *Adapter) present(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, mostKey{}, int64(pageSize)), pageTime)
	defer cancel()
	version, err := whatsmeow.GetLatestVersion(ctx, bounded(a.config.HTTP))
	if err != nil {
		a.log.Info("the network does not say which version it wants", "error", clean(err.Error()))
		return ""
	}
	return version.String()
}

// outdated takes the network's word that the client is too old.
func (a *Adapter) outdated() {
	present := a.present(context.Background())
	a.log.Error("the network refuses this version of the client", "client", a.version.String(), "present", present, "library", LibraryVersion)
	a.change(func() { a.ending, a.online, a.newest = ReasonOutdated, false, present })
}

// tooOldLocked is the error of a client that is refused.
func (a *Adapter) tooOldLocked() error {
	present := ""
	if a.newest != "" {
		present = ", the present one is " + a.newest
	}
	return fmt.Errorf("client %s of library %s%s: %w", a.version, LibraryVersion, present, bots.ErrOutdated)
}
