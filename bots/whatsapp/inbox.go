package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots"
)

const (
	patience   = 2 * time.Second // of the network's queue with one event
	firstWait  = 250 * time.Millisecond
	longWait   = 30 * time.Second
	manyTries  = 10              // before an event may be given up
	grace      = 4 * time.Second // for handlers that are at work when Run is to end
	mostDone   = 4096            // events whose handling is remembered
	mostQueued = 10000           // events that wait
)

var errPanicked = errors.New("the handler panicked")

// inbox handles events: those of one chat one after the other. The network's
// queue waits for an event to be handled, but not for one that takes long or
// fails: that one stays unacknowledged until the network brings it again.
type inbox struct {
	adapter *Adapter
	handler bots.Handler
	ctx     context.Context // ends with the inbox
	cancel  context.CancelFunc
	serving sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	chats   map[string]*queue
	pending map[string]*item
	done    *ring
	handled int // events whose handler returned nil
	flood   flood
}

// queue is what waits in one chat; the first item is being handled.
type queue struct {
	items []*item
	stuck bool // the first one has failed
}

// item is what one message brings: its events, in order.
type item struct {
	key     string
	chat    string
	at      time.Time
	prepare func(*item) // makes the events, when their turn has come; may be nil
	events  []bots.Event
	after   func(context.Context) // once handled; may be nil
	settled chan struct{}         // closed when it was handled or given up
	next    int                   // event to be handled
	tries   int
	handled int // of the inbox at the first failure
}

func newInbox(a *Adapter, h bots.Handler) *inbox {
	in := &inbox{adapter: a, handler: h, chats: map[string]*queue{}, pending: map[string]*item{}, done: newRing(mostDone)}
	in.ctx, in.cancel = context.WithCancel(context.Background())
	return in
}

// take handles an item, or leaves it to be handled. It is true when the
// network may be told that it was received.
func (in *inbox) take(it *item) bool {
	in.mu.Lock()
	switch {
	case in.closed:
		in.mu.Unlock()
		return false
	case in.done.has(it.key):
		in.mu.Unlock()
		return true
	case in.pending[it.key] != nil:
		it = in.pending[it.key]
	case len(in.pending) >= mostQueued:
		in.mu.Unlock()
		return false
	case !in.flood.allows(it.chat, it.at):
		in.done.add(it.key)
		in.mu.Unlock()
		in.adapter.log.Warn("somebody writes too much; a message is left out", "event", it.key)
		return true
	default:
		it.settled = make(chan struct{})
		in.enqueue(it)
	}
	stuck := in.chats[it.chat].stuck
	in.mu.Unlock()
	if stuck {
		return isClosed(it.settled)
	}
	limit := time.NewTimer(patience)
	defer limit.Stop()
	select {
	case <-it.settled:
		return true
	case <-limit.C:
	case <-in.ctx.Done():
	}
	return isClosed(it.settled)
}

func (in *inbox) enqueue(it *item) {
	in.pending[it.key] = it
	q := in.chats[it.chat]
	if q == nil {
		q = &queue{}
		in.chats[it.chat] = q
		in.serving.Go(func() { in.serve(it.chat, q) })
	}
	q.items = append(q.items, it)
}

// serve handles what waits in a chat until nothing does.
func (in *inbox) serve(chat string, q *queue) {
	for {
		in.mu.Lock()
		if len(q.items) == 0 || in.closed {
			delete(in.chats, chat)
			in.mu.Unlock()
			return
		}
		it := q.items[0]
		in.mu.Unlock()
		err := in.handle(it)
		switch {
		case err == nil, errors.Is(err, errPanicked), in.hopeless(q, it, err):
			in.finish(q, it, err)
			continue
		}
		select {
		case <-time.After(min(firstWait<<min(it.tries-1, 20), longWait)):
		case <-in.ctx.Done():
		}
	}
}

// handle brings the events of an item to the handler.
func (in *inbox) handle(it *item) error {
	if it.prepare != nil {
		it.prepare(it)
		it.prepare = nil
	}
	for it.next < len(it.events) {
		if err := in.bring(it.events[it.next]); err != nil {
			return err
		}
		it.next++
	}
	return nil
}

// bring calls the handler. A handler at work when the inbox closes gets some
// time to commit.
func (in *inbox) bring(e bots.Event) (err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stop := context.AfterFunc(in.ctx, func() {
		select {
		case <-time.After(grace):
			cancel()
		case <-ctx.Done():
		}
	})
	defer stop()
	defer func() {
		if r := recover(); r != nil {
			// What was panicked with may hold what a reader wrote.
			in.adapter.log.Error("the handler panicked", "event", e.Key, "kind", e.Kind, "panic", fmt.Sprintf("%T", r), "stack", stack())
			err = errPanicked
		}
	}()
	_, err = in.handler.Handle(ctx, e)
	return err
}

// stack is where it happened: files and lines, without the arguments.
func stack() string {
	var lines []string
	for line := range strings.Lines(string(debug.Stack())) {
		if strings.HasPrefix(line, "\t") {
			where, _, _ := strings.Cut(strings.TrimSpace(line), " +0x")
			lines = append(lines, where)
		}
	}
	return strings.Join(lines, "\n")
}

// hopeless counts a failure, and reports whether the item is to be given up.
func (in *inbox) hopeless(q *queue, it *item, err error) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	q.stuck = true
	it.tries++
	if it.tries == 1 {
		it.handled = in.handled
	}
	log := in.adapter.log.With("event", it.key, "tries", it.tries, "error", clean(err.Error()))
	if it.tries >= manyTries && in.handled > it.handled {
		log.Error("an event is given up: others go through")
		return true
	}
	log.Warn("an event could not be handled")
	return false
}

func (in *inbox) finish(q *queue, it *item, err error) {
	in.mu.Lock()
	q.items, q.stuck = q.items[1:], false
	delete(in.pending, it.key)
	in.done.add(it.key)
	if err == nil {
		in.handled++
	}
	close(it.settled)
	in.mu.Unlock()
	if err == nil && it.after != nil {
		it.after(in.ctx)
	}
}

// close waits for the handlers that are at work. What waits is left to the
// next connection.
func (in *inbox) close() {
	in.mu.Lock()
	in.closed = true
	in.mu.Unlock()
	in.cancel()
	in.serving.Wait()
}

// ring remembers the newest keys.
type ring struct {
	keys []string
	at   int
	set  map[string]bool
}

func newRing(size int) *ring { return &ring{keys: make([]string, size), set: map[string]bool{}} }

func (r *ring) has(key string) bool { return r.set[key] }

func (r *ring) add(key string) {
	if r.set[key] {
		return
	}
	delete(r.set, r.keys[r.at])
	r.keys[r.at], r.set[key] = key, true
	r.at = (r.at + 1) % len(r.keys)
}
