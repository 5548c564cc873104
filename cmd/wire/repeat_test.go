package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// An alert that was made of a proposal carries its article: the next digest has
// it for those alone who did not get the alert.
func TestAlertIsNotRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.Replace(sample, "breaking: auto", "breaking: propose", 1)
		w.start()
		nur := w.joined("نور")
		layla := w.joined("ليلى", "إلغاء العاجل")
		salim := w.editor("سالم")
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.publish("افتتاح مكتبة", "news")
		w.pass(w.turn() + 10*time.Second)
		salim.presses("عاين")
		w.pass(5 * time.Second)
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		nur.gets("عاجل | إغلاق طريق الوادي")
		layla.gets()
		hind := w.joined("هند")
		w.until("20:00")
		w.repeats(map[*reader]bool{nur: false, layla: true, hind: true}, "إغلاق طريق الوادي", "افتتاح مكتبة")
	})
}

// An alert by hand whose link leads to an article, in whatever spelling, is that
// article: everybody gets the alert, those who have the article too, and nobody
// gets the article after it.
func TestAlertByLinkIsNotRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		layla := w.joined("ليلى", "إلغاء العاجل")
		each := w.joined("هند", "كل خبر")
		salim := w.editor("سالم")
		id := w.publish("إغلاق طريق الوادي", "news")
		w.publish("افتتاح مكتبة", "news")
		w.pass(w.turn() + time.Minute)
		each.gets("إغلاق طريق الوادي", "افتتاح مكتبة")
		salim.asks(fmt.Sprintf("خبر عاجل: السيل يقطع الطريق\nhttp://www.news.example/?p=%d&utm_source=desk", id))
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		for _, r := range []*reader{nur, each} {
			r.gets("عاجل | السيل يقطع الطريق")
		}
		layla.gets()
		w.until("20:00")
		w.repeats(map[*reader]bool{nur: false, layla: true}, "إغلاق طريق الوادي", "افتتاح مكتبة")
		each.gets()
	})
}

// repeats fails unless the digest of those readers alone who want it holds the
// headline; all of theirs hold the other one.
func (w *world) repeats(readers map[*reader]bool, headline, other string) {
	w.t.Helper()
	for r, wants := range readers {
		digest := strings.Join(r.got(), "\n")
		if i := strings.LastIndex(digest, "📰"); i >= 0 {
			digest = digest[i:]
		}
		if !strings.Contains(digest, other) || strings.Contains(digest, headline) != wants {
			w.t.Errorf("the digest of %s is\n%s", r.name, digest)
		}
	}
}
