package wire_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// An hour without network in the middle of a digest: who wrote meanwhile is
// answered, and everybody has the digest once.
func TestWhatsAppNetworkIsDown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, "per_minute: 60 # instead")
		w.start()
		friends := w.company(20)
		salim := friends[0]
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		if n := have(friends, "افتتاح مكتبة"); n == 0 || n == len(friends) {
			t.Fatalf("%d of %d have the digest: this test means to be in the middle", n, len(friends))
		}
		w.whatsapp.NetworkDown(true)
		salim.phone.Send("مساعدة")
		w.pass(time.Hour)
		if w.logged("level=ERROR") > 0 {
			t.Error("a network that is down is no error of ours")
		}
		w.whatsapp.NetworkDown(false)
		w.pass(3 * time.Minute)
		w.eachHas(friends, "افتتاح مكتبة")
		if n := salim.has("استراحة"); n != 1 {
			t.Errorf("%s was answered %d times", salim.phone.Name(), n)
		}
		if n := w.whatsapp.Pending(); n > 0 {
			t.Errorf("%d events were not acknowledged", n)
		}
	})
}

// Acknowledgements that are lost, and connections that are cut: what is sent
// again has the id of the first, so that no phone shows it twice.
func TestWhatsAppLosesAcks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		friends := w.company(12)
		w.whatsapp.LoseAcks(3, true)
		w.whatsapp.DuplicateNext(5)
		id := w.alert(closure)
		w.pass(3 * time.Minute)
		w.eachHas(friends, closure)
		w.delivered(id, len(friends))
		repeats := 0
		for _, f := range friends {
			for _, a := range f.phone.Arrivals() {
				if a.Repeat {
					repeats++
				}
			}
		}
		if repeats == 0 {
			t.Error("nothing was sent again, although words of the network were lost")
		}
	})
}

// A contact who writes a thousand messages in a minute, a status and a
// broadcast list: others are answered as promptly as ever.
func TestWhatsAppFlood(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim, wild, crier := w.joins("سالم"), w.joins("حمد"), w.friend("مريم")
		before := w.clock.Now()
		for i := range 1000 {
			wild.phone.Send("اشتراك الطقس")
			if i == 700 {
				crier.phone.PostStatus("صباح الخير")
				crier.phone.SendBroadcast("جمعة مباركة")
				salim.phone.Send("مساعدة")
			}
			w.pass(60 * time.Millisecond)
		}
		if took := w.clock.Now().Sub(before); took > 70*time.Second {
			t.Fatalf("it took %v", took)
		}
		if n := salim.has("استراحة"); n != 1 {
			t.Errorf("another reader was answered %d times while somebody floods", n)
		}
		w.pass(time.Minute)
		if n := len(wild.got()); n == 0 || n > 40 {
			t.Errorf("the flood was answered %d times", n)
		}
		if n := len(crier.got()); n > 0 {
			t.Errorf("a status and a broadcast list were answered %d times", n)
		}
		if n := w.whatsapp.Pending(); n > 0 {
			t.Errorf("%d events were not acknowledged", n)
		}
		if answer := wild.asks("إلغاء"); !strings.Contains(answer, "توقفت") {
			t.Errorf("who wants to leave was answered\n%s", answer)
		}
	})
}

// What is no text: it is answered as on Telegram, or not at all, and the
// program lives.
func TestWhatsAppOddMessages(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.friend("سالم")
		salim.phone.SendKind(whatsapptest.KindVoice) // a first word like any other
		w.pass(10 * time.Second)
		if got := strings.Join(salim.got(), "\n"); !strings.Contains(got, "من الآن يصلك الموجز") {
			t.Errorf("a voice note was answered with\n%s", got)
		}
		for _, kind := range []whatsapptest.Kind{whatsapptest.KindSticker, whatsapptest.KindLocation, whatsapptest.KindImage, whatsapptest.KindContact, whatsapptest.KindDocument} {
			salim.phone.SendKind(kind)
			w.pass(time.Minute)
			if n := len(salim.got()); n > 1 {
				t.Errorf("a message of the kind %s was answered %d times", kind, n)
			}
		}
		id := salim.phone.SendVanishing("اشتراك وظائف")
		w.pass(10 * time.Second)
		salim.gets("وظائف")
		salim.phone.Edit(id, "اشتراك شعر") // what was done stays done
		salim.phone.React(salim.phone.Inbox()[0].ID, "👍")
		salim.phone.Revoke(id)
		salim.phone.Forward("عاجل: إشاعة")
		w.pass(time.Minute)
		if got := salim.got(); len(got) > 2 || strings.Contains(strings.Join(got, "\n"), "شعر.") {
			t.Errorf("came %q", got)
		}
		w.alert(closure)
		w.pass(10 * time.Second)
		salim.gets(closure)
	})
}

// The network's clock is a day ahead of ours, or behind it: readers join, are
// answered and get everything at our hours, once.
func TestWhatsAppClocksDisagree(t *testing.T) {
	for name, skew := range map[string]time.Duration{"ahead": 24 * time.Hour, "behind": -24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				w := newUnpaired(t)
				w.skew.Store(int64(skew))
				w.pairByQR()
				w.start()
				salim := w.joins("سالم", "اشتراك الطقس")
				w.alert(closure)
				w.pass(time.Minute)
				salim.gets(closure)
				w.publish("أمطار على جبال الحجر", "weather")
				w.until("20:00")
				w.pass(time.Minute)
				salim.gets("أمطار على جبال الحجر")
				if answer := salim.asks("مساعدة"); answer == "" {
					t.Error("no answer")
				}
			})
		})
	}
}

// Our own clock is set a day back and forth while the program runs.
func TestWhatsAppOurClockIsWrong(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.joins("سالم")
		for _, by := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
			w.clock.move(by)
			w.skew.Add(-int64(by)) // the network's stays
			w.program.Woken()
			w.pass(10 * time.Second)
			if answer := salim.asks("مساعدة"); answer == "" {
				t.Errorf("no answer %v later", by)
			}
		}
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		w.pass(time.Minute)
		salim.gets("افتتاح مكتبة")
	})
}
