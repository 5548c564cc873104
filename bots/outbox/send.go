package outbox

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// job is one message for a worker; edit names the message that it changes,
// erase the one that it takes back.
type job struct {
	letter  *letter
	message bots.Message
	edit    news.MessageID
	erase   news.MessageID
}

// answer is what came of it.
type answer struct {
	letter  *letter
	message string // reference of the medium that was sent
	receipt bots.Receipt
	fresh   bool // it was a new message, no change of one
	err     error
	at      instant
}

// send hands l to a worker. Its slot is taken until what becomes of it is
// durable.
func (d *dispatcher) send(l *letter, now instant) {
	j := d.job(l)
	l.phase, l.chat, l.sentAt, l.then = flying, l.to.Chat, now, finished
	if l.air = l.carries(); l.reply == nil {
		d.airborne[l.air]++
	}
	d.paces.take(l)
	d.uploading(l)
	d.limiter.sent(now)
	d.flying++
	d.jobs <- j
}

// job makes the job of l's next part.
func (d *dispatcher) job(l *letter) job {
	parts := l.parts
	switch {
	case l.reply == nil && l.lane.amends != nil:
		return d.amending(l)
	case l.reply == nil:
		parts = l.variant.parts
	}
	j := job{letter: l, message: parts[l.part]}
	j.message.Buttons = shared(j.message.Buttons, l.to.Kind)
	j.message.Chat, j.message.Key = l.to.Chat, d.key(l)
	if l.reply != nil && d.edits(l) {
		j.edit = l.reply.Edit
	}
	return j
}

// shared leaves out of a message to a group or a channel what is for one person:
// a variant is composed for all kinds of chats.
func shared(rows [][]news.Button, to news.ChatKind) [][]news.Button {
	if to == news.Private || !slices.ContainsFunc(rows, func(row []news.Button) bool { return slices.ContainsFunc(row, private) }) {
		return rows
	}
	var out [][]news.Button
	for _, row := range rows {
		if kept := slices.DeleteFunc(slices.Clone(row), private); len(kept) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

func private(b news.Button) bool { return b.Private }

func (d *dispatcher) key(l *letter) string {
	if l.reply != nil {
		return Key(d.Secret, 0, 0, news.SubscriberID(l.reply.ID), l.part)
	}
	return Key(d.Secret, l.lane.key.Broadcast, l.edition.b.Version, l.to.ID, l.part)
}

// worker sends one message after the other.
func (d *dispatcher) worker(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-d.jobs:
			a := answer{letter: j.letter, message: j.message.Media.Ref}
			switch {
			case j.erase != "":
				a.err = d.deleter.Delete(ctx, j.message.Chat, j.erase)
			case j.edit != "":
				a.receipt, a.err = d.editor.Edit(ctx, j.edit, j.message)
			default:
				a.fresh = true
				a.receipt, a.err = d.Adapter.Send(ctx, j.message)
			}
			a.at = d.clock()
			d.answers <- a
		}
	}
}

// answered takes a worker's answer.
func (d *dispatcher) answered(a answer) {
	l := a.letter
	d.Refusals.heard(a, d.Now())
	d.uploaded(l)
	held := heldBack(a.err)
	if held != nil {
		d.limiter.returned(l.sentAt)
	} else {
		d.limiter.answered(a.at, a.at-l.sentAt)
	}
	if d.paces.answered(l, l.sentAt, a.at) {
		d.pending.hurry = true
	}
	if a.err == nil {
		d.sent++
		d.quiet.over(d.Log)
		d.limiter.succeeded(a.at)
		if l.reply != nil {
			d.replied(l, a)
			return
		}
		if l.lane.amends != nil {
			d.amended(l, a)
			return
		}
		d.delivered(l, a)
		return
	}
	s := d.situation(l)
	if held == nil {
		s.outage = d.quiet.heard(a.err, a.at, d.Log)
	}
	v := judge(a.err, s)
	if v.step == halt {
		d.halt(a.err)
	}
	var wait *bots.RetryError
	switch {
	case held != nil:
		d.hold(l, held, v.after, a.at)
	case errors.As(a.err, &wait):
		d.refuse(l, wait, v.after, a.at)
	}
	if l.reply != nil {
		d.unanswered(l, v, a.at)
		return
	}
	if l.lane.amends != nil {
		d.unamended(l, v, a.err, a.at)
		return
	}
	d.undelivered(l, v, a.err, a.at)
}

func (d *dispatcher) situation(l *letter) situation {
	s := situation{
		reply: l.reply != nil, edit: d.edits(l), kind: d.kind(l), chat: l.to.Kind, attempts: l.attempts, reason: l.reason,
		repeatable: d.limits.Repeatable, repeatUnknown: d.RepeatUnknown,
	}
	if l.variant != nil {
		s.proven = l.variant.proven
	}
	return s
}

// halt stops the account until Resume. Everything is kept.
func (d *dispatcher) halt(err error) {
	if d.halted != "" {
		return
	}
	for _, why := range []error{bots.ErrRevoked, bots.ErrReplaced, bots.ErrOutdated} {
		if errors.Is(err, why) {
			d.halted = why.Error()
		}
	}
	d.pending.force = true
	d.Log.Error("the account may not send any more; its queue is kept", "err", err)
}

// refuse obeys a network that asks to wait. Two chats refused within a few
// seconds are not the chats' doing.
func (d *dispatcher) refuse(l *letter, wait *bots.RetryError, after time.Duration, now instant) {
	d.refused++
	d.paces.block(l, now+after)
	if l.to.Kind == news.Private || wait.Wide {
		d.limiter.refused(now)
	}
	switch {
	case wait.Wide && l.to.Kind != news.Channel:
		// A cap on what is sent unasked does not hold answers back; what refuses an
		// answer holds everything.
		d.people = max(d.people, now+after)
		if l.reply != nil {
			d.askers = max(d.askers, now+after)
		}
		d.Log.Warn("the network asks the account not to write to people for a while", "wait", after)
	case wait.Wide, d.quiet.second(l.to.Chat, now):
		d.limiter.pause(now + after)
		d.Log.Warn("the network asks the account to wait", "wait", after)
	}
}
