package wire_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// The day of a reader on WhatsApp: the number is paired by QR code, they
// subscribe by a word and by a poll, the digest comes once whatever is
// restarted, and nothing comes after they have left.
func TestWhatsAppDay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim, nur := w.friend("سالم"), w.friend("نور")
		if answer := salim.asks("اشتراك الطقس"); !strings.Contains(answer, "تتابع الآن: الطقس") {
			t.Fatalf("the answer was\n%s", answer)
		}
		nur.asks("اشتراك الطقس")
		if answer := nur.asks("استبيان"); !strings.Contains(answer, "أي الأقسام تحب أن تتابعها؟") {
			t.Fatalf("the answer was\n%s", answer)
		}
		poll := nur.poll()
		if want := []string{"أخبار", "وظائف", "شعر", "لا للشائعات"}; !slices.Equal(poll.Poll.Options, want) {
			t.Errorf("the poll offers %q, want %q", poll.Poll.Options, want)
		}
		if answer := nur.ticks(poll, "وظائف", "شعر"); !strings.Contains(answer, "الطقس، وظائف، شعر") {
			t.Errorf("after a vote the answer was\n%s", answer)
		}
		w.restart() // and the poll is known all the same
		if answer := nur.ticks(poll, "وظائف"); !strings.Contains(answer, "الطقس، وظائف.") {
			t.Errorf("after a second vote the answer was\n%s", answer)
		}
		w.publish("أمطار على جبال الحجر", "weather")
		w.publish("وظيفة في صحار", "jobs")
		w.publish("قصيدة في الوطن", "poetry")
		w.pass(10 * time.Minute)
		salim.gets()
		nur.gets()

		w.until("20:00")
		w.pass(time.Minute)
		digest := strings.Join(salim.got(), "\n---\n")
		if !strings.Contains(digest, "المساء") || !strings.Contains(digest, "أمطار على جبال الحجر") ||
			strings.Contains(digest, "وظيفة") || strings.Contains(digest, "الأرشيف") || strings.Contains(digest, "---") {
			t.Errorf("at eight came\n%s", digest)
		}
		digest = strings.Join(nur.got(), "\n---\n")
		if !strings.Contains(digest, "أمطار") || !strings.Contains(digest, "وظيفة في صحار") || strings.Contains(digest, "قصيدة") {
			t.Errorf("at eight came\n%s", digest)
		}
		w.restart()
		w.pass(20 * time.Minute)
		salim.gets()
		nur.gets()

		w.publish("ضباب على الساحل", "weather")
		if answer := salim.asks("إلغاء"); !strings.Contains(answer, "توقفت") {
			t.Errorf("the answer was\n%s", answer)
		}
		w.until("20:00")
		w.pass(time.Minute)
		salim.gets()
		nur.gets("ضباب على الساحل")
	})
}

// Breaking news comes when it happens, except to those who do not want it; at
// night it waits for those who sleep, and a pause holds everything back.
func TestWhatsAppBreaking(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim, nur := w.joins("سالم"), w.joins("نور", "إلغاء العاجل")
		hamad, mariam := w.joins("حمد", "الليل لا"), w.joins("مريم")
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.pass(w.turn() + 4*time.Minute)
		salim.gets("عاجل | إغلاق طريق الوادي")
		hamad.gets("إغلاق طريق الوادي")
		mariam.gets("إغلاق طريق الوادي")
		nur.gets()
		mariam.asks("استراحة")
		if answer := mariam.asks("٢"); !strings.Contains(answer, "توقفت الرسائل كلها") { // for a week
			t.Errorf("the answer to a wish for a pause was\n%s", answer)
		}
		w.until("20:00")
		nur.gets("إغلاق طريق الوادي") // what the others have had is not repeated to them
		for _, f := range []*friend{salim, hamad, mariam} {
			f.gets()
		}

		w.until("23:00")
		w.publish("زلزال خفيف في البحر", "news", "urgent")
		w.pass(w.turn() + 4*time.Minute)
		salim.gets("زلزال خفيف")
		hamad.gets()
		mariam.gets()
		w.until("20:00")
		w.pass(time.Minute)
		hamad.gets("زلزال خفيف") // in the digest
		nur.gets("زلزال خفيف")
		salim.gets()
		mariam.gets()
	})
}

// A person on WhatsApp does not get every article by itself, whatever they
// ask for: that is how numbers get locked.
func TestWhatsAppIsNoTicker(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.config += "readers: {pace: each}\n"
		w.start()
		nur := w.joined("نور")
		salim := w.joins("سالم", "كل خبر")
		for i := range 3 {
			w.publish(fmt.Sprintf("خبر رقم %d", i+1), "news")
		}
		w.pass(10 * time.Minute)
		salim.gets()
		if got := nur.got(); len(got) != 3 {
			t.Errorf("on Telegram came %q", got)
		}
		w.until("20:00")
		w.pass(time.Minute)
		if digest := strings.Join(salim.got(), "\n---\n"); strings.Count(digest, ". خبر رقم") != 3 || strings.Contains(digest, "---") {
			t.Errorf("at eight came\n%s", digest)
		}
	})
}

// The channels that the configuration names get the digest and the breaking
// news of their sections, once, and the readers theirs.
func TestWhatsAppChannel(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newUnpaired(t)
		all := w.whatsapp.NewNewsletter("عاشق عُمان", "", whatsapptest.RoleAdmin)
		jobs := w.whatsapp.NewNewsletter("وظائف", "", whatsapptest.RoleOwner)
		w.config += fmt.Sprintf("  channels:\n    - {chat: %q, slots: [evening]}\n    - {chat: %q, sections: [jobs], breaking: false}\n", all.JID(), jobs.JID())
		w.pairByQR()
		w.start()
		salim := w.joins("سالم")
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.publish("وظيفة في صحار", "jobs")
		w.pass(w.turn() + 4*time.Minute)
		salim.gets("عاجل | إغلاق طريق الوادي")
		if got := posted(all); len(got) != 1 || !strings.Contains(got[0], "عاجل | إغلاق طريق الوادي") {
			t.Errorf("in the channel stands %q", got)
		}
		if got := posted(jobs); len(got) != 0 {
			t.Errorf("in the other channel stands %q", got)
		}
		w.restart()
		w.until("20:00")
		w.pass(time.Minute)
		salim.gets("وظيفة في صحار")
		if got := posted(all); len(got) != 2 || !strings.Contains(got[1], "وظيفة في صحار") || strings.Contains(got[1], "الوادي") {
			t.Errorf("in the channel stands %q", got)
		}
		if got := posted(jobs); len(got) != 1 || !strings.Contains(got[0], "وظيفة في صحار") {
			t.Errorf("in the other channel stands %q", got)
		}
	})
}

// One broadcast reaches a reader on Telegram and one on WhatsApp, each once,
// through a restart in the middle of it.
func TestBothNetworks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const readers, words = 60, "إغلاق طريق الوادي"
		w := newWhatsApp(t)
		w.network.AnyChat = true
		w.start()
		friends := w.company(readers)
		w.crowd(readers)
		id := w.alert(words)
		w.pass(2 * time.Second)
		if n := have(friends, words); n == 0 || n == readers {
			t.Fatalf("%d of %d have it on WhatsApp: this test means to be in the middle", n, readers)
		}
		w.restart()
		w.pass(time.Minute)
		w.eachHas(friends, words)
		w.onceEach(words, readers)
		w.delivered(id, 2*readers)
	})
}
