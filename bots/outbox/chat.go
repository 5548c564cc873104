package outbox

import (
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

const (
	replyBurst = 3 // answers that a chat may get at once
	groupSpan  = time.Minute
	sweepEvery = time.Second
)

// paces keeps what is needed to write to no chat too often: state for the
// chats that were written to within the last minute, and no others. A group
// keeps the gap of a private chat too.
type paces struct {
	limits bots.Limits
	chats  map[news.ChatID]*pace
	swept  instant
}

// pace is what is remembered of one chat.
type pace struct {
	busy    bool      // a message is on its way, or its result is not written yet
	done    bool      // it was answered: only the writing is missing
	wanted  bool      // somebody asked for it meanwhile
	even    instant   // when the chat has no debt left, at one message a gap
	until   instant   // refused before this
	mute    instant   // the adapter holds replies back before this
	sent    []instant // groups: within the last minute
	waiting []*letter // for busy to end
}

// ready returns when a letter may go to its chat: now or earlier says at
// once, never says that it has to wait for another.
func (p *paces) ready(l *letter, now instant) instant {
	c := p.chats[l.to.Chat]
	if c == nil {
		return 0
	}
	if c.busy {
		return never
	}
	debt := c.even
	if l.reply != nil {
		debt -= (replyBurst - 1) * p.limits.ChatGap
	}
	at := max(c.until, debt)
	if l.reply != nil {
		at = max(at, c.mute)
	}
	if l.to.Kind == news.Private {
		return at
	}
	if n := p.limits.GroupRate; n > 0 && len(c.sent) >= n {
		at = max(at, c.sent[len(c.sent)-n]+groupSpan)
	}
	return at
}

// take marks the chat of l as busy.
func (p *paces) take(l *letter) {
	c := p.of(l.to.Chat)
	c.busy, c.done = true, false
}

// want says that l will ask for its chat when a slot opens, and reports whether
// only a result that is not written would keep it from that.
func (p *paces) want(l *letter) bool {
	c := p.chats[l.to.Chat]
	if c == nil || !c.busy {
		return false
	}
	c.wanted = true
	return c.done
}

// wait keeps l until its chat is free, and reports whether only a result that
// is not written keeps it from that.
func (p *paces) wait(l *letter) bool {
	c := p.of(l.to.Chat)
	c.waiting = append(c.waiting, l)
	return c.done
}

// answered reckons the message that left at sent and was answered now. The
// gap counts from the answer: two messages cannot come closer to each other on
// their way than that. It reports whether another letter waits for the chat.
func (p *paces) answered(l *letter, sent, now instant) bool {
	c := p.of(l.to.Chat)
	c.done = true
	wanted := c.wanted || len(c.waiting) > 0
	c.even = max(c.even+now-sent, now) + p.limits.ChatGap
	if l.to.Kind == news.Private || p.limits.GroupRate == 0 {
		return wanted
	}
	old := 0
	for old < len(c.sent) && c.sent[old]+groupSpan <= now {
		old++
	}
	c.sent = append(c.sent[old:], now)
	return wanted
}

// block lets nothing go to the chat of l before until.
func (p *paces) block(l *letter, until instant) {
	c := p.of(l.to.Chat)
	c.until = max(c.until, until)
}

// free ends busy and returns those who waited for it, in their order.
func (p *paces) free(chat news.ChatID) []*letter {
	c := p.chats[chat]
	if c == nil {
		return nil
	}
	c.busy, c.done, c.wanted = false, false, false
	waiting := c.waiting
	c.waiting = nil
	return waiting
}

func (p *paces) of(chat news.ChatID) *pace {
	c := p.chats[chat]
	if c == nil {
		c = &pace{}
		p.chats[chat] = c
	}
	return c
}

// sweep forgets the chats that nothing holds back any more.
func (p *paces) sweep(now instant) {
	if now < p.swept+sweepEvery {
		return
	}
	p.swept = now
	for id, c := range p.chats {
		if c.busy || len(c.waiting) > 0 || now < c.until || now < c.mute || now < c.even {
			continue
		}
		if len(c.sent) == 0 || c.sent[len(c.sent)-1]+groupSpan <= now {
			delete(p.chats, id)
		}
	}
}
