package outbox_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

func TestReadersRoundTrip(t *testing.T) {
	for _, c := range []struct{ in, want []news.SubscriberID }{
		{nil, nil},
		{[]news.SubscriberID{7}, []news.SubscriberID{7}},
		{[]news.SubscriberID{900, 1, 2, 1 << 50, 2}, []news.SubscriberID{1, 2, 900, 1 << 50}},
	} {
		packed := outbox.EncodeReaders(c.in)
		got, err := outbox.DecodeReaders(packed)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v became %v, %v", c.in, got, err)
		}
		for i := range packed {
			bad := slices.Clone(packed)
			bad[i] ^= 0x40
			if _, err := outbox.DecodeReaders(bad); !errors.Is(err, outbox.ErrDamaged) {
				t.Errorf("%v with a wrong byte %d: %v", c.in, i, err)
			}
		}
	}
}

// Five hundred neighbours take little more than a byte each.
func TestReadersAreSmall(t *testing.T) {
	var all []news.SubscriberID
	for i := range 500 {
		all = append(all, news.SubscriberID(100000+3*i))
	}
	if n := len(outbox.EncodeReaders(all)); n > 520 {
		t.Errorf("%d bytes", n)
	}
}
