package sqlite

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// A chunk never holds somebody who is in another one, whether they come first,
// last, or are all there is.
func TestChunksNeverOverlap(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "n.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := news.Broadcast{Kind: news.Breaking, Version: 1, Words: "خبر", Audience: news.Audience{Everyone: true}, Published: time.Now()}
	id, err := s.Publish(t.Context(), digest.Publication{Broadcast: b, Accounts: []news.AccountID{"telegram:1"}})
	if err != nil {
		t.Fatal(err)
	}
	err = s.write(t.Context(), "test", func(t2 tx) error {
		account, err := t2.account("telegram:1")
		if err != nil {
			return err
		}
		k := laneKey{broadcast: id, account: account}
		for _, alone := range []news.SubscriberID{3, 4, 7} {
			if err := t2.single(k, outbox.Receipt{Subscriber: alone, Outcome: news.Failed}); err != nil {
				return err
			}
		}
		for _, c := range []struct{ in, want []news.SubscriberID }{
			{[]news.SubscriberID{1, 2, 5}, []news.SubscriberID{1, 2}},
			{[]news.SubscriberID{3, 4, 5, 6, 7, 8}, []news.SubscriberID{5, 6}},
			{[]news.SubscriberID{7, 8, 9}, []news.SubscriberID{8, 9}},
			{[]news.SubscriberID{3, 7}, nil},
			{[]news.SubscriberID{8}, []news.SubscriberID{8}},
		} {
			var in []outbox.Recipient
			for _, id := range c.in {
				in = append(in, outbox.Recipient{ID: id})
			}
			out, err := t2.clear(k, in)
			if err != nil {
				return err
			}
			if got := ids(out); !slices.Equal(got, c.want) {
				t.Errorf("of %v are taken %v, want %v", c.in, got, c.want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
