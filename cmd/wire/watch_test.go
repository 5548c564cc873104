package wire_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// A reader tells the newsroom something, whoever is on duty hears of it and
// answers, and the answer reaches the reader.
func TestTipAndAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		nur := w.joined("نور")
		if got := nur.asks("بلّغ أُغلق طريق نزوى بسبب السيول"); !strings.Contains(got, "وصل بلاغك") || !strings.Contains(got, "«نور»") {
			t.Fatalf("the reader is told\n%s", got)
		}
		nur.presses("اذكروا اسمي")
		w.pass(5 * time.Second)
		salim.gets("ينتظرك بلاغ واحد")
		for range 3 {
			nur.asks("بلّغ ما زال الطريق مغلقًا")
		}
		if got := salim.asks("بلاغات"); !strings.Contains(got, "1. ") || !strings.Contains(got, "من: نور") || strings.Count(got, "من: نور") != 1 {
			t.Errorf("the tips are\n%s", got)
		}
		nur.got()
		if got := salim.asks("رد 1 نعم، الطريق مغلق حتى المساء"); !strings.Contains(got, "أُرسل الرد على البلاغ 1") {
			t.Errorf("the editor is told\n%s", got)
		}
		nur.gets("نعم، الطريق مغلق حتى المساء")
		salim.presses("بلاغ رقم 2")
		w.pass(5 * time.Second)
		salim.gets("ما زال الطريق مغلقًا")
		salim.presses("أغلق البلاغ 2")
		w.pass(5 * time.Second)
		nur.gets("اطلعت هيئة التحرير")
		w.later(time.Hour)
		salim.gets("ينتظرك بلاغان") // what came within the hour, at once
		if got := nur.asks("بياناتي"); !strings.Contains(got, "4 بلاغات") {
			t.Errorf("the reader's data are\n%s", got)
		}
		nur.asks("احذف بياناتي")
		nur.asks("نعم")
		if got := salim.asks("بلاغات"); got != "لا بلاغات تنتظر." {
			t.Errorf("after the reader was forgotten there are\n%s", got)
		}
	})
}

// A site's guard turns us away: the one on duty hears it once, nobody else
// does, and hears when it is over.
func TestBlockedSourceIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		huda := w.hired(salim, "هدى")
		huda.asks("مناوبة 00:00-24:00")
		w.later(time.Hour)
		salim.gets()
		huda.gets()
		w.site.Misbehave(feedtest.All, feedtest.Challenge())
		w.pass(15 * time.Minute)
		w.later(2 * time.Hour)
		huda.gets("يمنعنا حارس موقع المصدر «site»")
		w.restart()
		w.pass(30 * time.Minute)
		huda.gets()
		w.site.Behave()
		w.later(7 * time.Hour)
		huda.gets("عادت قراءة مصدر الأخبار «site»")
		salim.gets()
		w.site.Misbehave(feedtest.All, feedtest.Challenge())
		huda.asks("مناوبة حذف")
		w.later(2 * time.Hour)
		huda.gets("يمنعنا حارس")
		salim.gets("يمنعنا حارس")
	})
}

// hired is an editor whom another one has invited.
func (w *world) hired(by *reader, name string) *reader {
	w.t.Helper()
	_, code, ok := strings.Cut(by.asks("محررون إضافة محرر "+name), ": ")
	if !ok {
		w.t.Fatal("there is no code")
	}
	r := w.reader(name)
	if got := r.asks(code[:14]); !strings.Contains(got, "مكتب التحرير") {
		w.t.Fatalf("the answer to the code is\n%s", got)
	}
	return r
}

// A source that publishes all day and then nothing is silent after six hours,
// not counting the night.
func TestSilentSourceIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		for i := range 12 {
			w.publish("خبر جديد رقم "+strings.Repeat("ا", i+1), "jobs")
			w.later(45 * time.Minute)
		}
		told := func() (n int) {
			for _, text := range salim.got() {
				if strings.Contains(text, "أطول من عادته") {
					n++
				}
			}
			return n
		}
		told()
		w.later(5 * time.Hour)
		if n := told(); n != 0 {
			t.Errorf("at %s it was told already", w.hour())
		}
		w.later(9*time.Hour + 30*time.Minute) // most of it night
		if n := told(); n != 0 {
			t.Errorf("at %s the night was counted", w.hour())
		}
		w.later(4 * time.Hour)
		if n := told(); n != 1 {
			t.Errorf("at %s it was told %d times", w.hour(), n)
		}
		w.later(24 * time.Hour)
		if n := told(); n != 0 {
			t.Errorf("it was told %d times more", n)
		}
		w.publish("عودة الأخبار", "jobs")
		w.later(time.Hour)
		if got := strings.Join(salim.got(), "\n"); !strings.Contains(got, "انتهى خلل") {
			t.Errorf("when it was over: %s", got)
		}
	})
}

// A disk that fills is told of at each step, and not again while it hovers.
func TestFullDiskIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		var free atomic.Uint64
		free.Store(1 << 30)
		w.free = func(string) (uint64, error) { return free.Load(), nil }
		w.start()
		salim := w.editor("سالم")
		w.pass(10 * time.Minute)
		salim.gets()
		for _, step := range []struct {
			mb   uint64
			want []string
		}{
			{255, []string{"يوشك أن يمتلئ: بقي 255"}}, {250, nil}, {257, nil}, {254, nil},
			{10, []string{"امتلأ قرص قاعدة البيانات"}}, {300, nil}, {400, []string{"متسع"}}, {400, nil},
		} {
			free.Store(step.mb << 20)
			w.pass(3 * time.Minute)
			salim.gets(step.want...)
		}
	})
}

// The machine's clock goes wrong, and jumps: each is told once.
func TestWrongClockIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		began := time.Now()
		w.steady = func() time.Duration { return time.Since(began) }
		right := w.clock.ahead.Load()
		w.dated = func() time.Time { return time.Now().Add(time.Duration(right)) }
		w.start()
		salim := w.editor("سالم")
		w.pass(10 * time.Minute)
		salim.gets()
		w.clock.move(5 * time.Minute)
		w.pass(2 * time.Minute)
		got := strings.Join(salim.got(), "\n")
		if !strings.Contains(got, "قفزت ساعة الخادم 5 دقائق") || !strings.Contains(got, "ساعة الخادم متقدمة") {
			t.Errorf("the editor is told\n%s", got)
		}
		w.pass(30 * time.Minute)
		salim.gets()
		w.clock.move(-5 * time.Minute)
		w.pass(2 * time.Minute)
		if got := strings.Join(salim.got(), "\n"); !strings.Contains(got, "ساعة الخادم صحيحة") {
			t.Errorf("when it is right again\n%s", got)
		}
	})
}

// Telegram takes the token back: those on duty hear of it on WhatsApp, once.
func TestRevokedTokenIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.editor("سالم")
		_, code, _ := strings.Cut(salim.asks("مقعد"), ": ")
		friend := w.company(1)[0]
		if got := friend.asks(code[:14]); !strings.Contains(got, "مكتب التحرير") {
			t.Fatalf("the answer to the code is\n%s", got)
		}
		w.bot.Revoke()
		w.pass(10 * time.Minute)
		w.pass(10 * time.Minute)
		friend.gets("رفض تلغرام رمز البوت")
		w.bot.Restore()
		w.restart()
		w.pass(10 * time.Minute)
		friend.gets("انتهى خلل")
		salim.gets("انتهى خلل")
	})
}

// The number is logged out: those on duty hear of it on Telegram, and hear when
// it is linked again.
func TestLostNumberIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.editor("سالم")
		w.pass(5 * time.Minute)
		salim.gets()
		w.whatsapp.RemoveDevice()
		w.pass(10 * time.Minute)
		salim.gets("انقطع ربط رقم واتساب")
		w.restart()
		w.pass(10 * time.Minute)
		salim.gets()
	})
}

// An owner who is on duty hears of it with those on duty, and not twice; one who
// is not has word of their own.
func TestOwnerHearsOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		owner := w.owner()
		w.start()
		owner.asks(w.claim)
		w.whatsapp.RemoveDevice()
		w.pass(2 * time.Minute)
		hears(owner, "خلل:", "انقطع ربط رقم واتساب", "«اربط واتساب»")
		w.pairByCode(owner)
		w.pass(2 * time.Minute)
		if got := strings.Join(owner.got(), "\n---\n"); strings.Count(got, "---") != 1 || !strings.Contains(got, "ارتبط رقم واتساب من جديد") || !strings.Contains(got, "انتهى خلل") {
			t.Errorf("the owner got\n%s", got) // the two come from two rooms, in either order
		}
		huda := w.hired(owner, "هدى")
		huda.asks("مناوبة 00:00-24:00")
		w.whatsapp.RemoveDevice()
		w.pass(2 * time.Minute)
		hears(owner, "انقطع ربط رقم واتساب", "لإعادة الربط أرسل: اربط واتساب")
		hears(huda, "خلل:", "انقطع ربط رقم واتساب")
	})
}
