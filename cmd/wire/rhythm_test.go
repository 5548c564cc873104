package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
)

// Those on duty see the digest before its hour, once, over a restart; what they
// decide is in it, and what they dropped comes in no later one.
func TestLookAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		w.until("19:46")
		salim.gets() // a digest with nothing in it is not shown
		for _, title := range []string{"إغلاق طريق الوادي", "افتتاح مكتبة في صحار", "معرض كتاب في نزوى"} {
			w.publish(title, "news")
		}
		w.pass(w.turn() + time.Minute)
		if look := salim.got(); len(look) != 2 || !strings.Contains(look[0], "افتتاح مكتبة") || !strings.Contains(look[1], "موجز المساء") {
			t.Fatalf("the look is %q", look)
		}
		w.restart()
		w.pass(time.Minute)
		salim.gets()
		list := salim.asks("النشرة")
		dropped := list[strings.Index(list, "\n2. ")+4:]
		dropped, _, _ = strings.Cut(dropped, "\n")
		salim.presses("احذف خبرًا")
		w.pass(2 * time.Second)
		salim.presses("2")
		w.pass(2 * time.Second)
		salim.asks("ثبّت 3")
		salim.asks("مقدمة أهلًا بكم في جولة المساء")
		salim.got()
		w.until("20:00")
		digest := strings.Join(nur.got(), "\n")
		if strings.Contains(digest, dropped) || !strings.Contains(digest, "أهلًا بكم في جولة المساء") || !strings.Contains(digest, "الأبرز") {
			t.Errorf("without %q the digest is\n%s", dropped, digest)
		}
		if got := salim.asks("احذف 1"); !strings.Contains(got, "فات الأوان") {
			t.Errorf("the answer after the digest is\n%s", got)
		}
		salim.got()
		if got := salim.asks("النشرة"); !strings.Contains(got, "موجز الصباح") || !strings.Contains(got, "محذوف: "+dropped) {
			t.Errorf("the next morning is to have\n%s", got)
		}
		w.publish("ريح شديدة", "news")
		w.until("20:00")
		if got := strings.Join(nur.got(), "\n"); !strings.Contains(got, "ريح شديدة") || strings.Contains(got, dropped) || strings.Contains(got, "جولة المساء") {
			t.Errorf("the next digest is\n%s", got)
		}
	})
}

// A digest that is held waits until it is released, and stays away once its time
// is over; what was in it is in the next one.
func TestHeldDigest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		w.publish("افتتاح مكتبة", "news")
		w.until("19:50")
		salim.presses("أوقف الموجز")
		w.until("20:00")
		w.restart()
		w.until("20:30")
		nur.gets()
		if got := salim.asks("ارفع الإيقاف"); !strings.Contains(got, "رُفع إيقاف الموجز") {
			t.Errorf("the answer is\n%s", got)
		}
		w.pass(2 * time.Minute)
		nur.gets("افتتاح مكتبة")

		w.publish("معرض كتاب", "news")
		w.until("19:50")
		salim.presses("أوقف الموجز")
		w.pass(2 * time.Second)
		w.until("23:10")
		salim.got()
		if got := salim.asks("أطلق النشرة"); !strings.Contains(got, "فات الأوان") {
			t.Errorf("the answer is\n%s", got)
		}
		w.pass(5 * time.Minute)
		nur.gets()
		w.until("20:00")
		nur.gets("معرض كتاب")
	})
}

// «أوقف الكل» holds digests, single articles and automatic breaking news, over a
// restart, and says so; released in time, what is not too old goes out.
func TestHoldAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		each := w.joined("مريم", "كل خبر فور نشره")
		salim := w.editor("سالم")
		salim.asks("أوقف الكل حدادًا")
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.publish("افتتاح مكتبة", "news")
		w.pass(20 * time.Minute)
		w.restart()
		w.until("20:00")
		w.until("21:00")
		nur.gets()
		each.gets()
		if got := salim.asks("مكتب"); !strings.Contains(got, "حدادًا") {
			t.Errorf("the desk does not say that all is held:\n%s", got)
		}
		if got := salim.asks("النشرة"); !strings.Contains(got, "الإرسال الآلي كله موقوف") {
			t.Errorf("the look does not say that all is held:\n%s", got)
		}
		if status, err := w.program.Acts().Status(t.Context()); err != nil || !status.(wire.Status).Desk.Held {
			t.Errorf("the status does not say that all is held: %+v (%v)", status, err)
		}
		salim.asks("استأنف الكل")
		w.pass(2 * time.Minute)
		nur.gets("افتتاح مكتبة")
		each.got()

		salim.asks("أوقف الكل")
		w.publish("معرض كتاب", "news")
		w.until("20:00")
		w.until("23:10")
		salim.asks("استأنف الكل")
		w.pass(10 * time.Minute)
		nur.gets() // its time is over
		w.until("20:00")
		nur.gets("معرض كتاب")
	})
}

// choices are the labels of the buttons under the bot's last message.
func (r *reader) choices() string {
	var labels []string
	all := r.chat.FromBots()
	for _, row := range all[len(all)-1].Buttons {
		for _, b := range row {
			labels = append(labels, b.Text)
		}
	}
	return strings.Join(labels, " · ")
}

// The calendar that an editor switches in the chat is the newsroom's at once:
// digests, readers' words and a restart follow it.
func TestCalendarFromChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = sample + "calendars:\n  - {name: العيد, at: {morning: off, noon: off, evening: \"18:00\"}}\n"
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		if got := salim.asks("تقويم رمضان: مساء 21:15 من اليوم"); !strings.Contains(got, "المساء 21:15") || !strings.Contains(got, "لم يتغير شيء بعد") {
			t.Fatalf("it is said back as\n%s", got)
		}
		nur.asks("مواعيد")
		if got := nur.choices(); !strings.Contains(got, "20:00") || strings.Contains(got, "21:15") {
			t.Errorf("it is switched before it was confirmed:\n%s", got)
		}
		salim.presses("أكّد التقويم")
		w.pass(2 * time.Second)
		nur.asks("مواعيد")
		if got := nur.choices(); !strings.Contains(got, "21:15") || strings.Contains(got, "20:00") {
			t.Errorf("the reader is told\n%s", got)
		}
		w.publish("افتتاح مكتبة", "news")
		w.restart()
		w.until("20:00")
		nur.gets()
		w.until("21:15")
		nur.gets("افتتاح مكتبة")

		salim.asks("تقويم حذف رمضان")
		salim.asks("تأكيد")
		salim.asks("تقويم العيد من غد حتى غد")
		salim.asks("تأكيد التقويم")
		w.publish("معرض كتاب", "news")
		w.until("18:00")
		nur.gets("معرض كتاب")
		w.publish("ريح شديدة", "news")
		w.until("20:00")
		nur.gets()
		w.until("20:00") // the day after is an ordinary one
		nur.gets("ريح شديدة")
	})
}
