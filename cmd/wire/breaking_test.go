package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
)

// An urgent article is pulled at a turn of the source's schedule, waits three
// minutes, goes out once, and is not repeated to whoever got it.
func TestBreakingWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم")
		nur := w.joined("نور", "إلغاء العاجل")
		id := w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.publish("افتتاح مكتبة", "news")
		w.pass(w.turn())
		w.pass(3*time.Minute - 5*time.Second)
		salim.gets()
		w.site.Update(id, func(p *feedtest.Post) { p.Title = "إغلاق طريق الوادي الأخضر" })
		w.pass(10 * time.Second)
		salim.gets("عاجل | إغلاق طريق الوادي الأخضر") // as it is now, not as it was pulled
		nur.gets()
		w.restart()
		w.pass(10 * time.Minute)
		salim.gets()

		w.until("20:00")
		for r, wants := range map[*reader]bool{salim: false, nur: true} {
			digest := strings.Join(r.got(), "\n")
			if !strings.Contains(digest, "افتتاح مكتبة") || strings.Contains(digest, "الوادي") != wants {
				t.Errorf("the digest of %s is\n%s", r.name, digest)
			}
		}
	})
}

// turn is the time until the source is next pulled, and a little more.
func (w *world) turn() time.Duration {
	now := w.clock.Now()
	return now.Truncate(3*time.Minute).Add(3*time.Minute).Sub(now) + time.Second
}

// A tick that is taken back within the wait was a mistake: the article goes
// nowhere but into the digest. The same goes for one that is gone.
func TestBreakingTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم")
		unticked := w.publish("افتتاح مكتبة", "news", "urgent")
		trashed := w.publish("خبر كتب خطأ", "news", "urgent")
		check := w.publish("حقيقة خبر الإغلاق", "no-rumours", "urgent") // never breaking by itself
		w.pass(w.turn() + time.Minute)
		w.site.Update(unticked, func(p *feedtest.Post) { p.Categories = p.Categories[:1] })
		w.site.Trash(trashed)
		w.pass(30 * time.Minute)
		salim.gets()
		w.until("20:00")
		digest := strings.Join(salim.got(), "\n")
		if !strings.Contains(digest, "افتتاح مكتبة") || !strings.Contains(digest, "حقيقة خبر الإغلاق") {
			t.Errorf("articles %d and %d are not all in the digest:\n%s", unticked, check, digest)
		}
	})
}

// Breaking news does not wait behind a digest that is on its way to many.
func TestBreakingOvertakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const readers = 300
		w := newWorld(t)
		w.network.AnyChat = true
		w.config = strings.Replace(sample, "telegram: {}", "telegram: {rate: 1}", 1)
		w.start()
		w.crowd(readers)
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00") // the digest takes five minutes at this rate
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.pass(15 * time.Minute)
		w.onceEach("افتتاح مكتبة", readers)
		w.onceEach("إغلاق طريق الوادي", readers)

		digests, behind := 0, 0 // digests sent at all, and between the first and the last alert
		alerts := 0
		for _, c := range w.sends("عاشق عُمان") {
			if strings.Contains(c.Params["text"], "عاجل |") {
				alerts++
				continue
			}
			digests++
			if alerts > 0 && alerts < readers {
				behind++
			}
		}
		if digests < readers || alerts != readers {
			t.Fatalf("%d digests and %d alerts", digests, alerts)
		}
		if behind > 4 { // what was on its way already
			t.Errorf("%d digests went out before breaking news that waited", behind)
		}
	})
}

// Only so much breaking news goes out by itself in an hour; the rest is in the
// digest. An alert by hand always goes out.
func TestBreakingLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم")
		for i := range 5 {
			w.publish(fmt.Sprintf("خبر مهم رقم %d", i+1), "news", "urgent")
		}
		w.pass(10 * time.Minute)
		if got := salim.got(); len(got) != 3 {
			t.Errorf("%d breaking items came in one hour, want 3", len(got))
		}
		w.alert("تنبيه من هيئة التحرير")
		w.pass(10 * time.Second)
		salim.gets("تنبيه من هيئة التحرير")
		w.pass(time.Hour)
		salim.gets() // those beyond the limit do not come late
		w.publish("خبر مهم بعد ساعة", "news", "urgent")
		w.pass(10 * time.Minute)
		salim.gets("خبر مهم بعد ساعة")
		w.until("20:00")
		digest := strings.Join(salim.got(), "\n")
		if n := strings.Count(digest, "خبر مهم رقم"); n == 0 || strings.Contains(digest, "بعد ساعة") || strings.Contains(digest, "تنبيه") {
			t.Errorf("the digest is\n%s", digest)
		}
		for i := range 5 {
			title := fmt.Sprintf("خبر مهم رقم %d", i+1)
			if n := len(w.sends(title)); n != 1 {
				t.Errorf("%q came %d times", title, n)
			}
		}
	})
}

// A source that does not say "breaking: auto" breaks nothing by itself: its
// urgent articles are for the editors, and where there are none, or with
// "breaking: off", for the digests.
func TestBreakingIsProposedByDefault(t *testing.T) {
	for name, breaking := range map[string]string{"default": "", "off": ", breaking: off"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.config = strings.Replace(sample, ", breaking: auto", breaking, 1)
				w.start()
				salim := w.joined("سالم")
				w.publish("إغلاق طريق الوادي", "news", "urgent")
				w.pass(20 * time.Minute)
				salim.gets()
				editor := w.editor("نور")
				editor.got()
				w.publish("حريق في السوق", "news", "urgent")
				w.pass(w.turn() + 10*time.Second)
				salim.gets()
				if got := editor.shows("حريق في السوق"); strings.Contains(got, "مقترح") != (breaking == "") {
					t.Errorf("the editor sees %q", got)
				}
				w.until("20:00")
				salim.gets("إغلاق طريق الوادي")
			})
		})
	}
}

// A waiting time that is read again is that of what comes from then on.
func TestBreakingWaitReloaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = sample + "breaking: {wait: 20m}\n"
		w.start()
		nur := w.joined("نور")
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.pass(w.turn())
		w.config = sample + "breaking: {wait: 1m}\n"
		if err := w.program.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.publish("فتح طريق الجبل", "news", "urgent")
		w.pass(w.turn() + 70*time.Second)
		nur.gets("عاجل | فتح طريق الجبل")
		w.pass(20 * time.Minute)
		nur.gets("عاجل | إغلاق طريق الوادي")
	})
}

// Breaking news of a trusted source that may not go out by itself goes before
// the editors: what exceeds the hour's limit, and anything while all is held. A
// rumour check breaks nothing.
func TestBreakingThatMayNotIsProposed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = sample + "breaking: {per_hour: 1}\n"
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		proposed := func(title string) {
			t.Helper()
			w.publish(title, "news", "urgent")
			w.pass(10 * time.Minute)
			nur.gets()
			if got := salim.shows(title); !strings.Contains(got, "مقترح") {
				t.Errorf("%q is not proposed: %q", title, got)
			}
		}
		w.publish("هل تُغلق الشواطئ؟", "no-rumours", "urgent")
		w.pass(10 * time.Minute)
		nur.gets() // the site may call a check urgent; it is for the digests
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.pass(10 * time.Minute)
		nur.gets("عاجل | إغلاق طريق الوادي")
		proposed("حريق في السوق")
		w.pass(2 * time.Hour) // the limit is free again, and nobody has answered
		nur.gets()
		salim.asks("أوقف الكل حدادًا")
		proposed("ريح شديدة")
		w.restart()
		w.pass(time.Minute)
		salim.asks("استأنف الكل")
		w.pass(time.Minute)
		nur.gets() // it still lies before the editors
		salim.asks("مقترحات")
		w.until("20:00")
		if got := strings.Join(nur.got(), "\n"); !strings.Contains(got, "حريق في السوق") || !strings.Contains(got, "ريح شديدة") || !strings.Contains(got, "هل تُغلق الشواطئ؟") || strings.Contains(got, "عاجل |") {
			t.Errorf("the digest is\n%s", got)
		}
	})
}

// An alert by hand reaches the readers of its sections and of their parents,
// and whoever wants everything; never those who have left.
func TestAlertByHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		all, weather, jobs, gone := w.joined("سالم"), w.reader("نور"), w.reader("مريم"), w.joined("حمد", "إلغاء")
		weather.asks("اشتراك الطقس")
		jobs.asks("اشتراك وظائف")
		w.alert("منخفض جوي قادم", "weather")
		w.pass(10 * time.Second)
		all.gets("عاجل | منخفض جوي قادم")
		weather.gets("عاجل | منخفض جوي قادم")
		jobs.gets()
		w.alert("إعلان للجميع")
		w.pass(10 * time.Second)
		all.gets("إعلان للجميع")
		weather.gets("إعلان للجميع")
		jobs.gets("إعلان للجميع")
		gone.gets()

		_, err := w.program.Acts().Alert(t.Context(), desk.Alert{Words: "خبر", Sections: []news.Slug{"sport"}})
		if _, refused := desk.Refused(err); !refused {
			t.Errorf("an alert to a section that is not there: %v", err)
		}
		w.pass(10 * time.Second)
		all.gets()
	})
}
