package whatsapp

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"

	"github.com/nashra-bot/nashra/bots"
)

// line keeps the account connected while somebody holds it: Run, or a message
// on its way when Run does not run.
type line struct {
	adapter *Adapter

	mu      sync.Mutex
	holders int
	cancel  context.CancelFunc
	done    chan struct{} // closed when the last connection has ended
	lost    chan struct{} // has a value after the connection was lost
}

const (
	firstPause  = time.Second
	longPause   = time.Minute
	loginWithin = time.Minute
)

// hold connects, if nobody has.
func (l *line) hold() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holders++
	if l.holders > 1 && !isClosed(l.done) {
		return
	}
	before, done := l.done, make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	lost := make(chan struct{}, 1)
	l.cancel, l.done, l.lost = cancel, done, lost
	go func() {
		defer close(done)
		if before != nil {
			<-before
		}
		l.keep(ctx, lost)
	}()
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// release disconnects when nobody else holds the line, and returns when that
// is done.
func (l *line) release() {
	l.mu.Lock()
	l.holders--
	last, cancel, done := l.holders == 0, l.cancel, l.done
	l.mu.Unlock()
	if last {
		cancel()
		<-done
	}
}

// drop makes the line connect anew.
func (l *line) drop() {
	l.mu.Lock()
	lost := l.lost
	l.mu.Unlock()
	if lost == nil {
		return
	}
	select {
	case lost <- struct{}{}:
	default:
	}
}

// keep connects again and again until ctx ends or nothing may connect.
func (l *line) keep(ctx context.Context, lost chan struct{}) {
	a := l.adapter
	defer func() {
		a.library().Disconnect() // lets go of queries that wait for a connection
		a.change(func() { a.online = false })
	}()
	pause := time.Duration(0)
	for l.wait(ctx, pause) && l.allowed(ctx) {
		if l.connection(ctx, lost) {
			pause = 0
			continue
		}
		pause = min(max(2*pause, firstPause), longPause)
	}
}

// wait lets a pause pass, give or take a quarter. It is false when ctx ended.
func (l *line) wait(ctx context.Context, pause time.Duration) bool {
	if pause > 0 {
		pause += rand.N(pause/2) - pause/4
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

// allowed waits for the end of a ban. It is false when nothing may connect.
func (l *line) allowed(ctx context.Context) bool {
	a := l.adapter
	for {
		a.mu.Lock()
		err, changed := a.endedLocked(), a.changed
		left := time.Duration(0)
		if a.stop.Reason == ReasonBanned {
			left = a.stop.Until.Sub(a.config.Now())
		}
		a.mu.Unlock()
		switch {
		case err != nil || ctx.Err() != nil:
			return false
		case left <= 0:
			return true
		}
		select {
		case <-time.After(min(left, longPause)): // our clock may be set meanwhile
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// connection is one connection from its beginning to its end. It is true when
// it was good for something.
func (l *line) connection(ctx context.Context, lost chan struct{}) (good bool) {
	a := l.adapter
	client := a.library()
	select {
	case <-lost:
	default:
	}
	end, err := a.connect(ctx, client)
	if err != nil {
		a.log.Info("the network is not reached", "error", clean(err.Error()))
		return false
	}
	defer func() {
		end()
		a.change(func() { a.online = false })
	}()
	login := time.NewTimer(loginWithin)
	defer login.Stop()
	for {
		a.mu.Lock()
		err, online, changed := a.endedLocked(), a.online, a.changed
		a.mu.Unlock()
		good = good || online
		if err != nil {
			return good
		}
		select {
		case <-changed:
		case <-lost:
			a.log.Info("the connection was lost")
			return good
		case <-login.C:
			if !online {
				return good
			}
		case <-ctx.Done():
			return good
		}
	}
}

// connect connects; the end of ctx ends the trying, and end the connection. A
// message that was on its way then waits a few seconds for the next one.
func (a *Adapter) connect(ctx context.Context, client *whatsmeow.Client) (end func(), err error) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	trying := context.AfterFunc(ctx, cancel)
	err = client.ConnectContext(own)
	trying()
	end = func() {
		a.wire.hangUp()
		cancel()
	}
	if err != nil {
		end()
		return nil, err
	}
	return end, nil
}

// ready waits until the account is logged in. Its errors are those of a
// message that was not sent.
func (a *Adapter) ready(ctx context.Context) error {
	timeout := time.NewTimer(a.config.ConnectTimeout)
	defer timeout.Stop()
	for {
		a.mu.Lock()
		err, online, changed := a.endedLocked(), a.online, a.changed
		a.mu.Unlock()
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return fmt.Errorf("%w: %w", bots.ErrNotSent, ctx.Err())
		case online:
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
		case <-timeout.C:
			return fmt.Errorf("no connection: %w", bots.ErrNotSent)
		}
	}
}
