package outbox

import (
	"github.com/nashra-bot/nashra/news"
)

// text names one version of a broadcast; everything over the same original
// counts as that.
type text struct {
	broadcast news.BroadcastID
	version   int
}

// carries says which text is on its way with l.
func (l *letter) carries() text {
	switch {
	case l.reply != nil:
		return text{}
	case l.lane.amends != nil:
		return text{l.lane.amends.root.b.ID, l.lane.edition.b.Version}
	}
	return text{l.lane.key.Broadcast, l.edition.b.Version}
}

// landed notes that nobody has to wait for l any more.
func (d *dispatcher) landed(l *letter) {
	if l.reply != nil {
		return
	}
	if d.airborne[l.air]--; d.airborne[l.air] <= 0 {
		delete(d.airborne, l.air)
	}
}

// outpaced reports whether a correction has to wait: as long as older texts of
// its broadcast are on their way, or are not on record, their readers are not
// known.
func (d *dispatcher) outpaced(ln *lane) bool {
	if ln.amends == nil {
		return false
	}
	for t := range d.airborne {
		if t.broadcast == ln.amends.root.b.ID && t.version < ln.edition.b.Version {
			return true
		}
	}
	return false
}

// outdated reports whether a text that is corrected by now has arrived with l
// in part, or may have.
func (d *dispatcher) outdated(l *letter) bool {
	return l.version != 0 && l.version != l.lane.edition.b.Version
}

// lapsed ends a copy that is outdated: its receipt says that the older text
// may have arrived, and whoever that was is for the correction to reach.
func (d *dispatcher) lapsed(l *letter) bool {
	if !d.outdated(l) {
		return false
	}
	d.ended(l)
	return true
}

// absent ends a retry whose reader is not to be found there any more. What its
// receipt says of a part that has arrived, or may have, stays true.
func (d *dispatcher) absent(l *letter) {
	if l.lane.amends != nil || len(l.ids) == 0 && l.reason != reasonUnknown {
		d.settle(l, news.Left)
		return
	}
	d.ended(l)
}

// ended ends a copy whose receipt stays as it is.
func (d *dispatcher) ended(l *letter) {
	if l.row || l.lane.retries[l.to.ID] == l {
		d.pending.results.Settled = append(d.pending.results.Settled, RetryKey{Lane: l.lane.key, Subscriber: l.to.ID})
	}
	d.conclude(l, settled)
}

// wait is the outcome on record while l waits for another attempt.
func (l *letter) wait() news.Outcome {
	if l.version != 0 && l.lane.amends == nil {
		return news.Unknown
	}
	return news.Deferred
}

// farewell reports the leaving that a verdict speaks of.
func (d *dispatcher) farewell(l *letter, v verdict) {
	if v.step != leave {
		return
	}
	d.pending.results.Left = append(d.pending.results.Left, Leaving{Subscriber: l.to.ID, Chat: l.to.Chat, Reason: v.gone})
	d.drop(l.to.ID)
}
