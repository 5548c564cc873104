package outbox

import (
	"errors"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// stage is how far one copy of a correction or a withdrawal is. A stage that
// turns out to be impossible is left for the next one.
type stage uint8

const (
	recall stage = iota // leave nothing of the copy but a line: of a withdrawal only
	change              // put the right text in its place: of a correction only
	tell                // send a message of its own that answers the wrong one
)

// progress packs how far l is into the number that a retry keeps.
func (l *letter) progress() int {
	n := int(l.stage)
	for i, mark := range l.marks() {
		if *mark {
			n |= 1 << (2 + i)
		}
	}
	return n
}

// marks are what a retry keeps besides the stage, in the order of its bits.
func (l *letter) marks() [3]*bool { return [...]*bool{&l.changed, &l.lined, &l.stays} }

// proceed is the opposite of progress.
func (l *letter) proceed(n int) {
	if n < 0 {
		return
	}
	l.stage = stage(n & 3)
	for i, mark := range l.marks() {
		*mark = n&(1<<(2+i)) != 0
	}
}

// loud reports whether the reader of l is to be told by a message.
func (l *letter) loud() bool {
	return !l.to.Gone && !l.to.Heard && l.prior.Version < l.lane.amends.loud
}

// aim chooses what a copy of a correction does next, and reports whether it
// can be done now. If not, it has seen to it that l comes again, or that it is
// done with.
func (d *dispatcher) aim(l *letter) bool {
	if !Wrong(l.prior, l.lane.edition.b.Version) && !l.changed {
		d.settle(l, news.Nothing)
		return false
	}
	switch {
	case l.stage == tell:
		return d.aimTell(l)
	case l.lane.edition.b.Kind == news.Withdrawal:
		return d.aimRecall(l)
	case l.stage == recall:
		d.advance(l)
	}
	return d.aimChange(l)
}

// aimChange prepares an edit. The new text has to have as many parts as the
// wrong one, and a caption has to stay one.
func (d *dispatcher) aimChange(l *letter) bool {
	if d.editor == nil || len(l.prior.IDs) == 0 {
		d.advance(l)
		return d.aimTell(l)
	}
	if !d.set(l, l.lane.amends.root) {
		return false
	}
	parts := l.variant.parts
	if len(parts) != len(l.prior.IDs) || l.prior.Media && d.long(parts[0]) {
		d.advance(l)
		return d.aimTell(l)
	}
	return true
}

// long reports whether m does not go under a medium.
func (d *dispatcher) long(m bots.Message) bool {
	return d.limits.Caption > 0 && m.Text.Units() > d.limits.Caption
}

// aimTell prepares the message that follows a copy which stays wrong, or which
// was read while it was.
func (d *dispatcher) aimTell(l *letter) bool {
	if !l.loud() {
		d.settle(l, l.end())
		return false
	}
	if !d.set(l, l.lane.edition) {
		return false
	}
	if l.part >= len(l.variant.parts) {
		d.settle(l, l.end())
		return false
	}
	return true
}

// set gives l the variant of e with the articles of its reader's wrong copy,
// and reports whether it is composed.
func (d *dispatcher) set(l *letter, e *edition) bool {
	l.edition, l.variant = e, e.variant(l.articles(e))
	if l.variant.composed {
		d.shelf.touch(l.variant)
		return true
	}
	l.variant.waiting = append(l.variant.waiting, l)
	d.compose(e, l.variant)
	return false
}

// articles returns what the wrong copy held, as a set of e's.
func (l *letter) articles(e *edition) mask {
	if ids, ok := l.lane.amends.texts[wording{l.prior.Version, l.prior.Variant}]; ok {
		return e.selector.mask(ids)
	}
	return e.selector.all
}

// advance moves l to its next stage.
func (d *dispatcher) advance(l *letter) {
	l.stage++
	l.part, l.reason, l.attempts = 0, "", 0
}

// end is the outcome of a copy that nothing more can be done for.
func (l *letter) end() news.Outcome {
	switch {
	case l.changed, l.stage == tell && len(l.ids) > 0:
		return news.Sent
	case l.to.Gone:
		return news.Left
	case l.to.Heard:
		return news.Nothing
	}
	return news.Failed
}

// amending makes the job of one part of a correction's copy.
func (d *dispatcher) amending(l *letter) job {
	if l.stage == recall {
		return d.recalling(l)
	}
	j := job{letter: l, message: l.variant.parts[l.part]}
	j.message.Chat, j.message.Buttons = l.to.Chat, shared(l.variant.parts[l.part].Buttons, l.to.Kind)
	if l.stage == change {
		j.message.Key, j.edit = Key(d.Secret, l.lane.key.Broadcast, l.lane.edition.b.Version, l.to.ID, -1-l.part), l.prior.IDs[l.part]
		if l.part == 0 && !l.prior.Media && !j.message.Media.None() { // a text stays one
			j.message = bots.AsText(j.message)
		}
		return j
	}
	stands := l.changed && l.lane.edition.b.Kind == news.Withdrawal // where the copy was: nothing is left to answer
	j.message.Key, j.message.Silent = d.key(l), stands
	if l.part == 0 && len(l.prior.IDs) > 0 && !stands {
		j.message.Reply = l.prior.IDs[0]
	}
	return j
}

// amended takes the network's word for one part of a correction's copy.
func (d *dispatcher) amended(l *letter, a answer) {
	if l.stage == recall {
		d.recalled(l, a.at)
		return
	}
	l.part++
	l.reason = ""
	last := len(l.prior.IDs)
	if l.stage == tell {
		l.variant.proven, l.variant.rejected = true, 0
		l.ids = append(l.ids, a.receipt.ID)
		last = len(l.variant.parts)
	}
	if l.part < last {
		l.readyAt = a.at
		d.postpone(l, d.Now(), reasonPart, parked)
		return
	}
	if l.stage == change {
		l.changed = true
		if l.loud() {
			d.advance(l)
			l.readyAt = a.at
			d.postpone(l, d.Now(), reasonPart, parked)
			return
		}
	}
	d.settle(l, news.Sent)
}

// unamended does what a verdict says about a change that did not come about:
// what cannot be changed is told, and nobody leaves for it.
func (d *dispatcher) unamended(l *letter, v verdict, err error, now instant) {
	if l.stage == tell {
		if v.step == fail && l.changed || v.step == leave && l.changed {
			d.farewell(l, v)
			d.settle(l, l.end())
			return
		}
		d.undelivered(l, v, err, now)
		return
	}
	hopeless := v.step == later && (l.to.Gone || errors.Is(err, bots.ErrMissing) || errors.Is(err, bots.ErrSuspended))
	switch {
	case hopeless, v.step == replace, v.step == leave, v.step == fail, v.step == doubt:
		if l.stage == recall {
			l.otherwise()
		} else {
			d.advance(l)
		}
		d.release(l, now)
	default:
		d.undelivered(l, v, err, now)
	}
}

// retold gives the reader's receipt of the original the version that they know
// by now, so that a further correction starts from it.
func (d *dispatcher) retold(l *letter) {
	ln := l.lane
	e := ln.amends.root
	v := e.variant(l.articles(e))
	if !v.stored {
		v.stored = true
		d.pending.results.Variants = append(d.pending.results.Variants, Variant{
			Broadcast: e.b.ID, Version: e.b.Version, N: v.n, Articles: v.articles, Parts: len(l.prior.IDs),
		})
	}
	r := l.prior
	r.Version, r.Variant = e.b.Version, v.n
	if r.Outcome == news.Failed { // they have more than its parts by now: it is not tried again
		r.Outcome = news.Unknown
	}
	key := ln.key
	key.Broadcast = e.b.ID
	root := d.lane(key)
	d.write(root, key, nil, r)
	if r.Outcome == news.Unknown {
		d.spare(root, RetryKey{Lane: key, Subscriber: r.Subscriber})
	}
}

// spare ends the waiting repeat of a copy that may have arrived: its reader
// has been told.
func (d *dispatcher) spare(root *lane, key RetryKey) {
	if root != nil {
		if l := root.retries[key.Subscriber]; l != nil && l.phase == flying {
			return
		} else if l != nil {
			d.conclude(l, settled)
		}
	}
	d.changed[key] = d.batchNo + 1
	d.pending.results.Settled = append(d.pending.results.Settled, key)
}
