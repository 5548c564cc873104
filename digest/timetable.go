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
	for last := t.Now().In(t.Zone); ; {
		next := j.Schedule.Next(last)
		if next.IsZero() {
			<-ctx.Done()
			return
		}
		if !t.wait(ctx, next, j.Bell) {
			return
		}
		t.do(ctx, j)
		// From now, not from the turn: turns that passed meanwhile are let go.
		last = t.Now().In(t.Zone)
	}
}

// gather is how long a job waits for further rings: all of them are one.
const gather = 500 * time.Millisecond

// wait returns true at next, or soon after the bell rang, or false when ctx
// ended. The clock is looked at again and again, since it may be moved.
func (t Timetable) wait(ctx context.Context, next time.Time, bell <-chan struct{}) bool {
	for {
		left := next.Sub(t.Now())
		if left <= 0 {
			return ctx.Err() == nil
		}
		timer := time.NewTimer(min(left, watch))
		select {
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-bell:
			timer.Stop()
			return gathered(ctx, bell)
		case <-timer.C:
		}
	}
}

// gathered lets the bell ring itself out.
func gathered(ctx context.Context, bell <-chan struct{}) bool {
	timer := time.NewTimer(gather)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-bell:
		case <-timer.C:
			return true
		}
	}
}

func (t Timetable) do(ctx context.Context, j Job) {
	if err := j.Do(ctx); err != nil && ctx.Err() == nil {
		t.Log.Error("a scheduled job was not done", "job", j.Name, "err", err)
	}
}
