package talk

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
)

// offered looks a code up, unless too many wrong ones came from the chat.
func (t *Talk) offered(ctx context.Context, code string, in *Input) (err error) {
	chat := Address{in.Event.Account, in.Event.Chat}
	f := &in.Facts
	if f.Tried = t.tries.spent(chat, in.Now); f.Tried {
		return nil
	}
	if f.Offer, f.Offered, err = t.Store.Offered(ctx, code, in.Now); err != nil {
		return fmt.Errorf("look a code up: %w", err)
	}
	if !f.Offered {
		t.tries.miss(chat, in.Now)
	}
	return nil
}

// randomCode returns six digits.
func randomCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil { // since Go 1.24 the source never fails
		return ""
	}
	return fmt.Sprintf("%06d", n)
}
