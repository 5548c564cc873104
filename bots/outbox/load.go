package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// errand is something that takes time. It runs beside the dispatcher; what it
// returns is run by the dispatcher.
type errand func(ctx context.Context) (bring func())

const (
	composeFirst = time.Second
	composeMost  = 5 * time.Minute
	loadFirst    = time.Second
	loadMost     = 30 * time.Second
)

// loader runs one errand after the other.
func (d *dispatcher) loader(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-d.errands:
			bring := e(ctx)
			select {
			case d.brought <- bring:
			case <-ctx.Done():
				return
			}
		}
	}
}

// load sends for something in the store that sending changes. What is sent
// until it is there is noted in the journal.
func (d *dispatcher) load(e errand) {
	d.loads++
	d.waitingErrands = append(d.waitingErrands, func(ctx context.Context) func() {
		bring := e(ctx)
		return func() {
			bring()
			d.loads--
			d.forget()
		}
	})
}

func (d *dispatcher) errandsOut() chan<- errand {
	if len(d.waitingErrands) == 0 {
		return nil
	}
	return d.errands
}

func (d *dispatcher) nextErrand() errand {
	if len(d.waitingErrands) == 0 {
		return nil
	}
	return d.waitingErrands[0]
}

// fill opens the next chunk of a lane early enough that the lane never runs
// dry.
func (d *dispatcher) fill(ln *lane, now instant) {
	size := d.Chunk
	if size <= 0 {
		size = defaultChunk
	}
	if ln.ended || ln.loading || d.idle || now < ln.loadAt || d.outpaced(ln) {
		return
	}
	if fresh, open := ln.fresh(); fresh > max(size/5, d.most) || open >= 2*size {
		return
	}
	ln.loading = true
	e := ln.edition
	d.load(func(ctx context.Context) func() {
		c, err := d.Store.Take(ctx, d.epoch, ln.key, size)
		var had []mask
		if err == nil {
			had = d.hads(e, c.Recipients, c.Had)
		}
		return func() { d.opened(ln, e, c, had, err) }
	})
}

// hads is selector.had, where damage means to know of nothing.
func (d *dispatcher) hads(e *edition, recipients []Recipient, others []Had) []mask {
	masks, err := e.selector.had(recipients, others)
	if err != nil {
		d.Log.Error("old receipts cannot be read; readers may get an article again", "broadcast", e.b.ID, "err", err)
		masks, _ = e.selector.had(recipients, nil)
	}
	return masks
}

// opened takes a chunk that was sent for.
func (d *dispatcher) opened(ln *lane, e *edition, c Chunk, had []mask, err error) {
	ln.loading = false
	switch {
	case errors.Is(err, ErrFenced):
		d.fatal = fmt.Errorf("open a chunk: %w", err)
	case err != nil:
		if ln.failures++; ln.failures == 1 {
			d.Log.Error("a chunk cannot be opened; its lane waits", "broadcast", ln.key.Broadcast, "err", err)
		}
		ln.loadAt = d.clock() + min(loadFirst<<min(ln.failures-1, 10), loadMost)
	case len(c.Recipients) == 0:
		ln.failures = 0
		d.end(ln)
	default:
		ln.failures = 0
		d.open(ln, e, c, had)
	}
}

// open takes a chunk into memory.
func (d *dispatcher) open(ln *lane, e *edition, c Chunk, had []mask) {
	mem := &chunk{id: c.ID, lane: ln, letters: make([]letter, len(c.Recipients)), counts: map[news.Outcome]int{}}
	if ln.amends != nil {
		ln.amends.learn(c.Variants)
	}
	receipts, err := DecodeReceipts(c.Receipts)
	if err != nil {
		d.Log.Error("a chunk's receipts cannot be read; its readers are not sent to again", "broadcast", ln.key.Broadcast, "chunk", c.ID, "err", err)
		for _, r := range c.Recipients {
			receipts = append(receipts, Receipt{Subscriber: r.ID, Outcome: news.Unknown, Version: ln.edition.b.Version})
		}
	}
	mem.receipts = receipts
	for _, r := range receipts {
		mem.counts[r.Outcome]++
	}
	for i, r := range c.Recipients {
		l := &mem.letters[i]
		d.seq++
		*l = letter{lane: ln, chunk: mem, to: r, had: e.translate(had[i], ln.edition), seq: d.seq}
		if i < len(c.Prior) {
			l.prior = c.Prior[i]
		}
		if i < len(c.Trails) {
			l.trail = c.Trails[i]
		}
		if _, ok := mem.receipt(r.ID); ok {
			l.phase = settled
			continue
		}
		mem.open++
	}
	ln.chunks = append(ln.chunks, mem)
	if mem.open == 0 || err != nil {
		mem.touched = true
		d.pending.chunks = append(d.pending.chunks, mem)
	}
	d.catchUp(ln)
	for i := range mem.letters {
		if l := &mem.letters[i]; ln.amends == nil && l.phase == waiting && d.address(l) && !l.variant.composed {
			d.compose(l.edition, l.variant)
		}
	}
}

// catchUp tells a lane that has new letters what happened while they were
// being read.
func (d *dispatcher) catchUp(ln *lane) {
	for _, n := range d.journal {
		if n.edition.b.ID == ln.key.Broadcast || ln.amends != nil {
			continue
		}
		if l := ln.find(n.reader); l != nil {
			l.had.add(ln.edition.selector.mask(n.articles))
		}
	}
	for _, reader := range d.dropped {
		d.dropFrom(ln, reader)
	}
}

// drop has the copies that wait for a reader read again before they are sent.
func (d *dispatcher) drop(reader news.SubscriberID) {
	if d.loads > 0 {
		d.dropped = append(d.dropped, reader)
	}
	for _, ln := range d.lanes {
		d.dropFrom(ln, reader)
	}
}

func (d *dispatcher) dropFrom(ln *lane, reader news.SubscriberID) {
	if l := ln.find(reader); l != nil {
		d.afresh(l)
	}
}

// afresh has a copy that waits read again.
func (d *dispatcher) afresh(l *letter) {
	switch {
	case l.phase != waiting:
	case !l.row:
		d.postpone(l, d.Now(), reasonChanged, finished)
	default:
		delete(l.lane.retries, l.to.ID)
		l.phase, d.refreshAt = settled, 0
	}
}

// reread has every copy that waits read again. While the account was halted,
// readers with another chat may have been reached by that.
func (d *dispatcher) reread() {
	for _, ln := range d.lanes {
		for _, c := range ln.chunks {
			for i := range c.letters {
				d.afresh(&c.letters[i])
			}
		}
		for _, l := range ln.retries {
			d.afresh(l)
		}
	}
}

// compose has the parts of a variant made.
func (d *dispatcher) compose(e *edition, v *variant) {
	if v.composing {
		return
	}
	v.composing = true
	b := e.b
	d.waitingErrands = append(d.waitingErrands, func(ctx context.Context) func() {
		m, err := d.Composer.Compose(ctx, b, v.articles, d.platform)
		var parts []bots.Message
		if err == nil && len(m.Blocks) > 0 {
			parts = bots.Split(m, d.limits)
		}
		return func() { d.composed(e, v, parts, err) }
	})
}

func (d *dispatcher) composed(e *edition, v *variant, parts []bots.Message, err error) {
	v.composing = false
	list := v.waiting
	v.waiting = nil
	if err != nil {
		if v.trials++; v.trials == 1 {
			d.Log.Error("a message cannot be composed; its copies wait", "broadcast", e.b.ID, "variant", v.n, "err", err)
		}
		at := d.clock() + min(composeFirst<<min(v.trials-1, 10), composeMost)
		for _, l := range list {
			if l.phase == waiting {
				d.wait(l, at)
			}
		}
		return
	}
	v.trials, v.composed, v.parts = 0, true, parts
	d.shelf.add(v)
	if !v.stored && len(parts) > 0 {
		v.stored = true
		d.pending.results.Variants = append(d.pending.results.Variants, Variant{
			Broadcast: e.b.ID, Version: e.b.Version, N: v.n, Articles: v.articles, Parts: len(parts),
		})
	}
	for _, l := range list {
		d.ready(l)
	}
}
