package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// defaultCaps take the caps out of the configuration.
var defaultCaps = []string{"per_minute:", "per_day:", "new_per_day:"}

// On the first day two people may be written to who have not written. The
// others wait, and they alone: the channel, a reader who is known and answers
// have nothing to do with it.
func TestCapOfStrangersHoldsStrangersOnly(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newUnpaired(t, defaultCaps...)
		channel := w.whatsapp.NewNewsletter("عاشق عُمان", "", whatsapptest.RoleAdmin)
		w.config += fmt.Sprintf("  channels:\n    - {chat: %q}\n", channel.JID())
		w.pairByQR()
		w.start()
		salim := w.joins("سالم")
		w.pass(15 * time.Minute)
		friends := w.company(8)
		w.alert(closure)
		w.pass(5 * time.Minute)
		salim.gets(closure)
		if n := have(friends, closure); n != 2 {
			t.Errorf("%d strangers have the alert on the first day, want 2", n)
		}
		if answer := salim.asks("مساعدة"); answer == "" {
			t.Error("a reader is not answered while strangers wait")
		}
		const second = "فتح طريق الوادي"
		w.alert(second)
		w.pass(5 * time.Minute)
		salim.gets(second)
		if got := posted(channel); len(got) != 2 {
			t.Errorf("in the channel stands %q", got)
		}
		if n := have(friends, second); n != 2 {
			t.Errorf("%d have the second alert, want the 2 whom the first has reached", n)
		}
		if answer := friends[7].asks("مساعدة"); answer == "" {
			t.Error("a stranger who has written is not answered")
		}
		w.alert("انتهت الأعمال")
		w.pass(5 * time.Minute)
		if friends[7].has("انتهت الأعمال") != 1 {
			t.Error("who has written is a stranger no more, and has no alert")
		}
	})
}

// Where a person answers by hand, the bot keeps quiet, and nowhere else; words
// for leaving are answered there, too.
func TestAnsweringByHandHoldsThoseChatsOnly(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, append(defaultCaps, "new_per_day: -1")...)
		w.start()
		friends := w.company(8)
		for _, f := range friends[2:4] {
			f.phone.Send("سؤال")
			w.pass(time.Minute)
			w.whatsapp.Phone().Send(f.phone, "أهلا")
		}
		w.pass(time.Minute)
		w.alert(closure)
		w.pass(10 * time.Minute)
		if n := have(friends, closure); n != 6 {
			t.Errorf("%d of 8 have the alert, want all but two", n)
		}
		if answer := friends[0].asks("مساعدة"); answer == "" {
			t.Error("a reader is not answered")
		}
		if answer := friends[2].asks("إلغاء"); !strings.Contains(answer, "توقفت") {
			t.Errorf("who wants to leave was answered\n%s", answer)
		}
	})
}

// When the day is full, readers are answered all the same, also after a letter
// to an editor was held back; and the editor gets it with the next answer.
func TestFullDayHoldsNoAnswers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, defaultCaps...)
		w.start()
		salim := w.friend("سالم")
		if got := salim.asks(w.claim); !strings.Contains(got, "مكتب التحرير") {
			t.Fatalf("claiming the desk is answered with\n%s", got)
		}
		var friends []*friend
		for i := range 10 {
			friends = append(friends, w.joins(fmt.Sprint("قارئ ", i+1)))
		}
		w.pass(15 * time.Minute)
		for i := range 11 { // a hundred messages are the first day's
			w.alert(fmt.Sprint("خبر رقم ", i+1, "."))
			w.pass(2 * time.Minute)
		}
		if n := have(friends, "خبر رقم 11."); n == len(friends) {
			t.Fatal("all have the last alert: this test means to fill the day")
		}
		salim.got()
		nur := w.joined("نور")
		for _, words := range []string{"بلّغ", "سيل جرف الطريق إلى القرية", "نعم"} {
			nur.asks(words)
		}
		w.pass(5 * time.Minute)
		salim.gets() // the day is full
		for _, f := range friends[:3] {
			if answer := f.asks("مساعدة"); answer == "" {
				t.Errorf("%s is not answered after a letter was held back", f.phone.Name())
			}
		}
		if got := salim.asks("بلاغات"); !strings.Contains(got, "سيل جرف الطريق") {
			t.Errorf("the editor was answered\n%s", got)
		}
		if n := salim.has("بلاغ"); n < 2 {
			t.Errorf("the editor has %d messages about tips, want the letter and the answer", n)
		}
	})
}

// That the day is full is told once, not at every message that is held back: to
// those on duty, who do not hear it again after a start, or to the owner.
func TestFullDayIsTold(t *testing.T) {
	for name, duty := range map[string]bool{"to the owner": false, "to those on duty": true} {
		t.Run(name, func(t *testing.T) { bubble(t, func(t *testing.T) { fullDay(t, duty) }) })
	}
}

func fullDay(t *testing.T, duty bool) {
	w := newWhatsApp(t, append(defaultCaps, "per_day: 20", "new_per_day: -1")...)
	owner := w.owner()
	w.start()
	owner.asks("/start")
	if duty {
		owner.asks(w.claim)
	}
	w.company(3)
	told := func(want int) {
		t.Helper()
		for range 4 {
			w.alert(fmt.Sprint("خبر الساعة ", w.clock.Now().Format("15:04"), "."))
			w.pass(2 * time.Minute)
		}
		got := strings.Join(owner.got(), "\n")
		if n := strings.Count(got, "استُنفدت رسائل اليوم من رقم واتساب، فلا يُرسل شيء إلى الأفراد حتى"); n != want {
			t.Errorf("the owner was told %d times, want %d:\n%s", n, want, got)
		}
	}
	told(1)
	if duty {
		w.restart()
	}
	told(0)
}

// One reader whom the network always refuses costs the others nothing, not even
// an hour, and gets what comes after they have written.
func TestOneRefusedReaderClosesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, defaultCaps...)
		owner := w.owner()
		w.start()
		owner.asks("/start")
		var friends []*friend
		for i := range 12 {
			friends = append(friends, w.joins(fmt.Sprint("قارئ ", i+1)))
		}
		w.pass(15 * time.Minute)
		bad := friends[2]
		others := append(friends[:2:2], friends[3:]...)
		w.whatsapp.RefuseWhen(func(to types.JID, _ whatsapptest.Sent) int {
			if to.User == bad.phone.LID().User {
				return whatsapptest.AckStranger
			}
			return 0
		})
		for day, title := range []string{"افتتاح مكتبة", "موسم الحصاد في الجبل", "سباق الهجن"} {
			alert := fmt.Sprint("خبر اليوم ", day+1, ".")
			w.until("10:00")
			w.alert(alert)
			w.publish(title, "news")
			w.pass(15 * time.Minute)
			w.eachHas(others, alert)
			w.until("20:00")
			w.pass(15 * time.Minute)
			w.eachHas(others, title)
		}
		if told := strings.Join(owner.got(), "\n"); strings.Contains(told, "قيّد واتساب") {
			t.Errorf("the owner was told\n%s", told)
		}
		tries := 0
		for _, s := range w.whatsapp.Sent() {
			if s.Error == whatsapptest.AckStranger {
				tries++
			}
		}
		if tries == 0 || tries > 4 {
			t.Errorf("the refused reader was tried %d times in three days", tries)
		}
		w.whatsapp.RefuseWhen(nil)
		if answer := bad.asks("مساعدة"); answer == "" {
			t.Error("who has written is not answered")
		}
		w.alert(closure)
		w.pass(5 * time.Minute)
		w.eachHas(friends, closure)
	})
}
