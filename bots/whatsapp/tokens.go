package whatsapp

import (
	"context"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

const tokenFor = time.Hour // that is remembered

// tokens remembers the privacy tokens of those who were written to lately. The
// library looks for one at every message, twice at the first, and the search
// goes over all of them.
type tokens struct {
	store.PrivacyTokenStore
	mu      sync.Mutex
	changes int // so that what was read before a change is not kept after it
	known   map[types.JID]token
}

// token is what was found, and when; nil: nothing.
type token struct {
	found *store.PrivacyToken
	at    time.Time // monotonic
}

// GetPrivacyToken implements store.PrivacyTokenStore.
func (t *tokens) GetPrivacyToken(ctx context.Context, user types.JID) (*store.PrivacyToken, error) {
	user = user.ToNonAD()
	t.mu.Lock()
	k, ok := t.known[user]
	changes := t.changes
	t.mu.Unlock()
	if ok && time.Since(k.at) < tokenFor {
		return k.copied(), nil
	}
	found, err := t.PrivacyTokenStore.GetPrivacyToken(ctx, user)
	if err != nil {
		return nil, err
	}
	k = token{found, time.Now()}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.changes == changes {
		if t.known == nil || len(t.known) >= mostPeople {
			t.known = map[types.JID]token{}
		}
		t.known[user] = k
	}
	return k.copied(), nil
}

// copied is for the caller, who changes it.
func (k token) copied() *store.PrivacyToken {
	if k.found == nil {
		return nil
	}
	t := *k.found
	return &t
}

// PutPrivacyTokens implements store.PrivacyTokenStore.
func (t *tokens) PutPrivacyTokens(ctx context.Context, all ...store.PrivacyToken) error {
	defer t.forget()
	return t.PrivacyTokenStore.PutPrivacyTokens(ctx, all...)
}

// DeleteExpiredPrivacyTokens implements store.PrivacyTokenStore.
func (t *tokens) DeleteExpiredPrivacyTokens(ctx context.Context, before time.Time) (int64, error) {
	n, err := t.PrivacyTokenStore.DeleteExpiredPrivacyTokens(ctx, before)
	if n > 0 {
		t.forget()
	}
	return n, err
}

// forget lets go of everything: a token may stand under either address of a
// person.
func (t *tokens) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.changes++
	clear(t.known)
}
