package outbox

import (
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// mostReplies is how many waiting replies are held in memory.
const mostReplies = 1000

// replies are the answers of the conversation, first in, first out for each
// chat.
type replies struct {
	ready line
	again queue
	held  int
	last  ReplyID // everything up to here was read
	more  bool    // there may be more behind it
}

// nextReply returns the next reply that may go now, or nil.
func (d *dispatcher) nextReply(now instant) *letter {
	if now < d.askers {
		return nil
	}
	r := &d.replies
	for {
		l := r.again.pop()
		if l == nil {
			l = r.ready.pop()
		}
		if l == nil {
			return nil
		}
		if l.phase != waiting {
			continue
		}
		switch at := d.paces.ready(l, now); {
		case at == never:
			d.await(l)
		case at > now:
			d.wait(l, at)
		case d.loaded(l):
			return l
		}
	}
}

// admit takes replies from the store into memory. One that has to wait holds
// up those behind it to the same chat.
func (d *dispatcher) admit(list []Reply, asked int) {
	now, civil := d.clock(), d.Now()
	for i := range list {
		r := &list[i]
		if r.ID <= d.replies.last {
			continue
		}
		d.replies.last = r.ID
		l := &letter{
			reply: r, to: Recipient{Chat: r.Chat, Kind: r.Kind}, parts: bots.Split(r.Message, d.limits),
			part: r.Part, attempts: r.Attempts, seq: int64(r.ID),
		}
		d.replies.held++
		if l.part >= len(l.parts) {
			d.answer(l)
			continue
		}
		if wait := r.Due.Sub(civil); wait > 0 {
			d.paces.block(l, now+min(wait, unsentMost))
		}
		d.lift(r.Chat)
		if d.paces.want(l) {
			d.pending.hurry = true
		}
		d.replies.ready.push(l)
	}
	d.replies.more = len(list) == asked
}

// answer records that a reply is done with.
func (d *dispatcher) answer(l *letter) {
	l.phase = settled
	d.replies.held--
	d.pending.results.Replies = append(d.pending.results.Replies, ReplyResult{ID: l.reply.ID, Done: true})
	if l.chat != "" {
		d.pending.letters = append(d.pending.letters, l)
	}
	if d.replies.more && d.replies.held < mostReplies/2 {
		d.refreshAt = 0
	}
}

// keep records how far a reply is, and has it go on after a while. Those
// behind it to the same chat wait with it.
func (d *dispatcher) keep(l *letter, now instant, after time.Duration) {
	d.paces.block(l, now+after)
	d.pending.results.Replies = append(d.pending.results.Replies, ReplyResult{
		ID: l.reply.ID, Part: l.part, Due: d.Now().Add(after), Attempts: l.attempts,
	})
	l.then, l.readyAt = parked, now+after
	d.pending.letters = append(d.pending.letters, l)
}

// replied takes the network's word for one part of a reply.
func (d *dispatcher) replied(l *letter, a answer) {
	l.part++
	l.reason = ""
	if l.part < len(l.parts) {
		d.keep(l, a.at, 0)
		return
	}
	if d.Told != nil {
		d.Told(*l.reply, d.stands(l, a.receipt.ID))
	}
	d.answer(l)
}

// stands is the message that a reply is, when the network has named its last
// part.
func (d *dispatcher) stands(l *letter, last news.MessageID) news.MessageID {
	switch {
	case len(l.parts) > 1:
		return ""
	case l.reply.Edit != "" && !l.plain && d.editor != nil:
		return l.reply.Edit
	}
	return last
}

// unanswered does what a verdict says about a reply.
func (d *dispatcher) unanswered(l *letter, v verdict, now instant) {
	l.reason = v.reason
	switch v.step {
	case again:
		if !v.own {
			d.paces.block(l, now+v.after)
		}
		d.release(l, now+v.after)
	case later:
		l.attempts++
		d.keep(l, now, v.after)
	case replace:
		l.plain = true
		d.release(l, now)
	case leave:
		d.pending.results.Left = append(d.pending.results.Left, Leaving{Chat: l.to.Chat, Reason: v.gone})
		d.answer(l)
	case move:
		l.attempts++
		d.pending.results.Moved = append(d.pending.results.Moved, Moving{From: l.to.Chat, To: v.to})
		l.to.Chat = v.to
		d.keep(l, now, 0)
	case halt:
		d.release(l, now)
	default:
		d.Log.Warn("a reply is given up", "reply", l.reply.ID, "attempts", l.attempts+1, "reason", v.reason)
		d.answer(l)
	}
}

// edits reports whether l changes an earlier message, or takes it back.
func (d *dispatcher) edits(l *letter) bool {
	if l.reply == nil {
		return l.lane.amends != nil && l.stage != tell
	}
	return l.reply.Edit != "" && l.part == 0 && !l.plain && d.editor != nil
}

func (d *dispatcher) kind(l *letter) news.Kind {
	if l.reply != nil {
		return ""
	}
	return l.lane.edition.b.Kind
}
