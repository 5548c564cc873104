package wire

import (
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// newOutbox makes what sends from one account.
func (p *Program) newOutbox(a bots.Adapter, secret []byte, refusals *outbox.Refusals) *outbox.Outbox {
	return &outbox.Outbox{
		Store: p.parts.Store, Adapter: a, Composer: p.composer, Tree: p.tree, Night: p.night, Secret: secret,
		Told: func(r outbox.Reply, id news.MessageID) {
			p.door.Sent(talk.Reply{Message: r.Message, Edit: r.Edit, To: talk.Address{Account: a.Account(), Chat: r.Chat}}, id)
		},
		Refusals:      refusals,
		RepeatUnknown: true, // an alert twice is better than none
		Within:        p.within(a.Account().Platform()),
		Now:           p.parts.Now, Log: p.parts.Log.With("account", a.Account()),
	}
}

// within is how long breaking news may wait on a network; 0: as long as it
// takes.
func (p *Program) within(n news.Platform) time.Duration {
	c := p.Plan().Config.WhatsApp
	switch {
	case c == nil || n != news.WhatsApp:
		return 0
	case c.Within > 0:
		return c.Within
	}
	return defaultWithin
}

// sightings makes what counts how an account's messages are received.
func (p *Program) sightings(id news.AccountID) *outbox.Sightings {
	return &outbox.Sightings{Account: id, Register: p.parts.Store, Now: p.parts.Now, Log: p.parts.Log.With("account", id)}
}

// night says whether now is at night in the newsroom.
func (p *Program) night(now time.Time) (time.Time, bool) {
	n := p.newsroom()
	return n.Night.At(now.In(n.Zone))
}
