package outbox

import (
	"errors"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

const (
	patience       = 30 * time.Second // the longest wait that is spent in memory
	mostRejections = 5                // of one message in a row, in the same words, before its lane pauses
)

// delivered takes the network's word for one part of a copy.
func (d *dispatcher) delivered(l *letter, a answer) {
	v := l.variant
	v.proven, v.rejected = true, 0
	if l.part == 0 {
		l.media = a.message != "" && a.receipt.Media != ""
		if l.media && len(v.parts) > 0 {
			v.parts[0].Media.Ref = a.receipt.Media
		}
	}
	l.ids = append(l.ids, a.receipt.ID)
	l.part++
	l.reason, l.version = "", l.edition.b.Version
	if l.part < len(v.parts) {
		l.readyAt = a.at
		d.postpone(l, d.Now(), reasonPart, parked)
		return
	}
	d.settle(l, news.Sent)
}

// undelivered does what a verdict says about a copy.
func (d *dispatcher) undelivered(l *letter, v verdict, err error, now instant) {
	switch v.step {
	case again:
		if v.reason == reasonLimit && v.after > patience && d.limiter.until <= now {
			d.postpone(l, d.Now().Add(v.after), d.lasting(l, v.reason), finished)
			return
		}
		d.release(l, now+v.after)
	case later:
		l.attempts++
		l.reason = v.reason
		if v.reason == reasonUnknown && l.edition != nil {
			l.version = l.edition.b.Version
		}
		if v.reason == reasonRejected {
			d.reject(l, err)
		}
		if v.reason == reasonUnsent && v.after <= patience {
			d.release(l, now+v.after)
			return
		}
		d.postpone(l, d.Now().Add(v.after), v.reason, finished)
	case leave:
		d.pending.results.Left = append(d.pending.results.Left, Leaving{Subscriber: l.to.ID, Chat: l.to.Chat, Reason: v.gone})
		d.settle(l, l.lost(l.reason))
		d.drop(l.to.ID)
	case move:
		l.attempts++
		d.pending.results.Moved = append(d.pending.results.Moved, Moving{Subscriber: l.to.ID, From: l.to.Chat, To: v.to})
		d.postpone(l, d.Now(), d.lasting(l, reasonChanged), finished) // whoever is there now is read again
	case halt:
		d.release(l, now)
	case doubt:
		d.settle(l, news.Unknown)
	default:
		d.Log.Warn("a copy is given up", "broadcast", l.lane.key.Broadcast, "subscriber", l.to.ID, "attempts", l.attempts+1, "err", err)
		outcome := l.lost(l.reason)
		if errors.Is(err, bots.ErrRejected) {
			l.reason = reasonRejected
		}
		d.settle(l, outcome)
	}
}

// lost is the outcome of a copy that is given up. One that may have arrived is
// Unknown. Failed is one that did not, and one that did in part: it can be tried
// again from there, and the ids that it has make it Wrong like any other.
func (l *letter) lost(reason string) news.Outcome {
	if l.lane.amends == nil && len(l.ids) == 0 && (l.version != 0 || reason == reasonUnknown) {
		return news.Unknown
	}
	return news.Failed
}

// lasting returns why l waits, unless an earlier reason matters more to the
// next attempt.
func (d *dispatcher) lasting(l *letter, reason string) string {
	if l.reason == reasonUnknown || l.reason == reasonMissing || l.reason == reasonRejected {
		return l.reason
	}
	return reason
}

// reject counts refusals of the message itself. A row of them that nothing
// interrupts pauses the lane: the message is at fault, and goes to nobody else
// until somebody has looked at it. Those who were refused wait with the rest.
func (d *dispatcher) reject(l *letter, err error) {
	v := l.variant
	if words := err.Error(); v.rejection != words {
		v.rejection, v.rejected = words, 0
	}
	v.rejected++
	if v.rejected < mostRejections || l.lane.state != news.Running {
		return
	}
	v.rejected = 0
	l.lane.state, l.lane.stalled = news.Paused, d.batchNo+1
	d.pending.results.Stalled = append(d.pending.results.Stalled, Stall{Lane: l.lane.key, Reason: v.rejection})
	d.Log.Error("the network rejects a message; its broadcast is paused for this account",
		"broadcast", l.lane.key.Broadcast, "variant", v.n, "err", err)
}

// settle gives l its last receipt.
func (d *dispatcher) settle(l *letter, outcome news.Outcome) {
	d.receipt(l, outcome)
	if l.row {
		d.pending.results.Settled = append(d.pending.results.Settled, RetryKey{Lane: l.lane.key, Subscriber: l.to.ID})
	}
	switch {
	case outcome != news.Sent && outcome != news.Unknown:
	case l.lane.amends != nil && l.astray: // its receipt is another account's
	case l.lane.amends != nil:
		d.retold(l)
	default:
		d.note(l)
	}
	d.conclude(l, settled)
}

// heldApart is how much later than its letter the row of a parked one is due:
// as long as this process lives, the letter waits in memory, and its row need
// not be read with those that wait for nothing else.
const heldApart = 5 * time.Second

// postpone writes a retry of l. Then says whether l waits for it in memory,
// until readyAt, or is read again when it is due. A copy that would come too
// late is given up.
func (d *dispatcher) postpone(l *letter, due time.Time, reason string, then fate) {
	switch {
	case l.lane.amends != nil && l.lane.state == news.Stopped: // for whatever took its place to go on with
		d.receipt(l, l.end())
		d.conclude(l, settled)
		return
	case l.lane.expired(due), l.lane.state == news.Stopped:
		d.settle(l, l.lost(reason))
		return
	}
	n := -1
	switch {
	case l.lane.amends != nil:
		n = l.progress()
	case l.variant != nil && l.part > 0:
		n = l.variant.n
	}
	if then == parked {
		due = due.Add(heldApart)
	}
	d.receipt(l, l.wait())
	l.reason, l.row, l.then = reason, true, then
	d.pending.results.Retries = append(d.pending.results.Retries, Retry{
		Lane: l.lane.key, Subscriber: l.to.ID, Part: l.part, IDs: slices.Clone(l.ids), Variant: n,
		Due: due, Attempts: l.attempts, Reason: reason,
	})
	if then == parked {
		// From here on it is a retry: its chunk may close without it.
		l.lane.retries[l.to.ID] = l
		if l.phase != flying {
			d.wait(l, l.readyAt)
			return
		}
		d.pending.letters = append(d.pending.letters, l)
		return
	}
	if d.due.IsZero() || due.Before(d.due) {
		d.due = due
	}
	d.pending.reload = d.pending.reload || !due.After(d.Now())
	d.conclude(l, settled)
}

// conclude ends l's way through memory: at once, or once its result is
// durable.
func (d *dispatcher) conclude(l *letter, p phase) {
	if l.lane.retries[l.to.ID] == l {
		delete(l.lane.retries, l.to.ID)
	}
	if l.row {
		d.changed[RetryKey{Lane: l.lane.key, Subscriber: l.to.ID}] = d.batchNo + 1
	}
	l.then = finished
	if l.phase == flying {
		d.pending.letters = append(d.pending.letters, l)
		return
	}
	l.phase = p
}

// receipt writes what became of l so far into its chunk.
func (d *dispatcher) receipt(l *letter, outcome news.Outcome) {
	r := Receipt{Subscriber: l.to.ID, Outcome: outcome, Version: l.lane.edition.b.Version}
	switch {
	case l.lane.amends != nil:
		r.Changed, r.Lined, r.IDs = l.changed, l.changed && l.lined, l.ids
	case l.variant != nil && outcome != news.Nothing && outcome != news.Left:
		r.Version, r.Variant, r.Media, r.IDs = l.edition.b.Version, l.variant.n, l.media, l.ids
		r.Rejected = outcome == news.Failed && l.reason == reasonRejected
	}
	d.write(l.lane, l.lane.key, l.chunk, r)
}

// write puts r where the reader's receipt of a lane belongs: into the open
// chunk c or whichever it is, else into one that the store finds. The lane is
// nil when it is not in memory.
func (d *dispatcher) write(ln *lane, key LaneKey, c *chunk, r Receipt) {
	if ln != nil && (c == nil || c.closed) {
		c = ln.chunkOf(r.Subscriber)
	}
	if c == nil {
		d.pending.results.Late = append(d.pending.results.Late, LateReceipt{Lane: key, Receipt: r})
		return
	}
	c.put(r)
	if !c.touched {
		c.touched = true
		d.pending.chunks = append(d.pending.chunks, c)
	}
}

// release gives l's slot back without a result: it is tried again at the
// given time, as if it had stayed in its queue.
func (d *dispatcher) release(l *letter, at instant) {
	l.then, l.readyAt = parked, at
	d.land(l)
}

// land frees the slot and the chat of a letter that was flying.
func (d *dispatcher) land(l *letter) {
	d.flying--
	d.landed(l)
	at := instant(0)
	if l.then == parked {
		at = l.readyAt // those behind it must not overtake it
	}
	for _, other := range d.paces.free(l.chat) {
		if other.phase == waiting {
			d.wait(other, at)
		}
	}
	l.phase = settled
	if l.then == parked {
		l.phase = waiting
		d.wait(l, at)
	}
}

// delivery is what a reader has just got.
type delivery struct {
	reader   news.SubscriberID
	edition  *edition
	articles []news.ArticleID
	batch    int64 // that writes it
}

// note tells the other lanes' copies for the same reader what they need not
// hold any more.
func (d *dispatcher) note(l *letter) {
	if l.variant == nil || len(l.variant.articles) == 0 {
		return
	}
	n := delivery{l.to.ID, l.edition, l.variant.articles, d.batchNo + 1}
	d.journal = append(d.journal, n)
	for _, ln := range d.lanes {
		if ln.key.Broadcast == n.edition.b.ID {
			continue
		}
		if other := ln.find(n.reader); other != nil {
			other.had.add(ln.edition.selector.mask(n.articles))
		}
	}
}
