package outbox

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

const mostRetries = 200 // that are read at a time

// Lanes rest for lanesShare times as long as reading them took, and for
// lanesRest at most: it takes a twentieth of the time, and more where once takes
// longer than 50 ms. Replies do not wait for it.
const (
	lanesShare = 20
	lanesRest  = time.Second
)

// reading is what the store says about the account.
type reading struct {
	lanes   []Lane
	retries []Retry
	replies []Reply
	full    bool // lanes and retries were read, not only replies
	took    time.Duration
	asked   int   // replies
	wanted  int   // retries
	durable int64 // every batch up to this one is in it
}

// resumeChunks reads what an earlier run left.
func (d *dispatcher) resumeChunks(ctx context.Context) error {
	lanes, err := d.Store.Lanes(ctx, d.epoch.Account)
	if err != nil {
		return fmt.Errorf("read the lanes: %w", err)
	}
	chunks, err := d.Store.Reopen(ctx, d.epoch)
	if err != nil {
		return fmt.Errorf("reopen the chunks: %w", err)
	}
	d.adopt(lanes, 0)
	for _, c := range chunks {
		if ln := d.lane(c.Lane); ln != nil {
			d.open(ln, ln.edition, c, d.hads(ln.edition, c.Recipients, c.Had))
		}
	}
	return nil
}

// refresh reads lanes, due retries and replies.
func (d *dispatcher) refresh() {
	d.refreshAt = d.clock() + pollEvery
	if d.refreshing {
		d.stale = true
		return
	}
	d.refreshing, d.stale = true, false
	r := reading{full: d.clock() >= d.lanesAt, asked: max(0, mostReplies-d.replies.held), wanted: mostRetries + d.heldRetries(), durable: d.durable}
	last, now := d.replies.last, d.Now()
	d.load(func(ctx context.Context) func() {
		err := d.read(ctx, &r, last, now)
		return func() { d.refreshed(r, err) }
	})
}

// read asks the store. It runs beside the dispatcher.
func (d *dispatcher) read(ctx context.Context, r *reading, last ReplyID, now time.Time) (err error) {
	if r.asked > 0 {
		if r.replies, err = d.Store.Replies(ctx, d.epoch.Account, last, r.asked); err != nil {
			return fmt.Errorf("read the replies: %w", err)
		}
	}
	if !r.full {
		return nil
	}
	start := time.Now()
	if r.lanes, err = d.Store.Lanes(ctx, d.epoch.Account); err != nil {
		return fmt.Errorf("read the lanes: %w", err)
	}
	if r.retries, err = d.Store.Due(ctx, d.epoch.Account, now, r.wanted); err != nil {
		return fmt.Errorf("read the retries: %w", err)
	}
	r.took = time.Since(start)
	return nil
}

func (d *dispatcher) refreshed(r reading, err error) {
	d.refreshing = false
	if err != nil {
		if d.refreshes++; d.refreshes == 1 {
			d.Log.Error("the store cannot be read; trying again", "err", err)
		}
		d.refreshAt = d.clock() + min(loadFirst<<min(d.refreshes-1, 10), loadMost)
		return
	}
	d.refreshes = 0
	if r.asked > 0 {
		d.admit(r.replies, r.asked)
	}
	if r.full {
		d.refreshedLanes(r)
	} else {
		d.refreshAt = min(d.refreshAt, d.lanesAt)
	}
	if d.stale {
		d.refreshAt = 0
	}
}

func (d *dispatcher) refreshedLanes(r reading) {
	d.lanesAt = d.clock() + min(lanesShare*r.took, lanesRest)
	d.adopt(r.lanes, r.durable)
	for i := range r.retries {
		d.take(&r.retries[i], r.durable)
	}
	d.moreRetries = len(r.retries) >= r.wanted
}

// adopt makes the lanes in memory agree with the store's, as they were when
// every batch up to durable had been written.
func (d *dispatcher) adopt(lanes []Lane, durable int64) {
	known := d.lanes
	d.lanes = make([]*lane, 0, len(lanes))
	live := map[news.BroadcastID]bool{}
	for i := range lanes {
		from := &lanes[i]
		live[from.Key.Broadcast] = true
		e, of := d.renewed(from.Broadcast, from.Variants), d.amends(from)
		if of != nil {
			live[of.root.b.ID] = true
		}
		at := slices.IndexFunc(known, func(ln *lane) bool { return ln.key == from.Key })
		if at < 0 {
			d.lanes = append(d.lanes, &lane{
				key: from.Key, within: d.Within, edition: e, amends: of, state: from.State, ended: from.Ended, retries: map[news.SubscriberID]*letter{},
			})
			continue
		}
		ln := known[at]
		ln.renew(e)
		of.renew(ln.amends)
		ln.amends = of
		ln.ended = ln.ended || from.Ended
		if durable >= ln.stalled {
			ln.state, ln.stalled = from.State, 0
		}
		d.lanes = append(d.lanes, ln)
	}
	for _, ln := range known {
		if !slices.Contains(d.lanes, ln) {
			ln.abandon()
		}
	}
	for id := range d.editions {
		if !live[id] {
			delete(d.editions, id)
		}
	}
	slices.SortStableFunc(d.lanes, (*lane).before)
	d.share()
	d.prefetch()
}

// prefetch opens chunks of the lanes that are more urgent than what is being
// sent, without waiting for a slot.
func (d *dispatcher) prefetch() {
	now, civil := d.clock(), d.Now()
	for _, ln := range d.lanes {
		if ln.state != news.Running || ln.expired(civil) {
			continue
		}
		d.fill(ln, now)
		if fresh, _ := ln.fresh(); fresh > 0 {
			return
		}
	}
}

// renewed returns the edition of a broadcast: the one in memory unless the
// store has a newer version.
func (d *dispatcher) renewed(b news.Broadcast, known []Variant) *edition {
	e := d.editions[b.ID]
	if e == nil || !e.same(b) {
		e = newEdition(b, d.Tree(), known)
		d.editions[b.ID] = e
	}
	e.b = b
	return e
}

// renew gives the lane another version of its broadcast. Copies that have not
// gone yet are chosen and composed anew.
func (ln *lane) renew(e *edition) {
	if ln.edition == e {
		return
	}
	old := ln.edition
	ln.edition = e
	for _, c := range ln.chunks {
		for i := range c.letters {
			c.letters[i].had = old.translate(c.letters[i].had, e)
		}
	}
	for _, l := range ln.retries {
		if l.chunk == nil || l.chunk.closed {
			l.had = old.translate(l.had, e)
		}
	}
}

// abandon lets go of what waits in a lane that was stopped.
func (ln *lane) abandon() {
	for _, c := range ln.chunks {
		for i := range c.letters {
			if l := &c.letters[i]; l.phase == waiting {
				l.phase = settled
			}
		}
	}
	for _, l := range ln.retries {
		if l.phase == waiting {
			l.phase = settled
		}
	}
	ln.state = news.Stopped
}

// take takes a retry into memory whose time has come, unless it is there, or
// was changed since it was read.
func (d *dispatcher) take(r *Retry, durable int64) {
	ln := d.lane(r.Lane)
	if ln == nil || ln.retries[r.Subscriber] != nil || d.changed[RetryKey{Lane: r.Lane, Subscriber: r.Subscriber}] > durable {
		return
	}
	if slices.Contains(d.dropped, r.Subscriber) {
		d.stale = true
		return
	}
	d.seq++
	l := &letter{
		lane: ln, to: r.Recipient, seq: d.seq, part: r.Part, ids: slices.Clone(r.IDs),
		attempts: r.Attempts, reason: r.Reason, row: true, version: r.Version, prior: r.Prior, trail: r.Trail, astray: r.Astray,
	}
	if r.Recipient.ID == 0 {
		l.to.ID = r.Subscriber
		d.absent(l)
		return
	}
	l.had = d.hads(ln.edition, []Recipient{r.Recipient}, r.Had)[0]
	switch {
	case ln.amends != nil:
		l.proceed(r.Variant)
	case r.Part > 0 && !d.outdated(l):
		l.edition, l.variant = ln.edition, ln.edition.numbered(r.Variant)
		if l.variant == nil {
			l.part, l.ids = 0, nil
		}
	}
	ln.retries[r.Subscriber] = l
	d.catchUp(ln)
	ln.again.push(l)
}

func (d *dispatcher) heldRetries() int {
	n := 0
	for _, ln := range d.lanes {
		n += len(ln.retries)
	}
	return n
}

func (d *dispatcher) lane(key LaneKey) *lane {
	for _, ln := range d.lanes {
		if ln.key == key {
			return ln
		}
	}
	return nil
}
