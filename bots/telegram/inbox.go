package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

const (
	firstPause = 250 * time.Millisecond // after a handler's first error
	longPause  = 30 * time.Second
	manyTries  = 10              // before an update may be given up
	grace      = 4 * time.Second // for handlers that are at work when Run is to end
	lastWords  = 3 * time.Second // for answering a pressed button
)

var errPanicked = errors.New("the handler panicked")

// inbox handles updates: those of one chat one after the other, those of
// different chats side by side.
type inbox struct {
	adapter *Adapter
	handler bots.Handler
	slots   chan struct{} // handlers at work
	settled chan struct{} // has a value after an update was done

	mu      sync.Mutex
	chats   map[news.ChatID][]*item // waiting; a chat that is in the map is being served
	pending map[int64]bool          // update ids
	done    map[int64]bool          // update ids above a pending one
	handled int                     // updates whose handler returned nil
	serving sync.WaitGroup
}

type item struct {
	update   int64
	event    bots.Event
	callback string
	tries    int
	handled  int // of the inbox at the first failure
}

func newInbox(a *Adapter, h bots.Handler) *inbox {
	return &inbox{
		adapter: a, handler: h,
		slots: make(chan struct{}, Workers), settled: make(chan struct{}, 1),
		chats: map[news.ChatID][]*item{}, pending: map[int64]bool{}, done: map[int64]bool{},
	}
}

// take queues an update. It is false for one that is known already.
func (in *inbox) take(ctx context.Context, u *update) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.pending[u.ID] || in.done[u.ID] {
		return false
	}
	it, ok := in.adapter.item(u)
	if !ok {
		in.done[u.ID] = true
		return true
	}
	in.pending[u.ID] = true
	queue, served := in.chats[it.event.Chat]
	in.chats[it.event.Chat] = append(queue, it)
	if !served {
		in.serving.Add(1)
		go in.serve(ctx, it.event.Chat)
	}
	return true
}

func (a *Adapter) item(u *update) (*item, bool) {
	e, ok := a.event(u)
	it := &item{update: u.ID, event: e}
	if u.Callback != nil {
		it.callback = u.Callback.ID
	}
	return it, ok
}

// oldest is the smallest update that is not done; ok is false without one.
// What was done is forgotten then: Telegram will be told.
func (in *inbox) oldest() (id int64, ok bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for n := range in.pending {
		if !ok || n < id {
			id, ok = n, true
		}
	}
	if !ok {
		clear(in.done)
	}
	return id, ok
}

// wait returns when everything is done, or after patience.
func (in *inbox) wait(ctx context.Context, patience time.Duration) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		in.mu.Lock()
		n := len(in.pending)
		in.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-in.settled:
		case <-timer.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// serve handles one chat's updates until none wait.
func (in *inbox) serve(ctx context.Context, chat news.ChatID) {
	defer in.serving.Done()
	for {
		in.mu.Lock()
		queue := in.chats[chat]
		if len(queue) == 0 || ctx.Err() != nil {
			delete(in.chats, chat)
			in.mu.Unlock()
			return
		}
		it := queue[0]
		in.chats[chat] = queue[1:]
		in.mu.Unlock()
		in.finish(ctx, it)
	}
}

// finish handles an update until it is done or ctx ends.
func (in *inbox) finish(ctx context.Context, it *item) {
	for {
		select {
		case in.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		answer, err := in.adapter.handle(ctx, in.handler, it.event)
		<-in.slots
		if err == nil || errors.Is(err, errPanicked) || in.hopeless(it, err) {
			in.finished(it.update, err)
			in.adapter.answer(ctx, it, answer, err)
			return
		}
		select {
		case <-time.After(pause(it.tries)):
		case <-ctx.Done():
			return
		}
	}
}

// hopeless counts a failure, and reports whether the update is to be given up.
func (in *inbox) hopeless(it *item, err error) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	it.tries++
	if it.tries == 1 {
		it.handled = in.handled
	}
	log := in.adapter.log.With("event", it.event.Key, "tries", it.tries, "error", in.adapter.redact.text(err.Error()))
	if it.tries >= manyTries && in.handled > it.handled {
		log.Error("an update is given up: others go through")
		return true
	}
	log.Warn("an update could not be handled")
	return false
}

func (in *inbox) finished(id int64, err error) {
	in.mu.Lock()
	delete(in.pending, id)
	in.done[id] = true
	if err == nil {
		in.handled++
	}
	in.mu.Unlock()
	select {
	case in.settled <- struct{}{}:
	default:
	}
}

func pause(tries int) time.Duration {
	return min(firstPause<<min(tries-1, 20), longPause)
}

// handle calls the handler. A handler at work when ctx ends gets some time to
// commit.
func (a *Adapter) handle(ctx context.Context, h bots.Handler, e bots.Event) (answer bots.Answer, err error) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(grace):
			cancel()
		case <-own.Done():
		}
	})
	defer stop()
	defer func() {
		if r := recover(); r != nil {
			// What was panicked with may hold what a reader wrote.
			a.log.Error("the handler panicked", "event", e.Key, "kind", e.Kind, "panic", fmt.Sprintf("%T", r), "stack", stack())
			answer, err = bots.Answer{}, errPanicked
		}
	}()
	return h.Handle(own, e)
}

// stack is where it happened: functions and lines, without the arguments.
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

// answer is what the adapter shows by itself: it lets go of a pressed button,
// and apologises after a panic.
func (a *Adapter) answer(ctx context.Context, it *item, answer bots.Answer, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	if err != nil {
		answer.Toast = a.config.Apology
	}
	if it.callback != "" {
		_, err := a.api.AnswerCallbackQuery(ctx, &telegram.AnswerCallbackQueryParams{
			CallbackQueryID: it.callback, Text: clip(answer.Toast, maxToast),
		})
		if err = a.redact.fail("answerCallbackQuery", err); err != nil && !errors.Is(err, errStale) {
			a.log.Debug("a pressed button was not answered", "error", err)
		}
		return
	}
	if errors.Is(err, errPanicked) && a.config.Apology != "" && it.event.Addressed {
		_, err := a.Send(ctx, bots.Message{Chat: it.event.Chat, Text: news.T(a.config.Apology), Reply: it.event.Message})
		if err != nil {
			a.log.Debug("an apology was not sent", "error", err)
		}
	}
}

const maxToast = 200 // characters (Bot API, answerCallbackQuery)

func clip(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}
