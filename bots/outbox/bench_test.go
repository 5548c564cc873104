package outbox_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// free is a store and a network that cost nothing, so that what is left is
// the outbox's own work. Every reader follows two of five sections, and gets
// a digest of twenty articles.
type free struct {
	outbox.Store
	n     int
	taken atomic.Int64
	sent  atomic.Int64
	done  chan struct{}
	b     news.Broadcast
	limit bots.Limits
}

func (f *free) Account() news.AccountID                 { return account }
func (f *free) Limits() bots.Limits                     { return f.limit }
func (f *free) Run(context.Context, bots.Handler) error { return nil }
func (f *free) Own(context.Context, news.AccountID) (outbox.Epoch, error) {
	return outbox.Epoch{Account: account}, nil
}
func (f *free) Reopen(context.Context, outbox.Epoch) ([]outbox.Chunk, error) { return nil, nil }
func (f *free) Due(context.Context, news.AccountID, time.Time, int) ([]outbox.Retry, error) {
	return nil, nil
}
func (f *free) Replies(context.Context, news.AccountID, outbox.ReplyID, int) ([]outbox.Reply, error) {
	return nil, nil
}
func (f *free) Record(context.Context, outbox.Epoch, outbox.Results) error { return nil }

func (f *free) Lanes(context.Context, news.AccountID) ([]outbox.Lane, error) {
	return []outbox.Lane{{Key: outbox.LaneKey{Broadcast: 1, Account: account}, Broadcast: f.b, State: news.Running}}, nil
}

func (f *free) Take(_ context.Context, _ outbox.Epoch, k outbox.LaneKey, n int) (outbox.Chunk, error) {
	from := int(f.taken.Load())
	n = min(n, f.n-from)
	c := outbox.Chunk{ID: outbox.ChunkID(from + 1), Lane: k, Recipients: make([]outbox.Recipient, n)}
	all := tree.All()
	for i := range c.Recipients {
		id := from + i + 1
		c.Recipients[i] = outbox.Recipient{ID: news.SubscriberID(id), Chat: news.ChatID(fmt.Sprint(40_000_000 + 17*id)), Kind: news.Private,
			Follows: []news.Slug{all[id%5].Slug, all[(id+1)%5].Slug}}
	}
	f.taken.Add(int64(n))
	return c, nil
}

func (f *free) Send(_ context.Context, m bots.Message) (bots.Receipt, error) {
	n := f.sent.Add(1)
	if n == int64(f.n) {
		close(f.done)
	}
	return bots.Receipt{ID: news.MessageID(fmt.Sprint(90_000_000 + 3*n))}, nil
}

func BenchmarkOwnCost(b *testing.B) {
	for _, inFlight := range []int{8, 64} {
		b.Run(fmt.Sprintf("InFlight=%d", inFlight), func(b *testing.B) {
			f := &free{n: b.N, done: make(chan struct{}), limit: bots.Limits{Text: 4096, ChatGap: time.Second, InFlight: inFlight}}
			var items []news.Item
			for i := range 20 {
				items = append(items, news.Item{Article: news.ArticleID(i + 1), Section: tree.All()[i%5].Slug})
			}
			f.b = digestOf(items...)
			f.b.ID, f.b.Version = 1, 1
			o := &outbox.Outbox{Store: f, Adapter: f, Composer: composer{newMemory()}, Tree: func() news.Tree { return tree },
				Now: time.Now, Log: quietLog()}
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan error)
			b.ReportAllocs()
			b.ResetTimer()
			before := cpu()
			go func() { done <- o.Run(ctx) }()
			<-f.done
			cancel()
			<-done
			b.ReportMetric(float64((cpu()-before).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkEncodeReceipts(b *testing.B) {
	receipts := make([]outbox.Receipt, 500)
	for i := range receipts {
		receipts[i] = outbox.Receipt{Subscriber: news.SubscriberID(1_000_000 + 2*i), Outcome: news.Sent, Version: 1,
			IDs: ids(fmt.Sprint(41_000_000 + 7919*i%5_000_000))}
	}
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			outbox.EncodeReceipts(receipts)
		}
	})
	packed := outbox.EncodeReceipts(receipts)
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := outbox.DecodeReceipts(packed); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("outcomes", func(b *testing.B) {
		for b.Loop() {
			if err := outbox.Outcomes(packed, func(outbox.Receipt) {}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
