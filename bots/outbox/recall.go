package outbox

import (
	"github.com/nashra-bot/nashra/news"
)

// A withdrawal goes through the messages that a reader has of what is
// withdrawn: the parts of the copy, then whatever followed it to correct it.
// The line takes the place of the copy's first part if that is a text, which
// notifies nobody; everything else is taken back. What cannot be done in the
// one way is done in the other: a text whose time to be edited is over is
// taken back, and a message that cannot be taken back any more becomes the
// line. If the line then stands nowhere, it is sent.

// messages is how many there are to go through.
func (l *letter) messages() int { return len(l.prior.IDs) + len(l.trail) }

// target is the message whose turn it is.
func (l *letter) target() news.MessageID {
	if l.part < len(l.prior.IDs) {
		return l.prior.IDs[l.part]
	}
	return l.trail[l.part-len(l.prior.IDs)]
}

// lines reports whether the line is to take the place of the target; else it
// is to be taken back.
func (l *letter) lines() bool {
	first := l.part == 0 && len(l.prior.IDs) > 0 && !l.prior.Media
	return first == (l.tries == 0)
}

// otherwise has the target tried in another way.
func (l *letter) otherwise() {
	l.tries++
	l.attempts, l.reason = 0, ""
}

// pass goes on to the next message. Done says whether the target is gone, or
// is the line. The copy is wrong no more when all its parts are.
func (l *letter) pass(done bool) {
	if l.part < len(l.prior.IDs) {
		l.stays = l.stays || !done
	}
	l.part++
	l.tries, l.attempts, l.reason = 0, 0, ""
	if l.part == len(l.prior.IDs) {
		l.changed = !l.stays
	}
}

// aimRecall prepares what is to be done with the next message.
func (d *dispatcher) aimRecall(l *letter) bool {
	l.stage = recall // a retry of an earlier release may say change
	for l.part < l.messages() {
		switch lines := l.lines(); {
		case l.tries > 1:
			l.pass(false)
		case lines && d.editor == nil, !lines && d.deleter == nil:
			l.otherwise()
		case !lines:
			l.edition, l.variant = nil, nil
			return true
		case !d.set(l, l.lane.edition):
			return false
		case len(l.variant.parts) != 1, l.part == 0 && l.prior.Media && d.long(l.variant.parts[0]):
			l.otherwise()
		default:
			return true
		}
	}
	return d.aimLine(l)
}

// aimLine prepares the message that the line goes in, unless it stands
// already.
func (d *dispatcher) aimLine(l *letter) bool {
	l.stage, l.part, l.tries = tell, 0, 0
	if l.changed && l.lined {
		d.settle(l, news.Sent)
		return false
	}
	return d.aimTell(l)
}

// recalling makes the job of one message of a withdrawn copy.
func (d *dispatcher) recalling(l *letter) job {
	j := job{letter: l}
	if !l.lines() {
		j.message.Chat, j.erase = l.to.Chat, l.target()
		return j
	}
	j.message, j.edit = l.variant.parts[0], l.target()
	j.message.Chat, j.message.Buttons = l.to.Chat, shared(j.message.Buttons, l.to.Kind)
	j.message.Key = Key(d.Secret, l.lane.key.Broadcast, l.lane.edition.b.Version, l.to.ID, -1-l.part)
	return j
}

// recalled takes the network's word that a message is gone, or is the line.
// How far the copy is goes on record before its next message is touched.
func (d *dispatcher) recalled(l *letter, at instant) {
	l.lined = l.lined || l.lines()
	l.pass(true)
	if l.part == l.messages() && (l.changed && l.lined || !l.loud()) {
		d.settle(l, l.end())
		return
	}
	l.readyAt = at
	d.postpone(l, d.Now(), reasonPart, parked)
}
