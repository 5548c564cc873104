package outbox_test

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"encoding/binary"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

func TestReceiptsRoundTrip(t *testing.T) {
	for _, c := range []struct {
		name     string
		receipts []outbox.Receipt
	}{
		{"none", nil},
		{"one", []outbox.Receipt{{Subscriber: 1, Outcome: news.Sent, Version: 1, IDs: ids("77")}}},
		{"nothing new has no id", []outbox.Receipt{{Subscriber: 9, Outcome: news.Nothing, Version: 1}}},
		{"numbers that only look like numbers", []outbox.Receipt{
			{Subscriber: 1, Outcome: news.Sent, IDs: ids("007")},
			{Subscriber: 2, Outcome: news.Sent, IDs: ids("0")},
			{Subscriber: 3, Outcome: news.Sent, IDs: ids("-5")},
			{Subscriber: 4, Outcome: news.Sent, IDs: ids("999999999999999999999")},
			{Subscriber: 5, Outcome: news.Sent, IDs: ids("٣")},
			{Subscriber: 6, Outcome: news.Sent, IDs: ids("")},
		}},
		{"WhatsApp", []outbox.Receipt{
			{Subscriber: 3, Outcome: news.Sent, Version: 2, Variant: 4, Media: true, IDs: ids("3EB0A1B2C3D4E5F6071829")},
			{Subscriber: 8, Outcome: news.Sent, Version: 2, Variant: 4, IDs: ids("3eb0a1", "3EB0F", "wamid.HBgL/x==")},
		}},
		{"parts", []outbox.Receipt{
			{Subscriber: 1 << 40, Outcome: news.Sent, Version: 1, IDs: ids("5000000", "5000001", "x", "12")},
			{Subscriber: 1<<40 + 1, Outcome: news.Deferred, Version: 1, IDs: ids("4999999")},
			{Subscriber: 1<<62 + 5, Outcome: news.Unknown, Version: 900, Variant: 70000},
		}},
	} {
		got, err := outbox.DecodeReceipts(outbox.EncodeReceipts(c.receipts))
		if err != nil || !reflect.DeepEqual(got, c.receipts) {
			t.Errorf("%s: got %v, %v\nwant %v", c.name, got, err, c.receipts)
		}
	}
}

func TestReceiptsAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		want := randomReceipts(rng, rng.IntN(60))
		mixed := slices.Clone(want)
		rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if len(want) > 0 {
			stale := outbox.Receipt{Subscriber: want[rng.IntN(len(want))].Subscriber, Outcome: news.Deferred}
			mixed = append([]outbox.Receipt{stale}, mixed...)
		}
		before := slices.Clone(mixed)
		packed := outbox.EncodeReceipts(mixed)
		got, err := outbox.DecodeReceipts(packed)
		if err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v, %v\nwant %v", got, err, want)
		}
		if !reflect.DeepEqual(mixed, before) {
			t.Fatal("encoding changed its argument")
		}
		var light []outbox.Receipt
		if err := outbox.Outcomes(packed, func(r outbox.Receipt) { light = append(light, r) }); err != nil {
			t.Fatal(err)
		}
		for i := range want {
			want[i].IDs = nil
		}
		if len(light)+len(want) > 0 && !reflect.DeepEqual(light, want) {
			t.Fatalf("Outcomes gave %v, want %v", light, want)
		}
	}
}

func TestReceiptsEveryFlippedBitIsAnError(t *testing.T) {
	packed := outbox.EncodeReceipts(randomReceipts(rand.New(rand.NewPCG(3, 4)), 40))
	for i := range packed {
		for bit := range 8 {
			bad := bytes.Clone(packed)
			bad[i] ^= 1 << bit
			if _, err := outbox.DecodeReceipts(bad); !errors.Is(err, outbox.ErrDamaged) {
				t.Fatalf("bit %d of byte %d flipped: %v", bit, i, err)
			}
		}
		if _, err := outbox.DecodeReceipts(packed[:i]); i > 0 && !errors.Is(err, outbox.ErrDamaged) {
			t.Fatalf("cut to %d bytes: %v", i, err)
		}
	}
}

func TestReceiptsAreSmall(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct {
		name string
		id   func(i int) string
		most float64 // bytes a receipt
	}{
		{"ascending Telegram ids", func(i int) string { return fmt.Sprint(41_000_000 + 40*i) }, 3.2},
		{"Telegram ids as they come", func(int) string { return fmt.Sprint(1 + rng.IntN(90_000_000)) }, 5.3},
		{"WhatsApp ids", func(int) string { return fmt.Sprintf("3EB0%016X", rng.Uint64()) }, 14},
	} {
		receipts := make([]outbox.Receipt, 500)
		for i := range receipts {
			receipts[i] = outbox.Receipt{Subscriber: news.SubscriberID(1_000_000 + 2*i), Outcome: news.Sent, Version: 1, IDs: ids(c.id(i))}
		}
		if got := float64(len(outbox.EncodeReceipts(receipts))) / 500; got > c.most {
			t.Errorf("%s: %.2f bytes a receipt, want at most %.2f", c.name, got, c.most)
		}
	}
}

func TestSettle(t *testing.T) {
	packed := outbox.EncodeReceipts([]outbox.Receipt{
		{Subscriber: 1, Outcome: news.Sent, Version: 1, IDs: ids("10")},
		{Subscriber: 3, Outcome: news.Deferred, Version: 1},
	})
	packed, before, err := outbox.Settle(packed,
		outbox.Receipt{Subscriber: 3, Outcome: news.Unknown, Version: 2},
		outbox.Receipt{Subscriber: 2, Outcome: news.Failed, Version: 1},
		outbox.Receipt{Subscriber: 3, Outcome: news.Sent, Version: 2, IDs: ids("12")})
	if want := []news.Outcome{news.Deferred, news.Pending, news.Unknown}; err != nil || !slices.Equal(before, want) {
		t.Fatal(before, err)
	}
	got, err := outbox.DecodeReceipts(packed)
	want := []outbox.Receipt{
		{Subscriber: 1, Outcome: news.Sent, Version: 1, IDs: ids("10")},
		{Subscriber: 2, Outcome: news.Failed, Version: 1},
		{Subscriber: 3, Outcome: news.Sent, Version: 2, IDs: ids("12")},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatal(got, err)
	}
	if _, _, err := outbox.Settle([]byte("rubbish"), want[0]); !errors.Is(err, outbox.ErrDamaged) {
		t.Error(err)
	}
}

// FuzzDecodeReceipts: whatever is decoded packs into something that decodes to
// the same. The checksum is put right first, or nothing would get past it.
func FuzzDecodeReceipts(f *testing.F) {
	rng := rand.New(rand.NewPCG(7, 8))
	for n := range 6 {
		packed := outbox.EncodeReceipts(randomReceipts(rng, n*n))
		f.Add(packed[:max(0, len(packed)-4)])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if _, err := outbox.DecodeReceipts(body); err != nil && !errors.Is(err, outbox.ErrDamaged) {
			t.Fatalf("an unnamed error: %v", err)
		}
		packed := binary.BigEndian.AppendUint32(bytes.Clone(body), crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)))
		receipts, err := outbox.DecodeReceipts(packed)
		if err != nil {
			return
		}
		if len(receipts) > len(packed) {
			t.Fatalf("%d receipts out of %d bytes", len(receipts), len(packed))
		}
		again, err := outbox.DecodeReceipts(outbox.EncodeReceipts(receipts))
		if err != nil || !reflect.DeepEqual(again, receipts) {
			t.Fatalf("%v, %v\nwant %v", again, err, receipts)
		}
	})
}

func randomReceipts(rng *rand.Rand, n int) []outbox.Receipt {
	out := make([]outbox.Receipt, n)
	last := news.SubscriberID(0)
	for i := range out {
		last += news.SubscriberID(1 + rng.IntN(1<<uint(1+rng.IntN(30))))
		r := outbox.Receipt{Subscriber: last, Outcome: news.Outcome(rng.IntN(7)), Version: rng.IntN(3), Variant: rng.IntN(3) * rng.IntN(100), Media: rng.IntN(2) == 0}
		if r.Outcome != news.Failed && rng.IntN(3) == 0 { // of a correction, which never has a medium
			r.Changed, r.Lined, r.Media = true, r.Media, false
		}
		for range rng.IntN(4) {
			switch rng.IntN(3) {
			case 0:
				r.IDs = append(r.IDs, news.MessageID(fmt.Sprint(rng.IntN(1<<40))))
			case 1:
				r.IDs = append(r.IDs, news.MessageID(fmt.Sprintf("%020X", rng.Uint64())))
			default:
				r.IDs = append(r.IDs, news.MessageID(fmt.Sprintf("wamid.%x", rng.Uint32())))
			}
		}
		out[i] = r
	}
	return out
}

func ids(s ...string) []news.MessageID {
	out := make([]news.MessageID, len(s))
	for i := range s {
		out[i] = news.MessageID(s[i])
	}
	return out
}
