package wire_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// ending is a way in which WhatsApp takes the number away: how it comes, what
// those on duty are told, and to do; how it becomes another one, and how it is
// over.
type ending struct {
	comes func(*world, *friend)
	told  string
	do    string

	changes func(*world)
	then    string
	over    func(*world, *reader) // nil: a restart ends it
}

func refuses(f whatsapptest.Failure) func(*world, *friend) {
	return func(w *world, _ *friend) { w.whatsapp.FailLogins(f) }
}

func banned(d time.Duration) whatsapptest.Failure {
	return whatsapptest.Failure{Reason: 402, Code: 104, Expire: d}
}

// again is refused again: with another failure at the next login.
func again(f whatsapptest.Failure) func(*world) {
	return func(w *world) {
		w.whatsapp.FailLogins(f)
		w.restart()
	}
}

// paired lets the owner link the number again from the chat.
func paired(w *world, owner *reader) {
	w.whatsapp.AllowLogins()
	w.pairByCode(owner)
	w.pass(30 * time.Second)
	owner.gets("ارتبط رقم واتساب من جديد")
}

func waited(d time.Duration) func(*world, *reader) {
	return func(w *world, _ *reader) {
		w.whatsapp.AllowLogins()
		w.clock.move(d)
		w.program.Woken()
	}
}

func answers(code int) func(*world, *friend) {
	return func(w *world, f *friend) {
		w.whatsapp.RefuseNext(code)
		f.phone.Send("مساعدة")
	}
}

func locks(active bool, d time.Duration) func(*world) {
	return func(w *world) {
		if err := w.whatsapp.TimeLock(active, w.clock.Now().Add(d)); err != nil {
			w.t.Error(err)
		}
	}
}

var endings = map[string]ending{
	"unlinked on the phone": {
		comes: func(w *world, _ *friend) { w.whatsapp.RemoveDevice() }, over: paired,
		told: "انقطع ربط رقم واتساب", do: "«اربط واتساب»",
	},
	"logged out (401)": {
		comes: refuses(whatsapptest.Failure{Reason: 401}), over: paired,
		told: "انقطع ربط رقم واتساب", do: "«اربط واتساب»",
	},
	"banned for a time (402)": {
		comes: refuses(banned(30 * time.Minute)), over: waited(3 * time.Hour),
		told: "أوقف واتساب الرقم مؤقتًا حتى الاثنين 23 نوفمبر 2026 08:30", do: "انتظروا حتى يُرفع ذلك",
		changes: func(w *world) {
			w.whatsapp.FailLogins(banned(2 * time.Hour))
			w.clock.move(31 * time.Minute)
			w.program.Woken()
		},
		then: "أوقف واتساب الرقم مؤقتًا حتى الاثنين 23 نوفمبر 2026 10:3",
	},
	"locked (403)": {
		comes: refuses(whatsapptest.Failure{Reason: 403}), over: paired,
		told: "أغلق واتساب رقم البوت أو خرج هاتفه من الحساب", do: "ليفتح مالك الرقم واتساب في هاتف البوت",
	},
	"outdated (405)": {
		comes: refuses(whatsapptest.Failure{Reason: 405}), over: waited(2 * time.Hour),
		told: "رفض واتساب هذا الإصدار من البرنامج", do: "ليحدّث مسؤول الخادم برنامج «نشرة»",
		changes: again(banned(time.Hour)), then: "أوقف واتساب الرقم مؤقتًا",
	},
	"banned (406)": {
		comes: refuses(whatsapptest.Failure{Reason: 406}), over: paired,
		told: "حظر واتساب رقم البوت", do: "مراجعة الحظر",
	},
	"strangers refused (463)": {
		comes: func(w *world, f *friend) {
			answers(whatsapptest.AckStranger)(w, f)
			answers(whatsapptest.AckStranger)(w, w.friend("خالد"))
		},
		over: waited(2 * time.Hour),
		told: "قيّد واتساب رسائل الرقم إلى الأفراد حتى", do: "ولا ترسلوا منه باليد",
		changes: locks(true, 90*time.Minute), then: "قيّد واتساب رسائل الرقم إلى الأفراد حتى الاثنين 23 نوفمبر 2026 09:3",
	},
	"too many (429)": {
		comes: answers(whatsapptest.AckTooMany), over: waited(time.Hour),
		told: "قيّد واتساب رسائل الرقم إلى الأفراد حتى", do: "ولا ترسلوا منه باليد",
	},
	"time-lock": {
		comes: func(w *world, _ *friend) { locks(true, time.Hour)(w) }, over: func(w *world, _ *reader) { locks(false, 0)(w) },
		told: "قيّد واتساب رسائل الرقم إلى الأفراد حتى الاثنين 23 نوفمبر 2026 09:0", do: "ولا ترسلوا منه باليد",
		changes: locks(true, 3*time.Hour), then: "قيّد واتساب رسائل الرقم إلى الأفراد حتى الاثنين 23 نوفمبر 2026 11:0",
	},
	"replaced": {
		comes: func(w *world, _ *friend) { w.whatsapp.Replace() },
		told:  "حساب واتساب مستعمل في برنامج آخر", do: "ليوقف مسؤول الخادم البرنامج الآخر",
	},
}

// However WhatsApp takes the number away, whoever is on duty hears it once on
// Telegram, with what to do: not again while it lasts or over a restart, but
// when it becomes another thing, and when it is over.
func TestEveryEndingIsTold(t *testing.T) {
	for name, e := range endings {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) { ends(t, e) })
		})
	}
}

func ends(t *testing.T, e ending) {
	w := newWhatsApp(t)
	owner := w.owner()
	w.start()
	salim := w.editor("سالم")
	f := w.company(1)[0]
	f.asks("مرحبا")
	w.pass(10 * time.Second)
	salim.gets()

	e.comes(w, f)
	w.pass(20 * time.Second)
	hears(salim, e.told, e.do)
	w.pass(2 * time.Minute)
	salim.gets()
	w.restart()
	w.pass(30 * time.Second)
	if e.over == nil {
		hears(salim, "انتهى خلل", "حساب واتساب يرسل ويستقبل من جديد")
		return
	}
	salim.gets()
	if e.changes != nil {
		e.changes(w)
		w.pass(90 * time.Second)
		hears(salim, e.then)
	}
	owner.got()
	e.over(w, owner)
	w.pass(90 * time.Second)
	hears(salim, "انتهى خلل", "حساب واتساب يرسل ويستقبل من جديد")
}

// hears fails unless the bot has written one message, with all of the words.
func hears(r *reader, words ...string) {
	r.w.t.Helper()
	got := r.got()
	if len(got) != 1 {
		r.w.t.Errorf("%s: %s got %d messages, want one with %q:\n%s", r.w.hour(), r.name, len(got), words, strings.Join(got, "\n---\n"))
		return
	}
	for _, word := range words {
		if !strings.Contains(got[0], word) {
			r.w.t.Errorf("%s: %s got\n%s\nwant something with %q", r.w.hour(), r.name, got[0], word)
		}
	}
}
