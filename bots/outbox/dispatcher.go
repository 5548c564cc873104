package outbox

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

const (
	defaultChunk = 500
	defaultGrace = 8 * time.Second
	pollEvery    = 15 * time.Second // for what nobody has told us of
	mostVariants = 2048             // whose parts are kept
)

// dispatcher is the one goroutine that knows everything about an account: it
// chooses the message when a slot opens. Whatever takes time is done by
// others: workers send, the writer records, the loader reads and composes.
type dispatcher struct {
	*Outbox
	epoch    Epoch
	limits   bots.Limits
	platform news.Platform
	editor   bots.Editor   // nil: the network cannot change what was sent
	deleter  bots.Deleter  // nil: it cannot take it back
	uploader bots.Uploader // nil: it uploads nothing
	crew     int           // of workers: that many sends are unanswered at most
	most     int           // in flight
	start    time.Time

	bell    chan struct{}
	jobs    chan job
	answers chan answer
	errands chan errand
	brought chan func()
	batches chan *batch
	written chan error

	lanes    []*lane // in the order of sending
	editions map[news.BroadcastID]*edition
	shelf    shelf
	replies  replies
	parked   park
	uploads  uploads
	limiter  limiter
	people   instant // no copy goes to people and groups before
	askers   instant // and no reply before
	paces    paces
	quiet    outage
	seq      int64
	flying   int
	airborne map[text]int // letters by what they carry, until what becomes of them is durable
	yield    bool         // the last slot went to a reply
	scratch  mask         // of choosing
	idle     bool         // nothing is taken any more: ctx has ended

	pending  *batch
	writing  *batch
	writeAt  instant // of the next attempt, after an error
	attempts int
	batchNo  int64
	durable  int64 // number of the last durable batch

	waitingErrands []errand
	loads          int
	journal        []delivery
	dropped        []news.SubscriberID // while something was being read
	refreshing     bool
	refreshAt      instant
	refreshes      int     // that went wrong in a row
	lanesAt        instant // lanes and retries are not read again before
	stale          bool
	moreRetries    bool
	changed        map[RetryKey]int64 // the batch that changes a retry
	due            time.Time          // of the first retry that we know of

	halted  string
	fatal   error
	sent    int64
	refused int64
}

func newDispatcher(o *Outbox, epoch Epoch) *dispatcher {
	d := &dispatcher{
		Outbox: o, epoch: epoch, limits: o.Adapter.Limits(), platform: epoch.Account.Platform(), start: time.Now(),
		bell: make(chan struct{}, 1), brought: make(chan func()), errands: make(chan errand),
		batches: make(chan *batch), written: make(chan error),
		editions: map[news.BroadcastID]*edition{}, changed: map[RetryKey]int64{}, airborne: map[text]int{}, shelf: shelf{most: mostVariants}, pending: &batch{},
	}
	d.editor, _ = o.Adapter.(bots.Editor)
	d.deleter, _ = o.Adapter.(bots.Deleter)
	d.uploader, _ = o.Adapter.(bots.Uploader)
	d.crew = inFlight(d.limits)
	d.most = d.crew + gathered(d.limits)
	d.jobs, d.answers = make(chan job, d.crew), make(chan answer, d.crew)
	d.uploads = uploads{most: max(1, d.crew/2), under: map[string]bool{}}
	d.limiter = limiter{rate: d.limits.Rate, strict: o.Strict}
	d.paces = paces{limits: d.limits, chats: map[news.ChatID]*pace{}}
	return d
}

// inFlight is how many messages may be on their way at once, and where results
// are not gathered, not recorded: enough to keep the rate at a quarter of a
// second from send to disk.
func inFlight(l bots.Limits) int {
	switch {
	case l.InFlight > 0:
		return l.InFlight
	case l.Rate > 0:
		return max(4, int(l.Rate/4))
	}
	return 32
}

// run starts the others and returns when the last of them has.
func (d *dispatcher) run(ctx context.Context) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var crew sync.WaitGroup
	for range d.crew {
		crew.Go(func() { d.worker(work) })
	}
	crew.Go(func() { d.loader(work) })
	crew.Go(func() { d.writer(work) })
	err := d.resumeChunks(ctx)
	if err == nil {
		err = d.loop(ctx)
	}
	cancel()
	crew.Wait()
	if ctx.Err() != nil && !errors.Is(err, ErrFenced) {
		return nil
	}
	return err
}

// clock reads the monotonic clock.
func (d *dispatcher) clock() instant { return time.Since(d.start) + time.Second }

func (d *dispatcher) loop(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	done, grace := ctx.Done(), (<-chan time.Time)(nil)
	for {
		d.listen()
		next := min(d.dispatch(), d.commit())
		if d.idle && d.flying == 0 && d.writing == nil && d.pending.empty() {
			return nil
		}
		if d.fatal != nil {
			return d.fatal
		}
		timer.Reset(max(next-d.clock(), 0))
		select {
		case <-done:
			d.idle, done = true, nil
			grace = time.After(d.grace())
		case <-grace:
			d.Log.Warn("stopping before every answer has come", "unanswered", d.flying)
			return nil
		case <-d.bell:
		case <-timer.C:
		case a := <-d.answers:
			d.answered(a)
		case bring := <-d.brought:
			bring()
		case d.errandsOut() <- d.nextErrand():
			d.waitingErrands = d.waitingErrands[1:]
		case err := <-d.written:
			if fatal := d.recorded(err); fatal != nil {
				return fatal
			}
		}
		d.drain()
	}
}

// drain takes the answers that are there already, so that one commit serves
// them all.
func (d *dispatcher) drain() {
	for {
		select {
		case a := <-d.answers:
			d.answered(a)
		default:
			return
		}
	}
}

func (d *dispatcher) grace() time.Duration {
	if d.Grace > 0 {
		return d.Grace
	}
	return defaultGrace
}

// listen takes what others have told the outbox.
func (d *dispatcher) listen() {
	in := d.told(Stats{
		Halted: d.halted, Stuck: d.attempts > 0, InFlight: d.flying, Replies: d.replies.held, Lanes: len(d.lanes),
		Sent: d.sent, Refused: d.refused, Slack: d.limiter.slack,
	})
	for _, reader := range in.dropped {
		d.drop(reader)
	}
	if in.resumed && d.halted != "" {
		d.Log.Info("the account may send again")
		d.halted, d.pending.force = "", true
		d.reread()
	}
	if in.woken {
		d.refreshAt = 0
	}
	now := d.clock()
	if !d.due.IsZero() && !d.Now().Before(d.due) {
		d.due, d.refreshAt = time.Time{}, min(d.refreshAt, now)
	}
	if now >= d.refreshAt && !d.idle {
		d.refresh()
	}
	d.paces.sweep(now)
}

// dispatch sends as much as may be sent now, and returns when to look again.
func (d *dispatcher) dispatch() instant {
	now := d.clock()
	next := never
	if !d.idle {
		next = min(d.refreshAt, d.nextDue(now))
	}
	if d.writing != nil && d.attempts > 0 {
		next = min(next, d.writeAt)
	}
	if d.idle || d.halted != "" || d.attempts > 0 {
		return next
	}
	civil := d.Now()
	steps := mostSteps
	for {
		for l := d.parked.due(now); l != nil; l = d.parked.due(now) {
			d.ready(l)
		}
		if d.full() {
			return next
		}
		if at := max(d.limiter.next(now, len(d.uploads.under)), d.quiet.until); at > now {
			return min(next, at)
		}
		l := d.choose(now, civil, &steps)
		if l == nil {
			break
		}
		d.send(l, now)
	}
	if steps <= 0 {
		return now
	}
	for _, at := range []instant{d.people, d.askers} {
		if now < at {
			next = min(next, at)
		}
	}
	return min(next, d.parked.next(), d.nextLoad(now))
}

// full reports whether a result has to come, or to be durable, before anything
// more may go. While nobody gets through, one message at a time tries, beside
// files that are on their way.
func (d *dispatcher) full() bool {
	return d.flying >= d.most || d.limiter.unanswered >= d.crew || d.flying > len(d.uploads.under) && d.quiet.probing()
}

// nextDue returns when the next retry is due that we know of.
func (d *dispatcher) nextDue(now instant) instant {
	if d.due.IsZero() {
		return never
	}
	return now + max(0, d.due.Sub(d.Now()))
}

// nextLoad returns when to try again to open a chunk.
func (d *dispatcher) nextLoad(now instant) instant {
	at := never
	for _, ln := range d.lanes {
		if ln.loadAt > now {
			at = min(at, ln.loadAt)
		}
	}
	return at
}
