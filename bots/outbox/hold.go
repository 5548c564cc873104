package outbox

import (
	"errors"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// heldBack returns the adapter's wait when the network was not asked, or nil.
func heldBack(err error) *bots.RetryError {
	var wait *bots.RetryError
	if errors.As(err, &wait) && wait.Own {
		return wait
	}
	return nil
}

// hold obeys an adapter that holds a message back by a rule of its own. That
// says nothing about the chat's other messages: the adapter is asked about
// each, which costs nothing. Only replies wait for the one before them.
func (d *dispatcher) hold(l *letter, wait *bots.RetryError, after time.Duration, now instant) {
	if wait.Wide && now >= d.people {
		d.Log.Warn("a cap of the account's holds back what people are sent unasked", "wait", after)
	}
	if wait.Wide {
		d.people = max(d.people, now+after)
	}
	if l.reply == nil {
		return
	}
	d.paces.mute(l, now+after)
	for _, other := range d.paces.free(l.chat) {
		if other.phase == waiting {
			d.wait(other, now)
		}
	}
}

// lift asks the adapter again about the replies that it holds back, because
// there is a new one: whoever has written since is answered at once.
func (d *dispatcher) lift(chat news.ChatID) {
	c := d.paces.chats[chat]
	if c == nil || c.mute == 0 {
		return
	}
	c.mute = 0
	held := d.parked.take(func(l *letter) bool { return l.reply != nil && l.to.Chat == chat })
	slices.SortFunc(held, func(a, b *letter) int { return compare(a.seq, b.seq) })
	for _, l := range held {
		d.ready(l)
	}
}

// mute lets no reply go to the chat of l before until.
func (p *paces) mute(l *letter, until instant) {
	c := p.of(l.to.Chat)
	c.mute = max(c.mute, until)
}
