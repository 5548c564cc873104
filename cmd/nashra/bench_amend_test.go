package main_test

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// amending corrects an alert and withdraws it, among few readers and many. Each
// act walks over the receipts of the one before, in a process of its own.
func (s *bench) amending() {
	readers := []int{10_000, *many}
	acts := []string{"alert", "correct", "withdraw"}
	each := map[string][]time.Duration{}
	peak := 0
	for i, world := range []string{"10k", "many"} {
		database := s.copied(world)
		for _, act := range acts {
			r := hire(s.B, task{Role: act, Database: database, Readers: readers[i]})
			each[act] = append(each[act], r.CPU/time.Duration(r.Messages))
			peak = max(peak, r.Peak>>10)
		}
	}
	for _, act := range acts[1:] {
		few, all := each[act][0], each[act][1]
		s.row(all < 2*few, fmt.Sprintf("to %s an alert among %d readers, processor time of each", act, *many),
			fmt.Sprintf("%.1f µs; to send it %.1f µs", micro(all), micro(each["alert"][1])),
			fmt.Sprintf("among 10000: %.1f µs", micro(few)), fmt.Sprintf("%.2f", all.Seconds()/few.Seconds()), "under 2")
	}
	s.row(peak > 0 && peak < 150, fmt.Sprintf("memory at most, amending among %d readers", *many), fmt.Sprintf("%d MB", peak), "", "", "under 150 MB")
}

func micro(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// editing is a free adapter whose messages can be edited and taken back.
type editing struct{ free }

func (e editing) Edit(context.Context, news.MessageID, bots.Message) (bots.Receipt, error) {
	defer e.one()
	return bots.Receipt{}, nil
}

func (e editing) Delete(context.Context, news.ChatID, news.MessageID) error {
	defer e.one()
	return nil
}

// alertAll sends an alert to everybody, over a network that takes everything
// at once.
func alertAll(ctx context.Context, t task) (result, error) {
	return act(ctx, t, 1, func(s *sender) error {
		now := time.Now()
		b := news.Broadcast{
			Kind: news.Breaking, Version: 1, Words: "إغلاق طريق الوادي شهرًا", Audience: news.Audience{Everyone: true}, Published: now, Since: now,
		}
		_, err := s.store.Publish(ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{benchAccount}})
		return err
	})
}

// correctAll corrects it: an edit and a message that follows, for each.
func correctAll(ctx context.Context, t task) (result, error) {
	return act(ctx, t, 2, func(s *sender) error {
		_, err := s.store.Correct(ctx, news.Amendment{Original: 1, Words: "إغلاق طريق الوادي يومًا"})
		return err
	})
}

// withdrawAll withdraws it: the copy becomes a line, and what followed it is
// taken back.
func withdrawAll(ctx context.Context, t task) (result, error) {
	return act(ctx, t, 2, func(s *sender) error {
		_, err := s.store.Withdraw(ctx, news.Amendment{Original: 1})
		return err
	})
}

// act publishes, and sends what comes of it: so many acts for each reader.
func act(ctx context.Context, t task, each int, publish func(*sender) error) (result, error) {
	s, err := newSender(ctx, t, new(silent))
	if err != nil {
		return result{}, err
	}
	s.sent = from(each * t.Readers)
	s.adapter = editing{free{new(silent), s.sent}}
	if err := publish(s); err != nil {
		return result{}, err
	}
	return s.send(ctx, t)
}
