package wire_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

// An alert goes to readers on WhatsApp: some phones are off, some take it, some
// are read. The report of the alert says how many, as they come, and after a
// restart.
func TestReportOfWhatWasRead(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.befriend(whatsapptest.Person{Name: "سالم", ReadAtOnce: true})
		if got := salim.asks(w.claim); !strings.Contains(got, "مكتب التحرير") {
			t.Fatalf("claiming the desk is answered with\n%s", got)
		}
		off, on, reads := w.befriend(whatsapptest.Person{Name: "نور", Silent: true}), w.friend("مريم"), w.befriend(whatsapptest.Person{Name: "علي", ReadAtOnce: true})
		for _, f := range []*friend{off, on, reads} {
			f.asks("مرحبا")
		}
		w.joined("هند")
		for _, words := range []string{"خبر عاجل: إغلاق طريق الوادي يومًا", "للجميع", "تأكيد 1.2"} {
			salim.asks(words)
		}
		w.pass(time.Minute)
		w.eachHas([]*friend{off, on, reads}, "عاجل | إغلاق طريق الوادي يومًا")
		reports := func(what string, lines ...string) {
			t.Helper()
			got := salim.asks("تقرير")
			for _, line := range append([]string{"وصل إلى: 4 قراء"}, lines...) {
				if !strings.Contains(got, line) {
					t.Errorf("%s, the report says nothing of %q:\n%s", what, line, got)
				}
			}
		}
		reports("at first", "سُلِّم على واتساب إلى: قارئان.", "وقرأه قارئ واحد على الأقل")
		off.phone.Receive()
		on.phone.ReadAll()
		w.pass(10 * time.Second)
		reports("later", "سُلِّم على واتساب إلى: 3 قراء.", "وقرأه قارئان على الأقل")
		off.phone.ReadAll()
		w.pass(10 * time.Second)
		reports("when all have read it", "سُلِّم على واتساب إلى: 3 قراء.", "وقرأه 3 قراء على الأقل")
		w.halt()
		w.start()
		w.pass(10 * time.Second)
		salim.got()
		reports("after a restart", "سُلِّم على واتساب إلى: 3 قراء.", "وقرأه 3 قراء على الأقل")

		a, err := w.store.Counted(t.Context(), news.DateOf(w.clock.Now()), news.DateOf(w.clock.Now()), time.UTC)
		if err != nil || len(a.Alerts) != 1 || a.Alerts[0].Delivered != 3 || a.Alerts[0].Read != 3 {
			t.Errorf("numbers %+v, %v", a.Alerts, err)
		}
	})
}
