package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Composer makes the message of a broadcast that holds the articles named. A
// message without blocks says that there is nothing left to say.
type Composer interface {
	Compose(ctx context.Context, b news.Broadcast, articles []news.ArticleID, p news.Platform) (news.Message, error)
}

// Outbox sends everything that leaves from one account.
type Outbox struct {
	Store    Store
	Adapter  bots.Adapter
	Composer Composer
	Tree     func() news.Tree // the sections as they are now

	// Night says whether it is night at now, and when the night ends. Readers
	// who want it get their breaking news then. Nil: never.
	Night func(now time.Time) (until time.Time, night bool)

	// Told is called with each answer that the network took, and with the message
	// that it is there: the one that was to be edited, or a new one in its place;
	// empty where it took several. It returns at once. Nil: nobody wants to know.
	Told func(r Reply, id news.MessageID)

	Refusals *Refusals // learn which channels take nothing; nil: nobody wants to know

	Secret []byte // of the keys of messages; see Key
	Now    func() time.Time
	Log    *slog.Logger // names the account

	// RepeatUnknown has breaking news repeated once when it may have been lost,
	// although it may then arrive twice.
	RepeatUnknown bool

	// Within bounds how long breaking news may wait to go out to people: what
	// is late by then is left to the digests, which have articles only. 0: until the broadcast expires.
	Within time.Duration

	// Strict keeps to the rate as a network would count it that never
	// overlooks anything. Otherwise the outbox tries out, a little at a time,
	// how much more is tolerated.
	Strict bool

	Chunk int           // recipients that are opened at a time; 0: 500
	Grace time.Duration // for what is on its way when ctx ends; 0: 8 seconds

	mu    sync.Mutex
	bell  chan struct{} // of a running dispatcher
	inbox inbox
	stats Stats
}

// inbox is what others have told the outbox since it last looked.
type inbox struct {
	woken   bool
	resumed bool
	dropped []news.SubscriberID
}

// Stats is what an outbox is doing.
type Stats struct {
	Halted   string // why nothing may be sent; "": it may
	Stuck    bool   // the store does not take what was sent, so nothing more is
	InFlight int    // sent and not yet durable
	Replies  int    // waiting
	Lanes    int    // running
	Sent     int64  // messages that the network took since Run began
	Refused  int64  // times that it asked us to wait
	Slack    float64
}

// Run sends until ctx ends. What is on its way then is waited for and
// recorded, within Grace. It returns nil after ctx has ended; an error that
// matches ErrFenced when the account belongs to another process by now; or
// why the store could not be read at the start.
//
// An account that may not send any more does not end Run: its queue is kept,
// and Halted says why.
func (o *Outbox) Run(ctx context.Context) error {
	epoch, err := o.Store.Own(ctx, o.Adapter.Account())
	if err != nil {
		return fmt.Errorf("own account %s: %w", o.Adapter.Account().Platform(), err)
	}
	d := newDispatcher(o, epoch)
	o.mu.Lock()
	o.bell = d.bell
	o.mu.Unlock()
	return d.run(ctx)
}

// Wake says that there may be something new: a broadcast, a reply, or a
// broadcast that was paused, stopped or resumed. It returns at once.
func (o *Outbox) Wake() { o.tell(func(i *inbox) { i.woken = true }) }

// Drop says that a reader has left, paused or changed what they follow: copies
// that wait for them are looked at again before they are sent. It returns at
// once.
func (o *Outbox) Drop(reader news.SubscriberID) {
	o.tell(func(i *inbox) { i.dropped = append(i.dropped, reader) })
}

// Resume has an account that was halted try again.
func (o *Outbox) Resume() { o.tell(func(i *inbox) { i.resumed = true }) }

// Halted returns why the account may not send; "" says that it may.
func (o *Outbox) Halted() string { return o.Stats().Halted }

// Stats returns what the outbox is doing.
func (o *Outbox) Stats() Stats {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.stats
}

func (o *Outbox) tell(what func(*inbox)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	what(&o.inbox)
	if o.bell == nil {
		return
	}
	select {
	case o.bell <- struct{}{}:
	default:
	}
}

// told empties the inbox and puts the stats out.
func (o *Outbox) told(s Stats) inbox {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stats = s
	in := o.inbox
	o.inbox = inbox{}
	return in
}
