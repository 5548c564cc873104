package desk_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// TestRun has the desk do by itself what is due: at the end of the countdown,
// and at the time that was set.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		began := time.Now()
		start := w.now
		w.clock = func() time.Time { return start.Add(time.Since(began)) }
		salim := w.hire(desk.Chief, "1")
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.desk.Run(ctx) }()
		synctest.Wait()

		d := w.draft(salim.ID, "خبر")
		confirmed := time.Now()
		_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
		w.must(err)
		time.Sleep(5*time.Second - time.Millisecond)
		synctest.Wait()
		w.is(d.ID, desk.Counting)
		for len(w.printed()) == 0 && time.Since(confirmed) < time.Minute {
			time.Sleep(time.Millisecond)
			synctest.Wait()
		}
		if late := time.Since(confirmed) - 5*time.Second; late > 50*time.Millisecond {
			t.Errorf("published %v after the end of the countdown", late)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
