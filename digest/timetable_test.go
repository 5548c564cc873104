package digest_test

import (
	"context"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest"
)

// hands is a clock that can be set.
type hands struct{ set atomic.Int64 }

func (h *hands) now() time.Time { return time.Now().Add(time.Duration(h.set.Load())).Round(0) }

// keeps runs one job beside what a test does, and returns when it was done, by
// the time that really passed.
func keeps(t *testing.T, h *hands, j digest.Job, meanwhile func()) []time.Duration {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	start := time.Now()
	var done []time.Duration
	j.Do = func(context.Context) error {
		done = append(done, time.Since(start))
		return nil
	}
	ended := make(chan error)
	table := digest.Timetable{Zone: zone(t, "Asia/Muscat"), Now: h.now, Log: slog.New(slog.DiscardHandler)}
	go func() { ended <- table.Run(ctx, []digest.Job{j}) }()
	meanwhile()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	return done
}

// A clock that is set back by a day stops no job for a day.
func TestJobsGoOnWhenTheClockIsSetBack(t *testing.T) {
	for _, spec := range []string{"@every 3m", "*/3 * * * *"} {
		synctest.Test(t, func(t *testing.T) {
			var h hands
			done := keeps(t, &h, digest.Job{Schedule: schedule(t, spec), AtStart: true}, func() {
				time.Sleep(10 * time.Minute)
				h.set.Add(-int64(24*time.Hour + time.Minute))
				time.Sleep(6 * time.Hour)
			})
			if len(done) < 120 || len(done) > 125 {
				t.Errorf("%s: done %d times in six hours", spec, len(done))
			}
			for i, at := range done[1:] {
				if at-done[i] > 5*time.Minute {
					t.Errorf("%s: not done from %v to %v", spec, done[i], at)
				}
			}
		})
	}
}

// A clock that is set forward, or put right by seconds, makes no turn come twice.
func TestATurnComesOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h hands
		done := keeps(t, &h, digest.Job{Schedule: schedule(t, "*/10 * * * *")}, func() {
			time.Sleep(10*time.Minute + time.Millisecond)
			h.set.Add(-int64(10 * time.Second))
			time.Sleep(5 * time.Minute)
			h.set.Add(int64(time.Hour))
			time.Sleep(10 * time.Minute)
		})
		want := []time.Duration{10 * time.Minute, 15*time.Minute + 30*time.Second, 20*time.Minute + 10*time.Second}
		if len(done) != 3 || done[0] != want[0] || done[1] > want[1] || done[2] != want[2] {
			t.Errorf("done at %v, want about %v", done, want)
		}
	})
}

// The rings of a moment are one, beside the schedule.
func TestTheBellRings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var h hands
		bell := make(chan struct{}, 1)
		done := keeps(t, &h, digest.Job{Schedule: schedule(t, "@every 1h"), Bell: bell}, func() {
			time.Sleep(10 * time.Minute)
			for range 3 {
				bell <- struct{}{}
			}
			time.Sleep(time.Hour + time.Minute)
		})
		want := []time.Duration{10*time.Minute + 500*time.Millisecond, 70*time.Minute + 500*time.Millisecond}
		if !slices.EqualFunc(done, want, func(a, b time.Duration) bool { return (a - b).Abs() <= time.Second }) {
			t.Errorf("done at %v, want %v", done, want)
		}
	})
}
