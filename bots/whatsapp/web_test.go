package whatsapp_test

import (
	"context"
	"errors"
)

// pages is a web of pages by address.
type pages map[string]string

// get is a Config's Fetch.
func (p pages) get(_ context.Context, address string) ([]byte, error) {
	body, ok := p[address]
	if !ok {
		return nil, errors.New("no such page")
	}
	return []byte(body), nil
}
