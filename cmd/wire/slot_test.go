package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Whoever wants every article gets it at once by day. At night it waits for
// the next digest.
func TestEachArticle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم", "كل خبر")
		nur := w.joined("نور")
		w.publish("افتتاح مكتبة", "news")
		w.pass(w.turn() + 10*time.Second)
		salim.gets("افتتاح مكتبة")
		nur.gets()
		w.until("20:00")
		salim.gets() // it came already
		nur.gets("افتتاح مكتبة")

		w.until("22:30")
		w.publish("حفل في المساء", "news")
		w.pass(10 * time.Minute)
		salim.gets()
		w.until("07:30")
		salim.gets()
		w.until("20:00")
		salim.gets("حفل في المساء")
		nur.gets("حفل في المساء")
		w.until("20:00")
		salim.gets()
	})
}

// A slot that was missed is caught up once within three hours.
func TestMissedSlot(t *testing.T) {
	for name, c := range map[string]struct {
		away time.Duration
		late bool
	}{
		"two hours":  {2 * time.Hour, true},
		"four hours": {4 * time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.start()
				salim := w.joined("سالم")
				w.until("20:00")
				w.publish("افتتاح مكتبة", "news")
				w.until("19:59")
				w.halt()
				w.clock.move(c.away)
				w.start()
				w.pass(time.Minute)
				if !c.late {
					salim.gets()
				} else {
					salim.gets("افتتاح مكتبة")
				}
				w.restart()
				w.pass(time.Minute)
				salim.gets()
				w.publish("معرض كتاب", "news")
				w.until("20:00")
				digest := strings.Join(salim.got(), "\n")
				if !strings.Contains(digest, "معرض كتاب") || strings.Contains(digest, "افتتاح مكتبة") == c.late {
					t.Errorf("the next digest is\n%s", digest)
				}
			})
		})
	}
}

// A clock that is set back an hour has the slot's hour come twice, and the
// digest once.
func TestClockSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم")
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		salim.gets("افتتاح مكتبة")
		w.clock.move(-time.Hour)
		w.program.Woken()
		w.publish("معرض كتاب", "news")
		w.until("20:00")
		salim.gets()
		w.restart()
		w.pass(time.Minute)
		salim.gets()
		w.until("20:00")
		salim.gets("معرض كتاب")
	})
}

// A configuration that is read again takes effect whole; a wrong one changes
// nothing.
func TestReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم", "اشتراك أخبار")
		w.config = strings.Replace(sample, "  - {slug: jobs,", "  - {slug: sport, name: رياضة, match: {words: [مباراة]}}\n  - {slug: jobs,", 1) + `slots:
  - {name: evening, label: الليلة, at: "21:15"}
readers: {slots: [dawn]}
`
		err := w.program.Reload(t.Context())
		if err == nil || !strings.Contains(err.Error(), "dawn") {
			t.Fatalf("a wrong configuration was taken: %v", err)
		}
		if answer := salim.asks("اشتراك رياضة"); strings.Contains(answer, "تتابع الآن: رياضة") {
			t.Errorf("half of a wrong configuration is in force:\n%s", answer)
		}
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		salim.gets("افتتاح مكتبة")

		w.config = strings.Replace(w.config, "readers: {slots: [dawn]}\n", "", 1)
		if err := w.program.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		nur := w.reader("نور")
		if answer := nur.asks("اشتراك رياضة"); !strings.Contains(answer, "تتابع الآن: رياضة") {
			t.Fatalf("the answer is\n%s", answer)
		}
		w.publish("مباراة الليلة في مسقط")
		w.publish("معرض كتاب", "jobs")
		w.until("21:15") // the evening has had its turn today
		nur.gets()
		w.until("20:00")
		nur.gets()
		w.until("21:15")
		nur.gets("مباراة الليلة في مسقط")
	})
}
