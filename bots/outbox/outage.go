package outbox

import (
	"errors"
	"log/slog"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

const (
	outageAfter = 3 // messages in a row that got no answer
	outageFirst = time.Second
	outageMost  = time.Minute
	refusalSpan = 5 * time.Second
)

// outage notices that nobody gets through. Then one message at a time is
// tried, further and further apart, until one is answered; so a dead network
// costs a handful of readers an attempt, and not the whole list.
type outage struct {
	silent int // messages in a row without an answer
	wait   time.Duration
	until  instant // nothing is sent before

	chat news.ChatID // refused last
	at   instant
}

// heard takes an error into account, and reports whether there is an outage,
// so that it says nothing about the letter.
func (o *outage) heard(err error, now instant, log *slog.Logger) bool {
	if !errors.Is(err, bots.ErrNotSent) && !errors.Is(err, bots.ErrUnknown) {
		o.over(log)
		return false
	}
	before := o.silent
	o.silent++
	if o.silent <= outageAfter {
		return false
	}
	if now >= o.until {
		o.wait = min(max(2*o.wait, outageFirst), outageMost)
		o.until = now + o.wait
	}
	if before == outageAfter {
		log.Warn("the network does not answer; trying one message at a time", "err", err)
	}
	return errors.Is(err, bots.ErrNotSent)
}

// over takes an answer into account.
func (o *outage) over(log *slog.Logger) {
	if o.silent > outageAfter {
		log.Info("the network answers again")
	}
	o.silent, o.wait, o.until = 0, 0, 0
}

// probing reports whether only one message at a time may be on its way.
func (o *outage) probing() bool { return o.silent > outageAfter }

// second reports whether another chat was refused a short time ago.
func (o *outage) second(chat news.ChatID, now instant) bool {
	yes := o.chat != "" && o.chat != chat && now-o.at < refusalSpan
	o.chat, o.at = chat, now
	return yes
}
