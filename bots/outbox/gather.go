package outbox

import (
	"github.com/nashra-bot/nashra/bots"
)

// gathered is how many results may wait to be written.
func gathered(l bots.Limits) int {
	if !l.Repeatable || l.Gather.For <= 0 {
		return 0
	}
	return max(0, l.Gather.Most)
}

// ripe returns when the pending batch is to be written: now or earlier says at
// once. Receipts of copies may wait for others where the network lets them, up
// to its limits; whatever somebody waits for, or more depends on, does not, nor
// does anything when no answer is to come.
func (d *dispatcher) ripe() instant {
	b, most := d.pending, gathered(d.limits)
	if most == 0 || !b.patient() || d.limiter.unanswered == 0 || len(b.letters) >= (most+1)/2 {
		return 0
	}
	return b.since + d.limits.Gather.For
}

// await keeps l until its chat is free, and hurries what keeps it busy.
func (d *dispatcher) await(l *letter) {
	if d.paces.wait(l) {
		d.pending.hurry = true
	}
}

// patient reports whether b holds nothing but receipts.
func (b *batch) patient() bool {
	r := &b.results
	return !b.force && !b.reload && !b.hurry && len(r.Late)+len(r.Retries)+len(r.Settled)+
		len(r.Replies)+len(r.Left)+len(r.Moved)+len(r.Ended)+len(r.Stalled) == 0
}
