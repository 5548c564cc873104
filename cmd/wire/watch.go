package wire

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// lookEvery is the time between two looks at whether all is well.
const lookEvery = time.Minute

// watcher looks at accounts, sources, the disk and the clock, and reports what
// is wrong to the desk, which tells those on duty once. It keeps what cannot be
// read anywhere at the moment of a look.
type watcher struct {
	program *Program
	alarm   chan struct{} // look now
	free    func(folder string) (uint64, error)
	drift   *drift // nil: the clock is not the machine's
	began   time.Time
	heard   time.Time // when it was last looked who is silent
	silent  map[news.SourceID]trouble
	full    atomic.Bool // the database could not be written at the last look
	cried   bool        // that reports cannot be written was said
}

// joinWatch makes the watcher.
func (p *Program) joinWatch() {
	p.watcher = &watcher{program: p, alarm: make(chan struct{}, 1), free: p.parts.Free, silent: map[news.SourceID]trouble{}}
	if p.watcher.free == nil {
		p.watcher.free = freeSpace
	}
	if p.parts.Steady != nil {
		p.watcher.drift = newDrift(p.parts.Now, p.parts.Steady)
	}
}

// trouble is how a thing is: in a word, in a sentence, and what to do.
type trouble struct {
	state, what, do string
	passing         bool // is told now, or when it is over
}

// Run looks until ctx ends: every minute, and when it is woken.
func (w *watcher) Run(ctx context.Context) error {
	w.began = w.program.parts.Now()
	for _, a := range w.program.accounts {
		a.recall(ctx)
		a.rivals.begin()
	}
	timer := time.NewTimer(lookEvery)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.alarm:
		case <-timer.C:
		}
		w.look(ctx)
		timer.Reset(lookEvery)
	}
}

// now has everything looked at now.
func (w *watcher) now() {
	select {
	case w.alarm <- struct{}{}:
	default:
	}
}

func (w *watcher) look(ctx context.Context) {
	w.lookAtAccounts(ctx)
	w.lookAtSources(ctx)
	w.lookAtDisks(ctx)
	w.lookAtClock(ctx)
}

// report tells those on duty. A report that cannot be written is said in the
// log, and comes again with the next look; ok is false then.
func (w *watcher) report(ctx context.Context, thing string, t trouble) (ok bool) {
	err := w.program.desk.Report(ctx, desk.Trouble{Thing: thing, State: t.state, What: t.what, Do: t.do, Passing: t.passing})
	if err != nil && ctx.Err() == nil && !w.cried {
		w.program.parts.Log.Error("those on duty cannot be told", "thing", thing, "state", t.state, "err", err)
	}
	w.cried = err != nil
	return err == nil
}

func (w *watcher) words() *troubleWords { return troubleWordsOf(w.program.newsroom().Language) }
