package digest

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Job is something that is done again and again on a schedule.
type Job struct {
	Name     string
	Schedule Schedule
	AtStart  bool            // once at once, beside the schedule
	Bell     <-chan struct{} // once more when it rings, beside the schedule; nil: it never does
	Do       func(ctx context.Context) error
}

// Timetable runs jobs, each by itself: a slow one delays no other, and none
// runs twice at a time. Times are civil times of Zone.
type Timetable struct {
	Zone *time.Location
	Now  func() time.Time
	Log  *slog.Logger
}

// Run runs jobs until ctx ends and returns when the last one has.
func (t Timetable) Run(ctx context.Context, jobs []Job) error {
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Go(func() { t.repeat(ctx, j) })
	}
	wg.Wait()
	return nil
}

func (t Timetable) repeat(ctx context.Context, j Job) {
	if j.AtStart {
		t.do(ctx, j)
	}
	for {
		from := t.Now().In(t.Zone)
		next := j.Schedule.Next(from)
		if next.IsZero() {
			<-ctx.Done()
			return
		}
		// The next turn is counted from when the job was done, not from its turn:
		// those that passed meanwhile are let go.
		switch t.wait(ctx, from, next, j.Bell) {
		case itsTurn:
			t.do(ctx, j)
		case ended:
			return
		case clockBack:
		}
	}
}

// The ends of a wait.
type waited int

const (
	ended     waited = iota // ctx
	itsTurn                 // or the bell rang
	clockBack               // the turn is to be computed again
)

// gather is how long a job waits for further rings: all of them are one.
const gather = 500 * time.Millisecond

// wait waits for next, which was computed at from, or until soon after the bell
// rang. The clock is looked at again and again, since it may be moved: once it
// is before from, next is not the next turn any more. A clock that is put right
// by less than a look's time changes nothing, so that no turn comes twice for it.
func (t Timetable) wait(ctx context.Context, from, next time.Time, bell <-chan struct{}) waited {
	for {
		now := t.Now()
		left := next.Sub(now)
		switch {
		case ctx.Err() != nil:
			return ended
		case left <= 0:
			return itsTurn
		case now.Before(from.Add(-watch)):
			return clockBack
		}
		timer := time.NewTimer(min(left, watch))
		select {
		case <-ctx.Done():
			timer.Stop()
			return ended
		case <-bell:
			timer.Stop()
			return gathered(ctx, bell)
		case <-timer.C:
		}
	}
}

// gathered lets the bell ring itself out.
func gathered(ctx context.Context, bell <-chan struct{}) waited {
	timer := time.NewTimer(gather)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ended
		case <-bell:
		case <-timer.C:
			return itsTurn
		}
	}
}

func (t Timetable) do(ctx context.Context, j Job) {
	if err := j.Do(ctx); err != nil && ctx.Err() == nil {
		t.Log.Error("a scheduled job was not done", "job", j.Name, "err", err)
	}
}
