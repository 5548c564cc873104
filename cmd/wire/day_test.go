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

// What a source held when it was read first is shown to those who ask, and
// sent to nobody.
func TestArchiveIsNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.publish("عاجل قديم", "news", "urgent")
		w.start()
		salim, nur := w.joined("سالم"), w.joined("نور", "كل خبر")
		w.pass(10 * time.Minute)
		salim.gets()
		nur.gets()
		w.until("20:00")
		salim.gets()
		nur.gets()
		if latest := salim.asks("آخر الأخبار"); !strings.Contains(latest, "خبر من الأرشيف") {
			t.Errorf("the latest are\n%s", latest)
		}
	})
}

// The link t.me/BOT?start=SECTION on the newsroom's site lands in the section.
func TestEntryLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.reader("سالم")
		salim.phone.Start(w.bot, "jobs")
		w.pass(5 * time.Second)
		salim.gets("تتابع الآن: وظائف")
		w.publish("وظيفة في صحار", "jobs")
		w.publish("أمطار على جبال الحجر", "weather")
		w.until("20:00")
		digest := salim.got()
		if len(digest) != 1 || !strings.Contains(digest[0], "وظيفة في صحار") || strings.Contains(digest[0], "أمطار") {
			t.Errorf("the digest is %q", digest)
		}
	})
}

// A story reaches a chat once: not by two sections of it, not by two sources.
func TestNothingTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.Replace(sample, "sources:\n", "sources:\n  - {name: other, url: \"https://other.example\"}\n", 1)
		other := w.newSite("https://other.example")
		w.sites["other.example"] = other
		w.start()
		salim := w.joined("سالم", "اشتراك الطقس", "اشتراك أخبار", "اشتراك وظائف")
		w.publish("أمطار غزيرة على جبال الحجر الشرقي", "weather", "news", "jobs")
		w.publishOn(other, "أمطار غزيرة على جبال الحجر الشرقي", "news")
		w.pass(4 * time.Minute)
		w.alert("إغلاق طريق وادي بني خالد", "weather", "news", "jobs")
		w.pass(time.Minute)
		salim.gets("إغلاق طريق وادي بني خالد")
		w.until("20:00")
		digest := strings.Join(salim.got(), "\n")
		if n := strings.Count(digest, "جبال الحجر الشرقي\n"); n != 1 {
			t.Errorf("the story stands %d times in\n%s", n, digest)
		}
		if strings.Contains(digest, "بني خالد") {
			t.Errorf("the alert is repeated in\n%s", digest)
		}
	})
}
