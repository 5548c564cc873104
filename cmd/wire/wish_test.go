package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

// say drafts an alert to everybody, weighs it where words say so, and sends it.
func (r *reader) sends(words string, more ...string) {
	r.w.t.Helper()
	r.asks("خبر عاجل: " + words)
	for _, m := range append([]string{"للجميع"}, more...) {
		r.asks(m)
	}
	r.presses("أرسل")
	r.w.pass(20 * time.Second)
	r.got()
}

// An alert reaches those who want it: an important one those, too, who want the
// important only; nobody who has switched breaking news off.
func TestAlertLevels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		all, important := w.joined("نور"), w.joined("ليلى", "المهم فقط")
		night, off := w.joined("هند", "بلا عاجل ليلًا"), w.joined("علي", "أوقف العاجل")
		salim := w.editor("سالم")
		salim.sends("إغلاق طريق الوادي")
		for _, r := range []*reader{all, important, night} {
			r.gets("إغلاق طريق الوادي")
		}
		salim.sends("افتتاح مكتبة", "عادي")
		important.gets()
		for _, r := range []*reader{all, night} {
			r.gets("افتتاح مكتبة")
		}
		w.until("22:30")
		for _, r := range []*reader{all, important, night, off} {
			r.got() // the digest
		}
		salim.sends("سيل في الوادي")
		for _, r := range []*reader{all, important} {
			r.gets("سيل في الوادي")
		}
		night.gets()
		off.gets()
		w.until("07:30")
		night.gets("سيل في الوادي")
		off.gets()
	})
}

// The button under an alert asks for less: one tap, on the presser's own chat
// alone, and it stays under the alert when that is corrected.
func TestLessOfThis(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		owner := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		chat := w.network.AddChannel("عاشق عُمان", "oman_weather", owner)
		chat.Promote(w.bot, owner, telegramtest.AllRights())
		w.config = strings.Replace(sample, "telegram: {}", "telegram:\n  channels:\n    - {chat: \"@oman_weather\", sections: [weather], slots: [noon]}", 1)
		w.start()
		channel := w.in(owner, chat, "القناة")
		nur, layla := w.joined("نور"), w.joined("ليلى")
		salim := w.editor("سالم")
		salim.asks("خبر عاجل: إغلاق طريق الوادي شهرًا")
		salim.asks("إلى الطقس")
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		const label = "أقل من هذا"
		if got := nur.button("شهرًا", label); got != "1:less:weather" {
			t.Errorf("the button holds %q", got)
		}
		if got := channel.button("شهرًا", label); got != "" {
			t.Errorf("a channel has the button %q", got)
		}
		salim.asks("خطأ مطبعي إغلاق طريق الوادي يومًا")
		salim.presses("أرسل")
		w.pass(30 * time.Second)
		if got := nur.button("يومًا", label); got != "1:less:weather" {
			t.Errorf("after the correction the button holds %q", got)
		}
		if got := channel.button("يومًا", label); got != "" {
			t.Errorf("after the correction a channel has the button %q", got)
		}

		nur.got()
		nur.presses(label)
		w.pass(5 * time.Second)
		nur.gets("تقليل العاجل")
		nur.presses("أوقف العاجل")
		w.pass(5 * time.Second)
		nur.gets() // in place
		if nur.shows("الأخبار العاجلة لا تصلك") == "" || nur.shows("إغلاق طريق الوادي يومًا") == "" {
			t.Error("the answer took the place of something else")
		}
		layla.got()
		salim.sends("افتتاح مكتبة")
		nur.gets()
		layla.gets("افتتاح مكتبة")
	})
}

// button returns what a button under the newest message with words holds.
func (r *reader) button(words, label string) string {
	all := r.chat.FromBots()
	for i := len(all) - 1; i >= 0; i-- {
		if !strings.Contains(all[i].Text, words) {
			continue
		}
		for _, row := range all[i].Buttons {
			for _, b := range row {
				if b.Text == label {
					return b.Data
				}
			}
		}
		return ""
	}
	return fmt.Sprintf("no message with %q", words)
}

// A correction is told to everybody who got the error, whatever they have
// chosen since, by day and by night; not to who has left.
func TestCorrectionIsNeverSuppressed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		choices := []string{"أوقف العاجل", "المهم فقط", "بلا عاجل ليلًا", "استراحة أسبوع", "اشتراك وظائف"}
		var told []*reader
		for i := range choices {
			told = append(told, w.joined(fmt.Sprint("قارئ ", i)))
		}
		left := w.joined("نور")
		never := w.joined("هند", "أوقف العاجل")
		w.until("21:30")
		salim := w.editor("سالم")
		salim.sends("إغلاق طريق الوادي شهرًا", "عادي")
		w.until("22:30")
		for i, r := range told {
			r.asks(choices[i])
		}
		left.asks("إلغاء")
		never.got()
		salim.asks("تصحيح إغلاق طريق الوادي يومًا")
		salim.presses("أرسل")
		w.pass(30 * time.Second)
		for _, r := range told {
			r.gets("تصحيح | إغلاق طريق الوادي يومًا")
		}
		left.gets()
		never.gets()
	})
}
