package whatsapp

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

// shelf is the library's table of tokens, which counts how often it is read.
type shelf struct {
	store.PrivacyTokenStore
	all   map[types.JID]store.PrivacyToken
	reads int
}

func (s *shelf) GetPrivacyToken(_ context.Context, user types.JID) (*store.PrivacyToken, error) {
	s.reads++
	if t, ok := s.all[user]; ok {
		return &t, nil
	}
	return nil, nil
}

func (s *shelf) PutPrivacyTokens(_ context.Context, all ...store.PrivacyToken) error {
	for _, t := range all {
		s.all[t.User] = t
	}
	return nil
}

func (s *shelf) DeleteExpiredPrivacyTokens(context.Context, time.Time) (int64, error) {
	n := len(s.all)
	clear(s.all)
	return int64(n), nil
}

func TestTokensAreRememberedUntilTheyChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		below := &shelf{all: map[types.JID]store.PrivacyToken{}}
		tt := &tokens{PrivacyTokenStore: below}
		who := types.NewJID("1234", types.HiddenUserServer)
		get := func(want string, reads int) *store.PrivacyToken {
			t.Helper()
			got, err := tt.GetPrivacyToken(t.Context(), who)
			words := ""
			if got != nil {
				words = string(got.Token)
			}
			if err != nil || words != want || below.reads != reads {
				t.Errorf("%q, %v after %d reads, want %q after %d", words, err, below.reads, want, reads)
			}
			return got
		}
		get("", 1)
		get("", 1) // that there is none is remembered, too
		if err := tt.PutPrivacyTokens(t.Context(), store.PrivacyToken{User: who, Token: []byte("one")}); err != nil {
			t.Fatal(err)
		}
		got := get("one", 2)
		got.Token = []byte("of the caller")
		get("one", 2)
		if n, err := tt.DeleteExpiredPrivacyTokens(t.Context(), time.Now()); n != 1 || err != nil {
			t.Errorf("%d deleted, %v", n, err)
		}
		get("", 3)
		<-time.After(2 * tokenFor) // an address may have become known as another one's
		get("", 4)
		tt.forget()
		get("", 5)
	})
}
