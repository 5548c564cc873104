package outbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// batch is what has become of messages since the last commit. One is being
// written at most; meanwhile the next one gathers whatever comes, so that a
// slow disk makes batches larger and not the sending slower.
type batch struct {
	no      int64
	results Results
	chunks  []*chunk
	letters []*letter // to land when it is durable
	reload  bool      // the store has more to read then
	force   bool      // write it although nothing else has happened
	hurry   bool      // somebody waits for it
	since   instant   // when the first of it was there; 0: there is nothing yet
}

func (b *batch) empty() bool {
	r := &b.results
	return !b.force && len(b.chunks)+len(b.letters)+len(r.Late)+len(r.Variants)+len(r.Retries)+len(r.Settled)+
		len(r.Replies)+len(r.Left)+len(r.Moved)+len(r.Ended)+len(r.Stalled) == 0
}

const (
	writeFirst = time.Second
	writeMost  = 30 * time.Second
)

// commit hands the pending batch to the writer if that is free and the batch
// is ripe, or the last one again if it could not be written. It returns when to
// look again.
func (d *dispatcher) commit() instant {
	now := d.clock()
	if d.pending.since == 0 && !d.pending.empty() {
		d.pending.since = now
	}
	switch {
	case d.writing != nil && d.attempts > 0 && now >= d.writeAt:
		d.writeAt = never
		d.batches <- d.writing
	case d.writing == nil && !d.pending.empty():
		if at := d.ripe(); at > now {
			return at
		}
		b := d.pending
		d.pending = &batch{}
		d.batchNo++
		b.no, b.results.At, b.results.Halted = d.batchNo, d.Now(), d.halted
		for _, c := range b.chunks {
			c.touched, c.closed = false, c.open == 0
			b.results.Chunks = append(b.results.Chunks, ChunkResult{
				ID: c.id, Receipts: EncodeReceipts(c.receipts), Counts: maps.Clone(c.counts), Closed: c.closed,
			})
		}
		d.writing = b
		d.batches <- b
	}
	return never
}

// writer records one batch after the other.
func (d *dispatcher) writer(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-d.batches:
			err := d.Store.Record(ctx, d.epoch, b.results)
			select {
			case d.written <- err:
			case <-ctx.Done():
				return
			}
		}
	}
}

// recorded takes the writer's word. A batch that could not be written is kept
// and tried again; until it is written nothing is sent, since what cannot be
// recorded would be sent again after a restart.
func (d *dispatcher) recorded(err error) error {
	if errors.Is(err, ErrFenced) {
		return fmt.Errorf("record what was sent: %w", err)
	}
	if err != nil {
		if d.attempts++; d.attempts == 1 {
			d.Log.Error("what was sent cannot be recorded; sending waits until it can", "err", err)
		}
		d.writeAt = d.clock() + min(writeFirst<<min(d.attempts-1, 10), writeMost)
		return nil
	}
	if d.attempts > 0 {
		d.Log.Info("what was sent is recorded; sending goes on", "attempts", d.attempts)
	}
	b := d.writing
	d.writing, d.attempts, d.durable = nil, 0, b.no
	for _, c := range b.chunks {
		if c.closed {
			c.lane.remove(c)
		}
	}
	for _, l := range b.letters {
		d.land(l)
	}
	if b.reload || d.moreRetries && d.heldRetries() < mostRetries/2 {
		d.refreshAt = 0
	}
	d.forget()
	return nil
}

// forget lets go of retries and deliveries that every later read will show as
// they are.
func (d *dispatcher) forget() {
	if !d.refreshing {
		maps.DeleteFunc(d.changed, func(_ RetryKey, no int64) bool { return no <= d.durable })
	}
	if d.loads > 0 {
		return
	}
	d.dropped = nil
	d.journal = slices.DeleteFunc(d.journal, func(n delivery) bool { return n.batch <= d.durable })
}
