package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
)

// noons lets days pass, each until its noon.
func (w *world) noons(n int) {
	w.t.Helper()
	for range n {
		w.until("12:00")
	}
}

// A change for every Friday that an editor makes in the chat is the newsroom's
// on Fridays alone, over a restart and beside a change of dates: the digest, the
// look before it, previews and readers' menus follow, until it is taken back.
func TestFridayFromChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		if got := salim.asks("تقويم الجمعة: مساء 18:30 كل جمعة"); !strings.Contains(got, "المساء 18:30 أيام الجمعة، من الجمعة 27 نوفمبر 2026 إلى أن يُحذف") {
			t.Fatalf("it is said back as\n%s", got)
		}
		salim.presses("أكّد التقويم")
		w.pass(2 * time.Second)
		salim.asks("تقويم رمضان: صباح 10:00 من غد")
		salim.asks("تأكيد")
		w.restart()
		w.noons(4)
		nur.asks("مواعيد")
		if got := nur.choices(); !strings.Contains(got, "10:00") || !strings.Contains(got, "20:00") {
			t.Errorf("on Thursday the reader may choose %s", got)
		}
		w.noons(1)
		nur.asks("مواعيد")
		if got := nur.choices(); !strings.Contains(got, "10:00") || !strings.Contains(got, "18:30") || strings.Contains(got, "20:00") {
			t.Errorf("on Friday the reader may choose %s", got)
		}
		previews, err := wire.Previews(t.Context(), w.program.Plan(), w.store, w.clock.Now())
		if err != nil || previews[2].Next.In(muscat()).Format("Mon 15:04") != "Fri 18:30" || previews[0].Next.In(muscat()).Format("Mon 15:04") != "Sat 10:00" {
			t.Errorf("the previews are %+v, %v", previews, err)
		}
		w.publish("افتتاح مكتبة", "news")
		salim.got()
		w.until("18:12")
		salim.gets()
		w.pass(4 * time.Minute)
		if look := strings.Join(salim.got(), "\n"); !strings.Contains(look, "موجز المساء") || !strings.Contains(look, "18:30") || !strings.Contains(look, "افتتاح مكتبة") {
			t.Errorf("the look is\n%s", look)
		}
		nur.gets()
		w.until("18:30")
		nur.gets("افتتاح مكتبة")
		w.publish("معرض كتاب", "news")
		w.until("20:00")
		nur.gets()
		w.until("18:30") // Saturday has its own hour
		nur.gets()
		w.until("20:00")
		nur.gets("معرض كتاب")

		w.noons(6)
		w.publish("ريح شديدة", "news")
		w.until("18:30") // every Friday
		nur.gets("ريح شديدة")
		salim.asks("تقويم حذف الجمعة")
		salim.asks("تأكيد")
		w.noons(7)
		w.publish("بطولة الشطرنج", "news")
		w.until("18:30")
		nur.gets()
		w.until("20:00")
		nur.gets("بطولة الشطرنج")
	})
}

// An hour that is over today is said to be so, and the digest goes out at once.
func TestHourThatIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		w.publish("افتتاح مكتبة", "news")
		w.until("19:00")
		if got := salim.asks("تقويم الاثنين: مساء 15:30 كل اثنين"); !strings.Contains(got, "لا يصدر موجز المساء اليوم") {
			t.Errorf("more than three hours late it is said back as\n%s", got)
		}
		if got := salim.asks("تقويم الاثنين: مساء 18:30 كل اثنين"); !strings.Contains(got, "يصدر موجز المساء اليوم فور التأكيد") {
			t.Errorf("half an hour late it is said back as\n%s", got)
		}
		nur.gets()
		salim.asks("تأكيد")
		w.pass(10 * time.Second)
		nur.gets("افتتاح مكتبة")
		if got := salim.asks("تقويم الاثنين: مساء 18:45 كل اثنين"); strings.Contains(got, "مضى") {
			t.Errorf("of a digest that has gone out it is said\n%s", got)
		}
		w.until("20:00")
		nur.gets()
	})
}

// A slot that is left out on some days has in readers' menus the hour of its next
// turn, whatever lies above the ordinary one.
func TestHourOfTheNextTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		salim.asks("تقويم رمضان: مساء 22:00 من اليوم")
		salim.asks("تأكيد")
		salim.asks("تقويم الاثنين: مساء بلا موجز كل اثنين")
		salim.asks("تأكيد")
		nur.asks("مواعيد")
		if got := nur.choices(); !strings.Contains(got, "22:00") || strings.Contains(got, "20:00") {
			t.Errorf("the reader may choose %s", got)
		}
	})
}

// A ready calendar may say other hours for days of the week.
func TestReadyCalendarOfDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = sample + `calendars:
  - name: الصيف
    at: {evening: "21:00"}
    calendar:
      - {weekdays: [tuesday], at: {evening: "18:00"}}
      - {weekdays: [tuesday, wednesday], off: true}
`
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		if got := salim.asks("تقويم الصيف"); !strings.Contains(got, "المساء 21:00، من") || !strings.Contains(got, "المساء 18:00 أيام الثلاثاء") {
			t.Fatalf("it is said back as\n%s", got)
		}
		salim.asks("تأكيد")
		titles := []string{"افتتاح مكتبة", "معرض كتاب", "ريح شديدة"}
		for i, hour := range []string{"21:00", "18:00"} {
			w.publish(titles[i], "news")
			w.until(hour)
			nur.gets(titles[i])
		}
		w.publish(titles[2], "news")
		w.until("23:00")
		w.until("23:00") // Wednesday has none
		nur.gets()
		w.until("21:00")
		nur.gets(titles[2])
	})
}
