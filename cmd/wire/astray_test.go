package wire_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

const (
	wrongClosure = "إغلاق طريق الوادي شهرًا"
	rightClosure = "إغلاق طريق الوادي يومًا"
)

// told counts the messages that came by themselves with words: those that were
// edited are not among them.
func (b both) told(words string) (onTelegram, onWhatsApp int) {
	onTelegram, _ = b.has(words)
	return onTelegram, b.whatsapp.told(words)
}

func (f *friend) told(words string) int {
	return stands(fresh(f.phone.Inbox()), words)
}

func fresh(all []whatsapptest.Message) (out []whatsapptest.Message) {
	for _, m := range all {
		if m.Edits == 0 {
			out = append(out, m)
		}
	}
	return out
}

func (w *world) amends(a web.Amend) news.BroadcastID {
	w.t.Helper()
	id, err := w.program.Acts().Amend(w.t.Context(), a)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// The number is lost after a wrong alert: linked readers are told the right text
// on Telegram. When the number is back, their copies are put right in silence,
// and who has no other chat is told there.
func TestACorrectionGoesAroundALostNumber(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, "per_minute: 300")
		owner := w.owner()
		w.start()
		owner.asks("/start")
		all, mariam := w.crowdOfBoth(3, false), w.joins("مريم")
		alert := w.alert(wrongClosure)
		w.pass(time.Minute)
		if _, onWhatsApp := w.eachOnce(all, wrongClosure); onWhatsApp != len(all) {
			t.Fatalf("%d have the alert on WhatsApp", onWhatsApp)
		}
		w.whatsapp.RemoveDevice()
		w.pass(10 * time.Second)
		w.amends(web.Amend{Broadcast: alert, Words: rightClosure})
		w.pass(5 * time.Minute)
		for _, b := range all {
			if there, here := b.told(rightClosure); there != 1 || here != 0 {
				t.Errorf("%s was told %d times on Telegram and %d times on WhatsApp", b.telegram.name, there, here)
			}
		}
		w.found(owner)
		w.pass(5 * time.Minute)
		for _, b := range all {
			there, here := b.told(rightClosure)
			if wrong := b.whatsapp.has(wrongClosure); there != 1 || here != 0 || wrong != 0 {
				t.Errorf("%s was told %d times on Telegram and %d times on WhatsApp, where %d wrong copies stand", b.telegram.name, there, here, wrong)
			}
		}
		if n := mariam.told(rightClosure); n != 1 {
			t.Errorf("who has WhatsApp alone was told %d times", n)
		}
	})
}

// The number is lost while a correction goes out, and soon back: everybody is
// told once, wherever.
func TestANumberIsLostInACorrection(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, "per_minute: 300")
		owner := w.owner()
		w.start()
		owner.asks("/start")
		all := w.crowdOfBoth(8, false)
		alert := w.alert(wrongClosure)
		w.pass(30 * time.Minute) // too late to be edited: each is told by a message
		w.amends(web.Amend{Broadcast: alert, Words: rightClosure})
		for range 100 {
			if w.pass(100 * time.Millisecond); reached(all, rightClosure) > 1 {
				break
			}
		}
		if n := reached(all, rightClosure); n == 0 || n == len(all) {
			t.Fatalf("%d of %d were told: this test means to be in the middle", n, len(all))
		}
		w.whatsapp.RemoveDevice()
		w.pass(3 * time.Minute)
		if onTelegram, onWhatsApp := w.eachOnce(all, rightClosure); onTelegram == 0 || onWhatsApp == 0 {
			t.Errorf("%d were told on Telegram, %d on WhatsApp", onTelegram, onWhatsApp)
		}
		w.found(owner)
		w.pass(10 * time.Minute)
		w.eachOnce(all, rightClosure)
	})
}

// The number is lost in the middle of an alert, and back before the alert's time
// is over: who was reached on Telegram meanwhile is not reached again.
func TestANumberThatIsSoonBackRepeatsNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, owner, all := losing(t, 8)
		w.pass(7 * time.Minute)
		w.eachOnce(all, closure)
		w.found(owner)
		w.pass(10 * time.Minute)
		w.eachOnce(all, closure)
	})
}

// An alert to WhatsApp alone waits for a number that is lost: its report says
// so, and an editor's bare stop word does not mean it.
func TestAnAlertThatWaitsForALostNumber(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, "per_minute: 60")
		w.start()
		salim := w.editor("سالم")
		w.company(20)
		salim.asks("خبر عاجل: " + closure)
		salim.asks("واتساب فقط")
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		salim.presses("أرسل")
		w.pass(time.Minute / 3)
		w.whatsapp.RemoveDevice()
		w.pass(time.Minute)
		salim.got()
		if report := salim.asks("تقرير 1"); !strings.Contains(report, "الحساب منقطع") {
			t.Errorf("the report is\n%s", report)
		}
		salim.asks("خبر عاجل: مسودة")
		if answer := salim.asks("إلغاء"); strings.Contains(answer, closure) {
			t.Errorf("the stop word stopped what waits:\n%s", answer)
		}
	})
}
