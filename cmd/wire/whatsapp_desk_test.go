package wire_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
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

		says("خبر عاجل: خبر لا يعنيه الرد", "خبر عاجل رقم 2: بانتظار التأكيد")
		inbox := salim.phone.Inbox()
		report := inbox[slices.IndexFunc(inbox, func(m whatsapptest.Message) bool { return strings.Contains(bare(m.Text), "رقم 1: اكتمل") })]
		salim.phone.Answer(report.ID, "تصحيح "+right)
		w.pass(10 * time.Second)
		if got := strings.Join(salim.got(), "\n"); !strings.Contains(got, "تصحيح رقم 3: بانتظار التأكيد") || !strings.Contains(got, "تأكيد 3.1") {
			t.Fatalf("the answer to the report is answered with\n%s", got)
		}
		says("تأكيد 3.1", "15 ثانية")
		w.pass(time.Minute)
		nur.gets("تصحيح | " + right)
		maryam.gets("تصحيح | " + right)
		if text := shown(nur); !strings.Contains(text, "عاجل | "+right) || strings.Contains(text, "عاجل | "+wrong) {
			t.Errorf("on Telegram stands\n%s", text)
		}
		if maryam.has("عاجل | "+right) != 1 || maryam.has("عاجل | "+wrong) != 0 {
			t.Errorf("on WhatsApp stand %d alerts with the right text, %d with the wrong one", maryam.has("عاجل | "+right), maryam.has("عاجل | "+wrong))
		}
		if got := strings.Join(salim.got(), "\n"); !strings.Contains(got, "تصحيح رقم 3: اكتمل") || !strings.Contains(got, "نسخ عُدِّلت: 2") {
			t.Errorf("the report of the correction is\n%s", got)
		}
	})
}
