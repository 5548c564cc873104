package outbox

import (
	"time"

	"github.com/nashra-bot/nashra/news"
)

// mostSteps is how many letters one dispatch looks at before it listens again.
const mostSteps = 1000

// choose returns the letter that goes next: a reply, or the most urgent
// copy that may go now. While copies wait, replies get every other slot: what
// strangers ask for holds up no news, and no withdrawal.
func (d *dispatcher) choose(now instant, civil time.Time, steps *int) *letter {
	if d.yield {
		if l := d.nextCopy(now, civil, steps); l != nil {
			d.yield = false
			return l
		}
	}
	if l := d.nextReply(now); l != nil {
		d.yield = true
		return l
	}
	return d.nextCopy(now, civil, steps)
}

// nextCopy returns the next copy of the first lane that has one. A lane whose
// wrong copies are being corrected meanwhile shares its turns with the
// correction.
func (d *dispatcher) nextCopy(now instant, civil time.Time, steps *int) *letter {
	for _, ln := range d.lanes {
		if ln.shares != nil && ln.yield {
			if l := d.nextOf(ln.shares, now, civil, steps); l != nil {
				ln.yield = false
				return l
			}
		}
		if l := d.nextOf(ln, now, civil, steps); l != nil {
			ln.yield = true
			return l
		}
	}
	return nil
}

// nextOf returns the next copy of a lane that may go now, or nil.
func (d *dispatcher) nextOf(ln *lane, now instant, civil time.Time, steps *int) *letter {
	switch {
	case ln.state != news.Running:
		return nil
	case ln.expired(civil):
		d.expire(ln)
		return nil
	case now < d.people && !ln.key.Channels:
		return nil
	}
	defer d.fill(ln, now)
	for *steps > 0 {
		l := ln.pop()
		if l == nil {
			break
		}
		*steps--
		if d.prepare(l, now, civil) {
			return l
		}
	}
	return nil
}

// prepare reports whether l can be sent now. If not, it has seen to it that l
// comes again, or that it is done with.
func (d *dispatcher) prepare(l *letter, now instant, civil time.Time) bool {
	if l.phase != waiting {
		return false
	}
	switch at := d.paces.ready(l, now); {
	case at == never:
		d.await(l)
		return false
	case at > now:
		d.wait(l, at)
		return false
	}
	if l.lane.amends != nil {
		return d.aim(l) && d.loaded(l)
	}
	return d.worded(l, civil) && d.loaded(l)
}

// worded is prepare of a copy that changes nothing, as far as its text goes.
func (d *dispatcher) worded(l *letter, civil time.Time) bool {
	switch {
	case d.lapsed(l):
		return false
	case !d.address(l):
		d.settle(l, news.Nothing)
		return false
	case d.night(l, civil):
		return false
	}
	v := l.variant
	if !v.composed {
		v.waiting = append(v.waiting, l)
		d.compose(l.edition, v)
		return false
	}
	if l.part >= len(v.parts) {
		// Nothing is left to say, or the message has become shorter.
		d.settle(l, whole(l))
		return false
	}
	d.shelf.touch(v)
	return true
}

// whole is the outcome of a copy that has no further parts.
func whole(l *letter) news.Outcome {
	if len(l.ids) > 0 {
		return news.Sent
	}
	return news.Nothing
}

// address chooses the variant of l from what its reader has by now. A copy of
// which a part has arrived keeps its variant. It reports whether there is
// anything new.
func (d *dispatcher) address(l *letter) bool {
	e := l.lane.edition
	if l.variant != nil && l.edition == e && l.part > 0 {
		return true
	}
	if n := len(e.selector.all); cap(d.scratch) < n {
		d.scratch = make(mask, n)
	}
	m := d.scratch[:len(e.selector.all)]
	if !e.selector.choose(m, &l.to, l.had) {
		return false
	}
	l.edition, l.variant = e, e.variant(m)
	return true
}

// night holds l back until the morning if its reader wants that, and reports
// whether it did.
func (d *dispatcher) night(l *letter, civil time.Time) bool {
	if !l.to.Quiet || l.part > 0 || d.Night == nil || l.lane.edition.b.Kind != news.Breaking {
		return false
	}
	until, night := d.Night(civil)
	if !night {
		return false
	}
	d.postpone(l, until, reasonNight, finished)
	return true
}

// expire ends a lane whose time is over. Those whose copies wait are told
// nothing any more. Those who had not been taken have no receipt.
func (d *dispatcher) expire(ln *lane) {
	for _, c := range ln.chunks {
		for i := range c.letters {
			if l := &c.letters[i]; l.phase == waiting {
				d.overdue(l)
			}
		}
	}
	for _, l := range ln.retries {
		if l.phase == waiting {
			d.overdue(l)
		}
	}
	if !ln.ended {
		d.Log.Info("a broadcast has expired", "broadcast", ln.key.Broadcast, "channels", ln.key.Channels)
		d.end(ln)
	}
}

// overdue ends a copy whose time is over.
func (d *dispatcher) overdue(l *letter) {
	if !d.lapsed(l) {
		d.settle(l, l.lost(l.reason))
	}
}

// end records that nobody is behind the lane's cursor.
func (d *dispatcher) end(ln *lane) {
	ln.ended = true
	d.pending.results.Ended = append(d.pending.results.Ended, ln.key)
	d.pending.reload = true
}

// ready puts a letter where the next choice finds it.
func (d *dispatcher) ready(l *letter) {
	switch {
	case l.phase != waiting:
	case l.reply != nil:
		d.replies.again.push(l)
	default:
		l.lane.again.push(l)
	}
}

// wait has l looked at again at the given time.
func (d *dispatcher) wait(l *letter, at instant) { d.parked.add(l, at) }
