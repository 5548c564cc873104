package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// account is one bot account: it is connected, then receives and sends until
// the program ends. What goes wrong with one account stops no other.
type account struct {
	id       news.AccountID
	program  *Program
	connect  func(ctx context.Context) (bots.Adapter, error)
	channels func(*Plan) []store.ChannelReader
	live     atomic.Pointer[live]
	paired   chan struct{}                   // a new pairing has succeeded; nil where nothing is paired
	online   chan struct{}                   // the adapter says that it is connected; nil where connecting is all there is
	seats    chan struct{}                   // who sits at the desk has changed; nil where chats show no menus
	reach    reach                           // whether the network is there
	rivals   rivals                          // who else takes what comes to it
	seen     *outbox.Sightings               // collects what the network says was delivered and read; nil where it says nothing
	ended    atomic.Pointer[whatsapp.Reason] // why the account can send nothing any more; nil: it can
	refusals *outbox.Refusals                // which channels take nothing
	mourned  []outbox.Refusal                // of them, and of those whose end is still to be told: the watcher's
	noticing sync.Mutex
	noticed  string // what the owner was told of the present state
}

// live is a connected account.
type live struct {
	adapter bots.Adapter
	outbox  *outbox.Outbox
}

// Waits between two tries to connect.
const (
	firstWait   = 2 * time.Second
	longestWait = 5 * time.Minute
)

// forgetTime is how long forgetting somebody may take.
const forgetTime = 10 * time.Second

// Run connects and runs the account. An account that may no longer be used is
// no reason to end the program: its queue and its readers are kept, it is
// said, and the sources are pulled all the same.
func (a *account) Run(ctx context.Context) error {
	adapter, err := a.connected(ctx)
	if err != nil || adapter == nil {
		return err
	}
	secret, err := a.program.messageSecret(ctx, a.id)
	if err != nil {
		return fmt.Errorf("read the secret of message ids: %w", err)
	}
	l := &live{adapter: adapter, outbox: a.program.newOutbox(adapter, secret, a.refusals)}
	a.live.Store(l)
	if menu, ok := adapter.(bots.Announcer); ok {
		if err := menu.Announce(ctx, talk.Commands(a.program.settings().Language)); err != nil {
			a.log().Warn("the command menu is not set", "err", err)
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	var received, sent error
	wg.Go(func() { a.watch(ctx, l) })
	wg.Go(func() { a.keepMenus(ctx, l) })
	if a.seen != nil {
		wg.Go(func() { _ = a.seen.Run(ctx) }) // it has nothing to fail with
	}
	wg.Go(func() { received = a.receive(ctx, l) })
	wg.Go(func() {
		sent = a.unlessLost(ctx, l.outbox.Run(ctx))
		if sent != nil {
			stop()
		}
	})
	wg.Wait()
	return errors.Join(received, sent)
}

// receive runs the adapter, and again after a lost account was paired anew.
func (a *account) receive(ctx context.Context, l *live) error {
	for {
		err := l.adapter.Run(ctx, a.program)
		if ctx.Err() != nil || !lost(err) {
			return a.unlessLost(ctx, err)
		}
		a.say(err)
		if a.paired == nil {
			a.program.accountLost(ctx, a)
			return nil
		}
		if p, ok := l.adapter.(whatsapp.Pairer); ok {
			a.changed(p.State()) // it may have begun like this
		}
		a.program.accountLost(ctx, a)
		select {
		case <-ctx.Done():
			return nil
		case <-a.paired:
			a.log().Info("paired again")
			a.ended.Store(nil)
			a.program.watcher.now()
			a.program.accountBack(ctx, a)
			l.outbox.Resume()
		}
	}
}

// watch brings linked readers back to an account that was lost, as soon as it
// is connected again: it may have been mended while the program was down.
func (a *account) watch(ctx context.Context, l *live) {
	if a.online == nil {
		a.program.accountBack(ctx, a)
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.online:
			if p, ok := l.adapter.(whatsapp.Pairer); ok && p.State().Connected {
				a.program.accountBack(ctx, a)
			}
		}
	}
}

// connected tries until the network answers. It returns nil, nil when ctx
// ended or the account cannot be used.
func (a *account) connected(ctx context.Context) (bots.Adapter, error) {
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		adapter, err := a.connect(ctx)
		if err == nil {
			if adapter.Account() != a.id {
				return nil, fmt.Errorf("the network says that the account is %s, not %s", adapter.Account().Short(), a.id.Short())
			}
			a.log().Info("connected")
			return adapter, nil
		}
		if lost(err) || ctx.Err() != nil {
			if ctx.Err() == nil {
				a.program.accountLost(ctx, a)
			}
			return nil, a.unlessLost(ctx, err)
		}
		again := wait
		var slow *bots.RetryError
		switch {
		case errors.As(err, &slow):
			again = max(again, slow.After)
		case !errors.Is(err, bots.ErrNotSent) && !errors.Is(err, bots.ErrUnknown):
			return nil, fmt.Errorf("connect: %w", err)
		}
		a.log().Warn("the network was not reached", "again", again, "err", err)
		timer := time.NewTimer(again)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, nil
		case <-timer.C:
		}
	}
}

// lost reports whether err says that the account cannot be used any more.
func lost(err error) bool {
	return errors.Is(err, bots.ErrRevoked) || errors.Is(err, bots.ErrReplaced) || errors.Is(err, bots.ErrOutdated)
}

// unlessLost says loudly when the account is lost, and returns every other
// error that is not the end of ctx.
func (a *account) unlessLost(ctx context.Context, err error) error {
	if ctx.Err() != nil || err == nil {
		return nil //nolint:nilerr // the end of ctx is no failure
	}
	if !lost(err) {
		return err
	}
	a.say(err)
	return nil
}

func (a *account) say(err error) {
	reason := reasonRevoked
	switch {
	case errors.Is(err, bots.ErrReplaced):
		reason = reasonReplaced
	case errors.Is(err, bots.ErrOutdated):
		reason = reasonOutdated
	}
	a.ended.Store(&reason)
	a.program.watcher.now()
	a.log().Error("this account can send nothing any more; readers and queue are kept. Mend it, then start again", "err", err)
}

func (a *account) log() *slog.Logger { return a.program.parts.Log.With("account", a.id) }

func (a *account) wake() {
	if l := a.live.Load(); l != nil {
		l.outbox.Wake()
	}
}

// dropped tells the outbox that a reader does not want to be written to.
func (a *account) dropped(id news.SubscriberID) {
	if l := a.live.Load(); l != nil {
		l.outbox.Drop(id)
	}
}

// forgot has the adapter forget what it keeps of a person beside the store.
// The reader is forgotten by then, so that only the log can say
// what goes wrong here.
func (a *account) forgot(chat news.ChatID) {
	l := a.live.Load()
	if l == nil {
		return
	}
	f, ok := l.adapter.(whatsapp.Forgetter)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), forgetTime)
	defer cancel()
	if err := f.Forget(ctx, chat); err != nil {
		a.log().Error("what the adapter keeps of somebody who was forgotten is not deleted", "err", err)
	}
}

// pairer is the adapter where it is linked to a phone by hand.
func (a *account) pairer() (whatsapp.Pairer, bool) {
	l := a.live.Load()
	if l == nil {
		return nil, false
	}
	p, ok := l.adapter.(whatsapp.Pairer)
	return p, ok
}

// admin asks the network who runs a group.
func (a *account) admin(ctx context.Context, chat news.ChatID, user news.UserID) (bool, error) {
	l := a.live.Load()
	if l == nil {
		return false, bots.ErrNotSent
	}
	w, ok := l.adapter.(bots.Warden)
	if !ok {
		return false, nil
	}
	return w.Admin(ctx, chat, user)
}
