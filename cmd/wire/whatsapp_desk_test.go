package wire_test

import (
	"strings"
	"testing"
	"time"
)

// An editor without buttons claims the desk on WhatsApp, sends an alert by words
// and numbers, and corrects it. There it counts down longer; readers of both
// networks get it.
func TestDeskOnWhatsApp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const wrong, right = "إغلاق طريق الوادي شهرًا", "إغلاق طريق الوادي يومًا"
		w := newWhatsApp(t)
		w.start()
		nur, maryam := w.joined("نور"), w.joins("مريم")
		salim := w.friend("سالم")
		says := func(text string, words ...string) {
			t.Helper()
			got := salim.asks(text)
			for _, one := range words {
				if !strings.Contains(got, one) {
					t.Fatalf("the answer to %q does not say %q:\n%s", text, one, got)
				}
			}
		}
		says(w.claim, "مكتب التحرير", "مالك")
		says("خبر عاجل: "+wrong, "عاجل | "+wrong, "النسخة 1", "إلى: لم تُختر الوجهة بعد")
		says("للجميع", "تلغرام: قارئ واحد", "واتساب: قارئ واحد", "تأكيد 1.2")
		says("تأكيد 1.1", "نسخة قديمة")
		began := w.clock.Now()
		says("تأكيد ١٫٢", "عدّ تنازلي", "15 ثانية")
		nur.gets()
		maryam.gets()
		w.pass(time.Minute)
		nur.gets("عاجل | " + wrong)
		maryam.gets("عاجل | " + wrong)
		first := w.sends("عاجل | " + wrong)[0].At
		if after := first.Sub(began); after < 15*time.Second || after > 18*time.Second {
			t.Errorf("the first copy went out %v after the confirmation", after)
		}
		if got := strings.Join(salim.got(), "\n"); !strings.Contains(got, "خبر عاجل رقم 1: اكتمل") || !strings.Contains(got, "وصل إلى: قارئان") {
			t.Errorf("the report is\n%s", got)
		}

		says("تصحيح 1: "+right, "تصحيح رقم 2: بانتظار التأكيد", "تأكيد 2.1")
		says("تأكيد 2.1", "15 ثانية")
		w.pass(time.Minute)
		nur.gets("تصحيح | " + right)
		maryam.gets("تصحيح | " + right)
		if text := shown(nur); !strings.Contains(text, "عاجل | "+right) || strings.Contains(text, "عاجل | "+wrong) {
			t.Errorf("on Telegram stands\n%s", text)
		}
		if maryam.has("عاجل | "+right) != 1 || maryam.has("عاجل | "+wrong) != 0 {
			t.Errorf("on WhatsApp stand %d alerts with the right text, %d with the wrong one", maryam.has("عاجل | "+right), maryam.has("عاجل | "+wrong))
		}
		if got := strings.Join(salim.got(), "\n"); !strings.Contains(got, "تصحيح رقم 2: اكتمل") || !strings.Contains(got, "نسخ عُدِّلت: 2") {
			t.Errorf("the report of the correction is\n%s", got)
		}
	})
}
