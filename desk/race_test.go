package desk_test

import (
	"sync"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// TestManyPressAtOnce has many editors confirm the same version while the desk
// looks from several sides: one of them is first, and one thing goes out.
func TestManyPressAtOnce(t *testing.T) {
	w := newWorld(t)
	w.setup.Countdown = time.Nanosecond
	var people []desk.Editor
	for _, chat := range []string{"1", "2", "3", "4"} {
		people = append(people, w.hire(desk.Chief, news.ChatID(chat)))
	}
	d := w.draft(people[0].ID, "خبر")
	v := w.look(people[0].ID, d.ID).Draft.Version
	start := w.now
	w.clock = func() time.Time { return start.Add(time.Minute) }
	var wg sync.WaitGroup
	var mu sync.Mutex
	first := 0
	for _, e := range people {
		wg.Go(func() {
			_, err := w.desk.Confirm(w.ctx, e.ID, d.ID, v)
			mu.Lock()
			defer mu.Unlock()
			if code, refused := desk.CodeOf(err); err == nil {
				first++
			} else if !refused || code != desk.Already {
				t.Errorf("pressed: %v", err)
			}
		})
	}
	wg.Wait()
	w.clock = func() time.Time { return start.Add(2 * time.Minute) }
	for range 4 {
		wg.Go(func() {
			if _, err := w.desk.Once(w.ctx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	w.tick()
	w.is(d.ID, desk.Sending)
	if first != 1 || len(w.press.printed) != 1 {
		t.Errorf("%d were first, %d were printed", first, len(w.press.printed))
	}
}
