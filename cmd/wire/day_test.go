package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The day of a reader: they subscribe, an article is published, its digest
// comes once, whatever is restarted, and nothing comes after they have left.
func TestDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.reader("سالم")
		if answer := salim.asks("اشتراك الطقس"); !strings.Contains(answer, "تتابع الآن: الطقس") {
			t.Fatalf("the answer was\n%s", answer)
		}
		w.publish("أمطار على جبال الحجر", "weather")
		w.publish("وظيفة في صحار", "jobs")
		w.pass(10 * time.Minute)
		salim.gets()

		w.until("20:00")
		digest := salim.got()
		if len(digest) != 1 || !strings.Contains(digest[0], "المساء") || !strings.Contains(digest[0], "أمطار على جبال الحجر") {
			t.Fatalf("at eight came %q", digest)
		}
		if strings.Contains(digest[0], "وظيفة") || strings.Contains(digest[0], "الأرشيف") {
			t.Errorf("the digest holds what was not asked for:\n%s", digest[0])
		}
		w.restart()
		w.pass(time.Hour)
		salim.gets()

		w.until("20:00") // nothing new: no message
		salim.gets()

		w.publish("ضباب على الساحل", "weather")
		if answer := salim.asks("إلغاء"); !strings.Contains(answer, "توقفت") {
			t.Errorf("the answer was\n%s", answer)
		}
		w.until("20:00")
		w.restart()
		w.pass(time.Minute)
		salim.gets()
	})
}
